"""How GPUs are asked for: by their CDI names where the engine knows them, in the manner of `--gpus` otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine

if TYPE_CHECKING:
    from docker.types import DeviceRequest

_KIND = "nvidia.com/gpu"


def device_requests(engine: Engine, gpus: tuple[str, ...]) -> list[DeviceRequest]:
    """What a container asks for to get `gpus`: their UUIDs, those of MIG slices among them, or `all`. None for none.

    Raises:
        AutograderError: `no-gpu-in-containers`, where this engine passes none on.
    """
    from docker.types import DeviceRequest

    if not gpus:
        return []
    if engine.cdi:
        return [DeviceRequest(driver="cdi", device_ids=[f"{_KIND}={gpu}" for gpu in gpus])]
    if engine.nvidia_runtime:
        wanted = {"count": -1} if "all" in gpus else {"device_ids": list(gpus)}
        return [DeviceRequest(driver="nvidia", capabilities=[["gpu", "compute", "utility"]], **wanted)]
    raise AutograderError(
        "no-gpu-in-containers",
        f"{engine.kind} {engine.version} passes no GPU on to containers here",
        why="It knows no CDI description of NVIDIA's devices"
        + (
            ", which Podman takes from this protocol since 5.4."
            if engine.kind == "podman"
            else ", and no NVIDIA runtime."
        ),
        fix="install the NVIDIA Container Toolkit, then: sudo nvidia-ctk cdi generate --output=/etc/cdi/nvidia.yaml",
    )
