"""A batch that is interrupted, killed, doubled or robbed of its sandbox: each submission gets its verdict, once."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest
from crash import kill_again_and_again
from real_command import COMMAND, PATIENCE, Running, environment, left_in_tmp, survivors
from tiny_course import RIGHT, make_copies, make_course, notebook

from autograder.gradebook import Gradebook

STUDENTS = 16
GRADE = ("grade", "01", "copies", "--jobs", "2")
Attempts = dict[str, list[tuple[int, str, float, bool]]]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("batch"))
    make_copies(course / "copies", STUDENTS, 0.6)
    return course


def attempts(course: Path, gradebook: str = "gradebook.db") -> Attempts:
    """Of each student with any: seed, digest, points and whether it is settled, of every attempt."""
    with Gradebook.open(course / gradebook) as book:
        students = [verdict.submission for verdict in book.latest("01-sums")]
        found = {student: [a.verdict for a in book.history("01-sums", student)] for student in students}
    return {name: [(v.seed, v.digest, v.points, v.settled) for v in verdicts] for name, verdicts in found.items()}


def nothing_lost(before: Attempts, after: Attempts) -> bool:
    return all(after.get(name) == known for name, known in before.items())


class Terminal:
    """A command at a pseudo-terminal, whose output is gathered."""

    def __init__(self, course: Path, *arguments: str) -> None:
        ours, theirs = pty.openpty()
        self.text = ""
        self.process = subprocess.Popen(
            [*COMMAND, *arguments],
            cwd=course,
            env={**environment(course), "TERM": "xterm", "COLUMNS": "120", "LINES": "40"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        self._thread = threading.Thread(target=self._read, args=(ours,))
        self._thread.start()

    def _read(self, descriptor: int) -> None:
        while True:
            try:
                data = os.read(descriptor, 4096)
            except OSError:  # the other end has closed
                data = b""
            if not data:
                os.close(descriptor)
                return
            self.text += data.decode("utf-8", "replace")

    def until(self, text: str) -> None:
        """Wait until `text` has been shown."""
        end = time.monotonic() + PATIENCE
        while text not in self.text:
            assert time.monotonic() < end, self.text
            assert self.process.poll() is None, self.text
            time.sleep(0.02)

    def finish(self) -> int:
        """Wait for the end; the exit code."""
        code = self.process.wait(PATIENCE)
        self._thread.join()
        return code


# These run in order, on one gradebook: each goes on where the one before was stopped.


def test_a_terminal_shows_progress_and_ctrl_c_finishes_what_is_in_flight(course: Path) -> None:
    terminal = Terminal(course, *GRADE)
    terminal.until(" left")
    family = [psutil.Process(terminal.process.pid), *psutil.Process(terminal.process.pid).children(recursive=True)]
    terminal.process.send_signal(signal.SIGINT)
    code = terminal.finish()
    assert code == 130, terminal.text
    assert "━" in terminal.text
    assert f"/{STUDENTS}" in terminal.text
    assert " left" in terminal.text
    assert "stopping: what is in flight is finished first" in terminal.text
    assert "The same command goes on from here." in terminal.text
    assert "Traceback" not in terminal.text
    assert survivors(family) == []
    assert left_in_tmp(course) == []
    after = attempts(course)
    assert 1 <= len(after) < STUDENTS
    assert f"stopped after {len(after)} of {STUDENTS}" in terminal.text


def test_a_batch_whose_process_group_is_killed_loses_nothing_that_it_said(course: Path) -> None:
    before = attempts(course)
    running = Running(course, *GRADE)
    for _ in range(len(before) + 2):
        running.until("] student-")
    family = running.family()
    os.killpg(running.process.pid, signal.SIGKILL)
    assert running.finish() == -signal.SIGKILL
    assert survivors(family) == []
    after = attempts(course)
    assert nothing_lost(before, after)
    said = {line.split("] ")[1].split(":")[0] for line in running.lines}
    assert said <= set(after)
    assert sum("recorded before" in line for line in running.lines) == len(before)


def test_where_the_command_alone_is_killed_its_processes_end_by_themselves(course: Path) -> None:
    before = attempts(course)
    running = Running(course, *GRADE)
    running.until(" s\n")
    family = running.family()
    while len(family) < 4:  # between two submissions: neither a worker nor an examiner is in flight
        running.process.send_signal(signal.SIGCONT)
        time.sleep(0.02)
        family = running.family()
    running.process.kill()
    assert running.finish() == -signal.SIGKILL
    assert survivors(family) == []
    assert nothing_lost(before, attempts(course))


def test_a_command_killed_while_it_warms_up_leaves_nothing_behind(course: Path) -> None:
    before = attempts(course)
    running = Running(course, *GRADE)
    end = time.monotonic() + PATIENCE
    while len(psutil.Process(running.process.pid).children()) < 2:
        assert time.monotonic() < end
        time.sleep(0.02)
    family = running.family()
    running.process.kill()
    running.finish()
    assert survivors(family) == []
    assert attempts(course) == before


def test_two_commands_at_once_finish_the_batch_with_one_verdict_for_each(course: Path) -> None:
    before = attempts(course)
    assert len(before) < STUDENTS, "something is left to do"
    both = [Running(course, *GRADE, "--json"), Running(course, *GRADE, "--json")]
    assert [running.finish() for running in both] == [0, 0], [running.lines for running in both]
    after = attempts(course)
    assert nothing_lost(before, after)
    assert sorted(after) == [f"student-{number:02}" for number in range(STUDENTS)]
    assert [len(tried) for tried in after.values()] == [1] * STUDENTS
    assert {points for tried in after.values() for _, _, points, _ in tried} == {6.0}
    assert left_in_tmp(course) == [], "what killed commands had left is gone too"


@pytest.fixture
def robbed(course: Path) -> Iterator[Running]:
    """A batch on a gradebook of its own, whose worker zygote is killed while submissions are in flight."""
    running = Running(course, *GRADE, "--json", "--gradebook", "robbed.db")
    running.until("[2/")
    zygotes = [p for p in psutil.Process(running.process.pid).children() if "autograder.worker" in "".join(p.cmdline())]
    assert len(zygotes) == 1
    zygotes[0].kill()
    yield running
    running.process.kill()


def test_a_sandbox_that_dies_is_renewed_and_costs_no_student_a_point(course: Path, robbed: Running) -> None:
    assert robbed.finish() == 0
    document = json.loads((course / "stdout").read_text())
    outcomes = {f["outcome"] for v in document["verdicts"] for f in v["findings"]}
    assert outcomes == {"passed"}, [f for v in document["verdicts"] for f in v["findings"] if f["outcome"] != "passed"]
    assert len(document["verdicts"]) == STUDENTS


def test_a_batch_that_is_killed_at_random_moments_ends_like_one_that_nobody_disturbed(course: Path) -> None:
    make_copies(course / "few", 12, 0.05)
    (course / "few" / "wrong.ipynb").write_text(notebook(*RIGHT, "def double(x):\n    return x\n"))
    crashed = kill_again_and_again(course, ("grade", "01", "few", "--jobs", "2"), "01-sums", kills=4, seed=5)
    assert crashed.kills >= 3
    assert crashed.survivors == 0
    assert {len(verdicts) for verdicts in crashed.killed.values()} == {1}
    assert crashed.killed == crashed.undisturbed
    assert left_in_tmp(course) == []
