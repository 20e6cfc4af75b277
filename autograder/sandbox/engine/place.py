"""A hardened container as the place where zygotes run. The examiner is never in it."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import struct
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import AutograderError
from autograder.sandbox.engine.devices import device_requests
from autograder.sandbox.engine.find import Engine
from autograder.sandbox.engine.image import PYTHON, Image, ulimits
from autograder.sandbox.engine.leftovers import OWNER_LABEL, owner, remove_leftovers
from autograder.sandbox.environment import worker_environment
from autograder.sandbox.scratch import remove
from autograder.sandbox.tree import START

if TYPE_CHECKING:
    from docker.models.containers import Container

_INSIDE = "/autograder"
_TMP_BYTES = 64 << 20
_START_SECONDS = 120.0
_POLL_SECONDS = 0.2
_LEAVE_SECONDS = 2.0
_GONE_SECONDS = 30.0
_LAST_BYTES = 2000
_CREDENTIALS = struct.Struct("3i")
# The shell opens the file for the zygote's last words: the engine itself keeps none, so no log of its grows.
_SHELL = ["/bin/sh", "-c", f'exec "$@" >{_INSIDE}/control/said 2>&1 </dev/null', "sh"]
_COMMAND = [*_SHELL, PYTHON, "-P", "-s", "-c", START, f"{_INSIDE}/tree", "contained"]
_RIGHTS_FOR_OWN_UIDS = ["SETUID", "SETGID", "KILL"]


class _Contained:
    """A zygote in a container: its control socket, and a pidfd of its process as this machine numbers it."""

    def __init__(self, container: Container, control: socket.socket, pidfd: int, folder: Path) -> None:
        self.control = control
        self._container = container
        self._pidfd = pidfd
        self._folder = folder
        self._ended = False

    def alive(self) -> bool:
        return not self._ended and not self._left_within(0)

    def said(self) -> str:
        return _last_words(self._folder)

    def kill(self) -> None:
        if not self._ended:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)  # every process in there dies with its first
            if not self._left_within(_LEAVE_SECONDS):
                _remove(self._container)
                self._left_within(_GONE_SECONDS)

    def end(self) -> None:
        if self._ended:
            return
        with contextlib.suppress(OSError):
            self.control.close()
        if not self._left_within(_LEAVE_SECONDS):
            self.kill()
        self._ended = True
        os.close(self._pidfd)
        _remove(self._container)
        remove(self._folder)

    def _left_within(self, seconds: float) -> bool:
        return bool(select.select([self._pidfd], [], [], seconds)[0])


class ContainerPlace:
    """Zygotes in containers of one image, on the same machine. Their workers see /autograder/tree and their folder in
    /autograder/work, and nothing else of this machine's files."""

    level = "container"
    enclosure = ""

    def __init__(
        self,
        scratch: Path,
        engine: Engine,
        image: Image,
        *,
        memory_bytes: int,
        processes: int,
        gpus: tuple[str, ...] = (),
    ) -> None:
        """`scratch` holds tree/ and work/, and belongs to this user.

        Args:
            memory_bytes: what the zygote and all of its workers may use together.
            processes: how many processes and threads there may be in the container.
            gpus: UUIDs of those that workers may be given, or `all`.

        Raises:
            AutograderError: `no-gpu-in-containers`.
        """
        self.details = {"image": image.id, "engine": f"{engine.kind} {engine.version}"}
        # In a rootless engine user 0 is this user, and no other exists that could own a worker's folder.
        self.own_uids = os.geteuid() == 0 and not engine.rootless
        self.work = f"{_INSIDE}/work"
        self.tree = f"{_INSIDE}/tree"
        self._scratch = scratch
        self._engine = engine
        self._settings = _hardened(engine, memory_bytes, processes, own_uids=self.own_uids)
        self._settings |= {
            "image": image.id,
            "device_requests": device_requests(engine, gpus),
            "environment": worker_environment("/tmp"),  # noqa: S108 (of the container alone)
        }

    def start(self) -> _Contained:
        """A container with one zygote in it.

        Raises:
            AutograderError: `sandbox-failed`, with what the engine or the zygote said.
        """
        from docker.errors import DockerException
        from requests.exceptions import RequestException

        folder = Path(tempfile.mkdtemp(prefix="control-", dir=self._scratch))
        container = None
        try:
            remove_leftovers(self._engine)
            with _listening(folder) as listener:
                container = self._engine.client.containers.create(
                    command=_COMMAND,
                    labels={OWNER_LABEL: owner()},
                    mounts=_mounts(self._scratch, folder),
                    **self._settings,
                )
                container.start()
                return _connected(container, listener, folder)
        except BaseException as error:
            said = _last_words(folder)
            if container is not None:
                _remove(container)
            remove(folder)
            if isinstance(error, (DockerException, RequestException, OSError)):
                raise _failed(str(getattr(error, "explanation", None) or error), said) from error
            raise


