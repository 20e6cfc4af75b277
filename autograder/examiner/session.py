"""The examiner's connection to one submission: a worker with the cells run, renewed after a death or a time-out."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.checks import Failure
from autograder.course import CodeCell
from autograder.examiner.host import ExaminerHost
from autograder.wire.frames import Allowance, Channel, PeerGone, PeerLate, TooMuch, WireError
from autograder.wire.peer import Peer

HELLO_SECONDS = 60.0
PLATFORM = "platform"
MAX_STARTS = 100
MAX_TEXT = 4_000
MAX_OUTPUT = 1 << 20
_ENDED = "the process that ran your code ended: did it call exit, os._exit or crash?"


class Lost(Exception):
    """The platform failed; the student is not judged."""


class Workers(Protocol):
    """Where workers come from: the supervisor in a batch, a sandbox in the terminal."""

    def start(self) -> socket.socket:
        """A connection to a fresh worker. Raises Lost."""

    def end(self) -> tuple[str, str] | None:
        """End the last worker; the limit that had ended it (reason, words), if one had."""


@dataclass(frozen=True)
class Budget:
    """How long things may take, in seconds of the examiner's clock."""

    cell: float
    total: float


class _SessionPeer(Peer):
    """A peer whose broken connection is a finding."""

    session: Session

    def _ask(self, *args: Any) -> Any:
        if self.session.fault is not None:
            raise self.session.fault
        try:
            return super()._ask(*args)
        except WireError as error:
            raise self.session.broke(error) from error


