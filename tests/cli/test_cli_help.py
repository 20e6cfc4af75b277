"""What answers at once: help, the version, and mistakes on the command line."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from real_command import run

HEAVY = {"torch", "sqlalchemy", "pandas", "pydantic", "numpy", "rich", "pytest", "nbformat", "jupytext"}


def modules_after(arguments: list[str]) -> set[str]:
    """The top-level modules that a command has imported when it is done."""
    program = f"""
import sys
from autograder.cli import main
try:
    main({arguments!r}, prog_name="autograder")
except SystemExit as end:
    assert end.code == 0, end.code
print("MODULES", *{{name.partition(".")[0] for name in sys.modules}})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(done.stdout.rpartition("MODULES")[2].split())


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        *(
            [verb, "--help"]
            for verb in (
                *("new", "import", "build", "preview", "verify", "release", "threshold", "export", "collect", "grade"),
                *("report", "written", "mark", "return", "check", "submit", "feedback"),
            )
        ),
    ],
)
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    assert not modules_after(arguments) & HEAVY


def test_help_names_every_verb(tmp_path: Path) -> None:
    done = run(tmp_path, "--help")
    assert done.returncode == 0
    for verb in (*("build", "verify", "release", "collect", "grade", "report", "check", "submit"), "doctor"):
        assert f"\n  {verb} " in done.stdout


@pytest.mark.parametrize("arguments", [["grade", "01"], ["nonsense"], ["grade", "01", ".", "--jobs", "0"]])
def test_a_mistyped_command_line_is_answered_with_its_usage_and_exit_code_2(
    tmp_path: Path, arguments: list[str]
) -> None:
    done = run(tmp_path, *arguments)
    assert done.returncode == 2
    assert "Usage: autograder" in done.stderr
    assert done.stdout == ""
