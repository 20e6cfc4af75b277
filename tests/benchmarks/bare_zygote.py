"""The floor that walls are measured against: a process with torch loaded that forks on request, and nothing more."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import socket
import sys


def main() -> None:
    """For each byte on the control socket fork a child that answers one byte on the socket that came along."""
    control = socket.socket(fileno=int(sys.argv[1]))
    importlib.import_module("torch").set_num_threads(1)
    for name in sys.argv[2:]:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    gc.collect()
    gc.freeze()
    control.send(b"r")
    while True:
        data, (*descriptors,), _, _ = socket.recv_fds(control, 1, 1)
        if not data:
            return
        pid = os.fork()
        if pid == 0:
            os.write(descriptors[0], b"a")
            os.read(descriptors[0], 1)
            os._exit(0)
        os.close(descriptors[0])
        pidfd = os.pidfd_open(pid)
        socket.send_fds(control, [b"f"], [pidfd])
        os.close(pidfd)


if __name__ == "__main__":
    main()
