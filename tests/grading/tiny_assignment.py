"""An assignment of two exercises with specimens that have hints, written to a folder."""

from __future__ import annotations

from pathlib import Path

FILES = {
    "assignment.toml": """
title = "Small"
summary = "Two functions."

[[exercise]]
name = "mean"
title = "The mean of each row"
points = 2

[[exercise]]
name = "loss"
title = "A loss"
points = 2

[limits]
seconds = 60
cell_seconds = 10
memory_mb = 1024
""",
    "notebook.py": '''\
# %% [markdown]
# # Small

# %%
import torch


# %%
#| exercise: mean
def mean(x):
    """The mean of each row of `x` (N, D): (N,)."""
    # BEGIN SOLUTION
    total_of_every_row = x.sum(dim=1)
    return total_of_every_row / x.shape[1]
    # END SOLUTION


# %%
#| exercise: loss
def loss(a, b):
    """The mean of the squared differences."""
    # BEGIN SOLUTION
    difference_of_the_two = a - b
    return (difference_of_the_two * difference_of_the_two).mean()
    # END SOLUTION
''',
    "public/test_public.py": """
import torch
from autograder.checks import check, close


@check("mean", points=1)
def test_mean_of_two_rows(student):
    assert student.mean(torch.tensor([[1.0, 3.0], [2.0, 2.0]])) == close(torch.tensor([2.0, 2.0]))
""",
    "hidden/test_hidden.py": """
import torch
from autograder.checks import check, close, gradcheck


@check("mean", points=1)
def test_mean(student, rng):
    for shape in ((1, 4), (5, 3)):
        x = rng.normal(*shape)
        assert student.mean(x) == close(x.mean(1))


@check("loss", points=1)
def test_loss(student, rng):
    a, b = rng.normal(4, 2), rng.normal(4, 2)
    assert student.loss(a, b) == close(((a - b) ** 2).mean())


@check("loss", points=1)
def test_loss_has_a_gradient(student, rng):
    a, b = rng.normal(3, dtype=torch.float64, requires_grad=True), rng.normal(3, dtype=torch.float64)
    assert gradcheck(lambda t: student.loss(t, b), a)
""",
    "specimens/mean_sum.py": '''"""No division."""
# fails: mean
# hint: You add the rows up.
#     Divide by their length.


def mean(x):
    return x.sum(1)
''',
    "specimens/mean_sum_of_all.py": '''"""One total for all rows."""
# fails: mean
# hint: You add everything up.


def mean(x):
    if len(x) == 2:
        return x.mean(1)
    return x.sum().repeat(len(x))
''',
    "specimens/mean_sum_of_more.py": '''"""Right for two rows."""
# fails: mean
# hint: You divide by the length only where there are two rows.


def mean(x):
    return x.mean(1) if len(x) == 2 else x.sum(1)
''',
    "specimens/mean_other_axis.py": '''"""Over the columns."""
# fails: mean
# hint: You average over the columns.


def mean(x):
    return x.mean(0)
''',
    "specimens/loss_cut.py": '''"""Leaves the graph."""
# fails: loss
# hint: The values are right, but no gradient flows.


def loss(a, b):
    return ((a - b) ** 2).mean().detach()
''',
    "specimens/right.py": '''"""Other words."""
# fails: nothing


def mean(x):
    return x.mean(-1)
''',
}


def write_assignment(root: Path) -> Path:
    """The assignment's folder, written."""
    for name, content in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root
