"""Checks that a student's value blows up, hangs or kills: the finding is that check's own, and the others count."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from autograder.course import CodeCell, Finding, Outcome, Reason, Submission, load_assignment
from autograder.examiner import supervision
from autograder.examiner.client import Examiner
from autograder.grading.attempt import Grader
from autograder.sandbox.levels import open_sandbox

NOTEBOOK = """# %% [markdown]
# # Going on

# %%
import torch

# %%
#| exercise: it
# BEGIN SOLUTION
def make(n):
    return n + 1
# END SOLUTION
"""

CHECKS = """
import os
import signal
import time
from pathlib import Path
import torch
from autograder.checks import check

class Busy:
    def __init__(self, seconds): self.seconds = seconds
    def __del__(self): time.sleep(self.seconds)

@check("it")
def test_before(student):
    assert student.make(1) == 2

@check("it")
def test_fills_memory(student):
    assert len([0] * student.make(3)) == 4

@check("it")
def test_fills_memory_of_torch(student):
    assert torch.ones(student.make(3)).sum() == 4

@check("it")
def test_dies(student):
    if student.make(3) != 4:
        os.kill(os.getpid(), signal.SIGKILL)

@check("it", seconds=1)
def test_is_deaf(student):
    if student.make(3) != 4:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(1000)

@check("it", seconds=0.1)
def test_swallows_the_alarm(student):
    if student.make(3) != 4:
        Busy(3)
        while True:
            pass

@check("it")
def test_dies_once(student):
    flag = Path(__file__).with_name("flag")
    if flag.exists():
        flag.unlink()
        os.kill(os.getpid(), signal.SIGKILL)

@check("it")
def test_after(student):
    assert student.make(1) == 2
"""
NAMES = ("before", "fills_memory", "fills_memory_of_torch", "dies", "is_deaf", "swallows_the_alarm", "dies_once")
BAD = "def make(n): return 2 if n == 1 else 10 ** 10"
HONEST = "def make(n): return n + 1"


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    folder = tmp_path_factory.mktemp("course") / "going-on"
    (folder / "hidden").mkdir(parents=True)
    (folder / "assignment.toml").write_text(
        'title = "Going on"\n[[exercise]]\nname = "it"\ntitle = "It"\npoints = 8\ndefines = ["make"]\n'
        "[limits]\nseconds = 60\ncell_seconds = 3\nmemory_mb = 256\n",
        encoding="utf-8",
    )
    (folder / "notebook.py").write_text(NOTEBOOK, encoding="utf-8")
    (folder / "hidden" / "test_it.py").write_text(CHECKS, encoding="utf-8")
    assignment = load_assignment(folder)
    with Grader(assignment, open_sandbox(), Examiner(assignment)) as made:
        yield made


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "CHECK_SILENCE_SECONDS", 4.0)


def graded(grader: Grader, source: str, *only: str) -> dict[str, Finding]:
    submission = Submission("student", "0" * 64, (CodeCell(1, source),))
    verdict = grader.grade(submission, seed=1, only=tuple(f"test_{name}" for name in only))
    return {f.check.removeprefix("test_"): f for f in verdict.findings}


def test_honest_work_passes_everything(grader: Grader) -> None:
    found = graded(grader, HONEST)
    assert set(found) == {*NAMES, "after"}
    assert {f.outcome for f in found.values()} == {Outcome.PASSED}, found


@pytest.mark.parametrize(
    ("name", "reason", "says"),
    [
        ("fills_memory", Reason.LIMIT, "too much memory"),
        ("fills_memory_of_torch", Reason.LIMIT, "too much memory"),
        ("dies", Reason.LIMIT, "broke down"),
        ("is_deaf", Reason.TIMEOUT, "did not come to an end"),
        ("swallows_the_alarm", Reason.TIMEOUT, "did not come to an end"),
    ],
)
def test_the_value_is_to_blame_and_nothing_else_is_lost(grader: Grader, name: str, reason: Reason, says: str) -> None:
    found = graded(grader, BAD, "before", name, "after")
    assert (found[name].outcome, found[name].reason) == (Outcome.FAILED, reason), found[name]
    assert says in found[name].message
    assert found["before"].outcome == found["after"].outcome == Outcome.PASSED


def test_an_examiner_that_dies_once_costs_nothing(grader: Grader) -> None:
    (grader.assignment.hidden / "flag").touch()
    found = graded(grader, HONEST, "before", "dies_once", "after")
    assert {f.outcome for f in found.values()} == {Outcome.PASSED}, found


def test_where_the_reference_fails_too_the_check_is_lost_and_never_the_students(
    grader: Grader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grader, "reference", Submission("reference", "", (CodeCell(1, BAD),)))
    monkeypatch.setattr(grader, "_controls", {})
    found = graded(grader, BAD, "dies", "after")
    assert (found["dies"].outcome, found["dies"].reason) == (Outcome.LOST, Reason.PLATFORM)
    assert found["after"].outcome == Outcome.PASSED
    assert grader._controls == {}  # an examiner that died says nothing about the next time


def test_the_time_of_the_whole_submission_is_not_given_anew(grader: Grader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[float] = []
    supervised = Examiner._supervised

    def listening(self: Examiner, *args: object, seconds: float, **kwargs: object) -> object:
        asked.append(seconds)
        return supervised(self, *args, seconds=seconds, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Examiner, "_supervised", listening)
    found = graded(grader, BAD, "is_deaf", "after")
    assert found["is_deaf"].reason == Reason.TIMEOUT
    assert asked[0] == 60.0
    assert asked[1] < 56.0


def test_a_zygote_that_dies_now_and_then_is_renewed_for_ever(grader: Grader) -> None:
    for _ in range(4):
        kill(grader)
        assert {f.outcome for f in graded(grader, HONEST, "before").values()} == {Outcome.PASSED}


def kill(grader: Grader) -> None:
    process = grader._examiner._zygotes.now._process
    os.kill(process.pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while grader._examiner._zygotes.now.alive and time.monotonic() < deadline:
        time.sleep(0.01)
