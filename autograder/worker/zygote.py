"""The warm parent of workers: imports once, then forks a locked child for each request. Runs no student code itself.

Control messages are JSON datagrams on a socket of the sandbox's; descriptors travel beside them.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import random
import socket
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.wire.forking import Job, fork_for_each
from autograder.wire.graph import make_attach
from autograder.worker import gpu
from autograder.worker.enclosure import enclose
from autograder.worker.loaders import load_in_process
from autograder.worker.locks import Locks, Prepared, hide, prepare
from autograder.worker.originals import Originals, originals
from autograder.worker.rehearsal import rehearse
from autograder.worker.serve import serve
from autograder.worker.view import named, readable

_DATAGRAM = 1 << 20
_NOT_STARTED = 70
_THREADS_END = 5.0
"""Seconds."""


def main(control_fd: int) -> None:
    """Preload, tell what was loaded, then fork on request until the sandbox closes the control socket."""
    control = socket.socket(fileno=control_fd)
    settings = json.loads(control.recv(_DATAGRAM))
    if settings["enclosure"]:
        enclose(settings["enclosure"], named(), settings["work"], [str(path) for path in Path("/dev").glob("nvidia*")])
    torch = _preload(settings["preload"], settings["likely"])
    warm = _Warm(settings["work"], originals(torch), prepare(readable()) if settings["walls"] else None)
    make_attach(warm.originals.torch)
    hide()
    threads = _threads()
    if threads != 1:
        raise RuntimeError(f"the zygote has {threads} threads: a fork of it could hang")
    if warm.locks is not None:
        gpu.assert_untouched(torch)
    versions = {"torch": torch.__version__, "python": sys.version.split()[0]}
    own = os.pidfd_open(os.getpid())
    _answer(control, versions, own)
    os.close(own)
    _serve(control, warm)


def _serve(control: socket.socket, warm: _Warm) -> None:
    """Give a worker to each that asks for one, until the sandbox closes the control socket."""

    def next_job() -> Job | None:
        job, descriptors, _, _ = socket.recv_fds(control, _DATAGRAM, 1)
        return (job, descriptors[0]) if job else None

    fork_for_each(
        control,
        next_job,
        lambda pidfd: _answer(control, {}, pidfd),
        lambda job, connection: _child(json.loads(job), connection, warm),
        lambda: rehearse(warm.originals),
    )


@dataclass(frozen=True)
class _Warm:
    """What every fork starts from. `locks` is None where the walls were waived in plain words."""

    work: str
    originals: Originals
    locks: Prepared | None


def _preload(names: list[str], likely: list[str]) -> Any:
    """Import torch and what the assignment names, and do once what costs much the first time."""
    torch: Any = importlib.import_module("torch")
    torch.set_num_threads(1)
    load_in_process()
    layer = torch.nn.Linear(2, 2)
    optimizer = torch.optim.Adam(layer.parameters())  # the first optimizer imports half of torch
    torch.nn.functional.cross_entropy(layer(torch.ones(3, 2)), torch.zeros(3, dtype=torch.long)).backward()
    optimizer.step()
    for name in ("asyncio", "numpy.random", "torch.utils.data", "traceback", *names):
        importlib.import_module(name)
    for name in likely:
        with contextlib.suppress(Exception):  # a notebook may try what is not there, and do without
            importlib.import_module(name)
    _warm_plots()
    _seed(0, torch)
    return torch


def _warm_plots() -> None:
    """Draw once, so that the font cache is read before the fork."""
    if "matplotlib.pyplot" in sys.modules:
        pyplot: Any = sys.modules["matplotlib.pyplot"]
        figure, axes = pyplot.subplots()
        axes.set_title("warm")
        figure.canvas.draw()
        pyplot.close(figure)


def _threads() -> int:
    """How many there are once those that were joined are gone: on a busy machine the kernel takes a moment."""
    deadline = time.monotonic() + _THREADS_END
    while (count := len(list(Path("/proc/self/task").iterdir()))) > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    return count


def _answer(control: socket.socket, message: dict[str, Any], pidfd: int) -> None:
    """Say something of a process; its pidfd goes beside it."""
    socket.send_fds(control, [json.dumps(message).encode()], [pidfd])


def _child(job: dict[str, Any], connection: int, warm: _Warm) -> None:
    """Become the worker. Never returns; whatever fails before the locks are on ends the process."""
    folder = f"{warm.work}/{job['folder']}"
    try:
        os.setsid()  # a scheduling group of its own (autogroup): thirty threads then get the time of one
        for variable in ("HOME", "TMPDIR", "MPLCONFIGDIR"):
            os.environ[variable] = folder
        tempfile.tempdir = folder  # a module loaded ahead may have asked for the zygote's
        _seed(job["seed"], sys.modules["torch"])
        own_gpu = gpu.gpu_of(job)
        if own_gpu:
            gpu.settle(own_gpu, folder, sys.modules["torch"])
        begun = time.monotonic()
        if warm.locks is not None:
            warm.locks.apply(_locks(job, connection, folder, own_gpu))
        walls = begun, time.monotonic() - begun
        low = os.dup(connection)  # the lowest that is free: nothing of its number tells what this process had open
        os.close(connection)
        os.chdir(folder)
        if own_gpu:
            gpu.start(own_gpu, sys.modules["torch"])
            sys.modules["torch"].cuda.manual_seed(job["seed"])
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
    except BaseException:
        traceback.print_exc()  # into the zygote's log: no student code has run
        sys.stderr.flush()
        os._exit(_NOT_STARTED)
    try:
        sys.path.append(folder)
        serve(warm.originals, socket.socket(fileno=low), job["output_chars"], walls)
    finally:
        os._exit(0)


def _locks(job: dict[str, Any], connection: int, folder: str, own_gpu: gpu.Gpu | None) -> Locks:
    return Locks(
        read=own_gpu.readable if own_gpu else (),
        write=(folder,),
        devices=own_gpu.devices if own_gpu else (),
        keep_fds=(connection,),
        cores=tuple(job["cores"]),
        **job["limits"],
    )


def _seed(seed: int, torch: Any) -> None:
    """Every generator of the child's starts from the attempt's seed, not from the zygote's state."""
    random.seed(seed)
    torch.default_generator.manual_seed(seed)  # torch.manual_seed() looks for every kind of device, which takes 2 ms
    sys.modules["numpy"].random.seed(seed % 2**32)
