"""Looking at the machine before and after a submission tells what the submission left from what others have there."""

from __future__ import annotations

import contextlib
import ctypes
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from traces import look

_MAKE = "import ctypes; print(ctypes.CDLL(None).shmget(0, 4096, 0o1600), flush=True); input()"
_REMOVE = 0


@contextlib.contextmanager
def _maker() -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """The number of new shared memory, and the process that made it and lives on."""
    command = [sys.executable, "-c", _MAKE]
    with subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        number = int(process.stdout.readline())
        assert number >= 0
        try:
            yield number, process
        finally:
            process.kill()
            ctypes.CDLL(None).shmctl(number, _REMOVE, None)


def test_shared_memory_that_was_there_is_not_left_by_a_submission_although_its_maker_ends_meanwhile(
    tmp_path: Path,
) -> None:
    with _maker() as (number, process):
        before = look(tmp_path)
        process.kill()
        process.wait()
        assert f"System V shm 0 {number}" not in " ".join(look(tmp_path).beyond(before))


@pytest.mark.parametrize("alive", [True, False])
def test_new_shared_memory_is_left_once_its_maker_is_gone(tmp_path: Path, alive: bool) -> None:
    before = look(tmp_path)
    with _maker() as (number, process):
        if not alive:
            process.kill()
            process.wait()
        left = f"shared memory: System V shm 0 {number}" in look(tmp_path).beyond(before)
        assert left is not alive
