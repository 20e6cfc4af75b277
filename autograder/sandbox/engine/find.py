"""Which container engine answers on this machine, and what it offers. Docker and Podman speak the same protocol."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import AutograderError

if TYPE_CHECKING:
    from docker import DockerClient

_ANSWER_SECONDS = 5
_WORK_SECONDS = 60
_CDI_FOLDERS = ("/etc/cdi", "/var/run/cdi")
_CDI_KIND = "nvidia.com/gpu"
_PODMAN_WITH_CDI = (5, 4)
_NVIDIA_HOOK = "nvidia-container-runtime-hook"


@dataclass(frozen=True)
class Engine:
    """A container engine that has answered.

    Args:
        kind: `docker` or `podman`.
        rootless: its containers' user 0 is the user whom it runs as.
        storage: the driver that keeps its images.
        cdi: NVIDIA's devices can be asked for by name (Container Device Interface).
        nvidia_runtime: they can be asked for in the older way, `--gpus`.
        options: its security options, such as `name=selinux`.
    """

    kind: str
    version: str
    socket: str
    rootless: bool
    storage: str
    cdi: bool
    nvidia_runtime: bool
    options: tuple[str, ...]
    client: DockerClient


def sockets() -> tuple[Path, ...]:
    """Where an engine of this machine's may listen, in the order of asking. DOCKER_HOST names the only one, if set.

    Raises:
        AutograderError: `engine-elsewhere`; submissions' files and sockets cannot be mounted from another machine.
    """
    named = os.environ.get("DOCKER_HOST", "")
    if named.startswith("unix://"):
        return (Path(named.removeprefix("unix://")),)
    if named:
        raise AutograderError(
            "engine-elsewhere",
            f"DOCKER_HOST is {named}, which is no socket of this machine's",
            why="The container and the grader share folders and a socket, so they must be on the same machine.",
            fix="unset DOCKER_HOST, or set it to unix:///path/of/the/engine's/socket",
        )
    running = [Path(folder) for folder in [os.environ.get("XDG_RUNTIME_DIR")] if folder]
    return (
        Path("/var/run/docker.sock"),
        *(folder / name for folder in running for name in ("docker.sock", "podman/podman.sock")),
        Path("/run/podman/podman.sock"),
    )


def find_engine() -> Engine | None:
    """The first engine that answers; None where there is not even a socket of one, which costs nothing to see.

    Raises:
        AutograderError: `engine-unreachable`, where there is a socket and nobody answers; `engine-elsewhere`.
    """
    refusals = []
    for path in sockets():
        if not _there(path):
            continue
        try:
            return _ask(path)
        except AutograderError as refusal:
            refusals.append(refusal)
    if refusals:
        raise refusals[0]
    return None


@contextlib.contextmanager
def speaking_to(engine: Engine) -> Iterator[None]:
    """What goes wrong between us and the engine is an error for people.

    Raises:
        AutograderError: `engine-failed`.
    """
    from docker.errors import DockerException
    from requests.exceptions import RequestException

    try:
        yield
    except (DockerException, RequestException) as error:
        raise AutograderError(
            "engine-failed",
            f"{engine.kind} could not do what it was asked for",
            why=str(getattr(error, "explanation", None) or error),
            fix=f"see what `{engine.kind} info` says; restart the engine if it does not answer",
        ) from error


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        return False  # in a folder that is closed to this user, such as root's Podman


def _ask(path: Path) -> Engine:
    try:
        import docker
        from docker.errors import DockerException
        from requests.exceptions import RequestException
    except ModuleNotFoundError as missing:
        raise AutograderError(
            "not-installed",
            f"{missing.name} is not installed in this Python",
            why=f"It speaks to the container engine at {path}.",
            fix='pip install "autograder[grader]"',
        ) from missing

    try:
        client = docker.DockerClient(base_url=f"unix://{path}", timeout=_ANSWER_SECONDS)
        version: dict[str, Any] = client.version()
        info: dict[str, Any] = client.info()
    except (DockerException, RequestException, OSError) as error:
        raise _unreachable(path, error) from error
    client.api.timeout = _WORK_SECONDS  # what it is asked from now on may take longer
    options = tuple(info.get("SecurityOptions") or ())
    podman = any("Podman" in str(part.get("Name", "")) for part in version.get("Components") or ())
    kind, number = ("podman" if podman else "docker"), str(version.get("Version", ""))
    return Engine(
        kind=kind,
        version=number,
        socket=str(path),
        rootless=any("rootless" in option for option in options) or bool(info.get("Rootless")),
        storage=str(info.get("Driver", "")),
        cdi=_offers_cdi(kind, number, info),
        nvidia_runtime=not podman and ("nvidia" in (info.get("Runtimes") or {}) or bool(shutil.which(_NVIDIA_HOOK))),
        options=options,
        client=client,
    )


def _offers_cdi(kind: str, version: str, info: dict[str, Any]) -> bool:
    """Docker tells the folders that it reads (from 25 on, by itself from 28.2 on); Podman has passed names on since
    5.4. Either way a description of NVIDIA's devices must lie there."""
    if kind == "podman":
        if _numbers(version) < _PODMAN_WITH_CDI:
            return False
        folders = list(_CDI_FOLDERS)
    else:
        folders = info.get("CDISpecDirs") or []
    if not folders:
        return False
    if "DiscoveredDevices" in info:
        devices = info["DiscoveredDevices"] or ()
        return any(str(device.get("ID", "")).startswith(_CDI_KIND) for device in devices)
    return any(_names_gpus(file) for folder in folders if Path(folder).is_dir() for file in Path(folder).iterdir())


def _names_gpus(file: Path) -> bool:
    try:
        return file.suffix in {".json", ".yaml", ".yml"} and _CDI_KIND in file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False


def _numbers(version: str) -> tuple[int, ...]:
    """The leading numbers of a version: `5.4.0-rc1` is (5, 4, 0)."""
    parts = version.partition("-")[0].split(".")
    return tuple(int(part) for part in parts if part.isdigit())


def _unreachable(path: Path, error: Exception) -> AutograderError:
    if "Permission denied" in str(error) or isinstance(error, PermissionError):
        owner = "docker" if "docker" in path.name else "podman"
        what = f"{path} may not be opened by this user"
        why = "Who may use the engine's socket can become root on this machine, so it is closed to most users."
        fix = (
            "join the group `docker` (sudo usermod -aG docker $USER, then log in again), or use rootless Podman: "
            "systemctl --user start podman.socket"
            if owner == "docker"
            else "use your own: systemctl --user start podman.socket"
        )
    else:
        what = f"there is a socket at {path}, and no container engine answers on it"
        why = str(error).strip().splitlines()[-1][:300] if str(error).strip() else type(error).__name__
        fix = "start the engine: sudo systemctl start docker, or systemctl --user start podman.socket"
    return AutograderError("engine-unreachable", what, why=why, fix=fix)
