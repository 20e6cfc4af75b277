"""What it costs that a check and the student's code are two processes: forward passes, large tensors, small questions.

python tests/benchmarks/bench_wire.py [--rounds 15] [--json]

The worker is a real one, behind the walls of level `process`. Each round does the same in this process and across the
wire, in turn, on one thread each; figures are medians over the rounds.
"""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # as in the examiner and the worker: before torch is imported

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import torch
from rich.console import Console
from rich.table import Table
from row import Bound, Row

from autograder.examiner.host import ExaminerHost
from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import WorkerLimits
from autograder.wire.frames import Allowance, Channel
from autograder.wire.peer import Peer
from autograder.wire.ring import Shares

ROUNDS = 15
MOST = Bound(1.05, " x")
IMAGES = 10_000
LARGE = 100_000_000 // 4
"""Elements of float32: 100 MB."""
CODE = """
import torch
from torch import nn

torch.manual_seed(0)
mlp = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)).requires_grad_(False)
cnn = nn.Sequential(
    nn.Conv2d(3, 8, 3, stride=2, padding=1), nn.ReLU(),
    nn.Conv2d(8, 16, 3, stride=2, padding=1), nn.ReLU(),
    nn.Flatten(), nn.Linear(1024, 10),
).requires_grad_(False)


def total(x):
    return x.view(torch.int64).sum()


def turned(x):
    return -x


def small(x):
    return x.softmax(-1)
"""


@contextmanager
def student() -> Iterator[Callable[[str], Any]]:
    """Finds what CODE defines in a walled worker."""
    sandbox = open_sandbox(isolation="process")
    worker = sandbox.start((), WorkerLimits(memory_bytes=4 << 30), 1)
    try:
        peer = Peer(torch, Channel(worker.connection, Shares.OFFERS), ExaminerHost(torch, str))
        peer.channel.deadline = time.monotonic() + 3600
        peer.channel.allow(Allowance(tensor_bytes=1 << 50))
        done = peer.operate("load", 1, CODE)
        if "type" in done:
            raise ValueError(f"the code stopped: {done}")
        yield lambda name: peer.operate("find", name)
    finally:
        worker.end()
        sandbox.close()


def in_turn(rounds: int, first: Callable[[], Any], second: Callable[[], Any]) -> tuple[float, float, float]:
    """Seconds of both, and how many times as long the second took: medians."""
    pairs = []
    first(), second()
    for _ in range(rounds):
        pairs.append((_seconds(first), _seconds(second)))
    ratio = statistics.median(b / a for a, b in pairs)
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs), ratio


def _seconds(do: Callable[[], Any]) -> float:
    start = time.perf_counter()
    do()
    return time.perf_counter() - start


def measure(rounds: int = ROUNDS) -> list[Row]:
    """Forward passes over what they take in this process; then the rest, which has nothing to reach."""
    torch.set_num_threads(1)
    here: dict[str, Any] = {}
    exec(CODE, here)
    torch.manual_seed(1)
    with student() as find, torch.no_grad():
        inputs = {"mlp": torch.rand(IMAGES, 784), "cnn": torch.rand(IMAGES, 3, 32, 32)}
        rows = [_forward(name, x, here[name], find(name), rounds) for name, x in inputs.items()]
        x, copy = torch.rand(LARGE), torch.empty(LARGE)
        for what, name in (("100 MB to the worker, and summed there", "total"), ("100 MB there and back", "turned")):
            far = find(name)
            copied, crossed, ratio = in_turn(rounds, lambda: copy.copy_(x), lambda far=far: far(x))  # type: ignore[misc]
            how = f"{1000 * crossed:.0f} ms, over {1000 * copied:.0f} ms for one copy in memory that is there already"
            rows.append(Row(f"wire: {what}", "", f"{ratio:.1f} copies", None, how, {"there": crossed, "copy": copied}))
        rows.append(_questions(find, rounds))
    return rows


def _forward(name: str, x: torch.Tensor, here: Callable[..., Any], far: Callable[..., Any], rounds: int) -> Row:
    near, crossed, ratio = in_turn(rounds, lambda: here(x), lambda: far(x))
    how = (
        f"{1000 * crossed:.0f} ms in a walled worker, {1000 * near:.0f} ms in the same process; "
        f"{x.nbytes / 1e6:.0f} MB of inputs for each pass; medians of {rounds}, in turn"
    )
    figures = {"across": crossed, "within": near}
    return MOST.row(f"wire: {name} on {IMAGES:,} images over the same in process", ratio, how, figures)


def _questions(find: Callable[[str], Any], rounds: int) -> Row:
    small, x = find("small"), torch.rand(4, 5)
    each = 100
    finds, calls, _ = in_turn(
        rounds, lambda: [find("small") for _ in range(each)], lambda: [small(x) for _ in range(each)]
    )
    how = f"a name found in {1e6 * finds / each:.0f} µs; medians of {rounds} times {each}"
    figures = {"find": finds / each, "call": calls / each}
    return Row("wire: a call with a small tensor", "", f"{1e6 * calls / each:.0f} µs", None, how, figures)


def main() -> int:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = measure(options.rounds)
    if options.json:
        print(json.dumps([row.as_dict() for row in rows]))
        return 0
    table = Table(show_lines=True)
    for heading in ("what", "must reach", "reached", "how"):
        table.add_column(heading)
    for row in rows:
        table.add_row(row.what, row.must, row.got, row.how)
    Console(width=110).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
