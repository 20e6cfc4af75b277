# /// attack
# title = "starts a thread that shares no table of descriptors, to have the limit on open files once more for each"
# ///

# %%
import ctypes
import mmap
import os

# For x86-64: clone(flags, stack), and exit(0) in the new thread, which could not return into Python.
EXIT = bytes.fromhex("4831ffb83c0000000f05")
stack = mmap.mmap(-1, 1 << 16, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
libc = ctypes.CDLL(None, use_errno=True)
VM, FS, FILES, SIGHAND, THREAD, SYSVSEM = 0x100, 0x200, 0x400, 0x800, 0x10000, 0x40000
number = {"x86_64": 56}.get(os.uname().machine)
if number is not None:
    code = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
    code.write(bytes.fromhex("b8380000000f05" "4885c0" "7401" "c3") + EXIT)  # if the answer is 0, exit; else return
    call = ctypes.CFUNCTYPE(ctypes.c_long, ctypes.c_ulong, ctypes.c_void_p)(
        ctypes.addressof(ctypes.c_char.from_buffer(code))
    )
    top = ctypes.addressof(ctypes.c_char.from_buffer(stack)) + (1 << 16) - 64
    for missing in (FILES, FS):
        flags = (VM | FS | FILES | SIGHAND | THREAD | SYSVSEM) & ~missing
        if call(flags, top) > 0:
            raise SystemError(f"BREACH: a thread without the flag {missing:#x} runs")
