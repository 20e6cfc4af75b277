"""What the walls cost a submission, over a bare fork of a process with the same libraries loaded.

python tests/benchmarks/bench_walls.py [--rounds 200] [--json]

A round starts a worker of every kind in turn, waits for its first answer, ends it and waits until it is gone; so a
busy machine slows all kinds alike. The figures are medians over the rounds, and the walls' cost the median difference
to the bare fork of the same round.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import torch
from rich.console import Console
from rich.table import Table

from autograder.examiner.host import ExaminerHost
from autograder.sandbox.levels import offers, open_sandbox
from autograder.sandbox.worker import Sandbox, WorkerLimits
from autograder.wire.frames import Channel
from autograder.wire.peer import Peer

BARE = "bare fork"
CODE = "a worker without walls"


class BareZygote:
    """The floor."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        program = str(Path(__file__).with_name("bare_zygote.py"))
        self._process = subprocess.Popen(
            [sys.executable, program, str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=os.environ | {"OMP_NUM_THREADS": "1", "CUDA_VISIBLE_DEVICES": ""},
        )
        theirs.close()
        self._control.recv(1)

    def once(self) -> float:
        """Seconds for a fork that answers, is killed, and gone."""
        start = time.perf_counter()
        ours, theirs = socket.socketpair()
        socket.send_fds(self._control, [b"f"], [theirs.fileno()])
        _, (pidfd,), _, _ = socket.recv_fds(self._control, 1, 1)
        theirs.close()
        ours.recv(1)
        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
        select.select([pidfd], [], [])
        os.close(pidfd)
        ours.close()
        return time.perf_counter() - start

    def close(self) -> None:
        self._control.close()
        self._process.wait()


def walled(sandbox: Sandbox) -> Callable[[], float]:
    """Seconds for a worker of `sandbox` that answers, is ended, and gone, with its folder."""

    def once() -> float:
        start = time.perf_counter()
        worker = sandbox.start((), WorkerLimits(), 1)
        peer = Peer(torch, Channel(worker.connection), ExaminerHost(torch, str))
        peer.channel.deadline = time.monotonic() + 60
        peer.operate("hello")
        worker.end()
        return time.perf_counter() - start

    return once


def measured(rounds: int) -> dict[str, list[float]]:
    """Seconds of each round, by kind."""
    levels = [offer.level for offer in offers() if offer.missing is None]
    with ExitStack() as stack:
        bare = BareZygote()
        stack.callback(bare.close)
        kinds: dict[str, Callable[[], float]] = {BARE: bare.once}
        for name, level in {CODE: "none", **{f"walls: {level}": level for level in levels}}.items():
            sandbox = open_sandbox(isolation=level)
            stack.callback(sandbox.close)
            kinds[name] = walled(sandbox)
        for once in kinds.values():
            once()
        found: dict[str, list[float]] = {name: [] for name in kinds}
        for _ in range(rounds):
            for name, once in kinds.items():
                found[name].append(once())
    return found


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = measured(options.rounds)
    floor, code = found[BARE], found[CODE]
    rows = []
    for name, times in found.items():
        over = statistics.median(a - b for a, b in zip(times, floor, strict=True))
        walls = statistics.median(a - b for a, b in zip(times, code, strict=True))
        rows.append((name, statistics.median(times), over, walls if "walls:" in name else None))
    if options.json:
        keys = ("kind", "seconds", "over_a_bare_fork", "of_that_walls")
        print(json.dumps([dict(zip(keys, row, strict=True)) for row in rows]))
        return 0
    table = Table(title=f"One worker, started, answering, ended and gone; medians of {options.rounds} rounds")
    for title in ("", "ms", "over a bare fork", "the walls alone", "ratio"):
        table.add_column(title, justify="right" if title else "left", no_wrap=True)
    for name, seconds, over, cost in rows:
        shown = "" if cost is None else f"{1000 * cost:.2f}"
        table.add_row(name, f"{1000 * seconds:.2f}", f"{1000 * over:.2f}", shown, f"{seconds / rows[0][1]:.2f}")
    Console(width=90).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
