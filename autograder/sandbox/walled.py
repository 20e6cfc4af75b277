"""Workers behind walls: forked from a warm zygote under Landlock, seccomp, rlimits and a watch, wherever it runs."""

from __future__ import annotations

import contextlib
import os
import secrets
import select
import signal
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from autograder.sandbox.gpu import CONTEXT_HOST_BYTES, GpuLease, Gpus
from autograder.sandbox.leases import Lease
from autograder.sandbox.place import Place
from autograder.sandbox.renewal import Renewal
from autograder.sandbox.scratch import Scratch, remove
from autograder.sandbox.slots import Slots
from autograder.sandbox.tree import DATA, worker_tree
from autograder.sandbox.watch import Watch, Watched, WatchLimits
from autograder.sandbox.worker import WorkerLimits
from autograder.sandbox.zygote import Forked, Zygote

PUBLIC_DATA = "public/data"
"""Where a notebook finds it, in a release as here."""
PLATFORM = "platform"
"""The reason of a worker that died with its sandbox."""
_END_SECONDS = 30.0
_LARGEST_FILE_SHARE = 2
SPARE_THREADS = 16
"""How many more threads than allowed the kernel lets a worker start: the watch then names the limit that it broke."""
_SPARE_CPU_SECONDS = 2


class WalledWorker:
    """A locked process, its work folder, and the socket to it."""

    def __init__(
        self,
        connection: socket.socket,
        forked: Forked,
        folder: Path,
        slot: Lease,
        zygote: Zygote,
        said_before: str,
        watch: Watch,
        watched: Watched | None,
        gpu: GpuLease | None,
        zygotes: Renewal[Zygote],
    ) -> None:
        self.connection = connection
        self._pidfd = forked.pidfd
        self._folder = folder
        self._slot = slot
        self._zygote = zygote
        self._watch = watch
        self._watched = watched
        self._gpu = gpu
        self._zygotes = zygotes
        self._said_before = said_before
        self._ended = False
        self._reason: tuple[str, str] | None = None

    def end(self) -> tuple[str, str] | None:
        """Kill, wait until the process is gone, remove its folder; which limit had killed it before."""
        if self._ended:
            return self._reason
        self._ended = True
        if not self._zygote.alive:
            self._reason = PLATFORM, "the sandbox died, and took the process that ran your code with it"
        else:
            self._zygotes.lived()
        if self._reason is None and self._zygote.said() != self._said_before:
            self._reason = PLATFORM, f"a process could not be made ready for your code\n{self._zygote.said()}"
        self.connection.close()
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        gone = bool(select.select([self._pidfd], [], [], _END_SECONDS)[0])
        if self._watched is not None:
            self._reason = self._watched.killed_for or self._reason
            self._watch.remove(self._watched)
        if self._gpu is not None:
            self._gpu.end_watch()
            self._reason = self._gpu.killed_for or self._reason
        os.close(self._pidfd)
        self._zygotes.ended(self._zygote)
        remove(self._folder)
        if gone:  # a process that cannot be killed keeps its slot, and so its user id, and its GPU
            self._slot.release()
            if self._gpu is not None:
                self._gpu.release()
        return self._reason


