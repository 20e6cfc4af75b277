"""The rehearsal of workers leaves their zygote as it was, but warmer."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[2])
SCRIPT = """
import os, random, sys
import numpy, torch
torch.set_num_threads(1)
from autograder.worker.originals import originals
from autograder.worker.rehearsal import rehearse
warm = originals(torch)
before = sys.stdout, sys.stderr, sys.modules["__main__"], random.getstate(), sorted(os.listdir("/proc/self/fd"))
rehearse(warm)
after = sys.stdout, sys.stderr, sys.modules["__main__"], random.getstate(), sorted(os.listdir("/proc/self/fd"))
assert before == after
assert len(os.listdir("/proc/self/task")) == 1
assert torch.is_grad_enabled()
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("nobody is left")
"""


def test_nothing_is_left_of_a_rehearsal() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={"PYTHONPATH": ROOT, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True
    )
    assert done.stdout == "nobody is left\n", done.stderr
