"""Where checks are judged: on the CPU first, then on a GPU with a worker of its own; without one, no zero for anybody.

There is no GPU in these tests: a sandbox that only says so stands in, and the checks look at what they were told.
"""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from transports import ThreadWorkers

from autograder.checks import Failure
from autograder.course import CodeCell, Device, Finding, Outcome, Reason, Submission, Verdict, load_assignment
from autograder.errors import AutograderError
from autograder.examiner.client import Examiner
from autograder.examiner.devices import Gpus, Lost, NoGpu, device_of
from autograder.examiner.notebook import run_public_checks
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.grading.attempt import Grader
from autograder.grading.self_check import check_notebook
from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import Sandbox, Worker, WorkerLimits

CHECKS = """
from autograder.checks import check

@check("it", gpu=True)
def test_needs(student, device):
    assert device == "cuda"
    assert student.count() == 1, "the cells have run afresh for the first check on a GPU"

@check("it", gpu="prefer")
def test_prefers(student, device):
    assert student.count() == {"cuda": 2, "cpu": 3}[device], device

@check("it")
def test_first(student, device):
    assert (device, student.count()) == ("cpu", 1)

@check("it")
def test_second(student):
    assert student.count() == 2
"""
NOTEBOOK = """# %% [markdown]
# # It
# %% exercise="it"
seen = []
# BEGIN SOLUTION
def count():
    seen.append(1)
    return len(seen)
# END SOLUTION
"""
MANIFEST = """title = "Devices"
[[exercise]]
name = "it"
title = "It"
points = 4
defines = ["count"]
[limits]
gpu_mb = 3000
"""
COUNT = "seen = []\ndef count():\n    seen.append(1)\n    return len(seen)"


