"""Seconds per submission here, with `nbgrader autograde` and with `otter run`, on the same answers, in one run.

python tests/benchmarks/bench_peers.py [--peers .venv-bench/bin] [--students 48] [--json]

Ours grades with as many jobs as there are cores, as its users run it; nbgrader and otter grade one after another. The
CPU columns leave that out.
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
from graders import BenchError, Cells, Grader, Nbgrader, Otter, Ours, Timed, here, run
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


def measured(grader: Grader, students: int, rounds: int) -> Row:
    """Grade one student, then a class, each from scratch; a further submission costs the difference of the medians."""
    ones: list[Timed] = []
    many: list[Timed] = []
    try:
        for _ in range(rounds):
            for runs, count in ((ones, 1), (many, students)):
                with tempfile.TemporaryDirectory(prefix="bench-") as work:
                    runs.append(grader.grade(_class(count), Path(work)))
                if runs[-1].points != expected_points(count):
                    problem = f"points {runs[-1].points}, expected {expected_points(count)}"
                    return Row(grader.name, students, problem=problem)
    except BenchError as error:
        return Row(grader.name, students, problem=str(error))
    one = statistics.median(run.seconds for run in ones)
    each = (statistics.median(run.seconds for run in many) - one) / (students - 1)
    cpu = (statistics.median(run.cpu for run in many) - statistics.median(run.cpu for run in ones)) / (students - 1)
    if each <= 0 or cpu <= 0:
        problem = "the start-up varied more than the whole class took: give more --students, on a quieter machine"
        return Row(grader.name, students, one, agrees=True, problem=problem)
    return Row(grader.name, students, one, each, cpu, agrees=True)


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
    headings = ("one alone", "each further", "to ours", "above bare", "CPU of each", "to ours", "points")
    shown.add_column("grader")
    for heading in headings:
        shown.add_column(heading, justify="right")
    ours = rows[0]
    for row in rows:
        one = "not measured" if row.one is None else f"{row.one:.2f}"
        if row.each is None or row.each_cpu is None:
            shown.add_row(row.name, one, "not measured")
            continue
        wall = f"{row.each / ours.each:.0f} x" if ours.each else "?"
        cpu = f"{row.each_cpu / ours.each_cpu:.0f} x" if ours.each_cpu else "?"
        above = f"{row.each - bare:.4f}"
        shown.add_row(row.name, one, f"{row.each:.4f}", wall, above, f"{row.each_cpu:.4f}", cpu, "agree")
    shown.add_row("the student's code alone, warm", "", f"{bare:.4f}")
    return shown


def main(arguments: list[str]) -> int:
    """Measure, print, and exit with 1 where something could not be measured or the graders disagree."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--peers", type=Path, default=COURSE / ".venv-bench" / "bin", help="bin folder of the peers")
    parser.add_argument("--ours", type=Path, default=here(), help="bin folder that holds autograder")
    parser.add_argument("--students", type=int, default=48, help="size of our batch (at least 2)")
    parser.add_argument("--rounds", type=int, default=3, help="times that our batches are graded; the median counts")
    parser.add_argument("--peer-students", type=int, default=3, help="size of the peers' batch (at least 2)")
    parser.add_argument("--json", action="store_true", help="figures on stdout as JSON")
    options = parser.parse_args(arguments)
    console = Console(stderr=options.json)
    console.width = max(console.width, 110)
    work = (
        (Ours(options.ours), max(2, options.students), max(1, options.rounds)),
        (Nbgrader(options.peers.absolute()), max(2, options.peer_students), 1),
        (Otter(options.peers.absolute()), max(2, options.peer_students), 1),
    )
    rows: list[Row] = []
    for grader, students, rounds in work:
        console.print(f"{grader.name}: 1 and then {students} submissions ...")
        rows.append(measured(grader, students, rounds))
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
    return 1 if any(row.problem for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
