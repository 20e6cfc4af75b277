"""What the supervisor and the examiner's processes say to each other. Both are ours; the bounds are for mistakes."""

from __future__ import annotations

import socket
import struct
from typing import TypeAlias

import msgspec

from autograder.course import Finding, Span
from autograder.examiner.behaviour import Behaviour

_PREFIX = struct.Struct("<I")


class _Message(msgspec.Struct, frozen=True, tag_field="k", forbid_unknown_fields=True):
    pass


class Check(msgspec.Struct, frozen=True):
    """One check of the manifest."""

    name: str
    exercise: str
    points: float
    hint: str
    seconds: float
    public: bool
    gpu: bool | str = False
    """As its author asked for: True, False or "prefer"."""


class Prepare(_Message, frozen=True, tag="prepare"):
    """Collect the checks in these folders."""

    folders: list[str]
    preload: list[str]


class Ready(_Message, frozen=True, tag="ready"):
    """The checks are collected."""

    checks: list[Check]
    versions: dict[str, str]


class Refused(_Message, frozen=True, tag="refused"):
    """They could not be."""

    what: str


class Fork(_Message, frozen=True, tag="fork"):
    """Start an examiner for the job socket that comes along."""


class Forked(_Message, frozen=True, tag="forked"):
    """It runs; its pidfd comes along."""


class Watch(msgspec.Struct, frozen=True):
    """Run these checks and record how the answer behaves. Of an answer that is judged first, only those that it failed.
    Nothing is judged by it."""

    checks: tuple[str, ...]
    seed: int
    """Of the inputs: the same for all answers that are to be compared."""
    audited: bool = False
    """Try each comparison that holds with altered values, too."""


class Cell(msgspec.Struct, frozen=True):
    """A code cell to run."""

    number: int
    source: str
    problem: str
    exercise: str = ""


class Job(_Message, frozen=True, tag="job"):
    """Judge this submission."""

    cells: list[Cell]
    seed: int
    cell_seconds: float
    seconds: float
    memory: int
    """Bytes that the examiner may take for it, beyond what it has at its start."""
    only: list[str]
    """Names of checks; empty: all."""
    modules: dict[str, str]
    """Sources of the student's own modules, by name."""
    weights: dict[str, bytes | None]
    """Files of weights that were handed in, by name; None: not to be read."""
    judged: bool = True
    """False: run the cells, and judge nothing."""
    gpu: bool = False
    """Workers with a GPU can be had."""
    exact: bool = False
    """Nothing that is measured is rounded: no student sees the findings."""
    watch: Watch | None = None
    since: float | None = None
    """Say where the time goes; from this moment on, of the machine's clock, when an examiner was asked for."""


class NeedWorker(_Message, frozen=True, tag="need"):
    """A worker, please; with a GPU where `gpu` says so."""

    gpu: bool = False


class GiveWorker(_Message, frozen=True, tag="give"):
    """Here is its socket; `failed` says why there is none."""

    failed: str = ""


class EndWorker(_Message, frozen=True, tag="end"):
    """End the worker, and say what it had died of."""


class Ended(_Message, frozen=True, tag="ended"):
    """It is gone. `reason` is empty unless a limit had ended it."""

    reason: str = ""
    message: str = ""


class At(_Message, frozen=True, tag="at"):
    """It has come to this check; `timed`: the worker is there, and the check's own time begins."""

    check: str
    timed: bool = False


class Found(_Message, frozen=True, tag="found"):
    """One check's finding; `doubt` as in Judgement."""

    finding: Finding
    doubt: str = ""


class Unfit(_Message, frozen=True, tag="unfit"):
    """The platform failed at this check; `again` as in Judgement."""

    check: str
    why: str
    again: bool = True


class Behaved(_Message, frozen=True, tag="behaved"):
    """How the answer behaved in a check that is watched."""

    check: str
    behaviour: Behaviour
    blunt: tuple[str, ...] = ()
    """Alterations of its values that no comparison of the check would have rejected."""
    seconds: float = 0.0
    """That the check took."""


class Done(_Message, frozen=True, tag="done"):
    """All checks are through."""

    problems: dict[int, str]
    traces: dict[int, str]
    spans: tuple[Span, ...] = ()
    """Where the time went, on the machine's clock."""


_FromSupervisor: TypeAlias = Prepare | Fork | Job | GiveWorker | Ended
_FromExaminer: TypeAlias = Ready | Refused | Forked | At | NeedWorker | EndWorker | Found | Unfit | Behaved | Done
Message: TypeAlias = _FromSupervisor | _FromExaminer
_decoder = msgspec.msgpack.Decoder(Message)


def send(connection: socket.socket, message: Message, descriptors: tuple[int, ...] = ()) -> None:
    """Send one message, with descriptors beside it."""
    body = msgspec.msgpack.encode(message)
    socket.send_fds(connection, [_PREFIX.pack(len(body))], list(descriptors))
    connection.sendall(body)


def receive(connection: socket.socket) -> tuple[Message, list[int]]:
    """The next message.

    Raises:
        EOFError: the other process has ended. TimeoutError: as the socket is set.
    """
    prefix, descriptors, _, _ = socket.recv_fds(connection, _PREFIX.size, 1)
    if len(prefix) < _PREFIX.size:
        raise EOFError("the other process has ended")
    (size,) = _PREFIX.unpack(prefix)
    body = bytearray()
    while len(body) < size:
        piece = connection.recv(min(size - len(body), 1 << 20))
        if not piece:
            raise EOFError("the other process has ended")
        body += piece
    return _decoder.decode(body), descriptors
