"""The supervisor's end: starts an examiner zygote, and sees one submission through with workers of a sandbox."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from autograder.course import Assignment, Finding, Outcome, Reason, Submission
from autograder.errors import AutograderError, Place
from autograder.examiner import messages as m
from autograder.examiner.judgement import Judgement
from autograder.sandbox import child
from autograder.sandbox.worker import Sandbox, Worker, WorkerLimits

_READY_SECONDS = 300.0
_SILENCE_SECONDS = 60.0
"""How much longer than all it may spend the examiner may be silent before it counts as hung."""
_LOST = "This check could not be run, by no fault of yours; it will be tried again."


@dataclass(frozen=True)
class Examined:
    """What came of one submission. `judgements` holds one for every check of the manifest, in its order."""

    judgements: tuple[Judgement, ...]
    problems: dict[int, str]
    """Code cell number -> how it stopped."""
    traces: dict[int, str]


class Examiner:
    """A warm examiner process for one assignment. `examine` may be called from several threads."""

    def __init__(self, assignment: Assignment) -> None:
        """Start it; the checks are collected when this returns.

        Raises:
            AutograderError: `broken-checks`: they cannot be collected; or `examiner-failed`.
        """
        self._assignment = assignment
        self._lock = threading.Lock()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close())
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "autograder.examiner.zygote", str(theirs.fileno())],
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control.settimeout(_READY_SECONDS)
        folders = [str(assignment.public), str(assignment.hidden)]
        m.send(self._control, m.Prepare(folders, list(assignment.manifest.environment.preload)))
        ready = self._reply()
        if isinstance(ready, m.Refused):
            raise AutograderError(
                "broken-checks",
                f"the checks of {assignment.slug} cannot be collected",
                where=Place(str(assignment.root)),
                why=f"{ready.what}\n{child.said(self._log)}".strip(),
                fix="mend the check named above; nothing was graded",
            )
        assert isinstance(ready, m.Ready)
        self.checks: tuple[m.Check, ...] = tuple(ready.checks)
        self.versions = ready.versions

    def examine(self, submission: Submission, sandbox: Sandbox, seed: int, only: tuple[str, ...] = ()) -> Examined:
        """Judge `submission` by all checks, or those named in `only`."""
        supervision = self._supervised(submission, sandbox, seed, only)
        expected = [check for check in self.checks if not only or check.name in only]
        found = supervision.found
        judgements = tuple(found.get(c.name) or self._lost(c, supervision) for c in expected)
        return Examined(judgements, supervision.problems, supervision.traces)

    def run_cells(self, submission: Submission, sandbox: Sandbox) -> dict[int, str]:
        """Run the cells and judge nothing: how each cell stopped that did, by its number.

        Raises:
            AutograderError: `examiner-failed`: they could not be run to the end.
        """
        supervision = self._supervised(submission, sandbox, seed=0, judged=False)
        if not supervision.done:
            raise AutograderError(
                "examiner-failed",
                f"the cells of {submission.name} could not be run",
                why=f"{supervision.why('')}\n{child.said(self._log)}".strip(),
                fix="run `autograder doctor`",
            )
        return supervision.problems

    def _supervised(
        self, submission: Submission, sandbox: Sandbox, seed: int, only: tuple[str, ...] = (), judged: bool = True
    ) -> _Supervision:
        limits = self._assignment.manifest.limits
        ours, theirs = socket.socketpair()
        with ours:
            pid = self._fork(theirs)
            cells = [m.Cell(c.number, c.source, c.problem) for c in submission.cells]
            modules = submission.modules()
            times, gpu = (limits.cell_seconds, limits.seconds), sandbox.gpu_slots > 0
            m.send(ours, m.Job(cells, seed, *times, list(only), modules, judged, gpu))
            supervision = _Supervision(ours, submission, sandbox, worker_limits(self._assignment), seed)
            try:
                supervision.run(limits.seconds + _SILENCE_SECONDS)
            finally:
                supervision.end_worker()
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        return supervision

    def hint(self, check: str) -> str:
        """The hint of the check of that name."""
        return next(c.hint for c in self.checks if c.name == check)

    def close(self) -> None:
        """End the process."""
        self._control.close()
        child.end(self._process)
        self._log.close()

    def _lost(self, check: m.Check, supervision: _Supervision) -> Judgement:
        why, again = supervision.why(check.name), supervision.again(check.name)
        said = child.said(self._log) if again else ""
        return Judgement(_lost(check, f"{why}\n{said}".strip()), again=again)

    def _fork(self, job: socket.socket) -> int:
        with job, self._lock:
            m.send(self._control, m.Fork(), (job.fileno(),))
            forked = self._reply()
        assert isinstance(forked, m.Forked)
        return forked.pid

    def _reply(self) -> m.Message:
        try:
            return m.receive(self._control)[0]
        except (OSError, EOFError) as error:
            raise AutograderError(
                "examiner-failed",
                f"the examiner of {self._assignment.slug} failed: {error}",
                why=child.said(self._log) or "It said nothing.",
                fix="run `autograder doctor`; if it finds nothing, report what is shown above",
            ) from error


class _Supervision:
    """Serves one examiner's wishes until it is done."""

    def __init__(
        self, job: socket.socket, submission: Submission, sandbox: Sandbox, limits: WorkerLimits, seed: int
    ) -> None:
        self._job = job
        self._submission = submission
        self._sandbox = sandbox
        self._limits = limits
        self._seed = _worker_seed(seed)
        self._worker: Worker | None = None
        self._unfit: dict[str, m.Unfit] = {}
        self._stopped = "the examiner did not report on it"
        self.done = False
        self.found: dict[str, Judgement] = {}
        self.problems: dict[int, str] = {}
        self.traces: dict[int, str] = {}

    def run(self, seconds: float) -> None:
        """Until it is done, dead, or silent for `seconds`."""
        self._job.settimeout(seconds)
        while True:
            try:
                message, _ = m.receive(self._job)
                if self._serve(message):
                    return
            except (EOFError, OSError) as error:
                self._stopped = f"the examiner stopped: {error}"
                return

    def why(self, check: str) -> str:
        """Why there is no finding of that check."""
        unfit = self._unfit.get(check)
        return self._stopped if unfit is None else unfit.why

    def again(self, check: str) -> bool:
        """Whether it makes sense to try once more to find one."""
        return check not in self._unfit or self._unfit[check].again

    def end_worker(self) -> tuple[str, str] | None:
        """End the worker, if one runs; what had ended it."""
        if self._worker is None:
            return None
        return self._worker.end()

    def _serve(self, message: m.Message) -> bool:
        match message:
            case m.NeedWorker():
                self._give_worker(message.gpu)
            case m.EndWorker():
                reason = self.end_worker()
                m.send(self._job, m.Ended(*reason) if reason else m.Ended())
            case m.Found():
                self.found[message.finding.check] = Judgement(message.finding, message.doubt)
            case m.Unfit():
                self._unfit[message.check] = message
            case m.Done():
                self.done = True
                self.problems, self.traces = message.problems, message.traces
                return True
        return False

    def _give_worker(self, gpu: bool) -> None:
        self.end_worker()
        try:
            self._worker = self._sandbox.start(self._submission.files, self._limits, self._seed, gpu)
        except (AutograderError, OSError) as error:
            m.send(self._job, m.GiveWorker(failed=str(error)))
            return
        connection = self._worker.connection
        m.send(self._job, m.GiveWorker(), (connection.fileno(),))
        connection.close()  # the examiner holds the only other end now: it sees when the worker ends


