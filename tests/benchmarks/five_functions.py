"""What the benchmark asks of everyone: five function exercises of assignment 04, their answers, and one set of
questions written in the dialect of each grader."""

from __future__ import annotations

import ast
import random
from dataclasses import dataclass
from pathlib import Path

POINTS = 1.0
HEAD = "import torch\nimport torch.nn.functional as F\n"


@dataclass(frozen=True)
class Kind:
    """What the students' notebooks begin with, and what the assignment has loaded ahead for it."""

    head: str = HEAD
    preload: tuple[str, ...] = ()
    asks: bool = True
    """The checks ask something of the student; else they pass at once, and what is left is all that surrounds them."""


PLAIN = Kind()
IDLE = Kind(asks=False)
FASTAI = Kind(f"from fastai.vision.all import *\n{HEAD}", ("fastai.vision.all",))


@dataclass(frozen=True)
class Exercise:
    """`inputs` are statements; in a question's left side `@` stands before a name of the student's."""

    name: str
    defines: tuple[str, ...]
    inputs: str
    questions: tuple[tuple[str, str], ...]


_SCORES = "g = torch.Generator().manual_seed(7)\nx = 3 * torch.randn(6, 5, generator=g)\nhuge = 1000 * x\n"
_LABELS = _SCORES + "y = torch.randint(0, 5, (6,), generator=g)\n"

EXERCISES = (
    Exercise(
        "softmax",
        ("softmax",),
        _SCORES,
        (
            ("@softmax(x, 1)", "torch.softmax(x, 1)"),
            ("@softmax(x, 0)", "torch.softmax(x, 0)"),
            ("@softmax(huge, -1)", "torch.softmax(huge, -1)"),
        ),
    ),
    Exercise(
        "log_softmax",
        ("logsumexp", "log_softmax"),
        _SCORES,
        (
            ("@log_softmax(x, 1)", "torch.log_softmax(x, 1)"),
            ("@log_softmax(huge, 1)", "torch.log_softmax(huge, 1)"),
            ("@logsumexp(huge, 0)", "torch.logsumexp(huge, 0)"),
        ),
    ),
    Exercise(
        "cross_entropy",
        ("cross_entropy",),
        _LABELS + "z = x.double().requires_grad_()\n",
        (
            ("@cross_entropy(x, y)", "F.cross_entropy(x, y)"),
            ("@cross_entropy(huge, y, reduction='none')", "F.cross_entropy(huge, y, reduction='none')"),
            ("torch.autograd.grad(@cross_entropy(z, y), z)[0]", "torch.autograd.grad(F.cross_entropy(z, y), z)[0]"),
        ),
    ),
    Exercise(
        "accuracy_sum",
        ("accuracy_sum",),
        _LABELS,
        (
            ("@accuracy_sum(x, y)", "(x.argmax(1) == y).sum()"),
            ("@accuracy_sum(x[:1], y[:1])", "(x[:1].argmax(1) == y[:1]).sum()"),
        ),
    ),
    Exercise(
        "bce",
        ("bce_with_logits",),
        "g = torch.Generator().manual_seed(9)\nz = 4 * torch.randn(8, generator=g)\n"
        "t = (torch.rand(8, generator=g) > 0.5).float()\nfar = 100 * z\n",
        (
            ("@bce_with_logits(z, t)", "F.binary_cross_entropy_with_logits(z, t)"),
            ("@bce_with_logits(far, t)", "F.binary_cross_entropy_with_logits(far, t)"),
        ),
    ),
)

WRONG = {"softmax": "def softmax(x, dim):\n    e = x.exp()\n    return e / e.sum(dim=dim, keepdim=True)\n"}
"""One student of the batch forgets the maximum, and must lose exactly this exercise with every grader."""


MISTAKES = {
    "softmax": (WRONG["softmax"], "def softmax(x, dim):\n    return torch.softmax(x, 0 if dim else 1)\n"),
    "cross_entropy": (
        "def cross_entropy(logits, y, reduction='mean'):\n    return F.nll_loss(torch.softmax(logits, 1), y)\n",
    ),
    "accuracy_sum": ("def accuracy_sum(logits, labels):\n    return (logits.argmax(1) == labels).float().mean()\n",),
    "bce": (
        "def bce_with_logits(z, t):\n    p = 1 / (1 + (-z).exp())\n"
        "    return -(t * p.log() + (1 - t) * (1 - p).log()).mean()\n",
        "def bce_with_logits(z, t):\n    raise NotImplementedError\n",
    ),
}
"""Each loses all points of its exercise."""


def answers(course: Path) -> dict[str, str]:
    """The code of each exercise's answer, from the reference solution of assignment 04."""
    text = (course / "assignments" / "04-softmax-classifier" / "notebook.py").read_text(encoding="utf-8")
    found = {
        node.name: ast.get_source_segment(text, node) or ""
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef)
    }
    # The markers of the solution regions are the instructor's; a student's notebook has none.
    kept = {
        name: "\n".join(line for line in code.split("\n") if " SOLUTION" not in line) for name, code in found.items()
    }
    return {e.name: "\n\n\n".join(kept[name] for name in e.defines) + "\n" for e in EXERCISES}


def classroom(course: Path, count: int) -> list[dict[str, str]]:
    """The answers of `count` students, the second of whom has one exercise wrong."""
    right = answers(course)
    return [{**right, **WRONG} if number == 1 else right for number in range(count)]


def generated(course: Path, count: int) -> tuple[list[dict[str, str]], list[float]]:
    """The answers of so many students, every tenth exercise of whom is wrong, and the points that each must get."""
    right = answers(course)
    draw = random.Random(0)
    made, points = [], []
    for _ in range(count):
        wrong = {name: draw.choice(codes) for name, codes in MISTAKES.items() if draw.random() < 0.1}
        made.append({**right, **wrong})
        points.append((len(EXERCISES) - len(wrong)) * POINTS)
    return made, points


def expected_points(count: int) -> list[float]:
    """What each student of classroom() must get."""
    return [len(EXERCISES) * POINTS - (POINTS if number == 1 else 0.0) for number in range(count)]


def plain_test(exercise: Exercise) -> str:
    """The questions as statements that raise, for a namespace which holds the student's functions."""
    asked = (f"torch.testing.assert_close({got.replace('@', '')}, {want})" for got, want in exercise.questions)
    return exercise.inputs + "\n".join(asked) + "\n"


def our_test(exercise: Exercise, kind: Kind = PLAIN) -> str:
    """The questions as one hidden check of ours."""
    lines = exercise.inputs.splitlines() if kind.asks else ["pass"]
    questions = exercise.questions if kind.asks else ()
    lines += [f"assert {got.replace('@', 'student.')} == close({want})" for got, want in questions]
    body = "\n".join(f"    {line}" for line in lines)
    return f'@check("{exercise.name}", points={POINTS:g})\ndef test_{exercise.name}(student):\n{body}\n'
