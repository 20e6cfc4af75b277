"""From a source to its release and its solution: strip, scan for leaks, write. Same input, same bytes."""

from autograder.build.assemble import Built, build_assignment, prepare, stale
from autograder.build.points import DeclaredCheck, declared_checks
from autograder.build.strip import Stripped, reference_answers, reference_cells, reference_submission, strip, stub_cells

__all__ = [
    "Built",
    "DeclaredCheck",
    "Stripped",
    "build_assignment",
    "declared_checks",
    "prepare",
    "reference_answers",
    "reference_cells",
    "reference_submission",
    "stale",
    "strip",
    "stub_cells",
]
