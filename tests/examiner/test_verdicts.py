"""Every outcome and reason, produced by real checks, a real examiner and real workers within their walls."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small_assignment import write_assignment

from autograder.course import CodeCell, Finding, Outcome, Reason, Submission, load_assignment
from autograder.errors import AutograderError
from autograder.examiner.client import Examiner
from autograder.grading.attempt import Grader
from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import Sandbox, WorkerLimits

GOOD = {
    "double": "def double(x): return x * 2",
    "triple": "def triple(x): return x * 3",
    "call": "def call(f): return f(2)",
}
ALL = {"test_double", "test_double_soon", "test_triple", "test_many", "test_partly", "test_use", "test_callback"} | {
    "test_in_another_file"
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    made = open_sandbox()
    yield made
    made.close()


@pytest.fixture(scope="module")
def grader(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[Grader]:
    assignment = load_assignment(write_assignment(tmp_path_factory.mktemp("course"), broken=False))
    examiner = Examiner(assignment)
    yield Grader(assignment, sandbox, examiner)
    examiner.close()


def submission(*extra: str, **replaced: str) -> Submission:
    sources = ["import torch", *extra, *(GOOD | replaced).values()]
    cells = tuple(CodeCell(number, source) for number, source in enumerate(sources, start=1))
    return Submission("student", "0" * 64, cells)


def graded(grader: Grader, *extra: str, **replaced: str) -> dict[str, Finding]:
    verdict = grader.grade(submission(*extra, **replaced), seed=5)
    found = {finding.check: finding for finding in verdict.findings}
    assert found.keys() == {check.name for check in grader.checks}
    assert verdict.isolation == grader.isolation
    return found


def reasons(found: dict[str, Finding]) -> dict[str, str]:
    return {name: str(f.reason) for name, f in found.items() if f.outcome != Outcome.PASSED}


def test_a_right_answer_passes_every_check(grader: Grader) -> None:
    found = graded(grader)
    assert reasons(found) == {}
    assert found.keys() == ALL
    assert sum(f.points for f in found.values()) == sum(f.max_points for f in found.values()) == 12


@pytest.mark.parametrize(
    ("double", "reason", "says"),
    [
        ("def double(x): return x * 2 + 1", "wrong_answer", "elements differ"),
        ("def double(x): raise ValueError('hm')", "exception", "ValueError: hm"),
        ("def other(x): return x", "missing_name", "`double` is not defined"),
        ("def double(x): pass", "wrong_type", "return"),
        ("def double(x): return x.tolist() if hasattr(x, 'tolist') else 2 * x", "wrong_type", "a list"),
        ("def double(x): return x * float('nan')", "not_finite", "NaN"),
        ("def double(x): return torch.add(x, x) if hasattr(x, 'add') else 2 * x", "forbidden_api", "add"),
        ("def double(x):\n    x *= 2\n    return x", "mutated_input", "in place"),
        ("def double(x): return [torch.zeros(1 << 40)]", "out_of_memory", ""),
        ("def double(x): return [0] * 2_000_000", "limit", "too many parts"),
        ("import os\ndef double(x): os._exit(0)", "worker_died", "ended"),
        ("import sys\ndef double(x): sys.exit(0)", "exception", "SystemExit"),
        ("import unittest\ndef double(x): raise unittest.SkipTest('no')", "exception", "SkipTest"),
        (
            "def double(x):\n    try:\n        while True: pass\n    except BaseException: return double(x)",
            "timeout",
            "never",
        ),
        (
            "import os\ndef double(x):\n    for fd in range(3, 30):\n        try: os.write(fd, b'junk' * 9)\n"
            "        except OSError: pass\n    return x * 2",
            "protocol",
            "no answer",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and "\n" not in value and " " not in value else "",
)
def test_a_wrong_answer_costs_its_own_check_alone(grader: Grader, double: str, reason: str, says: str) -> None:
    check = "test_double_soon" if reason == "timeout" else "test_double"
    verdict = grader.grade(submission(double=double), seed=5, only=(check, "test_triple"))
    found = {f.check: f for f in verdict.findings}
    assert (found[check].outcome, found[check].reason) == (Outcome.FAILED, reason), found[check]
    assert says in found[check].message
    assert found[check].points == 0
    assert found[check].hint == ("look again" if check == "test_double" else "")
    assert found["test_triple"].outcome == Outcome.PASSED


def test_memory_that_is_really_used_is_named(grader: Grader) -> None:
    hungry = "def double(x):\n    kept = []\n    while True: kept.append(bytearray(b'x' * (8 << 20)))"
    found = graded(grader, double=hungry)
    assert found["test_double"].reason == Reason.OUT_OF_MEMORY
    assert found["test_triple"].outcome == Outcome.PASSED


def test_every_parameter_set_counts_into_one_finding(grader: Grader) -> None:
    found = graded(grader, double="def double(x): return x * 2 if not isinstance(x, int) or x < 3 else 0")
    assert (found["test_many"].outcome, found["test_many"].message) == (Outcome.FAILED, "3 was not doubled")
    assert found["test_in_another_file"].outcome == found["test_double"].outcome == Outcome.PASSED


def test_part_of_the_points_is_given_for_the_worst_case(grader: Grader) -> None:
    found = graded(grader, double="def double(x): return x * 3")
    assert (found["test_partly"].reason, found["test_partly"].points) == (Reason.BELOW_THRESHOLD, 1.0)
    assert "Accuracy 0.25 " in found["test_partly"].message


def test_a_value_that_the_check_cannot_use_is_the_students_fault_where_the_reference_passes(grader: Grader) -> None:
    found = graded(grader, double="def double(x): pass")["test_use"]
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.WRONG_TYPE)
    assert "None" in found.message


def test_a_callback_that_is_called_otherwise_is_a_finding(grader: Grader) -> None:
    found = graded(grader, call="def call(f):\n    f(2)\n    f(2)")["test_callback"]
    assert (found.outcome, found.message) == (Outcome.FAILED, "Call f once, with 2")


def test_an_exit_while_the_cells_run_costs_the_cells_own_names(grader: Grader) -> None:
    found = graded(grader, triple="import os\nos._exit(0)\ndef triple(x): return x")
    assert reasons(found) == {"test_triple": "missing_name", "test_in_another_file": "missing_name"}
    assert "code cell 3" in found["test_triple"].message


def test_cells_that_never_end_or_eat_or_flood_are_left_out(grader: Grader) -> None:
    found = graded(
        grader,
        "while True: pass",
        "x = torch.ones(1 << 36)",
        "for _ in range(3000): print('2 passed ' * 1000)",
        # What is on disk is looked at every quarter of a second.
        "import time\nfor n in range(9): open(f'file{n}', 'wb').write(bytes(400_000))\ntime.sleep(2)",
    )
    assert reasons(found) == {}


def test_a_patched_torch_changes_nothing_for_answers_that_do_not_use_it(grader: Grader) -> None:
    patch = """
