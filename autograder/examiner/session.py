"""The examiner's connection to one submission: a worker with the cells run, renewed after a death or a time-out."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.checks import Failure
from autograder.checks.spec import Gpu
from autograder.course import CodeCell, Device, Part
from autograder.examiner.behaviour import Witness
from autograder.examiner.cells import CellReports
from autograder.examiner.devices import Gpus, Lost, device_of
from autograder.examiner.host import ExaminerHost
from autograder.examiner.objections import Objections
from autograder.examiner.session_peer import SessionPeer
from autograder.examiner.spans import now
from autograder.examiner.timekeeper import Timekeeper
from autograder.examiner.workers import Workers
from autograder.wire.frames import Allowance, Channel, PeerGone, PeerLate, TooMuch, WireError
from autograder.wire.ring import Shares

HELLO_SECONDS = 60.0
PLATFORM = "platform"
_LAST_WORD_SECONDS = 2.0
MAX_STARTS = 100
_ENDED = "the process that ran your code ended: did it call exit, os._exit or crash?"


@dataclass(frozen=True)
class Budget:
    """How long things may take, in seconds of the examiner's clock."""

    cell: float
    total: float


class Session:
    """Gives each check a student whose cells have run; what ended a worker is a finding of that check alone."""

    def __init__(
        self,
        torch: Any,
        workers: Workers,
        cells: tuple[CodeCell, ...],
        budget: Budget,
        modules: Mapping[str, str] | None = None,
        gpus: Gpus = Gpus.NONE,
        weights: Mapping[str, bytes | None] | None = None,
    ) -> None:
        """`modules`: sources of the student's own modules, by name; `weights`: files of weights; for checks that read
        them."""
        self.keeps = False
        """The worker is to keep the names as they were after each exercise's last cell. Set before the first check."""
        self._torch = torch
        self.modules = dict(modules or {})
        self.weights = dict(weights or {})
        self._workers = workers
        self._cells = cells
        self._budget = budget
        self._end = time.monotonic() + budget.total
        self._peer: SessionPeer | None = None
        self._host: ExaminerHost | None = None
        self._gpus = gpus
        self._on_gpu = False
        self.device = Device.CPU
        """Where the present check is judged."""
        self._starts = 0
        self.reports = CellReports(cells)
        self._skipped: set[CodeCell] = set()
        self._altered = False
        """A check has changed the student's names."""
        self.echoes = False
        """What the student's code prints in the present check is printed here too."""
        self.fault: Failure | None = None
        """How the connection broke in the present check."""
        self.objections = Objections()
        self.witness: Witness | None = None
        """Notes how the student's code behaves, where that is asked for."""
        self.timekeeper: Timekeeper | None = None
        """Notes where the time goes, where that is asked for."""
        self._reshaped = 0

    @property
    def source(self) -> tuple[str, ...]:
        """The cells' sources as handed in, for checks that read them."""
        return tuple(cell.source for cell in self._cells)

    @property
    def callback_error(self) -> BaseException | None:
        """What the check's own code raised when the student's code called it."""
        return self._host.callback_error if self._host is not None else None

    def begin(self, seconds: float, gpu: Gpu = False, in_place: bool = False) -> None:
        """Have a worker ready where the check wants it, and give it `seconds` from now.

        `in_place`: what the student's code changes of the arguments that it is passed is changed here too.

        Raises:
            Lost: no worker could be had; NoGpu: none with a GPU, which the check needs.
            Failure: the submission's whole time is used up.
        """
        self.device = device_of(gpu, self._gpus)
        self.objections.begin(in_place)
        if self._peer is not None and self.fault is None and not self._is_fit():
            self._drop()
            self._peer = None
        if self.fault is not None or self._peer is None:
            self.fault = None
            self._open()
        assert self._peer is not None
        assert self._host is not None
        self.echoes = False
        self._host.begin()
        self._reshaped = self._peer.reshaped
        self._peer.channel.deadline = min(time.monotonic() + seconds, self._end)
        self._peer.channel.allow(Allowance())
        if self.timekeeper is not None:
            self.timekeeper.begin(self._peer.clock)

    def end(self) -> None:
        """The check is over: see that the worker has said all it had to say, and nothing else.

        Whatever it sent ahead, in the name of its own answers, leaves one of these over for this question.
        """
        if self._peer is None or self.fault is not None or not self._peer.in_step:
            return
        self.objections.reshaped(self._peer.reshaped - self._reshaped)
        self._peer.channel.deadline = time.monotonic() + _LAST_WORD_SECONDS
        try:
            self._peer.operate("restore" if self._altered else "hello")
            self._altered = False
        except Failure as failure:
            if failure.reason not in ("timeout", PLATFORM):
                self.objections.note(failure)

    def timed(self, check: str) -> None:
        """Note where the time of that check went, which is over and judged."""
        if self.timekeeper is not None and self._peer is not None:
            told = self._times() if self.fault is None and self._peer.in_step else None
            self.timekeeper.end(check, self._peer.clock, told)

    def find(self, name: str, exercise: str = "") -> Any:
        """The student's object of that name: now, or as it was after the exercise's last cell."""
        return self.ask("find", name, **({"exercise": exercise} if exercise else {}))

    def ask(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """What the worker says to that."""
        assert self._peer is not None
        return self._peer.operate(op, *args, **kwargs)

    def alter(self, op: str, *args: Any) -> None:
        """Change the student's names, for the present check."""
        self._altered = True
        self.ask(op, *args)

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

    def reseed(self, seed: int) -> None:
        """Put the generators that all code shares where `seed` says, here and in the worker."""
        self._torch.manual_seed(seed)
        self.build(self._torch.manual_seed)(seed)
        self.build(np.random.set_state)(np.random.RandomState(seed % 2**32).get_state())
        self.build(random.setstate)(random.Random(seed).getstate())  # noqa: S311 (for inputs, not for secrets)

    def trace(self, on: bool, lines: bool = False) -> Any:
        """Have the worker record what torch does there, or end that: what it says of it."""
        assert self._peer is not None
        return self._peer.operate("trace", on, lines)

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

    def _is_fit(self) -> bool:
        """Whether the worker of the last check can go on with the next."""
        assert self._peer is not None
        if not self._peer.in_step:
            return False  # the last check was cut off while it waited for an answer
        if self._peer.channel.unread:
            return False  # it says what nobody asked for: that would be taken for its next answer
        if self._on_gpu != (self._gpus is Gpus.LEASED and self.device is Device.CUDA):
            return False
        if self.device is not Device.CUDA:
            return True
        self._peer.channel.deadline = time.monotonic() + HELLO_SECONDS
        try:
            self._peer.operate("hello")  # fails once code has crashed on the GPU: nothing runs there after that
        except Failure:
            self.fault = None
            return False
        return True

    def _open(self) -> None:
        """Start a worker and run the cells, leaving out each that breaks its worker."""
        while True:
            if time.monotonic() >= self._end or self._starts >= MAX_STARTS:
                raise Failure("the submission's time was used up before this check", "timeout")
            self._starts += 1
            self._connect()
            loading = now()
            broken = self._load()
            if self.timekeeper is not None:
                self.timekeeper.spans.add(Part.CELLS, loading, now() - loading)
            if broken is None:
                self._defaults()
                return
            self._skipped.add(broken)

    def _defaults(self) -> None:
        """Put back what cells have set of torch's for themselves: a check's own inputs are made without it."""
        assert self._peer is not None
        self._peer.channel.deadline = time.monotonic() + HELLO_SECONDS
        self._peer.operate("defaults")

    def _connect(self) -> None:
        self._altered = False
        asked = time.monotonic()
        self._on_gpu = self._gpus is Gpus.LEASED and self.device is Device.CUDA
        channel = Channel(self._workers.start(self._on_gpu), Shares.OFFERS)
        channel.deadline = time.monotonic() + HELLO_SECONDS
        channel.allow(Allowance())
        self._host = ExaminerHost(self._torch, self.reports.missing)
        self._peer = SessionPeer(self._torch, channel, self._host, self)
        try:
            self._peer.operate("hello")
        except Failure as failure:
            self.fault = None
            raise Lost(f"a worker did not start: {failure.message}") from failure
        if self.timekeeper is not None:
            self.timekeeper.started(asked, self._times())
        # Waiting for a GPU, and starting it, is not the student's time.
        self._end += time.monotonic() - asked

    def _times(self) -> Any:
        """What the worker says of its times; None where it says nothing."""
        assert self._peer is not None
        self._peer.channel.deadline = time.monotonic() + _LAST_WORD_SECONDS
        try:
            return self._peer.operate("times")
        except Failure:
            return None

    def _load(self) -> CodeCell | None:
        """Run the cells; the one that broke the worker, if one did."""
        assert self._peer is not None
        for cell in self._cells:
            if not cell.source or cell in self._skipped:
                continue
            self._peer.channel.deadline = min(time.monotonic() + self._budget.cell, self._end)
            try:
                kept = (cell.exercise,) if self.keeps and cell.exercise else ()
                done = self._peer.operate("load", cell.number, cell.source, *kept)
            except Failure as failure:
                self.fault = None
                if failure.reason == PLATFORM:
                    raise Lost(failure.message) from failure
                self.reports.problems[cell.number] = f"left out: {failure.message}"
                return cell
            self.reports.note(cell, done)
        return None
