"""A real training: the network of assignment 04, trained by the check on the digits."""

from __future__ import annotations

import ast
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from bare import COURSE
from graders import here, own_environment
from row import Bound, Row

from autograder.course import Submission, load_course
from autograder.course.submission import CodeCell
from autograder.grading.attempt import open_grader, seed_of

ROUNDS = 7
SLUG = "04-softmax-classifier"
CHECK = "test_the_network_reads_held_out_digits"
NAMES = ("MLP", "train_epoch", "train")
HEAD = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n"
SCRIPT = """
import sys, time
import numpy as np
{head}
torch.set_num_threads(1)
{answer}
with np.load(sys.argv[1]) as arrays:
    x, y = torch.from_numpy(arrays["x_train"]).float() / 16, torch.from_numpy(arrays["y_train"]).long()
for line in sys.stdin:
    start = time.perf_counter()
    train(x, y, int(line))
    print(time.perf_counter() - start, flush=True)
"""
"""Trains when told, as often as it is told: the first time, which imports half of torch, is not counted."""


def measure() -> list[Row]:
    """The wall of a warm submission whose check trains once, over the same training in a bare script; in turn."""
    (assignment,) = load_course(COURSE, (SLUG,))
    answer = _answer()
    bare, graded = [], []
    with open_grader(assignment, isolation="process") as grader, tempfile.TemporaryDirectory() as place:
        check = next(c.name for c in grader.checks if c.name.endswith(CHECK))
        script = _Script(Path(place), answer, assignment.hidden / "data" / "digits.npz")
        cells = (CodeCell(1, HEAD), CodeCell(2, answer))
        for number in range(ROUNDS + 1):
            bare.append(script.seconds(number))
            submission = Submission(f"student {number}", f"{number:064}", cells)
            start = time.perf_counter()
            verdict = grader.grade(submission, seed_of(b"bench", submission.digest), (check,))
            graded.append(time.perf_counter() - start)
            if verdict.points != verdict.max_points:
                raise ValueError(f"the reference lost points: {verdict.findings}")
        script.close()
    ratio = statistics.median(g / b for g, b in zip(graded[1:], bare[1:], strict=True))
    figures = {"graded": statistics.median(graded[1:]), "bare": statistics.median(bare[1:])}
    how = (
        f"{figures['graded']:.3f} s from submission to verdict, over {figures['bare']:.3f} s of train() in a script "
        f"that has trained before; its first time takes {bare[0]:.1f} s; 40 epochs of digits; median of {ROUNDS} rounds"
    )
    return [Bound(1.10, " x").row("training 04's MLP: wall over the bare training", ratio, how, figures)]


class _Script:
    """The bare script, waiting to train."""

    def __init__(self, place: Path, answer: str, data: Path) -> None:
        path = place / "script.py"
        path.write_text(SCRIPT.format(head=HEAD, answer=answer), encoding="utf-8")
        self._process = subprocess.Popen(
            [str(here() / "python"), str(path), str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=own_environment(),
            text=True,
        )

    def seconds(self, seed: int) -> float:
        """Of one training, by its own clock."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{seed}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def _answer() -> str:
    """The reference's network and training."""
    text = (COURSE / "assignments" / SLUG / "notebook.py").read_text(encoding="utf-8")
    found = {
        node.name: ast.get_source_segment(text, node) or ""
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    return "\n\n\n".join(found[name] for name in NAMES) + "\n"
