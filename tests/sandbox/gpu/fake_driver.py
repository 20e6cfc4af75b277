# ruff: noqa: N802 (the names are the library's)
"""A driver that is told what to say: a second implementation of Nvml, and of the few functions of pynvml."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from autograder.sandbox.gpu.nvml import Device, NvmlError

GB = 1 << 30


def device(number: int, memory_bytes: int = 8 * GB) -> Device:
    return Device(f"GPU-{number}", str(number), "Test 9000", False, memory_bytes, (f"/dev/nvidia{number}",))


@dataclass
class FakeNvml:
    """`present`: device -> process -> bytes. `broken`: devices that do not answer."""

    gpus: tuple[Device, ...]
    present: dict[str, dict[int, int | None]] = field(default_factory=dict)
    others_bytes: dict[str, int] = field(default_factory=dict)
    """Memory in use that no process is named for."""
    broken: set[str] = field(default_factory=set)
    closed: bool = False

    def devices(self) -> tuple[Device, ...]:
        return self.gpus

    def processes(self, uuid: str) -> dict[int, int | None]:
        if uuid in self.broken:
            raise NvmlError("GPU is lost")
        return dict(self.present.get(uuid, {}))

    def used_bytes(self, uuid: str) -> int:
        if uuid in self.broken:
            raise NvmlError("GPU is lost")
        return self.others_bytes.get(uuid, 0) + sum(n or 0 for n in self.present.get(uuid, {}).values())

    def close(self) -> None:
        self.closed = True


class NVMLError(Exception):
    """As pynvml's."""


class FakeLibrary:
    """pynvml on a machine with a plain GPU of minor number 1 and one cut into two slices, of minor number 0."""

    NVMLError = NVMLError

    def __init__(self) -> None:
        self.open = True

    def nvmlDeviceGetCount(self) -> int:
        return 2

    def nvmlDeviceGetHandleByIndex(self, number: int) -> str:
        return f"gpu {number}"

    def nvmlDeviceGetHandleByUUID(self, uuid: str) -> str:
        known = {"GPU-plain": "gpu 0", "GPU-cut": "gpu 1", "MIG-0": "slice 0", "MIG-2": "slice 2"}
        if uuid not in known:
            raise NVMLError("Not Found")
        return known[uuid]

    def nvmlDeviceGetMinorNumber(self, handle: str) -> int:
        return {"gpu 0": 1, "gpu 1": 0}[handle]

    def nvmlDeviceGetPciInfo(self, handle: str) -> Any:
        return SimpleNamespace(busId=b"00000000:3B:00.0")

    def nvmlDeviceGetUUID(self, handle: str) -> str | bytes:
        names: dict[str, str | bytes] = {
            "gpu 0": b"GPU-plain",
            "gpu 1": "GPU-cut",
            "slice 0": "MIG-0",
            "slice 2": "MIG-2",
        }
        return names[handle]

    def nvmlDeviceGetName(self, handle: str) -> str:
        return "Test 9000"

    def nvmlDeviceGetMemoryInfo(self, handle: str) -> Any:
        return SimpleNamespace(total=8 * GB if handle.startswith("gpu") else GB, used=GB // 2)

    def nvmlDeviceGetMigMode(self, handle: str) -> list[int]:
        if handle == "gpu 0":
            raise NVMLError("Not Supported")
        return [1, 1]

    def nvmlDeviceGetMaxMigDeviceCount(self, handle: str) -> int:
        return 3

    def nvmlDeviceGetMigDeviceHandleByIndex(self, handle: str, position: int) -> str:
        if position == 1:
            raise NVMLError("Not Found")
        return f"slice {position}"

    def nvmlDeviceGetGpuInstanceId(self, handle: str) -> int:
        return {"slice 0": 7, "slice 2": 9}[handle]

    def nvmlDeviceGetComputeInstanceId(self, handle: str) -> int:
        return 0

    def nvmlDeviceGetComputeRunningProcesses(self, handle: str) -> list[Any]:
        return [SimpleNamespace(pid=11, usedGpuMemory=5), SimpleNamespace(pid=12, usedGpuMemory=None)]

    def nvmlShutdown(self) -> None:
        self.open = False
