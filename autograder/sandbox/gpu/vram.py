"""The limit of GPU memory, held from outside: one thread asks the driver, and ends a worker that takes too much.

torch's own limit, and the student's code with it, is advice. A MIG slice's size is held by the hardware besides.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import dataclass, field

from autograder.sandbox.gpu.nvml import Device, Nvml, NvmlError

PERIOD = 0.05
"""Seconds between two looks: an allocation is seen when it has been made, so the cap may be passed for that long."""
MOST_SILENT = 40
"""Looks in a row that the driver may leave unanswered before the GPU counts as failed."""
OUT_OF_MEMORY, PLATFORM = "out_of_memory", "platform"
_HOST_PIDS = 0xEFFFFFFC
"""The inode of the kernel's first pid namespace. In any other, the driver's pids may not be ours."""


@dataclass(eq=False)
class Capped:
    """A worker on a device. `killed_for` is (reason, message for people) once the watch has ended it."""

    device: Device
    pid: int
    pidfd: int
    limit_bytes: int
    """0: all of the device."""
    before_bytes: int
    """What was in use before the worker came."""
    killed_for: tuple[str, str] | None = None
    peak_bytes: int = 0
    silent: int = field(default=0, repr=False)


class VramWatch:
    """Watches any number of workers from one thread, which lives while there is something to watch.

    `add` and `remove` may be called from any thread. After `remove` the pidfd is not touched any more.
    """

    def __init__(self, nvml: Nvml) -> None:
        self._nvml = nvml
        self._lock = threading.Lock()
        self._watched: list[Capped] = []
        self._thread: threading.Thread | None = None

    def add(self, device: Device, pid: int, pidfd: int, limit_bytes: int, before_bytes: int) -> Capped:
        """Watch a worker from now on. `pidfd`, through which it is killed, stays the caller's."""
        capped = Capped(device, pid, pidfd, limit_bytes, before_bytes)
        with self._lock:
            self._watched.append(capped)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="vram", daemon=True)
                self._thread.start()
        return capped

    def remove(self, capped: Capped) -> None:
        """Stop watching a worker. A second call does nothing."""
        with self._lock:
            if capped in self._watched:
                self._watched.remove(capped)

    def _run(self) -> None:
        while True:
            with self._lock:
                if not self._watched:
                    self._thread = None
                    return
                for capped in self._watched:
                    if capped.killed_for is None:
                        _look(self._nvml, capped)
            time.sleep(PERIOD)


def memory_of(nvml: Nvml, device: Device, pid: int, before_bytes: int) -> int:
    """Bytes of the device's memory that the worker `pid` holds, its CUDA context included.

    Where the driver does not tell it by process, or numbers processes otherwise than we do, it is what the device
    has in use more than before: nobody else is on it.

    Raises:
        NvmlError: the driver did not answer.
    """
    found = nvml.processes(device.uuid)
    if pid in found:
        known = found[pid]
        if known is not None:
            return known
    elif not found or pids_are_ours():
        return 0
    return max(0, nvml.used_bytes(device.uuid) - before_bytes)


def pids_are_ours() -> bool:
    """Whether this process counts processes as the host, and so the driver, does."""
    return os.stat("/proc/self/ns/pid").st_ino == _HOST_PIDS  # noqa: PTH116 (a link that pathlib would follow too)


def _look(nvml: Nvml, capped: Capped) -> None:
    try:
        used = memory_of(nvml, capped.device, capped.pid, capped.before_bytes)
    except NvmlError as error:
        capped.silent += 1
        if capped.silent >= MOST_SILENT:
            _end(capped, PLATFORM, f"{capped.device} does not answer any more: {error}")
        return
    capped.silent = 0
    capped.peak_bytes = max(capped.peak_bytes, used)
    if capped.limit_bytes and used > capped.limit_bytes:
        _end(capped, OUT_OF_MEMORY, f"more than {capped.limit_bytes >> 20} MB of GPU memory was used")


def _end(capped: Capped, reason: str, words: str) -> None:
    capped.killed_for = (reason, words)
    try:
        signal.pidfd_send_signal(capped.pidfd, signal.SIGKILL)
    except ProcessLookupError:
        return  # it has ended by itself
