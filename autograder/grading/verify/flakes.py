"""How often a check fails a right answer by bad luck: its failures over the reference's seeds, with a bound. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.course import Outcome
from autograder.grading.verify.result import CheckLine, Kind, Verification

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Flakes:
    """Of `runs` with a right answer, `failures` were not passed."""

    runs: int
    failures: int

    @property
    def rate(self) -> float:
        """The share that failed, from 0 to 1; 0 where nothing ran."""
        return self.failures / self.runs if self.runs else 0.0

    @property
    def bound(self) -> float:
        """The true share is below this, one-sided with 95 % confidence, from 0 to 1."""
        return upper_bound(self.failures, self.runs)


@dataclass(frozen=True)
class CheckFlakes:
    """The flakes of one check."""

    check: CheckLine
    flakes: Flakes


def upper_bound(failures: int, runs: int) -> float:
    """The exact one-sided upper 95 % limit of a share, from 0 to 1.

    Clopper and Pearson, The use of confidence or fiducial limits illustrated in the case of the binomial,
    Biometrika 26 (1934), 404-413: the share at which as few failures as these would be seen 5 % of the time. With none
    in n it is 1 - 0.05**(1/n), near 3/n.

    Raises:
        ValueError: not 0 <= failures <= runs.
    """
    if not 0 <= failures <= runs:
        raise ValueError(f"{failures} failures in {runs} runs")
    if failures == runs:
        return 1.0
    if not failures:
        return float(1.0 - (1.0 - CONFIDENCE) ** (1.0 / runs))
    from scipy.special import betaincinv  # takes long to import, and is hardly ever needed

    return float(betaincinv(failures + 1, runs - failures, CONFIDENCE))


def flakes(verified: Verification) -> tuple[CheckFlakes, ...]:
    """One for each check, in order. A run that was lost to the platform says nothing, and is left out."""
    references = verified.of(Kind.REFERENCE)
    found = []
    for check in verified.checks:
        outcomes = [proof.outcomes[check.name] for proof in references if check.name in proof.outcomes]
        judged = [outcome for outcome in outcomes if outcome != Outcome.LOST]
        found.append(CheckFlakes(check, Flakes(len(judged), sum(o != Outcome.PASSED for o in judged))))
    return tuple(found)


def flakes_of_all(verified: Verification) -> Flakes:
    """Of the assignment as a whole: the runs of the reference, and those without full marks."""
    settled = [proof for proof in verified.of(Kind.REFERENCE) if Outcome.LOST not in proof.outcomes.values()]
    return Flakes(len(settled), sum(not proof.kept for proof in settled))
