"""A worker with a GPU, from the sandbox's side: leased before its start, given back after its end, whatever happens."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest
import torch
from fake_driver import FakeNvml, device

from autograder.course import CodeCell, Device
from autograder.examiner.devices import Gpus as Wish
from autograder.examiner.devices import Lost
from autograder.examiner.session import Budget, Session
from autograder.sandbox.gpu import Gpus
from autograder.sandbox.levels import strongest
from autograder.sandbox.place import OwnMachine
from autograder.sandbox.walled import WalledSandbox
from autograder.sandbox.worker import Worker, WorkerLimits

pytestmark = pytest.mark.skipif(
    torch.cuda.is_available(), reason="says what happens where the driver has no GPU behind"
)


def opened(gpus: Gpus) -> WalledSandbox:
    own_uids = os.geteuid() == 0 and strongest() != "process"
    place = partial(OwnMachine, level="uid" if own_uids else "process", own_uids=own_uids)
    return WalledSandbox(place, gpus=gpus)


def test_a_gpu_that_does_not_start_is_the_platforms_fault_and_its_slot_is_free_again(tmp_path: Path) -> None:
    nvml = FakeNvml((device(0),))
    gpus = Gpus(nvml, tmp_path)
    sandbox = opened(gpus)
    if not sandbox.gpu_slots:
        sandbox.close()
        pytest.skip("workers are root here, and root gets no GPU")
    started: list[Worker] = []

    class Workers:
        def start(self, gpu: bool) -> object:
            started.append(sandbox.start((), WorkerLimits(), 1, gpu))
            return started[-1].connection

        def end(self) -> tuple[str, str] | None:
            return started[-1].end()

    try:
        session = Session(torch, Workers(), (CodeCell(1, "x = 1"),), Budget(20, 60), gpus=Wish.LEASED)  # type: ignore[arg-type]
        with pytest.raises(Lost, match="a worker did not start"):
            session.begin(20.0, True)
        assert session.device is Device.CUDA
        gpus.lease(0).release()
        session.begin(20.0, False)  # the CPU's workers are as they were
        session.close()
    finally:
        sandbox.close()
    assert nvml.closed


def test_without_rights_to_change_user_root_offers_no_gpu(tmp_path: Path) -> None:
    gpus = Gpus(FakeNvml((device(0), device(1))), tmp_path)
    sandbox = WalledSandbox(partial(OwnMachine, level="process"), gpus=gpus)
    try:
        assert sandbox.gpu_slots == (0 if os.geteuid() == 0 else 2)
    finally:
        sandbox.close()
