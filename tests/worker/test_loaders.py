"""Loaders that ask for processes."""

from __future__ import annotations

import subprocess
import sys

SOURCE = """
import torch
from torch.utils.data import DataLoader, TensorDataset
from autograder.worker.loaders import load_in_process
load_in_process()
data = TensorDataset(torch.arange(10))
def batches(**options):
    torch.manual_seed(3)
    return [b[0].tolist() for b in DataLoader(data, batch_size=3, shuffle=True, **options)]
alone = batches()
assert batches(num_workers=2) == alone
assert batches(num_workers=4, timeout=5, prefetch_factor=2) == alone
kept = DataLoader(data, num_workers=2, persistent_workers=True)
assert [list(kept) for _ in range(3)].count(list(kept)) == 3
print("same batches, no processes:", len(__import__("multiprocessing").active_children()))
"""


def test_they_get_the_same_batches_without_any() -> None:
    done = subprocess.run([sys.executable, "-c", SOURCE], capture_output=True, text=True, timeout=200)
    assert done.stdout == "same batches, no processes: 0\n", done.stderr
