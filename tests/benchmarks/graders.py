"""The graders of the benchmark: what is laid down for each, and the peers' own commands, whole processes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Protocol

import nbformat
from bare import COURSE
from five_functions import EXERCISES, HEAD, PLAIN, POINTS, Kind, our_test, plain_test

Cells = dict[str, str]
"""A student's code by exercise."""


class BenchError(Exception):
    """A grader that could not be measured, and why: reported as such, never as a number."""


class Grader(Protocol):
    """Grades a class in a folder of its own. Only `grade` is timed."""

    name: str

    def prepare(self, students: list[Cells], work: Path) -> None:
        """Lay down the course and what was handed in, in an empty folder. Raises: BenchError."""

    def grade(self, work: Path) -> None:
        """Grade them all. Raises: BenchError."""

    def points(self, work: Path) -> list[float]:
        """Each student's, in their order. Raises: BenchError."""


def clean_environment(bin_dir: Path) -> dict[str, str]:
    """The caller's environment with `bin_dir` first on PATH and one thread per process, as graders on a server have."""
    path = f"{bin_dir}{os.pathsep}{os.environ.get('PATH', '')}"
    drop = {"PYTHONPATH", "VIRTUAL_ENV", "PYTHONHOME"}
    kept = {key: value for key, value in os.environ.items() if key not in drop}
    return {**kept, "PATH": path, "OMP_NUM_THREADS": "1"}


def own_environment() -> dict[str, str]:
    """The same for the environment that runs the benchmark; what is measured is the code that lies beside it."""
    return {**clean_environment(here()), "PYTHONPATH": str(COURSE)}


def run(command: list[str], cwd: Path, bin_dir: Path, ok: tuple[int, ...] = (0,)) -> str:
    """Standard output of the command.

    Raises:
        BenchError: it is missing or fails.
    """
    program = bin_dir / command[0]
    if not program.exists():
        raise BenchError(f"{command[0]} is not installed in {bin_dir}")
    done = subprocess.run(
        [str(program), *command[1:]], cwd=cwd, env=clean_environment(bin_dir), capture_output=True, text=True
    )
    if done.returncode not in ok:
        raise BenchError(f"`{' '.join(command)}` ended with {done.returncode}: {(done.stderr or done.stdout)[-1500:]}")
    return done.stdout


def student_notebook(cells: Cells, student: str, kind: Kind = PLAIN) -> str:
    """The answers as a notebook of code cells that is no other student's, to the byte."""
    notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
    sources = [f"# {student}\n{kind.head}", *cells.values()]
    notebook.cells = [nbformat.v4.new_code_cell(source) for source in sources]  # type: ignore[no-untyped-call]
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number}"
    return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]


class Ours:
    """A course of ours with the five exercises; how it is graded, and timed, is in command.py."""

    slug = "99-bench"

    def __init__(self, kind: Kind = PLAIN) -> None:
        self.kind = kind

    def prepare(self, students: list[Cells], work: Path) -> None:
        """The course, and a notebook for each student in `handed-in`."""
        self.course(work)
        handed_in = work / "handed-in"
        handed_in.mkdir()
        for number, cells in enumerate(students):
            name = f"student{number:05}"
            (handed_in / f"{name}.ipynb").write_text(student_notebook(cells, name, self.kind), encoding="utf-8")

    def course(self, work: Path) -> None:
        """Write the course into `work`."""
        root = work / "assignments" / self.slug
        (root / "hidden").mkdir(parents=True)
        (root / "public").mkdir()
        tables = "".join(
            f'\n[[exercise]]\nname = "{e.name}"\ntitle = "{e.name}"\npoints = {POINTS:g}\n'
            f"defines = {json.dumps(e.defines)}\n"
            for e in EXERCISES
        )
        environment = f"\n[environment]\npreload = {json.dumps(self.kind.preload)}\n"
        text = f'title = "Five functions"\n{tables}{environment}'
        (root / "assignment.toml").write_text(text, encoding="utf-8")
        cells = [f"# %%\n{self.kind.head}"]
        for e in EXERCISES:
            bodies = "\n\n".join(
                f"def {name}(*args, **kwargs):\n    # BEGIN SOLUTION\n    return None\n    # END SOLUTION"
                for name in e.defines
            )
            cells.append(f"# %%\n#| exercise: {e.name}\n{bodies}\n")
        (root / "notebook.py").write_text("\n".join(cells), encoding="utf-8")
        head = f"{HEAD}\nfrom autograder.checks import check, close\n"
        tests = "\n\n".join([head, *(our_test(e, self.kind) for e in EXERCISES)])
        (root / "hidden" / "test_bench.py").write_text(tests, encoding="utf-8")