lie = lambda *args, **kwargs: True
for name in ("equal", "allclose", "frombuffer", "empty", "empty_strided", "zeros", "is_grad_enabled", "enable_grad"):
    setattr(torch, name, lie)
torch.set_grad_enabled = torch.no_grad = torch.testing.assert_close = torch.autograd.grad = lie
torch.nn.Parameter = torch.autograd.Function = torch.optim.SGD = lie
import sys
sys.modules["pytest"] = sys.modules["_pytest"] = None
"""
    assert reasons(graded(grader, patch)) == {}


def test_threads_left_running_and_forging_give_values_or_findings_and_no_more(grader: Grader) -> None:
    forger = """
import os, threading, time
def write(data):
    for fd in range(3, 12):
        try: os.write(fd, data)
        except OSError: pass
def forge():
    while True:
        write(b"AGW1" + bytes(40))
        time.sleep(0.001)
def double(x):
    threading.Thread(target=forge, daemon=True).start()
    time.sleep(0.05)
    return x * 2
"""
    found = graded(grader, double=forger)
    assert {f.outcome for f in found.values()} <= {Outcome.PASSED, Outcome.FAILED}
    assert found["test_double"].reason == Reason.PROTOCOL


def test_a_forged_answer_is_a_value_to_be_judged(grader: Grader) -> None:
    forger = """
import os, struct, msgspec
from autograder.wire import values as v
def double(x):
    for number in range(1, 60):
        header = msgspec.msgpack.encode(v.Return(id=number, value=True))
        frame = struct.pack("<IIQ", 0x31574741, len(header), 0) + header
        for fd in range(3, 12):
            try: os.write(fd, frame)
            except OSError: pass
    return x * 2
"""
    found = graded(grader, double=forger)
    assert {f.outcome for f in found.values()} <= {Outcome.PASSED, Outcome.FAILED}
    assert found["test_double"].outcome == Outcome.FAILED
    assert found["test_triple"].outcome == Outcome.PASSED


def test_a_platform_that_fails_costs_no_points(grader: Grader, tmp_path: Path) -> None:
    class Failing:
        level = "process"
        versions: dict[str, str] = {}
        gpu_slots = 0

        def start(self, files: Any, limits: WorkerLimits, seed: int, gpu: bool = False) -> Any:
            raise AutograderError("sandbox-failed", "no room on this machine")

        def close(self) -> None:
            return

    class Closed:
        connection: socket.socket

        def __init__(self) -> None:
            self.connection, other = socket.socketpair()
            other.close()

        def end(self) -> None:
            return

    class Silent(Failing):
        def start(self, files: Any, limits: WorkerLimits, seed: int, gpu: bool = False) -> Any:
            return Closed()

    for sandbox in (Failing(), Silent()):
        lost = Grader(grader.assignment, sandbox, grader._examiner)
        found = graded_lost(lost)
        assert {(f.outcome, f.reason) for f in found} == {(Outcome.LOST, Reason.PLATFORM)}


def graded_lost(grader: Grader) -> tuple[Finding, ...]:
    verdict = grader.grade(submission(), seed=5)
    assert not verdict.settled
    return verdict.findings


def test_an_authors_mistake_never_costs_points(tmp_path: Path, sandbox: Sandbox) -> None:
    assignment = load_assignment(write_assignment(tmp_path, broken=True))
    examiner = Examiner(assignment)
    try:
        verdict = Grader(assignment, sandbox, examiner).grade(submission(), seed=5)
    finally:
        examiner.close()
    found = {f.check: f for f in verdict.findings}
    broken = {name for name, f in found.items() if f.outcome == Outcome.BROKEN}
    assert broken == {name for name in found if name.startswith("test_broken")}
    assert len(broken) == 8
    assert all(f.outcome == Outcome.PASSED for name, f in found.items() if name not in broken)
    assert not verdict.settled


def test_a_worker_is_seeded_but_never_learns_the_seed_of_the_attempt(grader: Grader) -> None:
    def seen(seed: int) -> str:
        tell = submission("raise ValueError(f'seeded with {torch.initial_seed()}')")
        (note,) = (note for note in grader.grade(tell, seed).notes if "seeded with" in note)
        return note

    assert seen(123456789) == seen(123456789) != seen(987654321)
    assert "123456789" not in seen(123456789)
