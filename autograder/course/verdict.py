"""What grading says: findings, one per check, and the verdict over a submission. Frozen, plain, JSON-ready."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """Who is at fault."""

    PASSED = "passed"
    FAILED = "failed"
    """The student's code: costs points."""
    BROKEN = "broken"
    """The check: reported to its author, never a student's zero."""
    LOST = "lost"
    """The platform: tried again, never a zero."""
    PENDING = "pending"
    """Nobody yet: a written answer, to be graded by a person."""


class Reason(StrEnum):
    """Why a check did not pass."""

    NONE = ""
    WRONG_ANSWER = "wrong_answer"
    BELOW_THRESHOLD = "below_threshold"
    EXCEPTION = "exception"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out_of_memory"
    UNSOLVED = "unsolved"
    """The stub of the exercise still stands."""
    MISSING_NAME = "missing_name"
    WRONG_TYPE = "wrong_type"
    NOT_FINITE = "not_finite"
    FORBIDDEN_API = "forbidden_api"
    MUTATED_INPUT = "mutated_input"
    WORKER_DIED = "worker_died"
    LIMIT = "limit"
    """Another limit: threads, disk, size of an answer."""
    PROTOCOL = "protocol"
    """The worker sent bytes that are no answer."""
    UNREADABLE = "unreadable"
    """The submission could not be read."""
    UNSAFE_ARCHIVE = "unsafe_archive"
    UNANSWERED = "unanswered"
    """A written answer that is not there."""
    REVISE = "revise"
    """A person sent a written answer back."""
    CHECK_ERROR = "check_error"
    NO_REPORT = "no_report"
    """The check never reported: not passed."""
    PLATFORM = "platform"


class Device(StrEnum):
    """Where the student's code ran for a check."""

    CPU = "cpu"
    CUDA = "cuda"
    CPU_INSTEAD = "cpu instead of cuda"
    """The check prefers a GPU, and there was none."""

    @property
    def words(self) -> str:
        """For people, where it is worth a word; empty for the CPU."""
        return {Device.CUDA: "on a GPU", Device.CPU_INSTEAD: "on the CPU, for want of a GPU"}.get(self, "")


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A quantity of a trained model as the check measured it, and what earns credit. All numbers are finite."""

    name: str
    """Of the quantity, such as accuracy or held-out loss."""
    value: float
    """Rounded: it is shown to the student."""
    low: float
    high: float
    """Ends of its 95 % interval; both are `value` where there is none."""
    full: float
    """From here on (or up to here) the credit is whole."""
    half: float
    """Half the credit; beyond it there is none."""
    larger_is_better: bool = True
    ceiling: tuple[float, float] | None = None
    """Where too much is wrong as well: the upper ends of full and of half credit."""
    examples: int = 0
    """Over how many it was measured; 0: that is not known."""
    run: int = 1
    """2: of the second training, which a borderline first one earns."""


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One check's outcome. `message` is for the student and holds no hidden value; `detail` is the student's
    own error with their own lines."""

    check: str
    exercise: str
    outcome: Outcome
    reason: Reason = Reason.NONE
    points: float = 0.0
    max_points: float = 0.0
    message: str = ""
    hint: str = ""
    diagnosis: str = ""
    """For the student: what the answer looks like, where it behaves as a known mistake does."""
    detail: str = ""
    public: bool = False
    seconds: float = 0.0
    series: dict[str, list[float]] = {}
    """Curves to draw, such as {"training loss": [2.3, 1.1, ...]}."""
    device: Device = Device.CPU
    measured: tuple[Measured, ...] = ()
    answer: str = ""
    """The student's words, where a person grades them."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one attempt. Broken and lost checks earn nothing, but `settled` is false while one is owed."""

    submission: str
    """The student or file that the submission goes by."""
    digest: str
    """SHA-256 over the submission's bytes, hex."""
    assignment: str
    version: str
    seed: int
    isolation: str
    seconds: float
    findings: tuple[Finding, ...]
    notes: tuple[str, ...] = ()
    """What intake and the cells had to say, for example a magic that was ignored."""

    @property
    def points(self) -> float:
        """Points earned so far."""
        return round(sum(f.points for f in self.findings), 6)

    @property
    def max_points(self) -> float:
        """Points possible, those of broken and lost checks and of pending answers included."""
        return round(sum(f.max_points for f in self.findings), 6)

    @property
    def pending_points(self) -> float:
        """Of the points possible, those that a person has yet to decide on."""
        return round(sum(f.max_points for f in self.findings if f.outcome is Outcome.PENDING), 6)

    @property
    def settled(self) -> bool:
        """Every check reported, and none was broken or lost. Written answers may still wait for a person."""
        return all(f.outcome not in (Outcome.BROKEN, Outcome.LOST) for f in self.findings)

    def exercise_points(self) -> dict[str, tuple[float, float]]:
        """Points earned and possible, by exercise, in the order of the findings."""
        totals: dict[str, tuple[float, float]] = {}
        for finding in self.findings:
            earned, possible = totals.get(finding.exercise, (0.0, 0.0))
            totals[finding.exercise] = (earned + finding.points, possible + finding.max_points)
        return totals

    def as_dict(self) -> dict[str, object]:
        """The verdict as `grade --json` prints it."""
        keys = ("check", "exercise", "outcome", "reason", "points", "max_points", "message", "device", "diagnosis")
        return {
            "submission": self.submission,
            "points": self.points,
            "max_points": self.max_points,
            "pending_points": self.pending_points,
            "seed": self.seed,
            "isolation": self.isolation,
            "seconds": round(self.seconds, 3),
            "findings": [
                {key: getattr(f, key) for key in (*keys, "answer")}
                | {"measured": [msgspec.structs.asdict(m) for m in f.measured]}
                for f in self.findings
            ],
        }
