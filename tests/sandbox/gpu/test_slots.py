"""One submission at a time on each GPU: over threads, over processes, after crashes; and only when nobody is on it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from fake_driver import GB, FakeNvml, device

from autograder.errors import AutograderError
from autograder.sandbox.gpu import Gpus, open_gpus

ROOT = str(Path(__file__).parents[3])
HOLDER = """
import sys
from pathlib import Path
from autograder.sandbox.gpu import Gpus
from fake_driver import FakeNvml, device
lease = Gpus(FakeNvml((device(0),)), Path(sys.argv[1])).lease(0)
print("held", flush=True)
sys.stdin.readline()
"""


def two(tmp_path: Path) -> tuple[FakeNvml, Gpus]:
    nvml = FakeNvml((device(0), device(1)))
    return nvml, Gpus(nvml, tmp_path, scrub_seconds=0.2)


def test_two_leases_never_share_a_device(tmp_path: Path) -> None:
    _, gpus = two(tmp_path)
    first, second = gpus.lease(), gpus.lease()
    assert {first.device.uuid, second.device.uuid} == {"GPU-0", "GPU-1"}
    with pytest.raises(AutograderError) as refused:
        gpus.lease(patience=0)
    assert refused.value.code == "gpu-busy"
    first.release()
    first.release()
    assert gpus.lease(patience=0).device.uuid == first.device.uuid


def test_threads_take_turns(tmp_path: Path) -> None:
    _, gpus = two(tmp_path)
    on: dict[str, int] = {}
    most: list[int] = []

    def use() -> None:
        lease = gpus.lease()
        on[lease.device.uuid] = on.get(lease.device.uuid, 0) + 1
        most.append(on[lease.device.uuid])
        time.sleep(0.01)
        on[lease.device.uuid] -= 1
        lease.release()

    threads = [threading.Thread(target=use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert most == [1] * 12


def test_another_process_is_kept_off_and_its_crash_frees_the_slot(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={"PYTHONPATH": f"{ROOT}:{Path(__file__).parent}"},
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    gpus = Gpus(FakeNvml((device(0),)), tmp_path)
    with pytest.raises(AutograderError, match="no GPU became free"):
        gpus.lease(patience=0)
    holder.kill()
    holder.communicate()
    assert gpus.lease(patience=0).device.uuid == "GPU-0"


def test_a_device_that_another_program_computes_on_is_left_alone(tmp_path: Path) -> None:
    nvml, gpus = two(tmp_path)
    nvml.present["GPU-0"] = {4711: GB}
    assert gpus.lease(0).device.uuid == "GPU-1"
    with pytest.raises(AutograderError) as refused:
        gpus.lease(0)
    assert "process 4711 of another program computes on GPU 0" in refused.value.why
    nvml.present.clear()
    assert gpus.lease(0).device.uuid == "GPU-0"


def test_a_slot_is_given_on_only_when_the_driver_shows_the_worker_gone(tmp_path: Path) -> None:
    nvml = FakeNvml((device(0),))
    gpus = Gpus(nvml, tmp_path, scrub_seconds=60)
    lease = gpus.lease()
    pid, pidfd = os.getpid(), os.pidfd_open(os.getpid())
    lease.watch(pid, pidfd, 0)
    nvml.present["GPU-0"] = {pid: GB}
    releasing = threading.Thread(target=lease.release)
    releasing.start()
    with pytest.raises(AutograderError, match="no GPU became free"):
        gpus.lease(patience=0.2)
    nvml.present.clear()
    releasing.join(30)
    assert gpus.lease(0).device.uuid == "GPU-0"
    os.close(pidfd)


def test_a_slot_on_which_a_dead_worker_stays_is_retired_in_words(tmp_path: Path) -> None:
    nvml, gpus = two(tmp_path)
    lease = gpus.lease()
    pid, pidfd = os.getpid(), os.pidfd_open(os.getpid())
    lease.watch(pid, pidfd, 0)
    nvml.present["GPU-0"] = {pid: GB}
    lease.release()
    os.close(pidfd)
    assert gpus.count == 1
    assert gpus.retired["GPU-0"].startswith(f"GPU 0 (Test 9000) is not used any more: process {pid} was still on it")
    nvml.present.clear()
    assert gpus.lease(0).device.uuid == "GPU-1"
    with pytest.raises(AutograderError):
        Gpus(FakeNvml((device(0),)), tmp_path).lease(0)  # nor does another batch get it while this one runs


def test_a_gpu_that_is_lost_is_retired_and_the_last_one_is_said_to_be_gone(tmp_path: Path) -> None:
    nvml, gpus = two(tmp_path)
    nvml.broken.add("GPU-0")
    lease = gpus.lease()
    assert lease.device.uuid == "GPU-1"
    lease.watch(os.getpid(), -1, 0)
    nvml.broken.add("GPU-1")
    lease.release()
    with pytest.raises(AutograderError) as refused:
        gpus.lease()
    assert refused.value.code == "no-gpu"
    assert "GPU is lost" in refused.value.why


def test_a_job_tells_the_worker_its_device_and_its_share_of_memory(tmp_path: Path) -> None:
    _, gpus = two(tmp_path)
    lease = gpus.lease()
    assert lease.job(2 * GB) == {"visible": "GPU-0", "devices": ("/dev/nvidia0",), "folders": (), "share": 0.25}
    assert lease.job(0)["share"] == 1.0
    assert lease.job(80 * GB)["share"] == 1.0


def test_no_gpu_is_no_slots(tmp_path: Path) -> None:
    assert open_gpus(FakeNvml(())) is None
    nvml, gpus = two(tmp_path)
    assert gpus.count == 2
    gpus.close()
    assert nvml.closed


def test_no_more_gpus_are_leased_than_were_asked_for_whichever_are_free(tmp_path: Path) -> None:
    gpus = Gpus(FakeNvml(tuple(device(i) for i in range(3))), tmp_path, wanted=2)
    assert gpus.count == 2
    first, second = gpus.lease(1), gpus.lease(1)
    with pytest.raises(AutograderError, match="no GPU became free"):
        gpus.lease(0.1)
    first.release()
    third = gpus.lease(1)
    for lease in (second, third):
        lease.release()


def test_gpus_are_wanted_by_uuid_or_by_index(tmp_path: Path) -> None:
    devices = tuple(device(i) for i in range(3))
    assert Gpus(FakeNvml(devices), tmp_path, wanted=(devices[2].uuid, devices[0].index)).devices == (
        devices[0],
        devices[2],
    )
    assert open_gpus(FakeNvml(devices), wanted=0) is None
