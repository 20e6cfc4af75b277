# /// attack
# title = "changes the attributes of files that it may only read, by ioctl"
# ///

# %%
import fcntl
import os
import struct

GET, SET, SET_X, VERITY = 0x80086601, 0x40086602, 0x401C5820, 0x40806685
path = os.path.join(os.path.dirname(os.__file__), "turtle.py")
descriptor = os.open(path, os.O_RDONLY)
done = []
try:
    before = struct.unpack("q", fcntl.ioctl(descriptor, GET, bytes(8)))[0]
    fcntl.ioctl(descriptor, SET, struct.pack("q", before | 0x40))
    done.append("flags")
    fcntl.ioctl(descriptor, SET, struct.pack("q", before))
except OSError:
    pass
for request, size in ((SET_X, 28), (VERITY, 128)):
    try:
        fcntl.ioctl(descriptor, request, bytes(size))
        done.append(hex(request))
    except OSError:
        pass
if done:
    raise SystemError("BREACH: changed " + ", ".join(done))
