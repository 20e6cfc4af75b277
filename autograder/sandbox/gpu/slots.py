"""Who may use which GPU: one submission at a time on each GPU or MIG slice, over all threads and processes of ours.

A slot is given on only when the driver shows nobody on it: a process's end is what clears its memory there.
"""

from __future__ import annotations

import contextlib
import threading
import time
from pathlib import Path
from typing import Any

from autograder.errors import AutograderError
from autograder.sandbox.gpu.nvml import Device, Nvml, NvmlError, open_nvml
from autograder.sandbox.gpu.vram import Capped, VramWatch, pids_are_ours
from autograder.sandbox.leases import Lease, Leases

CONTEXT_HOST_BYTES = 2 << 30
"""Memory of the host that a CUDA context may take, on top of what the submission may use itself."""
PATIENCE_SECONDS = 3600.0
SCRUB_SECONDS = 10.0
"""How long after its end a process may still be seen on its slot."""
_LOOK_SECONDS = 0.05
Wanted = int | tuple[str, ...] | None
"""So many GPUs, or those with these UUIDs or indices; None: all."""
_NOBODY = "wait until other programs are off the GPU; nvidia-smi shows who is on it"


class GpuLease:
    """A device that is one worker's alone, from before its start until the driver shows it gone."""

    def __init__(self, gpus: Gpus, device: Device, lock: Lease, before_bytes: int) -> None:
        self.device = device
        self._gpus = gpus
        self._lock = lock
        self._before_bytes = before_bytes
        self._pid: int | None = None
        self._capped: Capped | None = None
        self._released = False

    def job(self, limit_bytes: int) -> dict[str, Any]:
        """What the worker has to know, as it goes into its job. `limit_bytes`: 0 for all of the slot."""
        share = min(1.0, limit_bytes / self.device.memory_bytes) if limit_bytes else 1.0
        device = self.device
        return {"visible": device.uuid, "devices": device.nodes, "folders": device.folders, "share": share}

    def watch(self, pid: int, pidfd: int, limit_bytes: int) -> None:
        """Hold the worker to its memory from now on. `pid` as the host numbers it."""
        self._pid = pid
        self._capped = self._gpus.vram.add(self.device, pid, pidfd, limit_bytes, self._before_bytes)

    @property
    def killed_for(self) -> tuple[str, str] | None:
        """Why the watch ended the worker: a finding's reason, and words for people."""
        return self._capped.killed_for if self._capped is not None else None

    @property
    def peak_bytes(self) -> int:
        """The most memory that the worker was seen with."""
        return self._capped.peak_bytes if self._capped is not None else 0

    def end_watch(self) -> None:
        """Touch the pidfd no more. A second call does nothing."""
        if self._capped is not None:
            self._gpus.vram.remove(self._capped)

    def release(self) -> None:
        """Give the slot back once the driver shows that nothing of the worker is left. The process must have ended.

        A slot that stays occupied is retired: nobody gets it any more from this program. A second call does nothing.
        """
        self.end_watch()
        if not self._released:
            self._released = True
            self._gpus.take_back(self.device, self._lock, self._pid)


