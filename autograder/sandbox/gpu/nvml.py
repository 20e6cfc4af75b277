"""What NVIDIA's management library says of GPUs: which there are, who is on them, with how much memory.

Asked by the supervisor alone. It starts no CUDA, and no worker ever loads it for us.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

_CAPABILITIES = Path("/proc/driver/nvidia-caps/mig-minors")
_SHARED_NODES = ("/dev/nvidiactl", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools")


class NvmlError(Exception):
    """The driver did not answer, or said no. The platform's fault, always."""


@dataclass(frozen=True)
class Device:
    """What one submission gets at a time: a GPU, or a MIG slice of one.

    Args:
        uuid: as CUDA_VISIBLE_DEVICES takes it.
        index: for people, such as `0`, or `0.2` for a slice.
        name: the model.
        mig: it is a slice.
        memory_bytes: all of its memory.
        nodes: the device nodes through which it is used, and no other GPU.
        folders: where the system describes it.
    """

    uuid: str
    index: str
    name: str
    mig: bool
    memory_bytes: int
    nodes: tuple[str, ...]
    folders: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{'MIG slice' if self.mig else 'GPU'} {self.index} ({self.name})"


class Nvml(Protocol):
    """The few questions that slots and limits need. Every method raises NvmlError when the driver fails."""

    def devices(self) -> tuple[Device, ...]:
        """Every GPU, or in MIG mode every slice in its place."""

    def processes(self, uuid: str) -> dict[int, int | None]:
        """The processes that compute on a device: pid, as the host numbers it -> bytes, None where nobody knows."""

    def used_bytes(self, uuid: str) -> int:
        """Memory of the device that is in use, by whomever."""

    def close(self) -> None:
        """Ask nothing more."""


def open_nvml() -> Nvml | None:
    """This machine's driver; None where there is none, or nvidia-ml-py is not installed."""
    if importlib.util.find_spec("pynvml") is None:
        return None
    library: Any = importlib.import_module("pynvml")
    try:
        library.nvmlInit()
    except library.NVMLError:
        return None
    return DriverNvml(library)


class DriverNvml:
    """The library itself, through `library`, which is the module pynvml."""

    def __init__(self, library: Any) -> None:
        self._library = library

    def devices(self) -> tuple[Device, ...]:
        """See Nvml."""
        count = self._ask("nvmlDeviceGetCount")
        return tuple(device for number in range(count) for device in self._of_gpu(number))

    def processes(self, uuid: str) -> dict[int, int | None]:
        """See Nvml."""
        found = self._ask("nvmlDeviceGetComputeRunningProcesses", self._handle(uuid))
        return {int(process.pid): process.usedGpuMemory for process in found}

    def used_bytes(self, uuid: str) -> int:
        """See Nvml."""
        return int(self._ask("nvmlDeviceGetMemoryInfo", self._handle(uuid)).used)

    def close(self) -> None:
        """See Nvml."""
        self._ask("nvmlShutdown")

    def _of_gpu(self, number: int) -> Iterator[Device]:
        gpu = self._ask("nvmlDeviceGetHandleByIndex", number)
        minor = int(self._ask("nvmlDeviceGetMinorNumber", gpu))
        nodes = (*_SHARED_NODES, f"/dev/nvidia{minor}")
        folders = _pci_folders(_text(self._ask("nvmlDeviceGetPciInfo", gpu).busId))
        if not self._is_sliced(gpu):
            yield self._device(gpu, str(number), nodes, folders, mig=False)
            return
        for position in range(self._ask("nvmlDeviceGetMaxMigDeviceCount", gpu)):
            try:
                slice_ = self._ask("nvmlDeviceGetMigDeviceHandleByIndex", gpu, position)
            except NvmlError:
                continue  # positions without a slice are an error to NVML
            own = _capability_nodes(
                minor,
                int(self._ask("nvmlDeviceGetGpuInstanceId", slice_)),
                int(self._ask("nvmlDeviceGetComputeInstanceId", slice_)),
            )
            yield self._device(slice_, f"{number}.{position}", (*nodes, *own), folders, mig=True)

    def _device(
        self, handle: Any, index: str, nodes: tuple[str, ...], folders: tuple[str, ...], *, mig: bool
    ) -> Device:
        return Device(
            uuid=_text(self._ask("nvmlDeviceGetUUID", handle)),
            index=index,
            name=_text(self._ask("nvmlDeviceGetName", handle)),
            mig=mig,
            memory_bytes=int(self._ask("nvmlDeviceGetMemoryInfo", handle).total),
            nodes=nodes,
            folders=folders,
        )

    def _is_sliced(self, gpu: Any) -> bool:
        try:
            current, _pending = self._ask("nvmlDeviceGetMigMode", gpu)
        except NvmlError:
            return False  # most GPUs have no such mode, and say so by an error
        return bool(current)

    def _handle(self, uuid: str) -> Any:
        return self._ask("nvmlDeviceGetHandleByUUID", uuid)

    def _ask(self, question: str, *arguments: Any) -> Any:
        try:
            return getattr(self._library, question)(*arguments)
        except self._library.NVMLError as error:
            raise NvmlError(f"{question}: {error}") from error


def _text(said: str | bytes) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said


def _pci_folders(bus_id: str) -> tuple[str, ...]:
    """The folders of a device whose address NVML gives with a domain of eight digits, as `00000000:3B:00.0`."""
    domain, _, rest = bus_id.lower().partition(":")
    name = f"{domain[-4:]}:{rest}"
    folder = Path("/sys/bus/pci/devices") / name
    return (os.path.realpath(folder),) if folder.exists() else ()


def _capability_nodes(minor: int, gpu_instance: int, compute_instance: int) -> tuple[str, ...]:
    """The nodes that open a MIG slice, from the driver's list, whose lines are as `gpu0/gi1/ci0/access 13`."""
    try:
        lines = _CAPABILITIES.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise NvmlError(f"the driver's list of MIG capabilities cannot be read: {error}") from error
    numbers = dict(line.split() for line in lines if len(line.split()) == 2)
    gpu = f"gpu{minor}/gi{gpu_instance}"
    wanted = (f"{gpu}/access", f"{gpu}/ci{compute_instance}/access")
    return tuple(f"/dev/nvidia-caps/nvidia-cap{numbers[name]}" for name in wanted if name in numbers)
