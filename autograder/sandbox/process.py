"""Level 1, process walls: workers forked from a warm zygote under Landlock, seccomp, rlimits and a watch."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from pathlib import Path

from autograder.errors import AutograderError
from autograder.sandbox.scratch import Scratch, remove
from autograder.sandbox.tree import START, worker_tree
from autograder.sandbox.watch import Watch, Watched, WatchLimits, usage
from autograder.sandbox.worker import WorkerLimits

_DATAGRAM = 1 << 20
_READY_SECONDS = 300.0
_FORK_SECONDS = 30.0
_LARGEST_FILE_SHARE = 2
_SYSTEM = (
    "/lib",
    "/lib64",
    "/usr/lib",
    "/usr/lib64",
    "/usr/share/fonts",
    "/usr/share/zoneinfo",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/fonts",
    "/etc/mime.types",
    "/proc/cpuinfo",
    "/proc/meminfo",
    "/sys/devices/system/cpu",
)


class ProcessWorker:
    """A locked process, its work folder, and the socket to it."""

    def __init__(self, connection: socket.socket, pidfd: int, folder: Path, watch: Watch, watched: Watched | None):
        self.connection = connection
        self._pidfd = pidfd
        self._folder = folder
        self._watch = watch
        self._watched = watched
        self._ended = False

    def end(self) -> tuple[str, str] | None:
        """Kill, wait until the process is gone, remove its folder; which limit had killed it before."""
        reason = self._watched.killed_for if self._watched is not None else None
        if self._ended:
            return reason
        self._ended = True
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        select.select([self._pidfd], [], [], _FORK_SECONDS)
        if self._watched is not None:
            reason = self._watched.killed_for
            self._watch.remove(self._watched)
        os.close(self._pidfd)
        remove(self._folder)
        return reason


class ProcessSandbox:
    """One zygote for one environment, and the workers forked from it. Safe to use from several threads."""

    level = "process"

    def __init__(self, preload: tuple[str, ...] = ()) -> None:
        """Start the zygote; it is ready when this returns.

        Args:
            preload: modules to import before the first fork, besides torch.

        Raises:
            AutograderError: `sandbox-failed`, with what the zygote said.
        """
        self._lock = threading.Lock()
        self._watch = Watch()
        self._held = Scratch()
        self._scratch = self._held.path
        self._tree = worker_tree(self._scratch / "tree")
        (self._scratch / "work").mkdir()
        # Only what is named here may be opened. The tree holds wire/ and worker/ and nothing else of ours.
        self._read = tuple(str(p) for p in (*_python_paths(), self._tree, *map(Path, _SYSTEM)) if p.exists())
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 (closed by close())
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-c", START, str(self._tree), "zygote", str(theirs.fileno())],
                env=_environment(self._scratch),
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control.settimeout(_READY_SECONDS)
        self._control.send(json.dumps({"preload": list(preload)}).encode())
        self.versions: dict[str, str] = json.loads(self._reply()[0])
        self._baseline = usage(self._process.pid).memory_kb

    def start(self, files: tuple[tuple[str, bytes], ...], limits: WorkerLimits, seed: int) -> ProcessWorker:
        """Fork a worker; see Sandbox."""
        folder = self._scratch / "work" / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        for name, content in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        ours, theirs = socket.socketpair()
        job = {
            "folder": str(folder),
            "read": self._read,
            "seed": seed,
            "memory_bytes": limits.memory_bytes,
            "file_bytes": max(limits.disk_bytes // _LARGEST_FILE_SHARE, 1 << 20),
            "open_files": limits.open_files,
            "cpu_seconds": limits.cpu_seconds,
            "output_chars": limits.output_chars,
        }
        with theirs, self._lock:
            self._control.settimeout(_FORK_SECONDS)
            socket.send_fds(self._control, [json.dumps(job).encode()], [theirs.fileno()])
            data, descriptors = self._reply()
        pid, pidfd = int(json.loads(data)["pid"]), descriptors[0]
        return ProcessWorker(ours, pidfd, folder, self._watch, self._watched(pid, pidfd, limits, folder))

    def close(self) -> None:
        """End the zygote; its workers die with it. Remove every file."""
        self._control.close()
        try:
            self._process.wait(2.0)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._held.remove()

    def _watched(self, pid: int, pidfd: int, limits: WorkerLimits, folder: Path) -> Watched | None:
        bounds = WatchLimits(limits.memory_bytes, limits.threads, limits.disk_bytes)
        try:
            return self._watch.add(pid, pidfd, bounds, str(folder), self._baseline)
        except ProcessLookupError:
            return None  # ended already: the examiner will find the socket closed

    def _reply(self) -> tuple[bytes, list[int]]:
        try:
            data, descriptors, _, _ = socket.recv_fds(self._control, _DATAGRAM, 1)
        except OSError as error:
            raise self._failed(f"the zygote did not answer: {error}") from error
        if not data:
            raise self._failed("the zygote ended")
        return data, descriptors

    def _failed(self, what: str) -> AutograderError:
        self._log.seek(0)
        said = self._log.read()[-2000:].decode("utf-8", "replace").strip()
        return AutograderError(
            "sandbox-failed",
            f"the sandbox failed: {what}",
            why=said or "It said nothing.",
            fix="run `autograder doctor` to see what this machine lacks",
        )


def _environment(scratch: Path) -> dict[str, str]:
    """All that the zygote, and so every student, finds in the environment."""
    (scratch / "home").mkdir()
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(scratch / "home"),
        "LANG": "C.UTF-8",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(scratch / "home"),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _python_paths() -> set[Path]:
    """Where this interpreter, its standard library and its packages lie, links resolved."""
    paths = sysconfig.get_paths()
    named = {paths[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    library = sysconfig.get_config_var("LIBDIR")
    if library and library not in ("/usr/lib", "/lib"):
        named.add(library)
    return {Path(path).resolve() for path in named}
