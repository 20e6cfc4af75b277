"""How long the first verdict takes, from the command on."""

from __future__ import annotations

import statistics
import subprocess
import time

from command import class_of, grade
from graders import here, own_environment
from row import Bound, Row

ROUNDS = 5
IMPORTS = "import torch, torch._dynamo"


def measure() -> list[Row]:
    """The first verdict of a class of one, over what importing torch alone takes; in turn, in new processes."""
    firsts, imports = [], []
    with class_of(1) as work:
        for _ in range(ROUNDS):
            imports.append(_import_seconds())
            firsts.append(grade(work).moments[0].wall)
    ratio = statistics.median(firsts) / statistics.median(imports)
    how = (
        f"{statistics.median(firsts):.2f} s until it is told, over {statistics.median(imports):.2f} s for "
        f'`python -c "{IMPORTS}"`; medians of {ROUNDS}, in turn'
    )
    figures = {"first": statistics.median(firsts), "import": statistics.median(imports)}
    return [Bound(1.3, " x").row("cold: the first verdict over importing torch", ratio, how, figures)]


def _import_seconds() -> float:
    start = time.perf_counter()
    subprocess.run([str(here() / "python"), "-c", IMPORTS], check=True, env=own_environment())
    return time.perf_counter() - start