class Session:
    """Gives each check a student whose cells have run; what ended a worker is a finding of that check alone."""

    def __init__(
        self,
        torch: Any,
        workers: Workers,
        cells: tuple[CodeCell, ...],
        budget: Budget,
        modules: Mapping[str, str] | None = None,
    ) -> None:
        """`modules`: sources of the student's own modules, by name, for checks that read them."""
        self._torch = torch
        self.modules = dict(modules or {})
        self._workers = workers
        self._cells = cells
        self._budget = budget
        self._end = time.monotonic() + budget.total
        self._peer: _SessionPeer | None = None
        self._host: ExaminerHost | None = None
        self._starts = 0
        self.problems: dict[int, str] = {c.number: c.problem for c in cells if c.problem}
        """Cell number -> how the cell stopped."""
        self._skipped: set[int] = set()
        self.traces: dict[int, str] = {}
        self.outputs: dict[int, str] = {}
        self.fault: Failure | None = None
        """How the connection broke in the present check."""

    @property
    def source(self) -> tuple[str, ...]:
        """The cells' sources as handed in, for checks that read them."""
        return tuple(cell.source for cell in self._cells)

    @property
    def callback_error(self) -> BaseException | None:
        """What the check's own code raised when the student's code called it."""
        return self._host.callback_error if self._host is not None else None

    def begin(self, seconds: float) -> None:
        """Have a worker ready, and give it `seconds` from now.

        Raises:
            Lost: no worker could be had. Failure: the submission's whole time is used up.
        """
        if self._peer is not None and self.fault is None and not self._peer.in_step:
            self._drop()  # the last check was cut off while it waited for an answer
            self._peer = None
        if self.fault is not None or self._peer is None:
            self.fault = None
            self._open()
        assert self._peer is not None
        assert self._host is not None
        self._host.begin()
        self._peer.channel.deadline = min(time.monotonic() + seconds, self._end)
        self._peer.channel.allow(Allowance())

    def find(self, name: str) -> Any:
        """The student's object of that name."""
        assert self._peer is not None
        return self._peer.operate("find", name)

    def build(self, target: Any) -> Any:
        """The worker's own `target`, a public class or function of torch's, to be called there.

        Raises:
            ValueError: it is nothing of torch's: the author's mistake.
        """
        assert self._peer is not None
        assert self._host is not None
        name = self._host.torch_name(target)
        if name is None:
            raise ValueError(f"remote() builds public things of torch's, not {target!r}")
        return self._peer.operate("find_torch", name)

    def broke(self, error: WireError) -> Failure:
        """Note that the connection is of no use any more, and say so as a finding."""
        if self.fault is None:
            self.fault = self._fault(error)
            self._drop()
        return self.fault

    def close(self) -> None:
        """End the worker."""
        if self._peer is not None:
            self._drop()

    def _fault(self, error: WireError) -> Failure:
        assert self._peer is not None
        if isinstance(error, TooMuch):
            return Failure(f"your code {error}", "limit")
        if isinstance(error, PeerLate):
            if time.monotonic() >= self._end:
                return Failure(f"the whole submission took more than {self._budget.total:g} s", "timeout")
            return Failure("your code did not finish in time: is there a loop that never ends?", "timeout")
        killed = self._workers.end()
        if killed is not None:
            return Failure(killed[1], killed[0])
        if isinstance(error, PeerGone):
            return Failure(_ENDED, "worker_died")
        return Failure(f"your code's process sent bytes that are no answer ({error})", "protocol")

    def _drop(self) -> None:
        assert self._peer is not None
        self._peer.channel.close()
        self._workers.end()

    def _open(self) -> None:
        """Start a worker and run the cells, leaving out each that breaks its worker."""
        while True:
            if time.monotonic() >= self._end or self._starts >= MAX_STARTS:
                raise Failure("the submission's time was used up before this check", "timeout")
            self._starts += 1
            self._connect()
            broken = self._load()
            if broken is None:
                return
            self._skipped.add(broken)

    def _connect(self) -> None:
        channel = Channel(self._workers.start())
        channel.deadline = time.monotonic() + HELLO_SECONDS
        channel.allow(Allowance())
        self._host = ExaminerHost(self._torch, self._missing)
        self._peer = _SessionPeer(self._torch, channel, self._host)
        self._peer.session = self
        try:
            self._peer.operate("hello")
        except Failure as failure:
            self.fault = None
            raise Lost(f"a worker did not start: {failure.message}") from failure

    def _load(self) -> int | None:
        """Run the cells; the number of the one that broke the worker, if one did."""
        assert self._peer is not None
        for cell in self._cells:
            if not cell.source or cell.number in self._skipped:
                continue
            self._peer.channel.deadline = min(time.monotonic() + self._budget.cell, self._end)
            try:
                done = self._peer.operate("load", cell.number, cell.source)
            except Failure as failure:
                self.fault = None
                if failure.reason == PLATFORM:
                    raise Lost(failure.message) from failure
                self.problems[cell.number] = f"left out: {failure.message}"
                return cell.number
            self._note(cell.number, done)
        return None

    def _note(self, number: int, done: Any) -> None:
        if not isinstance(done, dict) or not all(isinstance(x, str) for pair in done.items() for x in pair):
            done = {"type": "?", "message": "the worker's report of this cell is none"}
        self.outputs[number] = done.get("output", "")[:MAX_OUTPUT]
        if "type" in done:
            self.problems[number] = f"{done['type']}: {done.get('message', '')}"[:MAX_TEXT]
            self.traces[number] = done.get("trace", "")[:MAX_TEXT]

    def _missing(self, name: str) -> str:
        """Why a name is missing, from the cell that would have defined it."""
        pattern = re.compile(rf"\b(def|class)\s+{re.escape(name)}\b|^\s*{re.escape(name)}\s*[:=]", re.MULTILINE)
        for cell in self._cells:
            problem = self.problems.get(cell.number)
            if problem and (pattern.search(cell.source) or (not cell.source and name in problem)):
                return f"`{name}` is not defined: code cell {cell.number}, which defines it, stopped with {problem}"
        stopped = [f"cell {number} ({problem})" for number, problem in sorted(self.problems.items())]
        more = f" Cells that stopped: {'; '.join(stopped[:3])}." if stopped else ""
        return f"`{name}` is not defined in the notebook. Was it renamed, or its cell deleted?{more}"


class Student:
    """What a check sees of a submission: its names as attributes."""

    def __init__(self, session: Session) -> None:
        self.__dict__["_session"] = session
        self.__dict__["__autograder_source__"] = session.source
        self.__dict__["__autograder_modules__"] = session.modules

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return self._session.find(name)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a check cannot change the student's names")


class SessionProvider:
    """A student in another process, for the plug-in."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.build: Callable[[Any], Any] | None = session.build

    def begin(self, seconds: float) -> Student:
        """A student whose cells have run."""
        self._session.begin(seconds)
        return Student(self._session)

    @property
    def fault(self) -> Failure | None:
        """What broke the connection."""
        return self._session.fault

    @property
    def callback_error(self) -> BaseException | None:
        """What the check's code raised in a call back."""
        return self._session.callback_error
