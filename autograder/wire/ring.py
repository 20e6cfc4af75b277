"""A few megabytes of memory that both ends see, through which large pieces go: one end copies in, the other copies out.

The examiner makes the memory, fixes its size, and hands it over; it never takes a descriptor. Nothing is read in place:
what a worker changes behind its own words is only bytes that it might have sent. No end can make the memory larger or
smaller, which would be a crash for the other.

Its slots take turns: while one is read, the next is written. A byte on the socket says that one is full; another, sent
back, that one is free again.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import sys
from collections.abc import Iterator, Sequence
from enum import Enum

from autograder.wire.stream import Stream

SLOT_BYTES = 1 << 20
SLOTS = 4
RING_BYTES = SLOTS * SLOT_BYTES
_FULL, _FREE, _READY, _TAKEN, _REFUSED = b"f", b"r", b"?", b"y", b"n"


class Shares(Enum):
    """What one end does about shared memory. An end that offers it never takes any."""

    NOTHING = 0
    OFFERS = 1
    ACCEPTS = 2


class OutOfStep(Exception):
    """The other end said something else than it had to."""


class Ring:
    """One end's view of the memory. One end writes at a time, and both know which.

    Its methods raise what Stream's do, and OutOfStep.
    """

    def __init__(self, descriptor: int) -> None:
        """Map the memory behind `descriptor`, which is closed.

        Raises:
            OSError, ValueError: it is no memory of that size.
        """
        try:
            self._memory = memoryview(mmap.mmap(descriptor, RING_BYTES))
        finally:
            os.close(descriptor)

    def write(self, pieces: Sequence[memoryview], stream: Stream) -> None:
        """Copy `pieces` to the other end, which expects as many, of these sizes."""
        for number, part in enumerate(_parts(pieces)):
            if number >= SLOTS:
                _expect(stream, _FREE)
            self._slot(number, part)[:] = part
            stream.send([memoryview(_FULL)])

    def read(self, pieces: Sequence[memoryview], stream: Stream) -> None:
        """Fill `pieces` with what the other end writes."""
        waiting = sum(1 for _ in _parts(pieces)) - SLOTS
        for number, part in enumerate(_parts(pieces)):
            _expect(stream, _FULL)
            part[:] = self._slot(number, part)
            if number < waiting:
                stream.send([memoryview(_FREE)])

    def _slot(self, number: int, part: memoryview) -> memoryview:
        start = number % SLOTS * SLOT_BYTES
        return self._memory[start : start + part.nbytes]


def hand_over(descriptor: int, stream: Stream) -> Ring | None:
    """Give the other end a ring behind a `sealed_memory`, which was announced to it; None where it has no use for one.

    Raises: what Stream does; OutOfStep.
    """
    try:
        _expect(stream, _READY)
        stream.send_descriptor(descriptor)
        taken = stream.take(1) == _TAKEN
    except BaseException:
        os.close(descriptor)
        raise
    if taken:
        return Ring(descriptor)
    os.close(descriptor)
    return None


def take_over(stream: Stream) -> Ring | None:
    """Take the ring that the other end has announced; None where there is none. Raises what Stream does."""
    stream.send([memoryview(_READY)])
    descriptor = stream.take_descriptor()
    ring = None
    if descriptor is not None:
        with contextlib.suppress(OSError, ValueError):
            ring = Ring(descriptor)
    stream.send([memoryview(_REFUSED if ring is None else _TAKEN)])
    return ring


def sealed_memory() -> int | None:
    """A descriptor of zeros that can neither grow nor shrink; None where this machine has no such memory."""
    if sys.platform != "linux":
        return None
    import fcntl

    try:
        descriptor = os.memfd_create("wire", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    except OSError:
        return None
    try:
        os.ftruncate(descriptor, RING_BYTES)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _parts(pieces: Sequence[memoryview]) -> Iterator[memoryview]:
    """What goes through one slot each."""
    for piece in pieces:
        for start in range(0, piece.nbytes, SLOT_BYTES):
            yield piece[start : start + SLOT_BYTES]


def _expect(stream: Stream, said: bytes) -> None:
    if stream.take(1) != said:
        raise OutOfStep
