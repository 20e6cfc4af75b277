"""The entry of a zygote inside a container: it finds its sandbox through a socket in a mounted folder."""

from __future__ import annotations

import socket

from autograder.worker import zygote

SOCKET = "/autograder/control/zygote"


def main() -> None:
    """Connect, and be a zygote until the sandbox closes the connection."""
    control = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    control.connect(SOCKET)
    zygote.main(control.detach())
