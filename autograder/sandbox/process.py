"""Level 1, process walls: workers forked from a warm zygote under Landlock, seccomp, rlimits and a watch."""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
import sysconfig
import threading
from pathlib import Path

from autograder.sandbox.scratch import Scratch, remove
from autograder.sandbox.tree import worker_tree
from autograder.sandbox.watch import Watch, Watched, WatchLimits
from autograder.sandbox.worker import WorkerLimits
from autograder.sandbox.zygote import Zygote

PLATFORM = "platform"
"""The reason of a worker that died with its sandbox."""
_END_SECONDS = 30.0
_MOST_RENEWALS = 3
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

    def __init__(
        self,
        connection: socket.socket,
        pidfd: int,
        folder: Path,
        zygote: Zygote,
        watch: Watch,
        watched: Watched | None,
    ) -> None:
        self.connection = connection
        self._pidfd = pidfd
        self._folder = folder
        self._zygote = zygote
        self._watch = watch
        self._watched = watched
        self._ended = False
        self._reason: tuple[str, str] | None = None

    def end(self) -> tuple[str, str] | None:
        """Kill, wait until the process is gone, remove its folder; which limit had killed it before."""
        if self._ended:
            return self._reason
        self._ended = True
        if not self._zygote.alive:
            self._reason = PLATFORM, "the sandbox died, and took the process that ran your code with it"
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        select.select([self._pidfd], [], [], _END_SECONDS)
        if self._watched is not None:
            self._reason = self._watched.killed_for or self._reason
            self._watch.remove(self._watched)
        os.close(self._pidfd)
        remove(self._folder)
        return self._reason


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
        self._environment = _environment(self._scratch)
        self._preload = preload
        self._renewed = 0
        try:
            self._zygote = Zygote(self._tree, self._environment, preload)
        except BaseException:
            self._held.remove()
            raise
        self.versions = self._zygote.versions

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
        try:
            with theirs, self._lock:
                zygote = self._living_zygote()
                pid, pidfd = zygote.fork(job, theirs)
        except BaseException:
            ours.close()
            remove(folder)
            raise
        watched = self._watched(pid, pidfd, limits, folder, zygote.baseline_kb)
        return ProcessWorker(ours, pidfd, folder, zygote, self._watch, watched)

    def close(self) -> None:
        """End the zygote; its workers die with it. Remove every file."""
        self._zygote.close()
        self._held.remove()

    def _living_zygote(self) -> Zygote:
        """The zygote, or a new one where it died: the workers it took along are lost, the rest of the batch is not."""
        if not self._zygote.alive and self._renewed < _MOST_RENEWALS:
            self._renewed += 1
            self._zygote.close()
            self._zygote = Zygote(self._tree, self._environment, self._preload)
        return self._zygote

    def _watched(self, pid: int, pidfd: int, limits: WorkerLimits, folder: Path, baseline_kb: int) -> Watched | None:
        bounds = WatchLimits(limits.memory_bytes, limits.threads, limits.disk_bytes)
        try:
            return self._watch.add(pid, pidfd, bounds, str(folder), baseline_kb)
        except ProcessLookupError:
            return None  # ended already: the examiner will find the socket closed


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
