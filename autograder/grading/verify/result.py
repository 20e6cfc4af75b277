"""What `verify` found out about an assignment's checks: frozen, plain, JSON-ready. Nothing is run or drawn here."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What was given to the checks."""

    REFERENCE = "reference"
    STUB = "stub"
    SPECIMEN = "specimen"
    MUTANT = "mutant"


@dataclass(frozen=True)
class CheckLine:
    """A check, as a row of the report."""

    name: str
    exercise: str
    points: float
    public: bool
    seconds: float = 0.0
    """The seconds that it may take; 0: unknown."""
    blunt: tuple[str, ...] = ()
    """Alterations of the right values, such as "1.05 times", that none of its comparisons would reject."""


@dataclass(frozen=True)
class Proof:
    """One answer that was given to the checks, and what was wrong with what they said."""

    kind: Kind
    name: str
    points: float
    max_points: float
    seconds: float
    promise: str
    """What had to come of it, in words."""
    problems: tuple[str, ...]
    """Empty: the promise was kept."""
    seed: int = 0
    changes: tuple[str, ...] = ()
    """The exercises whose code it changes; empty: all, or unknown."""
    outcomes: dict[str, str] = field(default_factory=dict)
    """For each check that was asked, an Outcome. A check that cannot see the change is not asked."""
    reasons: dict[str, str] = field(default_factory=dict)
    """For each check that did not pass, a Reason."""
    diff: str = ""
    """Of a mutant: the unified diff against the reference."""
    mark: str = ""
    """Of a mutant: why its author says that it need not be caught."""
    equivalent: bool = False
    """Of a mutant: its author says that it computes the same."""
    suggestion: str = ""
    """Of a mutant: what to write into mutants.toml, should it not need to be caught."""
    diagnosis: str = ""
    """Of a specimen: the hint that its own behaviour leads to."""
    fails: tuple[str, ...] = ()
    """Of a specimen: the exercises that must lose points. Empty: a right answer."""
    path: str = ""
    """Of a specimen: its file."""
    times: dict[str, float] = field(default_factory=dict)
    """Seconds, for each check that was asked."""

    @property
    def kept(self) -> bool:
        """The promise was kept."""
        return not self.problems

    @property
    def caught(self) -> bool:
        """Some check took points from it."""
        return self.points < self.max_points

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "kind": self.kind.value,
            "name": self.name,
            "seed": self.seed,
            "points": self.points,
            "max_points": self.max_points,
            "seconds": round(self.seconds, 3),
            "promise": self.promise,
            "kept": self.kept,
            "caught": self.caught,
            "problems": list(self.problems),
            "changes": list(self.changes),
            "outcomes": self.outcomes,
            "reasons": self.reasons,
            "diff": self.diff,
            "mark": self.mark,
            "equivalent": self.equivalent,
            "suggestion": self.suggestion,
            "diagnosis": self.diagnosis,
            "fails": list(self.fails),
            "path": self.path,
            "times": {check: round(seconds, 4) for check, seconds in self.times.items()},
        }


@dataclass(frozen=True)
class Verification:
    """All that was tried on one assignment."""

    assignment: str
    title: str
    version: str
    seeds: int
    """On how many seeds the reference ran."""
    most_survivors: float
    """The share of mutants that may survive, from 0 to 1."""
    checks: tuple[CheckLine, ...]
    proofs: tuple[Proof, ...]
    notes: tuple[str, ...] = ()
    """What does not stop a release, such as a mark of a mutant that is not there any more."""
    seconds: float = 0.0
    limit: float = 0.0
    """Seconds that the assignment gives one submission; 0: unknown."""
    exercises: tuple[str, ...] = ()
    """Those whose checks were proven, in order."""
    partial: bool = False
    """Not all of the assignment's: a help while writing checks, no proof for a release."""

    def of(self, kind: Kind) -> tuple[Proof, ...]:
        """The proofs of one kind."""
        return tuple(proof for proof in self.proofs if proof.kind is kind)

    @property
    def survivors(self) -> tuple[Proof, ...]:
        """Mutants that no check caught, but for those marked equivalent."""
        return tuple(p for p in self.of(Kind.MUTANT) if not p.caught and not p.equivalent)

    @property
    def counted(self) -> int:
        """Mutants, but for the equivalent ones."""
        return sum(not p.equivalent for p in self.of(Kind.MUTANT))

    @property
    def survival(self) -> float:
        """The share of mutants that survived, equivalent ones left out."""
        return len(self.survivors) / self.counted if self.counted else 0.0

    @property
    def green(self) -> bool:
        """May be released."""
        return all(proof.kept for proof in self.proofs) and self.survival <= self.most_survivors
