"""The pytest plug-in: fixtures for checks, the manifest of what was collected, and one finding per check."""

from __future__ import annotations

import contextlib
import itertools
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, Protocol

import pytest

from autograder.checks import CheckSpec, Failure, Record, Rng, Score, current_builder, explain
from autograder.checks.comparing import tolerance
from autograder.checks.properties import mutation
from autograder.checks.spec import CELL, Gpu
from autograder.course import Device
from autograder.examiner.judge import CheckInfo, Ending
from autograder.examiner.judgement import CheckTooSlow

GRACE_SECONDS = 2.0
"""How much longer than the student's code the check's own code may run."""
_RING_AGAIN_SECONDS = 0.5
ARGUMENTS = (
    "-p", "no:cacheprovider", "-p", "no:unraisableexception", "-p", "no:threadexception", "-p", "no:faulthandler",
    "-p", "no:logging", "-p", "no:doctest", "-p", "no:junitxml", "-p", "no:stepwise", "-p", "no:warnings",
    "-p", "no:terminal", "-p", "no:debugging", "-p", "no:legacypath", "-p", "no:pastebin", "-p", "no:setuponly",
    "-p", "no:setupplan", "-p", "no:unittest",
    "--assert=plain", "--import-mode=importlib", "-s", "--noconftest",
    "-c", str(Path(__file__).with_name("pytest.ini")),
)  # fmt: skip
"""Nothing from outside configures a run: no ini file, no conftest, no plug-in of the environment's; and of pytest's own
those that a check can use. Each of the others costs every check some hooks."""


class Provider(Protocol):
    """Where the student comes from: another process, or this one."""

    def begin(self, seconds: float, gpu: Gpu, in_place: bool) -> Any:
        """A student, ready, for one check. `in_place`: their code may change what the check passes to it.

        May raise Failure (judged) or Lost (not).
        """

    def end(self) -> None:
        """The check that had begun is over."""

    @property
    def objection(self) -> Failure | None:
        """Known once the check has ended: why it may not pass, whatever the check itself said."""

    @property
    def device(self) -> Device:
        """Where the student's code runs in the check that has begun."""

    @property
    def fault(self) -> Failure | None:
        """What broke the connection during the check."""

    @property
    def callback_error(self) -> BaseException | None:
        """What the check's own code raised when the student's code called it."""

    build: Callable[[Any], Any] | None
    """Gives a public object of torch's beside the student's objects; None where that is here."""


class CollectionFailed(Exception):
    """The checks could not be collected: their author's to mend."""


