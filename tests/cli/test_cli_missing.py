"""A package that is not installed is one clear error, with the command that installs it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WITHOUT = "import sys; sys.modules[sys.argv.pop(1)] = None; from autograder.cli import main; main(sys.argv[1:])"


@pytest.mark.parametrize(
    ("package", "arguments", "fix"),
    [
        ("torch", ("check", "release/01-tensors/01-tensors.ipynb"), "requirements.txt"),
        ("sqlalchemy", ("report", "01"), "autograder[grader]"),
        ("ray", ("grade", "01", "assignments/01-tensors/notebook.py", "--engine", "ray"), "autograder[ray]"),
    ],
)
def test_a_missing_package_is_named_with_its_fix(
    tmp_path: Path, package: str, arguments: tuple[str, ...], fix: str
) -> None:
    gradebook = ("--gradebook", str(tmp_path / "gradebook.db")) if arguments[0] == "grade" else ()
    command = [sys.executable, "-c", WITHOUT, package, *arguments, "--json", *gradebook]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1, done.stderr
    error = json.loads(done.stdout)["error"]
    assert error["code"] == "not-installed"
    assert package in error["what"]
    assert fix in error["fix"]