class WalledSandbox:
    """One zygote for one environment, and the workers forked from it. Safe to use from several threads."""

    def __init__(
        self,
        place: Callable[[Path], Place],
        *,
        preload: tuple[str, ...] = (),
        likely: tuple[str, ...] = (),
        jobs: int = 1,
        walls: bool = True,
        gpus: Gpus | None = None,
        data: Path | None = None,
    ) -> None:
        """Start the zygote; it is ready when this returns.

        Args:
            place: makes, from a scratch folder that holds tree/ and work/, the place where zygotes run.
            preload: modules to import before the first fork, besides torch.
            likely: the same, where they can be imported.
            jobs: how many workers will run at a time; the cores are shared out among so many.
            walls: False for level 0, none at all, which nobody gets without asking for it in plain words.
            gpus: those that workers may be given; this sandbox's to close.
            data: a folder that workers may read as PUBLIC_DATA in theirs, and nobody can change.

        Raises:
            AutograderError: `sandbox-failed`, with what the zygote said.
        """
        self._watch = Watch()
        self._held = Scratch()
        self._work = self._held.path / "work"
        try:
            worker_tree(self._held.path / "tree", data)
            self._work.mkdir(mode=0o711)
            self._place = place(self._held.path)
            # Users of their own reach their folders, whose names they would have to guess, but cannot list them.
            self._held.path.chmod(0o711 if self._place.own_uids else 0o700)
            self._slots = Slots(jobs, own_uids=self._place.own_uids)
            self._zygotes = Renewal(partial(Zygote, self._place, preload, walls, likely))
        except BaseException:
            self._held.remove()
            raise
        self._data = f"{self._place.tree}/{DATA}" if data is not None else ""
        self._gpus = gpus
        # The driver's device nodes do not hold root: workers must be somebody else.
        unprivileged = self._place.own_uids or os.geteuid() != 0
        self.gpu_slots = gpus.count if gpus is not None and unprivileged else 0
        self.level = self._place.level
        self.versions = self._zygotes.now.versions | self._place.details

    def start(
        self, files: tuple[tuple[str, bytes], ...], limits: WorkerLimits, seed: int, gpu: bool = False
    ) -> WalledWorker:
        """Fork a worker; see Sandbox."""
        if not gpu:
            return self._start(files, limits, seed, None)
        assert self._gpus is not None, "ask gpu_slots first"
        lease = self._gpus.lease()
        try:
            return self._start(files, limits, seed, lease)
        except BaseException:
            lease.release()
            raise

    def _start(
        self, files: tuple[tuple[str, bytes], ...], limits: WorkerLimits, seed: int, gpu: GpuLease | None
    ) -> WalledWorker:
        if gpu is not None:
            limits = replace(limits, memory_bytes=limits.memory_bytes + CONTEXT_HOST_BYTES)
        slot = self._slots.lease()
        folder = self._work / secrets.token_hex(8)
        ours, theirs = socket.socketpair()
        try:
            _fill(folder, files, self._slots.uid(slot), self._data)
            job = self._job(folder.name, limits, seed, slot) | {"gpu": gpu and gpu.job(limits.gpu_bytes)}
            with theirs:
                zygote, (said_before, forked, baseline_kb) = self._zygotes.fork(
                    lambda warm: (warm.said(), warm.fork(job, theirs), warm.baseline_kb)
                )
        except BaseException:
            ours.close()
            remove(folder)
            slot.release()
            raise
        watched = self._watched(forked, limits, folder, baseline_kb)
        if gpu is not None:
            gpu.watch(forked.pid, forked.pidfd, limits.gpu_bytes)
        return WalledWorker(ours, forked, folder, slot, zygote, said_before, self._watch, watched, gpu, self._zygotes)

    def close(self) -> None:
        """End the zygote; its workers die with it. Remove every file."""
        self._zygotes.close()
        if self._gpus is not None:
            self._gpus.close()
        self._held.remove()

    def _job(self, folder: str, limits: WorkerLimits, seed: int, slot: Lease) -> dict[str, object]:
        return {
            "folder": folder,
            "seed": seed,
            "output_chars": limits.output_chars,
            "cores": self._slots.cores(slot),
            "limits": {
                "memory_bytes": limits.memory_bytes,
                "file_bytes": max(limits.disk_bytes // _LARGEST_FILE_SHARE, 1 << 20),
                "open_files": limits.open_files,
                "cpu_seconds": limits.cpu_seconds + _SPARE_CPU_SECONDS,
                "threads": limits.threads + SPARE_THREADS,
                "uid": self._slots.uid(slot),
            },
        }

    def _watched(self, forked: Forked, limits: WorkerLimits, folder: Path, baseline_kb: int) -> Watched | None:
        bounds = WatchLimits(limits.memory_bytes, limits.threads, limits.disk_bytes, limits.cpu_seconds)
        try:
            return self._watch.add(forked.pid, forked.pidfd, bounds, str(folder), baseline_kb)
        except ProcessLookupError:
            return None  # ended already: the examiner will find the socket closed


def _fill(folder: Path, files: tuple[tuple[str, bytes], ...], uid: int | None, data: str) -> None:
    """Make a work folder with these files, which the user `uid` may change, and a link to the public data."""
    folder.mkdir(mode=0o700)
    made = {folder}
    for name, content in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        made |= {path, *(p for p in path.parents if p.is_relative_to(folder))}
    link = folder / PUBLIC_DATA
    if data and not link.exists() and not link.parent.is_file():  # a submission may bring its own
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(data)
        made |= {link, link.parent}
    if uid is not None:
        for path in made:
            os.chown(path, uid, uid, follow_symlinks=False)
