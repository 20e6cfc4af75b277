"""What there is to try on an assignment: the reference on many seeds, the stub, every specimen, every mutant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.build import prepare, stub_cells
from autograder.course import Assignment, Submission
from autograder.course.source import shown
from autograder.errors import AutograderError, Place
from autograder.grading.mutants import Marks, Mutant, load_marks, mutants_of
from autograder.grading.specimen import Specimen, load_specimens

MOST_SURVIVORS = 0.03
MUTANTS_PER_EXERCISE = 12
SPECIMEN_SEEDS = 20
"""Specimens take turns on so many seeds, however many the reference gets, so that each always has the same."""


@dataclass(frozen=True)
class Plan:
    """All answers that will be given to the checks."""

    assignment: Assignment
    seeds: int
    """On how many the reference runs."""
    repeats: int
    """On how many each specimen runs."""
    stub: Submission
    specimens: tuple[Specimen, ...]
    places: Mapping[str, int]
    """Of each specimen among all that there are, by its name: decides on its seed."""
    mutants: tuple[Mutant, ...]
    marks: Marks
    most_survivors: float = MOST_SURVIVORS
    exercises: tuple[str, ...] = ()
    """Those whose wrong answers are tried; empty: all."""

    def seed_of(self, specimen: Specimen, repeat: int) -> int:
        """The seed of one run of a specimen. It is the same where only some specimens, or fewer seeds, are tried."""
        return (self.places[specimen.name] + repeat) % SPECIMEN_SEEDS

    def __len__(self) -> int:
        """How many answers there are."""
        return self.seeds + 1 + self.repeats * len(self.specimens) + len(self.mutants)


def plan_verification(
    assignment: Assignment,
    *,
    seeds: int = 20,
    repeats: int = 1,
    specimens: Path | None = None,
    mutants: int | None = MUTANTS_PER_EXERCISE,
    most_survivors: float = MOST_SURVIVORS,
    exercises: tuple[str, ...] = (),
) -> Plan:
    """Read all that is to be tried.

    Args:
        assignment: whose checks are to be proven.
        seeds: how many seeds the reference gets.
        repeats: how many seeds each specimen gets.
        specimens: a folder with more specimens.
        mutants: at most so many for each exercise; 0: none; None: all.
        most_survivors: the share of mutants that may survive, from 0 to 1.
        exercises: only the mutants of these, and the specimens that fail one of them or nothing; empty: of all.

    Raises:
        AutograderError: the assignment, a specimen or the marks cannot be read, points do not add up, or an exercise
            is not there (`unknown-exercise`).
    """
    prepare(assignment)
    _require(assignment, exercises)
    found = load_specimens(assignment)
    if specimens is not None:
        found += load_specimens(assignment, specimens)
    return Plan(
        assignment=assignment,
        seeds=seeds,
        repeats=repeats,
        stub=Submission("stub", "", stub_cells(assignment)),
        specimens=tuple(s for s in found if not exercises or not s.fails or set(s.fails) & set(exercises)),
        mutants=tuple(
            mutant
            for mutant in (() if mutants == 0 else mutants_of(assignment, most=mutants))
            if not exercises or mutant.exercise in exercises
        ),
        marks=load_marks(assignment),
        most_survivors=most_survivors,
        exercises=exercises,
        places={specimen.name: place for place, specimen in enumerate(found)},
    )


def _require(assignment: Assignment, exercises: tuple[str, ...]) -> None:
    known = [exercise.name for exercise in assignment.manifest.exercises]
    for name in exercises:
        if name not in known:
            raise AutograderError(
                "unknown-exercise",
                f"no exercise is called {name!r}",
                where=Place(shown(assignment.root / "assignment.toml")),
                fix=f"choose one of: {', '.join(known)}",
            )
