"""A GPU in a worker: what the zygote must not have done, and what a locked child does before student code runs.

CUDA does not survive a fork, so the zygote never starts it: each child starts its own, behind its locks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, MutableMapping
from dataclasses import dataclass
from typing import Any

_ASK_NVML = "PYTORCH_NVML_BASED_CUDA_CHECK"
ZYGOTE = {"CUDA_VISIBLE_DEVICES": "", _ASK_NVML: "1"}
"""What the environment of a zygote must say: that there is no GPU, and that asking for one must not start CUDA."""
DRIVER_FILES = (
    "/proc/driver/nvidia",
    "/proc/driver/nvidia-uvm",
    "/proc/devices",
    "/proc/modules",
    "/proc/sys/vm/mmap_min_addr",
    "/sys/devices/system/cpu",
    "/sys/devices/system/memory",
    "/sys/devices/system/node",
    "/sys/module/nvidia",
    "/sys/module/nvidia_uvm",
)
"""What the driver's libraries read of the machine, where it is there."""


def _root_is_root() -> bool:
    """Whether user 0 here is the machine's root, and not an ordinary user in a container without rights."""
    with open("/proc/self/uid_map", encoding="ascii") as file:  # noqa: PTH123 (as below)
        return any(line.split()[:2] == ["0", "0"] for line in file)


_ROOT_IS_ROOT = _root_is_root()  # now: the file cannot be read behind the locks


@dataclass(frozen=True)
class Gpu:
    """The slot of one worker, as the sandbox sends it with the job.

    Args:
        visible: the UUID of the GPU or MIG slice, for CUDA_VISIBLE_DEVICES.
        devices: the device nodes that belong to it; no others can be opened.
        folders: folders of the system's that describe it.
        share: the part of its memory that torch hands out before it raises its own out-of-memory error.
    """

    visible: str
    devices: tuple[str, ...]
    folders: tuple[str, ...] = ()
    share: float = 1.0

    @property
    def readable(self) -> tuple[str, ...]:
        """What the worker may read besides what every worker may; only what exists."""
        return _existing((*DRIVER_FILES, *self.folders))


def gpu_of(job: dict[str, Any]) -> Gpu | None:
    """The GPU that a job was given, None for a job on the CPU."""
    given = job.get("gpu")
    if not given:
        return None
    # uvm-tools and the like are not on every machine; what CUDA cannot do without it will miss by itself.
    return Gpu(given["visible"], _existing(given["devices"]), tuple(given["folders"]), float(given["share"]))


def assert_untouched(torch: Any) -> None:
    """Hold the zygote to never having started CUDA: no fork of it could use a GPU, and the driver would be shared.

    Raises:
        RuntimeError: it has, or its environment does not keep it from doing so.
    """
    if torch.cuda.is_initialized():
        raise RuntimeError("CUDA was started in the zygote, by one of the preloaded modules: no fork survives that")
    opened = [path for path in _open_files() if path.startswith("/dev/nvidia")]
    if opened:
        raise RuntimeError(f"the zygote holds {opened[0]} open: every worker would inherit the GPU")
    wrong = [name for name, value in ZYGOTE.items() if os.environ.get(name) != value]
    if wrong:
        raise RuntimeError(f"the zygote's environment must set {wrong[0]} to {ZYGOTE[wrong[0]]!r}")


def settle(gpu: Gpu, folder: str, torch: Any, environment: MutableMapping[str, str] = os.environ) -> None:
    """In the child, before the locks: which GPU it sees, and settings under which the same seed gives the same numbers.

    Starts no CUDA. Operations for which no deterministic way exists go on working, with a warning: refusing them
    would blame the student for what only this machine asks.
    """
    environment.pop(_ASK_NVML, None)  # NVML would look at the other GPUs too, which the locks refuse
    environment["CUDA_VISIBLE_DEVICES"] = gpu.visible
    environment["CUDA_DEVICE_ORDER"] = "PCI_BUS_ID"
    environment["CUBLAS_WORKSPACE_CONFIG"] = ":4096:8"
    environment["CUDA_CACHE_PATH"] = f"{folder}/.cuda"
    torch.use_deterministic_algorithms(True, warn_only=True)
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False


def start(gpu: Gpu, torch: Any) -> None:
    """In the locked child, before student code: the CUDA context, so that whatever fails here is the platform's fault.

    Raises:
        RuntimeError: CUDA did not start, or this process is root, whom the driver's device nodes do not hold.
    """
    if os.geteuid() == 0 and _ROOT_IS_ROOT:
        raise RuntimeError("GPU code would run as root: refused")
    torch.cuda.init()
    count = torch.cuda.device_count()  # asked only now: before, NVML would answer, which looks at the other GPUs too
    if count != 1:
        raise RuntimeError(f"{count} GPUs are visible to a worker that was given one")
    if gpu.share < 1.0:
        # Advice only, which student code can take back; the sandbox's watch holds the limit.
        torch.cuda.set_per_process_memory_fraction(gpu.share)
    torch.zeros(1, device="cuda")
    torch.cuda.synchronize()


def _existing(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(path for path in paths if os.path.exists(path))  # noqa: PTH110 (pathlib would be loaded for this)


def _open_files() -> list[str]:
    found = []
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208 (as above)
        try:
            found.append(os.readlink(f"/proc/self/fd/{number}"))  # noqa: PTH115
        except OSError:  # the descriptor of the listing itself
            continue
    return found