class Gpus:
    """The slots of this machine. Safe to use from several threads, and beside other processes of the same user."""

    def __init__(
        self,
        nvml: Nvml,
        folder: Path | None = None,
        *,
        scrub_seconds: float = SCRUB_SECONDS,
        wanted: Wanted = None,
    ) -> None:
        """`folder`: where the locks lie, if not in the usual place. `wanted`: as open_gpus() takes it.

        Raises:
            NvmlError: the driver did not answer.
        """
        self._nvml = nvml
        self._scrub_seconds = scrub_seconds
        self._devices = tuple(device for device in nvml.devices() if _is_wanted(device, wanted))
        self._most = wanted if isinstance(wanted, int) else len(self._devices)
        self._leased = 0
        self._locks = {device.uuid: Leases(f"gpu-{device.uuid}", 1, folder) for device in self._devices}
        self._returned = threading.Condition()
        self.vram = VramWatch(nvml)
        self.retired: dict[str, str] = {}
        """UUID -> why nobody gets that device any more."""

    @property
    def devices(self) -> tuple[Device, ...]:
        """The devices in use, by anyone or no one."""
        return tuple(device for device in self._devices if device.uuid not in self.retired)

    @property
    def count(self) -> int:
        """How many submissions can have a GPU at a time."""
        return min(len(self.devices), self._most)

    def lease(self, patience: float = PATIENCE_SECONDS) -> GpuLease:
        """A free slot; waits for one up to `patience` seconds.

        Raises:
            AutograderError: `no-gpu`: none is left, or `gpu-busy`: none became free.
        """
        deadline = time.monotonic() + patience
        while True:
            lease, occupied = self._any()
            if lease is not None:
                return lease
            if not occupied:
                raise _no_gpu(tuple(self.retired.values()))
            if time.monotonic() >= deadline:
                raise AutograderError("gpu-busy", "no GPU became free", why="; ".join(occupied), fix=_NOBODY)
            with self._returned:
                self._returned.wait(_LOOK_SECONDS)

    def take_back(self, device: Device, lock: Lease, pid: int | None) -> None:
        """Free a slot when the driver shows nothing of `pid` on it, or retire it. For GpuLease.release()."""
        deadline = time.monotonic() + self._scrub_seconds
        while True:
            left = self._left(device, pid)
            if not left:
                break
            if time.monotonic() >= deadline:
                self._retire(device, left)
                return
            time.sleep(_LOOK_SECONDS)
        lock.release()
        with self._returned:
            self._leased -= 1
            self._returned.notify()

    def close(self) -> None:
        """Ask the driver nothing more. Every lease must have been released."""
        with contextlib.suppress(NvmlError):
            self._nvml.close()

    def _any(self) -> tuple[GpuLease | None, list[str]]:
        """A free slot, or else who has them; empty where there are none."""
        occupied: list[str] = []
        with self._returned:
            if self.devices and self._leased >= self._most:
                return None, [f"{self._leased} are in use, and no more were asked for"]
            self._leased += 1
        for device in self.devices:
            lease = self._try(device)
            if isinstance(lease, GpuLease):
                return lease, []
            occupied.append(lease)
        with self._returned:
            self._leased -= 1
        return None, occupied

    def _try(self, device: Device) -> GpuLease | str:
        """The slot, or who has it."""
        try:
            lock = self._locks[device.uuid].lease()
        except AutograderError:
            return f"{device} is leased"
        try:
            strangers = self._nvml.processes(device.uuid)
            before_bytes = self._nvml.used_bytes(device.uuid)
        except NvmlError as error:
            return self._retire(device, str(error))
        if strangers:
            lock.release()
            return f"process {min(strangers)} of another program computes on {device}"
        return GpuLease(self, device, lock, before_bytes)

    def _left(self, device: Device, pid: int | None) -> str:
        """What may be left of the worker `pid` on a device, in words; empty where nothing is."""
        if pid is None:
            return ""
        try:
            found = self._nvml.processes(device.uuid)
        except NvmlError as error:
            return str(error)
        seen = [pid] if pid in found else [] if pids_are_ours() else sorted(found)
        return f"process {seen[0]} was still on it {self._scrub_seconds:g} s after its end" if seen else ""

    def _retire(self, device: Device, why: str) -> str:
        """Its lock stays held, so that other programs of ours do not get it either while this one runs."""
        said = f"{device} is not used any more: {why}"
        self.retired[device.uuid] = said
        return said


def open_gpus(nvml: Nvml | None = None, wanted: Wanted = None) -> Gpus | None:
    """The GPUs of this machine; None where there is no driver, no GPU, none that answers, or none that is wanted.

    Args:
        nvml: the driver, if not this machine's.
        wanted: so many of them, whichever are free; or those named by UUID or index; None: all.
    """
    if wanted in (0, ()):
        return None
    found = nvml or open_nvml()
    if found is None:
        return None
    try:
        gpus = Gpus(found, wanted=wanted)
    except NvmlError:
        return None
    return gpus if gpus.count else None


def _is_wanted(device: Device, wanted: Wanted) -> bool:
    return wanted is None or isinstance(wanted, int) or device.uuid in wanted or device.index in wanted


def _no_gpu(retired: tuple[str, ...]) -> AutograderError:
    return AutograderError(
        "no-gpu",
        "no GPU is left to grade on",
        why="; ".join(retired) or "This machine has none.",
        fix="look at the GPUs with nvidia-smi, then start the batch again: it goes on where it was",
    )
