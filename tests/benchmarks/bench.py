"""The table of what grading costs, and what it must reach.

python tests/benchmarks/bench.py [--only ROW]... [--short] [--json] [--write FILE]

Each row is measured in a process of its own; rows are printed as they come, and the table at the end. Exits with 1
where a figure does not reach what it must, or could not be measured. --write puts the table into a document, between
two comments that say `bench` and `end of bench`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from row import Row

ROWS = {
    "overhead": "rows.overhead:measure",
    "split": "rows.split:measure",
    "peers": "rows.peers:measure",
    "fastai": "rows.peers:measure_fastai",
    "training": "rows.training:measure",
    "cold": "rows.cold:measure",
    "student": "rows.first_check:measure",
    "scaling": "rows.scaling:measure",
    "memory": "rows.memory:measure",
    "wire": "bench_wire:measure",
    "many": "rows.many:measure",
    "crash": "rows.crash:measure",
    "cluster": "rows.cluster:measure",
}
LONG = ("many", "crash", "cluster")
"""Minutes each."""


def machine() -> dict[str, str]:
    """What the figures were measured on."""
    found = {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "machine": f"{len(os.sched_getaffinity(0))} cores of {_processor()}, load {os.getloadavg()[0]:.1f}",
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    return found | {name: importlib.metadata.version(name) for name in ("torch", "autograder")}


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def measured(names: list[str]) -> Iterator[Row]:
    """The rows, each measured in a new process."""
    for name in names:
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, __file__, "--measure", name], stdout=subprocess.PIPE, text=True, check=False
        )
        took = time.perf_counter() - start
        if done.returncode:
            yield Row(
                name, "?", "not measured", None, f"it ended with {done.returncode}, after {took:.0f} s; see above"
            )
            continue
        for row in json.loads(done.stdout.splitlines()[-1]):
            yield Row(**row)


def table(rows: list[Row]) -> Table:
    """The rows for people."""
    shown = Table(title="What grading costs", show_lines=True)
    for heading in ("what", "must reach", "reached", "", "how"):
        shown.add_column(heading)
    for row in rows:
        shown.add_row(row.what, row.must, row.got, verdict(row), escape(row.how))
    return shown


def verdict(row: Row) -> str:
    """Whether it reached it; nothing where there is nothing to reach."""
    if not row.must:
        return ""
    return {True: "[green]yes[/]", False: "[red]NO[/]", None: "[yellow]?[/]"}[row.ok]


def write(document: Path, rows: list[Row], about: dict[str, str]) -> None:
    """Put the table in the place of the one that the document holds.

    Raises:
        ValueError: the document has no place for it.
    """
    before, begin, rest = document.read_text(encoding="utf-8").partition("<!-- bench -->\n")
    _, end, after = rest.partition("<!-- end of bench -->\n")
    if not end:
        raise ValueError(f"{document} has no lines <!-- bench --> and <!-- end of bench -->")
    lines = ["| what | must reach | reached | | how |", "|---|---|---|---|---|"]
    reached = {True: "yes", False: "**no**", None: ""}
    lines += [
        f"| {' | '.join(text.replace('|', '/') for text in (row.what, row.must, row.got, reached[row.ok], row.how))} |"
        for row in rows
    ]
    told = ", ".join(f"{name} {value}" for name, value in about.items() if name != "date")
    text = "\n".join([f"Measured {about['date']}: {told}.", "", *lines, ""])
    document.write_text(f"{before}{begin}{text}{end}{after}", encoding="utf-8")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=ROWS, metavar="ROW", help=f"of {', '.join(ROWS)}")
    parser.add_argument("--short", action="store_true", help=f"without {', '.join(LONG)}")
    parser.add_argument("--json", action="store_true", help="figures on stdout as JSON")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the table into this document")
    parser.add_argument("--measure", choices=ROWS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        module, _, function = ROWS[options.measure].partition(":")
        rows = getattr(importlib.import_module(module), function)()
        print(json.dumps([row.as_dict() for row in rows]))
        return 0
    names = options.only or [name for name in ROWS if not (options.short and name in LONG)]
    about = machine()
    console = Console(stderr=options.json, highlight=False)
    rows = []
    for row in measured(names):
        rows.append(row)
        must = f" (must reach {row.must})" if row.must else ""
        console.print(f"{verdict(row)} {row.what}: {row.got}{must}", soft_wrap=True)
    if options.json:
        print(json.dumps({"schema": 1, "about": about, "rows": [row.as_dict() for row in rows]}, indent=2))
    if options.write:
        write(options.write, rows, about)
    console.width = max(console.width, 120)
    console.print(table(rows))
    console.print(", ".join(f"{name} {value}" for name, value in about.items()), style="dim", soft_wrap=True)
    return 0 if all(row.ok for row in rows if row.must) else 1


if __name__ == "__main__":
    sys.exit(main())