class ExaminerPlugin:
    """Runs collected checks against one student and keeps how each ended."""

    def __init__(self) -> None:
        self.provider: Provider | None = None
        self.seed = 0
        self.began: Callable[[str], None] | None = None
        """Called with a check's name when its own time begins."""
        self._student: Any = None
        self._record = Record()
        self._rng: Rng | None = None
        self._ending = Ending()
        self.problems: list[str] = []
        self.checks: dict[str, tuple[CheckInfo, list[pytest.Item]]] = {}
        self.besides: dict[str, tuple[CheckInfo, list[pytest.Item]]] = {}
        """Checks that belong to no assignment, and are never listed."""
        self.besides_file = ""

    # Fixtures

    @pytest.fixture
    def student(self) -> Any:
        """The submission: its names as attributes."""
        return self._student

    @pytest.fixture
    def rng(self) -> Rng:
        """Random values keyed by the attempt's seed and the check."""
        assert self._rng is not None
        return self._rng

    @pytest.fixture
    def device(self) -> str:
        """Where the student's code runs: "cuda" in a check that has got its GPU, else "cpu"."""
        assert self.provider is not None
        return "cuda" if self.provider.device is Device.CUDA else "cpu"

    @pytest.fixture
    def record(self) -> Record:
        """Curves for the feedback."""
        return self._record

    # Collecting

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep what could not be collected."""
        if report.failed:
            self.problems.append(str(report.longrepr)[-2000:])

    def pytest_internalerror(self, excrepr: object) -> None:
        """Keep what went wrong in pytest itself."""
        self.problems.append(str(excrepr)[-2000:])

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Group the items by check function, and hold them to what a check is."""
        for item in items:
            name = getattr(item, "originalname", None) or item.name
            spec = getattr(getattr(item, "obj", None), "__autograder_check__", None)
            file = Path(str(item.path))
            if not isinstance(spec, CheckSpec):
                self.problems.append(f"{file.name}: {name} has no @check: say which exercise it judges")
                continue
            kept = self.besides if str(file) == self.besides_file else self.checks
            known = kept.get(name)
            if known is not None and known[0].file != str(file):
                self.problems.append(f"{file.name}: {name} exists in {Path(known[0].file).name} too: rename one")
                continue
            info = CheckInfo(name, spec, file.parent.name == "public", str(file))
            kept.setdefault(name, (info, []))[1].append(item)

    @property
    def has_cells(self) -> bool:
        """Whether a check looks at the student's names as an exercise left them."""
        return any(hasattr(getattr(items[0], "obj", None), CELL) for _, items in self.checks.values())

    # Running

    def run(self, name: str) -> Ending:
        """Run one check (all its parameter sets, until one fails) and say how it ended.

        Raises:
            Lost: the platform failed.
        """
        info, items = self.checks.get(name) or self.besides[name]
        self._ending = Ending()
        self._record = Record()
        self._rng = Rng(blake2b(f"{self.seed}:{name}".encode(), digest_size=32).digest())
        explain.clear()
        mutation.forget()
        start = time.perf_counter()
        assert self.provider is not None
        try:
            self._student = self.provider.begin(info.spec.seconds, info.spec.gpu, info.spec.in_place)
        except Failure as failure:
            return Ending(fault=failure, device=self.provider.device)
        token = current_builder.set(self.provider.build)
        explain.shown.set(info.public)
        tolerance.on_accelerator.set(self.provider.device is Device.CUDA)
        if self.began is not None:
            self.began(name)
        start = time.perf_counter()
        try:
            with _alarm(info.spec.seconds + GRACE_SECONDS):
                for item, following in itertools.zip_longest(items, items[1:]):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                    if self._ending.error is not None or self.provider.fault is not None:
                        break
        except (CheckTooSlow, pytest.exit.Exception) as error:
            self._ending.error = self._ending.error or error
        finally:
            current_builder.reset(token)
            explain.shown.set(False)
            tolerance.on_accelerator.set(False)
            # Cut short, pytest would hold what is still set up against the next check.
            items[0].session._setupstate.teardown_exact(None)
            self._ending.fault = self.provider.fault
            self.provider.end()
        self._ending.seconds = time.perf_counter() - start
        self._ending.device = self.provider.device
        self._ending.callback_error = self.provider.callback_error
        self._ending.series = dict(self._record.curves)
        self._ending.objection = self.provider.objection
        return self._ending

    def forget(self) -> None:
        """Let go of what the last check left behind."""
        self._ending = Ending()
        sys.last_value = sys.last_traceback = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool:
        """Call the check and keep what it returns: it may be a Score."""
        names = pyfuncitem._fixtureinfo.argnames
        result = pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names})
        self._ending.result = _worse(self._ending.result, result)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
        """Keep the first error of a check. In place of pytest's own report, which formats every traceback (60 ms)."""
        error = call.excinfo.value if call.excinfo is not None else None
        if self._ending.error is None:
            self._ending.error = error
        return pytest.TestReport(
            nodeid=item.nodeid,
            location=item.location,
            keywords={},
            outcome="passed" if error is None else "failed",
            longrepr=None if error is None else type(error).__name__,
            when="call",
            duration=call.duration,
        )


def _worse(one: Any, other: Any) -> Any:
    """Of what two parameter sets of a check returned: what is no Score, else the lower Score."""
    if one is None or one is True:
        return other
    if other is None or other is True or not isinstance(one, Score):
        return one
    return Score.worst(one, other) if isinstance(other, Score) else other


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise CheckTooSlow after `seconds`, where this thread and system can."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    over = False

    def ring(*_: object) -> None:
        if not over:
            raise CheckTooSlow(f"the check took more than {seconds:g} s")

    before = signal.signal(signal.SIGALRM, ring)
    # Again and again: an exception raised in a finalizer is swallowed there.
    signal.setitimer(signal.ITIMER_REAL, seconds, _RING_AGAIN_SECONDS)
    try:
        try:
            yield
        finally:
            over = True
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def collect(plugin: ExaminerPlugin, folders: Sequence[Path], then: Any = None, besides: Path | None = None) -> None:
    """Collect the checks below `folders` with pytest. `then(session)` runs within pytest, in place of its run.

    `besides`: a file of checks that belong to no assignment; see ExaminerPlugin.besides.

    Raises:
        CollectionFailed: with what pytest said.
    """

    class _Run:
        def pytest_runtestloop(self, session: pytest.Session) -> bool:
            if then is not None and not plugin.problems:
                then(session)
            return True

    present = [str(folder) for folder in folders if folder.is_dir()]
    plugin.besides_file = str(besides or "")
    collected = [*present, *([str(besides)] if besides else [])]
    code = pytest.main([*ARGUMENTS, f"--rootdir={folders[0].parent}", *collected], plugins=[plugin, _Run()])
    if plugin.problems:
        raise CollectionFailed("\n".join(plugin.problems))
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise CollectionFailed(f"pytest ended with {code}")
    if present and not plugin.checks:  # without the folders, all exercises are answered in words
        raise CollectionFailed(f"no checks in {', '.join(map(str, folders))}")
