from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sample_verdicts import VERSIONS, verdict

from autograder.gradebook import Gradebook

CHECKS = 40
ENDLESS_WRITER = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from sample_verdicts import VERSIONS, verdict
from autograder.gradebook import Gradebook

book = Gradebook.open(sys.argv[1])
for number in range(1_000_000):
    assert book.record(verdict(f"student {{number}}", checks={CHECKS}), grader_version="0.1.0", versions=VERSIONS)
    print(number, flush=True)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gradebook.db"


def _write(path: str | Path, writer: int, shared: int) -> tuple[bytes, int]:
    """Record 50 verdicts, of which `shared` are the same ones for every writer."""
    with Gradebook.open(path) as book:
        new = sum(
            book.record(
                verdict(f"all {n}" if n < shared else f"{writer} {n}"), grader_version="0.1.0", versions=VERSIONS
            )
            for n in range(50)
        )
        return book.course_key(), new


def test_four_processes_open_a_new_gradebook_and_write_at_the_same_time(path: str | Path) -> None:
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        results = pool.starmap(_write, [(path, writer, 10) for writer in range(4)])
    assert sum(new for _, new in results) == 4 * 40 + 10, "each shared verdict is new to exactly one writer"
    assert len({key for key, _ in results}) == 1, "one course key"
    with Gradebook.open(path) as book:
        stored = book.latest("04-softmax-classifier")
    assert len(stored) == 4 * 40 + 10
    assert all(len(one.findings) == 3 for one in stored)


def test_a_gradebook_may_be_open_across_a_fork(tmp_path: Path) -> None:
    book = Gradebook.open(tmp_path / "gradebook.db")
    book.record(verdict("parent, before"), grader_version="0.1.0", versions=VERSIONS)
    child = os.fork()
    if child == 0:
        code = 1
        try:
            book.record(verdict("child"), grader_version="0.1.0", versions=VERSIONS)
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    book.record(verdict("parent, after"), grader_version="0.1.0", versions=VERSIONS)
    assert [v.submission for v in book.latest("04-softmax-classifier")] == ["child", "parent, after", "parent, before"]


def kill_a_writer_in_the_middle(path: str | Path, verdicts: int) -> None:
    """After so many that it said to be recorded; what the gradebook holds then."""
    writer = subprocess.Popen([sys.executable, "-c", ENDLESS_WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    said = [writer.stdout.readline().strip() for _ in range(verdicts)]
    writer.send_signal(signal.SIGKILL)
    said += writer.stdout.read().split()
    assert writer.wait() == -signal.SIGKILL
    writer.stdout.close()

    with Gradebook.open(path) as book:
        stored = {one.submission: one for one in book.latest("04-softmax-classifier")}
        assert {f"student {n}" for n in said} <= set(stored), "what was said to be recorded is recorded"
        assert len(stored) <= len(said) + 1
        assert all(len(one.findings) == CHECKS for one in stored.values()), "no half verdict"
        assert book.record(verdict("the next"), grader_version="0.1.0", versions=VERSIONS)


@pytest.mark.parametrize("verdicts", [1, 4, 9])
def test_a_writer_killed_in_the_middle_leaves_only_whole_verdicts(tmp_path: Path, verdicts: int) -> None:
    path = tmp_path / "gradebook.db"
    kill_a_writer_in_the_middle(path, verdicts)
    with sqlite3.connect(path) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    raw.close()
