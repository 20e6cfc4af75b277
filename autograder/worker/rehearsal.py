"""What every worker does, done once in their zygote: what Python learns of the code that runs often is then there in
each of them from the start, and memory that they would all write to has been written to."""

from __future__ import annotations

import contextlib
import linecache
import os
import socket
import sys
from typing import Any

from autograder.wire.frames import Channel
from autograder.wire.peer import Peer
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.originals import Originals
from autograder.worker.serve import StudentHost, serve

_ROUNDS = 12
"""Python specialises code that has run some eight times."""
_OUTPUT = 1000
_CELL = """
import torch
from torch import nn
import torch.nn.functional as F

def double(x):
    assert x.dim() >= 0
    return x * 2

def lost(z, y):
    z = z - z.max(dim=-1, keepdim=True).values
    return -(z - z.exp().sum(-1, keepdim=True).log())[torch.arange(len(y)), y].mean()

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 3)

    def forward(self, x):
        return self.layer(x)
"""


def rehearse(originals: Originals) -> None:
    """Serve a session of our own: a child process asks what examiners ask.

    Raises:
        RuntimeError: it could not be served to its end.
    """
    ours, theirs = socket.socketpair()
    child = os.fork()
    if child == 0:
        ours.close()
        _ask(originals, theirs)
    theirs.close()
    before = sys.stdout, sys.stderr, sys.modules["__main__"]
    try:
        serve(originals, ours, _OUTPUT)
    finally:
        sys.stdout, sys.stderr, sys.modules["__main__"] = before
        linecache.clearcache()
        ours.close()
        _, status = os.waitpid(child, 0)
    if status != 0:
        raise RuntimeError("the rehearsal broke off")


def _ask(originals: Originals, connection: socket.socket) -> None:
    """In the child: one session, then the end."""
    code = 1
    try:
        peer = Peer(originals.torch, Channel(connection), StudentHost({}, Namespace(), BoundedText(_OUTPUT)))
        peer.operate("hello")
        for number in range(1, _ROUNDS + 1):
            peer.operate("load", number, _CELL)
            _ask_once(peer, originals.torch)
        code = 0
    finally:
        os._exit(code)


def _ask_once(peer: Peer, torch: Any) -> None:
    double = peer.operate("find", "double")
    double(torch.ones(3, 4))
    z = torch.ones(3, 4, requires_grad=True)
    peer.operate("find", "lost")(z, torch.zeros(3, dtype=torch.long)).backward()
    net = peer.operate("find", "Net")()
    net(torch.ones(1, 2)).sum().backward()
    with contextlib.suppress(RuntimeError, AttributeError):  # as student code fails
        double("no tensor")
    peer.operate("hello")
