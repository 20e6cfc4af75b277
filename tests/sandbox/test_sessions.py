"""Each worker is a session of its own, so that the kernel shares the processor out among workers, not threads."""

from __future__ import annotations

import os
import time

from autograder.sandbox.levels import open_sandbox
from autograder.sandbox.worker import WorkerLimits


def test_each_worker_leads_a_session_of_its_own() -> None:
    sandbox = open_sandbox(isolation="process")
    try:
        workers = [sandbox.start((), WorkerLimits(), seed) for seed in range(2)]
        pids = [worker._watched.pid for worker in workers]  # type: ignore[attr-defined]
        patience = time.monotonic() + 30
        while [os.getsid(pid) for pid in pids] != pids and time.monotonic() < patience:
            time.sleep(0.01)  # they are about to
        assert [os.getsid(pid) for pid in pids] == pids
        for worker in workers:
            worker.end()
    finally:
        sandbox.close()
