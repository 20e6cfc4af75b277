"""Where a submission's CPU goes: by process, in the kernel, and around the checks. Nothing to reach."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from graders import here, own_environment
from row import Row

PROGRAM = Path(__file__).resolve().parents[1] / "bench_overhead.py"


def measure() -> list[Row]:
    """With the five functions, and with checks that ask nothing."""
    return [_row("five functions"), _row("checks that ask nothing", "--idle")]


def _row(what: str, *options: str) -> Row:
    command = [str(here() / "python"), str(PROGRAM), "120", "--rounds", "3", "--json", *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=own_environment())
    ms: dict[str, float] = json.loads(done.stdout)
    how = (
        f"supervisor {ms['CPU of the supervisor']:.1f}, "
        f"workers {ms['CPU of the workers']:.1f} (kernel {ms['kernel of the workers']:.1f}), "
        f"examiners {ms['CPU of the examiners']:.1f} (kernel {ms['kernel of the examiners']:.1f}); one grader, without "
        f"command and gradebook; {ms['wall']:.1f} ms of wall; the student's own {ms['bare']:.1f}"
    )
    return Row(f"where the CPU goes: {what}", "", f"{ms['CPU']:.1f} ms", None, how, ms)
