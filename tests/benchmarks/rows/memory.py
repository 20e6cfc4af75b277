"""What one more worker takes of the memory."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import torch
from cpu import children
from row import Bound, Row

from autograder.examiner.host import ExaminerHost
from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import WorkerLimits
from autograder.wire.frames import Channel
from autograder.wire.peer import Peer

WORKERS = 8
TRAINING = """
import torch
from torch import nn

torch.manual_seed(0)
x, y = torch.randn(512, 64), torch.randint(0, 10, (512,))
model = nn.Sequential(nn.Linear(64, 30), nn.ReLU(), nn.Linear(30, 10))
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for _ in range(10):
    for rows in torch.randperm(len(x)).split(32):
        opt.zero_grad()
        nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
        opt.step()
"""


def measure() -> list[Row]:
    """Private memory of each of several workers that have trained a tiny network, and are still there."""
    bound, what = Bound(15, " MB"), "memory of each further worker, private, tiny training"
    sandbox = open_sandbox(isolation="process", jobs=WORKERS)
    try:
        (zygote,) = (pid for pid, _ in children())
        workers = [sandbox.start((), WorkerLimits(), seed) for seed in range(WORKERS)]
        try:
            for worker in workers:
                peer = Peer(torch, Channel(worker.connection), ExaminerHost(torch, str))
                peer.channel.deadline = time.monotonic() + 60
                peer.operate("hello")
                peer.operate("load", 1, TRAINING)
            found = [_memory(pid) for pid in _children_of(zygote)]
        finally:
            for worker in workers:
                worker.end()
    except PermissionError as error:
        return [bound.unmeasured(what, f"{error}: a worker is not dumpable, so only root may look")]
    finally:
        sandbox.close()
    # Those that were forked ahead, and have run nothing yet, have the least.
    private = sorted(m["Private_Clean"] + m["Private_Dirty"] for m in found)[-WORKERS:]
    proportional = sorted(m["Pss"] for m in found)[-WORKERS:]
    how = (
        f"median of {WORKERS} side by side, Private_Clean + Private_Dirty of smaps_rollup; "
        f"with a share of what they have in common {statistics.median(proportional) / 2**20:.0f} MB (Pss)"
    )
    megabytes = statistics.median(private) / 2**20
    return [bound.row(what, megabytes, how, {"private": statistics.median(private)})]


def _children_of(pid: int) -> list[int]:
    text = "".join((task / "children").read_text(encoding="ascii") for task in Path(f"/proc/{pid}/task").iterdir())
    return [int(child) for child in text.split()]


def _memory(pid: int) -> dict[str, int]:
    """Bytes by kind."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {name: int(rest.split()[0]) << 10 for name, _, rest in (line.partition(":") for line in lines)}