def _lost(check: m.Check, why: str) -> Finding:
    return Finding(
        check=check.name,
        exercise=check.exercise,
        outcome=Outcome.LOST,
        reason=Reason.PLATFORM,
        max_points=check.points,
        message=_LOST,
        detail=why,
        public=check.public,
    )


def _worker_seed(seed: int) -> int:
    """The seed of the student's generators: from the attempt's, but not back to it, nor to the checks' inputs."""
    return int.from_bytes(blake2b(b"worker", key=seed.to_bytes(8), digest_size=8).digest()) >> 1


def worker_limits(assignment: Assignment) -> WorkerLimits:
    """What a worker of one of the assignment's submissions is held to."""
    limits = assignment.manifest.limits
    return WorkerLimits(
        memory_bytes=limits.memory_mb << 20,
        threads=limits.threads,
        disk_bytes=limits.disk_mb << 20,
        cpu_seconds=int(limits.seconds) + 1,
        output_chars=limits.output_kb << 10,
        gpu_bytes=limits.gpu_mb << 20,
    )


def _environment() -> dict[str, str]:
    """The examiner's own: pinned where it decides results."""
    package_root = str(Path(__file__).resolve().parent.parent.parent)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST_", "PYTHON"))}
    return kept | {
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": package_root,
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MPLBACKEND": "Agg",
        "CUDA_VISIBLE_DEVICES": "",
    }
