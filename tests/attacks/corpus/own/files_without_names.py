# /// attack
# title = "keeps removed files by mapping them, where no folder and no descriptor shows them"
# ///

# %%
import mmap
import os
import time

MB = 1 << 20
kept = []
written = 0
for _ in range(8):
    try:
        descriptor = os.open("file", os.O_CREAT | os.O_RDWR | os.O_TRUNC)
        os.unlink("file")
        for _ in range(12):
            written += os.write(descriptor, bytes(MB))
        kept.append(mmap.mmap(descriptor, 4096, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ))
        os.close(descriptor)
    except OSError:
        break
    time.sleep(0.3)  # longer than between two looks
if written > 2 * 32 * MB:
    raise SystemError(f"BREACH: {written // MB} MB are on the disk, and 32 MB are the limit")
