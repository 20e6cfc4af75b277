"""A worker that takes too much GPU memory is ended, with words of its own; real processes, a driver that is told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from fake_driver import GB, FakeNvml, device

from autograder.sandbox.gpu import vram
from autograder.sandbox.gpu.vram import Capped, VramWatch, memory_of

MB = 1 << 20
GPU = device(0)


@pytest.fixture
def sleeper() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    pidfd = os.pidfd_open(process.pid)
    yield process, pidfd
    process.kill()
    process.wait()
    os.close(pidfd)


def ended(process: subprocess.Popen[bytes], capped: Capped) -> tuple[str, str] | None:
    assert process.wait(30) == -signal.SIGKILL
    return capped.killed_for


def test_a_worker_beyond_its_cap_is_killed_with_a_finding_of_its_own(
    sleeper: tuple[subprocess.Popen[bytes], int],
) -> None:
    process, pidfd = sleeper
    nvml = FakeNvml((GPU,), {"GPU-0": {process.pid: 900 * MB}})
    watch = VramWatch(nvml)
    capped = watch.add(GPU, process.pid, pidfd, 1024 * MB, 0)
    nvml.present["GPU-0"][process.pid] = 1025 * MB
    assert ended(process, capped) == ("out_of_memory", "more than 1024 MB of GPU memory was used")
    assert capped.peak_bytes == 1025 * MB
    watch.remove(capped)
    watch.remove(capped)


def test_without_a_limit_only_the_hardware_holds_it(sleeper: tuple[subprocess.Popen[bytes], int]) -> None:
    process, pidfd = sleeper
    watch = VramWatch(FakeNvml((GPU,), {"GPU-0": {process.pid: 8 * GB}}))
    capped = watch.add(GPU, process.pid, pidfd, 0, 0)
    while not capped.peak_bytes:
        assert process.poll() is None
    assert capped.killed_for is None
    watch.remove(capped)


def test_a_driver_that_answers_no_more_is_the_platforms_fault(
    sleeper: tuple[subprocess.Popen[bytes], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vram, "MOST_SILENT", 3)
    process, pidfd = sleeper
    watch = VramWatch(FakeNvml((GPU,), broken={"GPU-0"}))
    capped = watch.add(GPU, process.pid, pidfd, GB, 0)
    reason, words = ended(process, capped) or ("", "")
    assert reason == "platform"
    assert words == "GPU 0 (Test 9000) does not answer any more: GPU is lost"
    watch.remove(capped)


def test_one_beyond_its_cap_does_not_take_its_neighbour_along(sleeper: tuple[subprocess.Popen[bytes], int]) -> None:
    process, pidfd = sleeper
    here, fd = os.getpid(), os.pidfd_open(os.getpid())
    nvml = FakeNvml((GPU, device(1)), {"GPU-0": {process.pid: 2 * GB}, "GPU-1": {here: GB // 2}})
    watch = VramWatch(nvml)
    neighbour = watch.add(device(1), here, fd, GB, 0)
    assert ended(process, watch.add(GPU, process.pid, pidfd, GB, 0)) is not None
    assert neighbour.killed_for is None
    watch.remove(neighbour)
    os.close(fd)


def test_memory_is_a_process_own_where_the_driver_tells_it_and_else_what_the_device_has_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nvml = FakeNvml((GPU,), {"GPU-0": {7: 3 * GB}}, others_bytes={"GPU-0": GB})
    monkeypatch.setattr(vram, "pids_are_ours", lambda: True)
    assert memory_of(nvml, GPU, 7, GB) == 3 * GB
    assert memory_of(nvml, GPU, 8, GB) == 0  # another's is not the student's
    monkeypatch.setattr(vram, "pids_are_ours", lambda: False)
    assert memory_of(nvml, GPU, 8, GB) == 3 * GB  # the same process under another number: nobody else is on the device
    nvml.present["GPU-0"] = {7: None}
    nvml.others_bytes["GPU-0"] = 2 * GB
    assert memory_of(nvml, GPU, 7, GB) == GB
    nvml.present["GPU-0"] = {}
    assert memory_of(nvml, GPU, 7, GB) == 0
