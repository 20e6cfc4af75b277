"""The student's way needs little: neither what instructors and graders install, nor what only they use of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_course import RIGHT, make_course, notebook

from autograder.build import prepare
from autograder.course import load_assignment
from autograder.exchange import publish

NOT_NEEDED = (
    *("jupytext", "nbformat", "rich", "yaml", "jsonschema", "nbclient", "IPython", "ipykernel", "matplotlib"),
    *("pandas", "scipy", "sqlalchemy", "alembic", "jinja2", "docker", "ray", "pynvml", "safetensors", "hypothesis"),
)
UNIX_ALONE = ("fcntl", "pwd", "grp", "resource", "termios")
"""What Windows has not."""
RUN = """
import sys
for name in sys.argv.pop(1).split(","):
    sys.modules[name] = None
from autograder.cli import main
main(sys.argv[1:])
"""


def student(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, in a Python without what is not needed, or not there on every system."""
    command = [sys.executable, "-c", RUN, ",".join((*NOT_NEEDED, *UNIX_ALONE)), *arguments]
    return subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("course"))
    folder = tmp_path_factory.mktemp("student")
    for name, content in prepare(load_assignment(course / "assignments" / "01-sums")).files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "exchange").mkdir()
    publish(folder / "exchange", folder)
    (folder / "01-sums.ipynb").write_text(notebook(*RIGHT))
    return folder


def test_check_submit_and_feedback_work_with_a_students_packages_alone(release: Path) -> None:
    handed_in = student(release, "submit", "--student", "ada", "--exchange", "exchange", "--json")
    assert handed_in.returncode == 0, handed_in.stdout + handed_in.stderr
    told = json.loads(handed_in.stdout)
    assert told["receipt"]["attempt"] == 1
    assert [f["outcome"] for f in told["check"]["findings"]] == ["passed"]
    back = student(release, "feedback")
    assert "nothing yet" in back.stdout, back.stderr


def test_check_in_a_notebook_works_with_them_too(release: Path) -> None:
    program = f"""
import sys
for name in {NOT_NEEDED!r}:
    sys.modules[name] = None
import torch
from autograder import check
def double(x):
    return x + x
print(check("double"))
check("double")._repr_html_()
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=release, capture_output=True, text=True, check=False)
    assert "1 of 1 public checks passed." in done.stdout, done.stderr


def test_submit_without_a_run_loads_no_torch(release: Path) -> None:
    command = [sys.executable, "-c", RUN, "torch,pytest,numpy", "submit", "--skip-run", "--yes", "--save", "x.zip"]
    done = subprocess.run(
        [*command, "--student", "ada"],
        cwd=release,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
