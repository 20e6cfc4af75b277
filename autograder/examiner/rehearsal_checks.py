"""Checks of nothing, run in the examiners' zygote before the first submission: see autograder.examiner.rehearsal."""

from __future__ import annotations

from typing import Any

import torch

from autograder.checks import check, close, gradcheck

EXERCISE = "rehearsal"


@check(EXERCISE)
def test_rehearsal_of_values(student: Any) -> None:
    """A right answer."""
    x = torch.linspace(-3, 3, 20).reshape(4, 5)
    assert student.double(x) == close(x * 2)


@check(EXERCISE)
def test_rehearsal_of_gradients(student: Any, rng: Any) -> None:
    """Backward through the wire."""
    x = rng.normal(3, 2, requires_grad=True)
    student.double(x).sum().backward()
    assert x.grad == close(torch.full((3, 2), 2.0))


@check(EXERCISE)
def test_rehearsal_of_gradcheck(student: Any) -> None:
    """Many calls."""
    x = torch.ones(2, dtype=torch.float64, requires_grad=True)
    assert gradcheck(student.double, x)


@check(EXERCISE)
def test_rehearsal_of_numbers(student: Any) -> None:
    """A plain value."""
    assert float(student.double(2.0)) == 4.0


@check(EXERCISE)
def test_rehearsal_of_mistakes(student: Any) -> None:
    """A wrong answer, to be explained."""
    x = torch.linspace(-3, 3, 20).reshape(4, 5)
    assert student.double(x) == close(x * 3)
