"""Seconds per submission here, with `nbgrader autograde` and with `otter run`, on the same answers, in one run.

python tests/benchmarks/bench_peers.py [--peers .venv-bench/bin] [--students 12] [--json]
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from five_functions import EXERCISES, HEAD, answers, classroom, expected_points, plain_test
from graders import BenchError, Cells, Grader, Nbgrader, Otter, Ours, here, run
from rich.console import Console
from rich.table import Table

COURSE = Path(__file__).resolve().parents[2]
BARE_REPEATS = 30


@dataclass(frozen=True)
class Row:
    """One grader's figures, in seconds; None where it could not be measured, and `problem` says why."""

    name: str
    students: int
    one: float | None = None
    """Wall clock of grading a single submission, everything included (start-up, imports)."""
    each: float | None = None
    """Wall clock of each further submission of a batch."""
    each_cpu: float | None = None
    agrees: bool = False
    """Every student got the points that the same questions give with the other graders."""
    problem: str = ""


def measured(grader: Grader, students: int) -> Row:
    """Grade one student, then a class, each from scratch; a further submission's cost is the difference."""
    try:
        with (
            tempfile.TemporaryDirectory(prefix="bench-") as first,
            tempfile.TemporaryDirectory(prefix="bench-") as second,
        ):
            one = grader.grade(_class(1), Path(first))
            many = grader.grade(_class(students), Path(second))
    except BenchError as error:
        return Row(grader.name, students, problem=str(error))
    agrees = one.points == expected_points(1) and many.points == expected_points(students)
    problem = "" if agrees else f"points {many.points}, expected {expected_points(students)}"
    further = students - 1
    each, cpu = (many.seconds - one.seconds) / further, (many.cpu - one.cpu) / further
    return Row(grader.name, students, one.seconds, each, cpu, agrees, problem)


def _class(count: int) -> list[Cells]:
    return classroom(COURSE, count)


def bare_seconds() -> float:
    """The floor: the cells and the five questions, executed in one warm process with nothing around them."""
    import torch

    torch.set_num_threads(1)  # as every grader's worker has
    code = [compile(source, "<cell>", "exec") for source in (HEAD, *answers(COURSE).values())]
    code += [compile(plain_test(exercise), "<check>", "exec") for exercise in EXERCISES]
    taken: list[float] = []
    for _ in range(BARE_REPEATS + 1):
        begin = time.perf_counter()
        namespace: dict[str, object] = {}
        for piece in code:
            exec(piece, namespace)
        taken.append(time.perf_counter() - begin)
    return statistics.median(taken[1:])  # the first one pays for first calls


def machine(peers: Path) -> dict[str, str]:
    """What the figures were measured on."""
    found = {
        "cpu": f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}",
        "system": platform.platform(),
        "python": platform.python_version(),
        "torch": importlib.metadata.version("torch"),
        "autograder": importlib.metadata.version("autograder"),
    }
    ask = "import importlib.metadata as m, sys; print(m.version(sys.argv[1]))"
    for package in ("nbgrader", "otter-grader", "torch"):
        try:
            found[f"peers' {package}"] = run(["python", "-c", ask, package], Path.cwd(), peers).strip()
        except BenchError:
            found[f"peers' {package}"] = "not installed"
    return found


def table(rows: list[Row], bare: float) -> Table:
    """The rows for people."""
    shown = Table(title="Seconds per submission: five function exercises of assignment 04")
    for heading in (
        "grader",
        "one alone",
        "each further",
        "CPU of each",
        "ratio to ours",
        "above bare compute",
        "points",
    ):
        shown.add_column(heading, justify="left" if heading == "grader" else "right")
    ours = rows[0].each
    for row in rows:
        if row.one is None or row.each is None or row.each_cpu is None:
            shown.add_row(row.name, "not measured", "", "", "", "", "")
            continue
        ratio = f"{row.each / ours:.1f} x" if ours else "?"
        points = "agree" if row.agrees else "DIFFER"
        figures = (f"{row.one:.2f}", f"{row.each:.3f}", f"{row.each_cpu:.3f}", ratio, f"{row.each - bare:.3f}", points)
        shown.add_row(row.name, *figures)
    shown.add_row("the student's code alone, warm", "", f"{bare:.4f}", "", "", "", "")
    return shown


def main(arguments: list[str]) -> int:
    """Measure, print, and exit with 1 where something could not be measured or the graders disagree."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--peers", type=Path, default=COURSE / ".venv-bench" / "bin", help="bin folder of the peers")
    parser.add_argument("--ours", type=Path, default=here(), help="bin folder that holds autograder")
    parser.add_argument("--students", type=int, default=24, help="size of our batch (at least 2)")
    parser.add_argument("--peer-students", type=int, default=3, help="size of the peers' batch (at least 2)")
    parser.add_argument("--json", action="store_true", help="figures on stdout as JSON")
    options = parser.parse_args(arguments)
    console = Console(stderr=options.json)
    console.width = max(console.width, 110)
    work = (
        (Ours(options.ours), max(2, options.students)),
        (Nbgrader(options.peers.absolute()), max(2, options.peer_students)),
        (Otter(options.peers.absolute()), max(2, options.peer_students)),
    )
    rows: list[Row] = []
    for grader, students in work:
        console.print(f"{grader.name}: 1 and then {students} submissions ...")
        rows.append(measured(grader, students))
    bare = bare_seconds()
    about = machine(options.peers.absolute())
    if options.json:
        figures = {"schema": 1, "bare_seconds": bare, "machine": about, "graders": [asdict(row) for row in rows]}
        sys.stdout.write(json.dumps(figures, indent=2) + "\n")
    console.print(table(rows, bare))
    for row in rows:
        if row.problem:
            console.print(f"{row.name}: {row.problem}", style="red", markup=False)
    console.print(", ".join(f"{key} {value}" for key, value in about.items()), style="dim")
    return 0 if all(row.agrees for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