def _hardened(engine: Engine, memory_bytes: int, processes: int, *, own_uids: bool) -> dict[str, Any]:
    """Everything that a container has taken away from it. The engine's own seccomp profile stays on as well."""
    from docker.types import LogConfig

    owned_by_root = own_uids or engine.rootless
    options = ["no-new-privileges"]
    if any("selinux" in option for option in engine.options):
        options.append("label=disable")  # its default label lets no container connect to a socket of the host's
    return {
        "user": "0:0" if owned_by_root else f"{os.geteuid()}:{os.getegid()}",
        "userns_mode": "host" if any("name=userns" in option for option in engine.options) else None,
        "network_mode": "none",
        "ipc_mode": "none",
        "read_only": True,
        "cap_drop": ["ALL"],
        "cap_add": _RIGHTS_FOR_OWN_UIDS if own_uids else None,
        "security_opt": options,
        "pids_limit": processes,
        "mem_limit": memory_bytes,
        "memswap_limit": memory_bytes,
        "tmpfs": {"/tmp": f"size={_TMP_BYTES},mode={'0700' if owned_by_root else '1777'},noexec,nosuid,nodev"},  # noqa: S108
        "ulimits": ulimits(),
        "log_config": LogConfig(type="none"),
        "auto_remove": True,
        "hostname": "worker",
        "working_dir": "/",
        "entrypoint": [],
    }


def _mounts(scratch: Path, control: Path) -> list[Any]:
    from docker.types import Mount

    return [
        Mount(f"{_INSIDE}/tree", str(scratch / "tree"), "bind", read_only=True),
        Mount(f"{_INSIDE}/work", str(scratch / "work"), "bind"),
        Mount(f"{_INSIDE}/control", str(control), "bind"),
    ]


@contextlib.contextmanager
def _listening(folder: Path) -> Iterator[socket.socket]:
    """A socket in the folder, for one zygote. Named through a descriptor: a socket's path may have 107 bytes only."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            listener.bind(f"/proc/self/fd/{descriptor}/zygote")
        finally:
            os.close(descriptor)
        listener.listen(1)
        listener.settimeout(_POLL_SECONDS)
        try:
            yield listener
        finally:
            (folder / "zygote").unlink(missing_ok=True)


def _connected(container: Container, listener: socket.socket, folder: Path) -> _Contained:
    """The zygote, once it has connected and has been found to be the container's first process."""
    from docker.errors import NotFound

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            container.reload()
        except NotFound as error:
            raise OSError("it ended before its zygote had connected") from error
        try:
            control, _ = listener.accept()
            break
        except TimeoutError:
            if time.monotonic() > deadline:
                raise TimeoutError("the container's zygote did not connect") from None
    try:
        return _Contained(container, control, _pidfd_of_first(container, control), folder)
    except BaseException:
        control.close()
        raise


def _pidfd_of_first(container: Container, control: socket.socket) -> int:
    """A pidfd of the process at the other end, which must be the container's first: all others end with it."""
    peer, _, _ = _CREDENTIALS.unpack(control.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size))
    elsewhere = "the process that connected is not the container's: does the engine run in a virtual machine?"
    if peer == 0:
        raise OSError(elsewhere)
    pidfd = os.pidfd_open(peer)  # before its number is compared, so that it cannot have come to mean another process
    try:
        container.reload()
        if container.attrs["State"]["Pid"] != peer:
            raise OSError(elsewhere)
    except BaseException:
        os.close(pidfd)
        raise
    return pidfd


def _remove(container: Container) -> None:
    """Remove a container that may be removing itself at this moment, and wait until it is gone."""
    from docker.errors import APIError, NotFound

    deadline = time.monotonic() + _GONE_SECONDS
    while time.monotonic() < deadline:
        try:
            container.remove(force=True)
        except NotFound:
            return
        except APIError:  # `removal is already in progress`
            time.sleep(0.01)


def _last_words(folder: Path) -> str:
    """The end of what the zygote and its children printed."""
    try:
        with (folder / "said").open("rb") as log:
            log.seek(max(0, (folder / "said").stat().st_size - _LAST_BYTES))
            return log.read(_LAST_BYTES).decode("utf-8", "replace").strip()
    except OSError:
        return ""


def _failed(what: str, said: str) -> AutograderError:
    return AutograderError(
        "sandbox-failed",
        f"the container could not be started: {what.strip().splitlines()[-1][:500]}",
        why=said or "Nothing was said inside it.",
        fix="run `autograder doctor` to see what this machine lacks, and `autograder image show` for its image",
    )
