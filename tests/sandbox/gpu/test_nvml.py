"""What is made of the driver's answers: devices, slices, nodes, processes."""

from __future__ import annotations

from pathlib import Path

import pynvml
import pytest
from fake_driver import FakeLibrary

from autograder.sandbox.gpu import nvml
from autograder.sandbox.gpu.nvml import DriverNvml, NvmlError

LISTED = """config 1
monitor 2
gpu0/gi7/access 66
gpu0/gi7/ci0/access 67
gpu0/gi9/access 84
gpu0/gi9/ci0/access 85
gpu1/gi7/access 201
"""


@pytest.fixture
def driver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DriverNvml:
    (tmp_path / "mig-minors").write_text(LISTED)
    monkeypatch.setattr(nvml, "_CAPABILITIES", tmp_path / "mig-minors")
    return DriverNvml(FakeLibrary())


def test_a_plain_gpu_is_one_device_and_a_cut_one_as_many_as_it_has_slices(driver: DriverNvml) -> None:
    found = driver.devices()
    assert [(d.uuid, d.index, d.mig) for d in found] == [
        ("GPU-plain", "0", False),
        ("MIG-0", "1.0", True),
        ("MIG-2", "1.2", True),
    ]
    assert [d.memory_bytes >> 30 for d in found] == [8, 1, 1]
    assert [str(d) for d in found][:2] == ["GPU 0 (Test 9000)", "MIG slice 1.0 (Test 9000)"]


def test_a_device_is_used_through_its_own_nodes_alone(driver: DriverNvml) -> None:
    shared = ("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools")
    plain, first, second = (d.nodes for d in driver.devices())
    assert plain == (*shared, "/dev/nvidia1")  # by minor number, which is not the index
    assert first == (*shared, "/dev/nvidia0", "/dev/nvidia-caps/nvidia-cap66", "/dev/nvidia-caps/nvidia-cap67")
    assert second == (*shared, "/dev/nvidia0", "/dev/nvidia-caps/nvidia-cap84", "/dev/nvidia-caps/nvidia-cap85")


def test_processes_are_told_with_their_memory_where_it_is_known(driver: DriverNvml) -> None:
    assert driver.processes("MIG-2") == {11: 5, 12: None}
    assert driver.used_bytes("GPU-plain") == 1 << 29
    with pytest.raises(NvmlError, match="nvmlDeviceGetHandleByUUID: Not Found"):
        driver.processes("GPU-gone")


def test_every_function_that_is_asked_for_exists_in_the_library() -> None:
    asked = [name for name in vars(FakeLibrary) if name.startswith("nvml")]
    assert len(asked) > 10
    assert all(callable(getattr(pynvml, name, None)) for name in asked)


def test_a_machine_without_a_driver_has_no_nvml(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise pynvml.NVMLError(pynvml.NVML_ERROR_LIBRARY_NOT_FOUND)  # type: ignore[no-untyped-call]

    monkeypatch.setattr(pynvml, "nvmlInit", fail)
    assert nvml.open_nvml() is None
