# /// attack
# title = "maps memory that nobody may touch, and makes it writable piece by piece; then by the heap's end and by a stack"
# [promise]
# test_training = "failed out_of_memory|exception|worker_died"
# ///

# %%
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = libc.sbrk.restype = ctypes.c_void_p
libc.sbrk.argtypes = [ctypes.c_long]
FAILED = ctypes.c_void_p(-1).value
MB = 1 << 20


def train(x, y, seed):
    taken = 0
    for flags in (0x22, 0x4022, 0x20122):  # private; without reserve; as a stack that grows downwards
        room = libc.mmap(None, ctypes.c_size_t(1024 * MB), 0, flags, -1, ctypes.c_long(0))
        if room in (None, FAILED):
            continue
        for start in range(0, 1024 * MB, 8 * MB):
            if libc.mprotect(ctypes.c_void_p(room + start), ctypes.c_size_t(8 * MB), 3) != 0:
                break
            ctypes.memset(room + start, 1, 8 * MB)
            taken += 8
    while libc.sbrk(8 * MB) != FAILED:
        ctypes.memset(libc.sbrk(0) - 8 * MB, 1, 8 * MB)
        taken += 8
    if taken > 640:
        raise SystemError(f"BREACH: {taken} MB are held, and 320 MB are the limit")
    raise MemoryError("can't allocate memory")
