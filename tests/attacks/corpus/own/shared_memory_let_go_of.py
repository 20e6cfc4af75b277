# /// attack
# title = "fills shared memory and drops the pages from its own table, so that no counter of its own shows them"
# ///

# %%
import mmap

try:
    hoard = mmap.mmap(-1, 1 << 30)
except OSError:
    hoard = None  # refused
if hoard is not None:
    for start in range(0, 768 << 20, 16 << 20):
        for page in range(start, start + (16 << 20), 4096):
            hoard[page] = 1
        hoard.madvise(mmap.MADV_DONTNEED, start, 16 << 20)
    raise SystemError("BREACH: 768 MB are held, and 320 MB are the limit")
