# /// attack
# title = "keeps removed files by mapping them and by having them in flight, where no folder and no descriptor shows them"
# ///

# %%
import mmap
import os
import socket

MB = 1 << 20
kept = []
pairs = []
written = 0
for number in range(12):
    try:
        descriptor = os.open("file", os.O_CREAT | os.O_RDWR | os.O_TRUNC)
        os.unlink("file")
        for _ in range(12):
            written += os.write(descriptor, bytes(MB))
        if number % 2:
            kept.append(mmap.mmap(descriptor, 12 * MB, flags=mmap.MAP_PRIVATE, prot=mmap.PROT_READ))
        else:
            pairs.append(socket.socketpair())
            socket.send_fds(pairs[-1][0], [b"x"], [descriptor])
        os.close(descriptor)
    except OSError:
        break
if written > 2 * 32 * MB:
    raise SystemError(f"BREACH: {written // MB} MB are on the disk, and 32 MB are the limit")
