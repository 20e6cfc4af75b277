"""What the supervisor does for one examiner: gives it workers, keeps what it finds, and watches that it goes on."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Mapping
from hashlib import blake2b

from autograder.course import Submission
from autograder.errors import AutograderError
from autograder.examiner import messages as m
from autograder.examiner.judgement import Judgement
from autograder.examiner.spans import Spans
from autograder.sandbox.worker import Sandbox, Worker, WorkerLimits

SILENCE_SECONDS = 60.0
"""How much longer than all it may spend the examiner may be silent before it counts as hung."""
CHECK_SILENCE_SECONDS = 30.0
"""The same for the time of one check, which its alarm keeps. In one long call of C code the alarm is not heard."""


class Supervision:
    """Serves one examiner's wishes until it is done."""

    def __init__(
        self,
        job: socket.socket,
        submission: Submission,
        sandbox: Sandbox,
        limits: WorkerLimits,
        seed: int,
        times: Mapping[str, float],
        told: Callable[[Judgement], None] | None = None,
        spans: Spans | None = None,
    ) -> None:
        """`times`: of each check, its seconds. `told` hears of each judgement, and `spans` of what time is spent on."""
        self._spans = spans
        self._told = told
        self._job = job
        self._submission = submission
        self._sandbox = sandbox
        self._limits = limits
        self._seed = _worker_seed(seed)
        self._times = times
        self._patience = 0.0
        self._worker: Worker | None = None
        self.unfit: dict[str, m.Unfit] = {}
        self.stopped = "the examiner did not report on it"
        """Why there is no finding of a check that is not in `found`."""
        self.current = ""
        """The check that it is at; empty before the first, and between two."""
        self.silent = False
        """It was given up, because it said nothing for too long."""
        self.done = False
        self.spent = 0.0
        """Seconds that it took, without those spent waiting for workers."""
        self.found: dict[str, Judgement] = {}
        self.problems: dict[int, str] = {}
        self.traces: dict[int, str] = {}
        self.behaviours: dict[str, m.Behaved] = {}

    def run(self, seconds: float) -> None:
        """Until it is done, dead, or silent for too long. `seconds`: what all may take."""
        self._patience = seconds + SILENCE_SECONDS
        self._job.settimeout(self._patience)
        start = time.monotonic()
        try:
            while not self._serve(m.receive(self._job)[0]):
                pass
        except (EOFError, OSError) as error:
            self.silent = isinstance(error, TimeoutError)
            self.stopped = f"the examiner stopped: {error}"
        self.spent += time.monotonic() - start

    def end_worker(self) -> tuple[str, str] | None:
        """End the worker, if one runs; what had ended it."""
        if self._worker is None:
            return None
        return self._worker.end()

    def _serve(self, message: m.Message) -> bool:
        match message:
            case m.At():
                self.current = message.check
                allowed = self._times[message.check] + CHECK_SILENCE_SECONDS if message.timed else self._patience
                self._job.settimeout(allowed)
            case m.NeedWorker():
                self._give_worker(message.gpu)
            case m.EndWorker():
                reason = self.end_worker()
                m.send(self._job, m.Ended(*reason) if reason else m.Ended())
            case m.Found():
                self._judged(Judgement(message.finding, message.doubt))
            case m.Unfit():
                self.unfit[message.check] = message
                self._through()
            case m.Behaved():
                self.behaviours[message.check] = message
            case m.Done():
                self.done = True
                self.problems, self.traces = message.problems, message.traces
                if self._spans is not None:
                    self._spans.extend(message.spans)
        return self.done

    def _judged(self, judgement: Judgement) -> None:
        self.found[judgement.finding.check] = judgement
        self._through()
        if self._told is not None:
            self._told(judgement)

    def _through(self) -> None:
        self.current = ""
        self._job.settimeout(self._patience)

    def _give_worker(self, gpu: bool) -> None:
        self.end_worker()
        asked = time.monotonic()
        try:
            self._worker = self._sandbox.start(self._submission.files, self._limits, self._seed, gpu)
        except (AutograderError, OSError) as error:
            m.send(self._job, m.GiveWorker(failed=str(error)))
            return
        finally:
            self.spent -= time.monotonic() - asked
        connection = self._worker.connection
        m.send(self._job, m.GiveWorker(), (connection.fileno(),))
        connection.close()  # the examiner holds the only other end now: it sees when the worker ends


def _worker_seed(seed: int) -> int:
    """The seed of the student's generators: from the attempt's, but not back to it, nor to the checks' inputs."""
    return int.from_bytes(blake2b(b"worker", key=seed.to_bytes(8), digest_size=8).digest()) >> 1
