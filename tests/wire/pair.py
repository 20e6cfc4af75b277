"""Two ends of one connection in one process: an examiner's peer here, a worker's in a thread."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import torch

from autograder.examiner.host import ExaminerHost
from autograder.wire import values as v
from autograder.wire.decode import Decoder
from autograder.wire.encode import Encoder, pack_tensor
from autograder.wire.frames import Allowance, Buffers, Channel, Payload, WireError
from autograder.wire.peer import Peer

SECONDS = 20.0


def round_trip(obj: Any) -> Any:
    """`obj` through the encoder, a frame, and the decoder."""
    here, there = socket.socketpair()
    with here, there:
        buffers = Buffers()
        encoder = Encoder(torch, buffers, lambda t: pack_tensor(torch, t, buffers), _no_object)
        message = v.Return(id=1, value=encoder.value(obj))
        writer = threading.Thread(target=Channel(here).send, args=(message, buffers))
        writer.start()
        received, payload = Channel(there).receive()
        writer.join()
        assert isinstance(received, v.Return)
        return Decoder(torch, payload, _tensor).object(received.value)


def decoded(value: v.Value) -> Any:
    """What `value` stands for, in a message without tensors."""
    return Decoder(torch, Payload(bytearray(), [], 0), _tensor).object(value)


def _no_object(obj: Any) -> v.Value:
    raise AssertionError(f"{obj!r} is no plain value")


def _tensor(value: v.Value, decoder: Decoder) -> Any:
    if not isinstance(value, v.Tensor):
        raise WireError("no reference is known here")
    return decoder.tensor(value)


@contextmanager
def asking() -> Iterator[tuple[Peer, Channel]]:
    """An examiner's peer, and the bare channel that a worker would have."""
    here, there = socket.socketpair()
    with here, there:
        channel = Channel(here)
        channel.allow(Allowance())
        channel.deadline = time.monotonic() + SECONDS
        far = Channel(there)
        far.deadline = channel.deadline
        yield Peer(torch, channel, ExaminerHost(torch, lambda name: name)), far
