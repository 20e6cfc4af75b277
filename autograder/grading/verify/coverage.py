"""Which check catches which wrong answer, and what follows: what is redundant, idle, fragile or never tried. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from autograder.course import Outcome
from autograder.grading.verify.result import CheckLine, Kind, Proof, Verification


class Cell(StrEnum):
    """What one check said about one wrong answer, over all seeds on which it was asked."""

    CAUGHT = "caught"
    SOMETIMES = "caught on some seeds"
    PASSED = "let through"
    UNSETTLED = "could not be judged"
    NOT_ASKED = "not asked"
    """It cannot see the change, or quicker checks had caught the answer."""


@dataclass(frozen=True)
class WrongAnswer:
    """A specimen that promises to fail, or a mutant that its author does not call equivalent."""

    kind: Kind
    name: str
    exercises: tuple[str, ...]
    """Those whose code it changes or that it promises to fail; where neither is known, those whose checks caught it."""
    cells: Mapping[str, Cell]
    """What each check that was asked said."""

    @property
    def caught_by(self) -> tuple[str, ...]:
        """The checks that caught it on every seed on which they were asked."""
        return tuple(check for check, cell in self.cells.items() if cell is Cell.CAUGHT)

    def cell(self, check: str) -> Cell:
        """What `check` said."""
        return self.cells.get(check, Cell.NOT_ASKED)


@dataclass(frozen=True)
class CheckCoverage:
    """What one check is good for."""

    check: CheckLine
    asked: int
    """About how many wrong answers."""
    catches: int
    alone: int
    """How many wrong answers no other check catches."""


@dataclass(frozen=True)
class Coverage:
    """The matrix of checks and wrong answers, and what can be read from it."""

    verified: Verification
    answers: tuple[WrongAnswer, ...]
    """Specimens, then mutants."""

    @cached_property
    def checks(self) -> tuple[CheckCoverage, ...]:
        """One line for each check, in the order of the assignment."""
        return tuple(self._line(check) for check in self.verified.checks)

    @cached_property
    def redundant(self) -> tuple[CheckLine, ...]:
        """Hidden checks that could go, all of them together, and every wrong answer tried would still be caught.

        Redundant for catching what was tried; perhaps not for telling a student apart from another what went wrong, nor
        for a mistake that nobody has tried yet. Public checks are neither counted nor named: students see them, so they
        are there to teach. Greedy, from the check that catches least: no more can go, though another choice may be
        larger.
        """
        hidden = [line for line in self.checks if not line.check.public]
        caught = {line.check.name: self._caught(line.check.name) for line in hidden}
        # Among equals, the later in the assignment goes: the first of two that say the same is the simpler one.
        backwards = [line for line in reversed(hidden) if line.catches]
        order = [line.check.name for line in sorted(backwards, key=lambda line: line.catches)]
        dropped = _droppable(order, caught)
        return tuple(line.check for line in hidden if line.check.name in dropped)

    @cached_property
    def idle(self) -> tuple[CheckLine, ...]:
        """Checks that failed no wrong answer. That they fail the stub proves little."""
        return tuple(line.check for line in self.checks if not any(self._failed(line.check.name)))

    @cached_property
    def untried(self) -> tuple[str, ...]:
        """Exercises for which there is no wrong answer at all."""
        tried = {exercise for answer in self.answers for exercise in answer.exercises}
        return tuple(exercise for exercise in exercises_of(self.verified) if exercise not in tried)

    @cached_property
    def fragile(self) -> tuple[WrongAnswer, ...]:
        """Wrong answers that one check alone catches."""
        return tuple(answer for answer in self.answers if len(answer.caught_by) == 1)

    def of(self, exercise: str) -> tuple[WrongAnswer, ...]:
        """The wrong answers to one exercise: specimens, then mutants."""
        return tuple(answer for answer in self.answers if exercise in answer.exercises)

    def _line(self, check: CheckLine) -> CheckCoverage:
        caught = self._caught(check.name)
        alone = sum(answer.caught_by == (check.name,) for answer in self.answers)
        return CheckCoverage(check, sum(check.name in answer.cells for answer in self.answers), len(caught), alone)

    def _caught(self, check: str) -> frozenset[tuple[Kind, str]]:
        return frozenset((a.kind, a.name) for a in self.answers if a.cell(check) is Cell.CAUGHT)

    def _failed(self, check: str) -> Iterable[bool]:
        return (answer.cell(check) in (Cell.CAUGHT, Cell.SOMETIMES) for answer in self.answers)


def coverage(verified: Verification) -> Coverage:
    """The coverage of what was verified."""
    exercise_of = {check.name: check.exercise for check in verified.checks}
    tried: dict[tuple[Kind, str], list[Proof]] = {}
    for proof in (*verified.of(Kind.SPECIMEN), *verified.of(Kind.MUTANT)):
        if is_wrong(proof):
            tried.setdefault((proof.kind, proof.name), []).append(proof)
    return Coverage(verified, tuple(_answer(proofs, exercise_of) for proofs in tried.values()))


def is_wrong(proof: Proof) -> bool:
    """An answer that some check should fail."""
    return bool(proof.fails) if proof.kind is Kind.SPECIMEN else proof.kind is Kind.MUTANT and not proof.equivalent


def exercises_of(verified: Verification) -> tuple[str, ...]:
    """The exercises in order; those of the checks where the verification does not name them."""
    return verified.exercises or tuple(dict.fromkeys(check.exercise for check in verified.checks))


def _answer(proofs: Sequence[Proof], exercise_of: Mapping[str, str]) -> WrongAnswer:
    """One answer from its proofs on several seeds."""
    asked = [check for check in exercise_of if any(check in proof.outcomes for proof in proofs)]
    cells = {check: _cell([p.outcomes[check] for p in proofs if check in p.outcomes]) for check in asked}
    named = {exercise for proof in proofs for exercise in (*proof.changes, *proof.fails)}
    if not named:
        named = {exercise_of[check] for check, cell in cells.items() if cell in (Cell.CAUGHT, Cell.SOMETIMES)}
    order = dict.fromkeys((*exercise_of.values(), *sorted(named)))
    return WrongAnswer(proofs[0].kind, proofs[0].name, tuple(e for e in order if e in named), cells)


def _cell(outcomes: Sequence[str]) -> Cell:
    if Outcome.FAILED in outcomes:
        return Cell.CAUGHT if all(outcome == Outcome.FAILED for outcome in outcomes) else Cell.SOMETIMES
    return Cell.PASSED if all(outcome == Outcome.PASSED for outcome in outcomes) else Cell.UNSETTLED


def _droppable(order: Sequence[str], caught: Mapping[str, AbstractSet[tuple[Kind, str]]]) -> set[str]:
    """The names that can go, tried in `order`, while what is left still catches all that was caught."""
    dropped: set[str] = set()
    for name in order:
        others = [caught[other] for other in order if other != name and other not in dropped]
        if caught[name] <= frozenset[tuple[Kind, str]]().union(*others):
            dropped.add(name)
    return dropped
