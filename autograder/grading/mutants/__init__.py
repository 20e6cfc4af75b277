"""Automatic mutants of a reference solution: small mistakes, each of which some check should catch."""

from autograder.grading.mutants.generate import MOST, mutants_of
from autograder.grading.mutants.marks import Mark, Marks, as_mark, load_marks
from autograder.grading.mutants.mutant import Mutant

__all__ = ["MOST", "Mark", "Marks", "Mutant", "as_mark", "load_marks", "mutants_of"]