class WithGpus:
    """The walls of this machine, and as many GPUs as a test wants it to have."""

    def __init__(self, inner: Sandbox, gpu_slots: int, refuses: bool = False) -> None:
        self.level = inner.level
        self.versions = inner.versions
        self.gpu_slots = gpu_slots
        self.started: list[bool] = []
        self.gpu_bytes = 0
        self._inner = inner
        self._refuses = refuses

    def start(self, files: tuple[tuple[str, bytes], ...], limits: WorkerLimits, seed: int, gpu: bool = False) -> Worker:
        self.started.append(gpu)
        self.gpu_bytes = limits.gpu_bytes
        if gpu and self._refuses:
            raise AutograderError("no-gpu", "no GPU is left to grade on")
        return self._inner.start(files, limits, seed)

    def close(self) -> None:
        return


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = open_sandbox()
    yield made
    made.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course") / "devices"
    (folder / "public").mkdir(parents=True)
    (folder / "assignment.toml").write_text(MANIFEST, encoding="utf-8")
    (folder / "notebook.py").write_text(NOTEBOOK, encoding="utf-8")
    (folder / "public" / "test_it.py").write_text(CHECKS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def examiner(folder: Path) -> Iterator[Examiner]:
    made = Examiner(load_assignment(folder))
    yield made
    made.close()


def graded(folder: Path, examiner: Examiner, sandbox: WithGpus) -> tuple[Verdict, dict[str, Finding]]:
    submission = Submission("student", "0" * 64, (CodeCell(1, COUNT),))
    verdict = Grader(load_assignment(folder), sandbox, examiner).grade(submission, seed=5)
    return verdict, {finding.check: finding for finding in verdict.findings}


def test_cpu_checks_come_first_and_the_worker_is_started_anew_for_the_gpu(
    folder: Path, examiner: Examiner, sandbox: Sandbox
) -> None:
    machine = WithGpus(sandbox, gpu_slots=1)
    verdict, found = graded(folder, examiner, machine)
    assert {name: f.message for name, f in found.items() if f.outcome != Outcome.PASSED} == {}
    assert machine.started == [False, True]
    assert machine.gpu_bytes == 3000 << 20
    assert verdict.settled
    devices = {name: f.device for name, f in found.items()}
    assert devices == {
        "test_needs": Device.CUDA,
        "test_prefers": Device.CUDA,
        "test_first": Device.CPU,
        "test_second": Device.CPU,
    }


def test_without_a_gpu_what_prefers_one_falls_back_and_what_needs_one_is_lost_once(
    folder: Path, examiner: Examiner, sandbox: Sandbox
) -> None:
    machine = WithGpus(sandbox, gpu_slots=0)
    verdict, found = graded(folder, examiner, machine)
    assert machine.started == [False]  # nothing is tried again in vain
    assert not verdict.settled
    assert found["test_prefers"].outcome == Outcome.PASSED, found["test_prefers"]
    assert found["test_prefers"].device is Device.CPU_INSTEAD
    needs = found["test_needs"]
    assert (needs.outcome, needs.reason, needs.points) == (Outcome.LOST, Reason.PLATFORM, 0.0)
    assert needs.detail == "this check needs a GPU, and this machine has none: grade it on one that has"
    assert "no fault of yours" in needs.message


def test_a_gpu_that_cannot_be_had_is_the_platforms_fault_and_tried_again(
    folder: Path, examiner: Examiner, sandbox: Sandbox
) -> None:
    machine = WithGpus(sandbox, gpu_slots=1, refuses=True)
    _, found = graded(folder, examiner, machine)
    assert {name for name, f in found.items() if f.outcome == Outcome.LOST} == {"test_needs", "test_prefers"}
    assert "no GPU is left" in found["test_needs"].detail
    assert found["test_first"].outcome == Outcome.PASSED
    assert machine.started.count(True) == 4


def test_where_a_check_runs_follows_from_its_wish_and_the_machine() -> None:
    assert device_of(False, Gpus.LEASED) is device_of(False, Gpus.NONE) is Device.CPU
    assert device_of("prefer", Gpus.OWN) is device_of(True, Gpus.LEASED) is Device.CUDA
    assert device_of("prefer", Gpus.NONE) is Device.CPU_INSTEAD
    with pytest.raises(NoGpu):
        device_of(True, Gpus.NONE)
    assert [device.words for device in Device] == ["", "on a GPU", "on the CPU, for want of a GPU"]


class Counting(ThreadWorkers):
    """Counts starts, and says which were to have a GPU."""

    def __init__(self) -> None:
        super().__init__()
        self.started: list[bool] = []

    def start(self, gpu: bool) -> socket.socket:
        self.started.append(gpu)
        return super().start(gpu)


def session(workers: Counting, gpus: Gpus, *cells: str, total: float = 60.0) -> Session:
    numbered = tuple(CodeCell(n, c) for n, c in enumerate(("import torch", *cells)))
    return Session(torch, workers, numbered, Budget(20.0, total), gpus=gpus)


def test_a_students_own_machine_needs_no_second_worker_for_its_gpu() -> None:
    workers = Counting()
    made = session(workers, Gpus.OWN, COUNT)
    provider = SessionProvider(made)
    assert provider.begin(5.0).count() == 1
    assert provider.begin(5.0, True).count() == 2
    assert provider.device is Device.CUDA
    assert workers.started == [False]


def test_a_cpu_check_after_one_on_the_gpu_gets_a_worker_without() -> None:
    workers = Counting()
    provider = SessionProvider(session(workers, Gpus.LEASED, COUNT))
    for wish, count in ((True, 1), ("prefer", 2), (False, 1), (False, 2), (True, 1)):
        assert provider.begin(5.0, wish).count() == count  # type: ignore[arg-type]
    assert workers.started == [True, False, True]


def test_a_gpu_that_student_code_has_crashed_costs_that_check_alone() -> None:
    """After such a crash every call on the GPU fails for good, in that process: a new one is started."""
    workers = Counting()
    provider = SessionProvider(session(workers, Gpus.LEASED, "def f(): return 1"))
    function = provider.begin(5.0, True).f

    def fail() -> None:
        raise RuntimeError("CUDA error: device-side assert triggered")

    crashed = SimpleNamespace(is_initialized=lambda: True, synchronize=fail)
    workers.peers[0].torch = SimpleNamespace(**vars(torch) | {"cuda": crashed})
    with pytest.raises(Failure, match="device-side assert"):
        function()
    assert provider.begin(5.0, True).f() == 1
    assert workers.started == [True, True]


def test_waiting_for_a_gpu_is_not_the_students_time() -> None:
    class Queue(Counting):
        def start(self, gpu: bool) -> socket.socket:
            time.sleep(1.0)
            return super().start(gpu)

    made = session(Queue(), Gpus.LEASED, "def f(): return 1", total=0.8)
    assert SessionProvider(made).begin(5.0, True).f() == 1


def test_in_the_notebook_a_check_that_needs_a_gpu_is_not_judged_without_one(folder: Path) -> None:
    names: dict[str, Any] = {}
    exec(COUNT, names)
    report = run_public_checks(folder, names, (COUNT,))
    outcomes = {f.check: f.outcome for f in report.findings}
    expected = Outcome.PASSED if torch.cuda.is_available() else Outcome.LOST
    assert outcomes["test_needs"] == expected
    if expected is Outcome.LOST:
        assert "could not be judged  it: needs\n           This check needs a GPU, which this machine has not." in repr(
            report
        )
        assert "could not be judged" in report._repr_html_()


@pytest.mark.skipif(torch.cuda.is_available(), reason="says what happens where there is no GPU")
def test_in_the_terminal_a_check_that_needs_a_gpu_is_not_judged_and_fails_nothing(tmp_path: Path) -> None:
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "a",
        "source": COUNT,
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    (tmp_path / "devices.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "test_terminal.py").write_text(
        "from autograder.checks import check\n"
        "@check('it', gpu=True)\ndef test_needs(student): pass\n"
        "@check('it', gpu='prefer')\ndef test_prefers(student, device): assert device == 'cpu'\n"
    )
    result = check_notebook(tmp_path / "devices.ipynb")
    found = {f.check: f for f in result.findings}
    assert found["test_needs"].outcome == Outcome.LOST
    assert found["test_needs"].message.startswith("This check needs a GPU, which this machine has not.")
    assert found["test_prefers"].outcome == Outcome.PASSED, found["test_prefers"]
    assert found["test_prefers"].device is Device.CPU_INSTEAD
    assert result.passed


def test_lost_is_what_no_gpu_is() -> None:
    assert issubclass(NoGpu, Lost)
