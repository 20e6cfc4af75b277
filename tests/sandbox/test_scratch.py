"""Temporary folders: private, and gone in the end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sandbox.scratch import Scratch

HOLD = "import time; from autograder.sandbox.scratch import Scratch; print(Scratch().path, flush=True); time.sleep(60)"


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def hold(folder: Path) -> tuple[subprocess.Popen[str], Path]:
    """A process that holds a scratch folder below `folder`."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True, env={"TMPDIR": str(folder)}
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_removed_with_what_was_closed_in_it() -> None:
    scratch = Scratch()
    closed = scratch.path / "work" / "closed"
    closed.mkdir(parents=True)
    (closed / "file").write_text("x")
    closed.chmod(0)
    scratch.remove()
    assert not scratch.path.exists()


def nested(folder: Path, name: str, count: int) -> None:
    """Folders in folders, made as hostile code makes them: no path of theirs need be spelled."""
    here = os.open(folder, os.O_RDONLY)
    for _ in range(count):
        os.mkdir(name, dir_fd=here)
        inner = os.open(name, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(os.open("file", os.O_CREAT, dir_fd=here))
    os.close(here)


@pytest.mark.parametrize(("name", "count"), [("d", 5000), ("n" * 255, 40)])
def test_folders_in_folders_are_removed_however_deep_and_long(name: str, count: int) -> None:
    scratch = Scratch()
    nested(scratch.path, name, count)
    scratch.remove()
    assert not scratch.path.exists()


def test_what_looks_like_a_folder_in_the_making_is_removed_too() -> None:
    scratch = Scratch()
    for number in range(3):
        nested(scratch.path, f".lifted-{os.getpid()}-{number}", 3)
    scratch.remove()
    assert not scratch.path.exists()


def test_the_folder_of_a_killed_process_is_removed_by_the_next(tmp_path: Path) -> None:
    process, folder = hold(tmp_path)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert folder.is_dir()
    Scratch().remove()
    assert not folder.exists()


def test_the_folder_of_a_living_process_stays(tmp_path: Path) -> None:
    process, folder = hold(tmp_path)
    try:
        Scratch().remove()
        assert folder.is_dir()
    finally:
        process.kill()
        process.wait()


def test_a_link_with_our_prefix_is_not_followed(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / ".lock").touch()
    (tmp_path / "autograder-link").symlink_to(other)
    Scratch().remove()
    assert other.is_dir()