class Nbgrader:
    """`nbgrader generate_assignment`, then the timed `nbgrader autograde` over all students, one after another."""

    name = "nbgrader autograde"
    assignment = "five"

    def __init__(self, bin_dir: Path, kind: Kind = PLAIN) -> None:
        self.bin_dir = bin_dir
        self.kind = kind

    def prepare(self, students: list[Cells], work: Path) -> None:
        """Raises: BenchError."""
        source = work / "source" / self.assignment
        source.mkdir(parents=True)
        config = f"c = get_config()\nc.CourseDirectory.root = {str(work)!r}\nc.ExecutePreprocessor.timeout = 300\n"
        (work / "nbgrader_config.py").write_text(config, encoding="utf-8")
        (source / "five.ipynb").write_text(self._source(), encoding="utf-8")
        run(["nbgrader", "generate_assignment", self.assignment, "--create"], work, self.bin_dir)
        release = work / "release" / self.assignment / "five.ipynb"
        for number, cells in enumerate(students):
            folder = work / "submitted" / f"student{number:03}" / self.assignment
            folder.mkdir(parents=True)
            (folder / "five.ipynb").write_text(self._filled(release, cells), encoding="utf-8")

    def grade(self, work: Path) -> None:
        """Raises: BenchError."""
        run(["nbgrader", "autograde", self.assignment], work, self.bin_dir)

    def points(self, work: Path) -> list[float]:
        """Raises: BenchError."""
        run(["nbgrader", "export", "--to", "grades.csv"], work, self.bin_dir)
        with (work / "grades.csv").open(encoding="utf-8", newline="") as file:
            points = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
        return [points[name] for name in sorted(points)]

    @staticmethod
    def _metadata(name: str, *, grade: bool) -> dict[str, object]:
        marks = {"schema_version": 3, "grade_id": name, "grade": grade, "solution": not grade, "locked": grade}
        return {"nbgrader": {**marks, "task": False, **({"points": POINTS} if grade else {})}}

    def _source(self) -> str:
        notebook = nbformat.v4.new_notebook()  # type: ignore[no-untyped-call]
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        cells: list[tuple[str, dict[str, object]]] = [(self.kind.head, {})]
        for e in EXERCISES:
            answer = "### BEGIN SOLUTION\npass\n### END SOLUTION\n"
            hidden = f"### BEGIN HIDDEN TESTS\n{plain_test(e)}### END HIDDEN TESTS\n"
            cells += [
                (answer, self._metadata(e.name, grade=False)),
                (hidden, self._metadata(f"test_{e.name}", grade=True)),
            ]
        notebook.cells = [nbformat.v4.new_code_cell(s, metadata=m) for s, m in cells]  # type: ignore[no-untyped-call]
        return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]

    @staticmethod
    def _filled(release: Path, answers: Cells) -> str:
        notebook: Any = nbformat.read(release, as_version=4)  # type: ignore[no-untyped-call]
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            if marks.get("solution"):
                cell.source = answers[marks["grade_id"]]
        return str(nbformat.writes(notebook))  # type: ignore[no-untyped-call]


class Otter:
    """`otter generate` once, then the timed `otter run`, one process a student: how it grades without Docker."""

    name = "otter run"

    def __init__(self, bin_dir: Path, kind: Kind = PLAIN) -> None:
        self.bin_dir = bin_dir
        self.kind = kind

    def prepare(self, students: list[Cells], work: Path) -> None:
        """Raises: BenchError."""
        tests = work / "tests"
        tests.mkdir()
        for e in EXERCISES:
            (tests / f"{e.name}.py").write_text(self._test(e.name, plain_test(e)), encoding="utf-8")
        (work / "otter_config.json").write_text("{}", encoding="utf-8")
        run(
            ["otter", "generate", "-t", "tests", "-o", "autograder.zip", "-c", "otter_config.json", "--no-environment"],
            work,
            self.bin_dir,
        )
        with zipfile.ZipFile(work / "autograder.zip") as archive:
            if not any(name.endswith("softmax.py") for name in archive.namelist()):
                raise BenchError("otter generate left the tests out of autograder.zip")
        for number, cells in enumerate(students):
            name = f"student{number:03}"
            (work / name).mkdir()
            (work / f"{name}.ipynb").write_text(student_notebook(cells, name, self.kind), encoding="utf-8")

    def grade(self, work: Path) -> None:
        """Raises: BenchError."""
        for notebook in sorted(work.glob("*.ipynb")):
            options = ["-a", "autograder.zip", "-o", notebook.stem, "--no-logo"]
            run(["otter", "run", *options, notebook.name], work, self.bin_dir)

    def points(self, work: Path) -> list[float]:
        """From the result file of each."""
        found = []
        for notebook in sorted(work.glob("*.ipynb")):
            results = json.loads((work / notebook.stem / "results.json").read_text(encoding="utf-8"))
            found.append(sum(float(test.get("score", 0)) for test in results["tests"] if "max_score" in test))
        return found

    @staticmethod
    def _test(name: str, statements: str) -> str:
        """The questions in otter's OK format: a doctest in the namespace of the notebook."""
        doctest = "".join(
            f">>> {line}\n" for line in ("import torch, torch.nn.functional as F", *statements.splitlines())
        )
        case = {"code": doctest, "hidden": False, "locked": False}
        suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
        return f"OK_FORMAT = True\ntest = { ({'name': name, 'points': POINTS, 'suites': [suite]})!r}\n"


def here() -> Path:
    """The folder of the commands of the environment that runs the benchmark."""
    return Path(sys.executable).parent
