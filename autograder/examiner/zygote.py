"""The warm parent of examiners: collects the checks once, then forks for each submission and runs them there."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import platform
import socket
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from autograder.checks import Failure, explain, score
from autograder.checks.comparing.audit import auditing
from autograder.course import CodeCell, Outcome, Part, Reason
from autograder.examiner import messages as m
from autograder.examiner.behaviour import Behaviour, Step, Witness
from autograder.examiner.devices import Gpus, Lost, NoGpu
from autograder.examiner.judge import judge
from autograder.examiner.plugin import CollectionFailed, ExaminerPlugin, collect
from autograder.examiner.rehearsal import CHECKS, rehearse
from autograder.examiner.session import Budget, Session
from autograder.examiner.spans import now
from autograder.examiner.student import SessionProvider
from autograder.examiner.timekeeper import Timekeeper
from autograder.wire.forking import Job, fork_for_each
from autograder.wire.graph import make_attach

_ENDED = frozenset((Reason.TIMEOUT, Reason.WORKER_DIED, Reason.OUT_OF_MEMORY, Reason.LIMIT, Reason.PROTOCOL))


def main() -> None:
    """Prepare as told on the control socket, then fork on request until it closes."""
    control = socket.socket(fileno=int(sys.argv[1]))
    message, _ = m.receive(control)
    assert isinstance(message, m.Prepare)
    torch = _preload(message.preload)
    _hide()
    plugin = ExaminerPlugin()

    def serve(_: pytest.Session) -> None:
        versions = {"torch": str(torch.__version__), "pytest": pytest.__version__, "platform": platform.platform()}
        m.send(control, m.Ready([_listed(plugin, name) for name in plugin.checks], versions))
        _serve(control, torch, plugin)

    try:
        collect(plugin, [Path(folder) for folder in message.folders], serve, besides=CHECKS)
    except CollectionFailed as failed:
        m.send(control, m.Refused(str(failed)))


def _preload(names: list[str]) -> Any:
    if sys.platform == "linux":
        import resource  # noqa: F401
    import torch
    import torch.testing

    torch.set_num_threads(1)
    z = torch.ones(2, 3, dtype=torch.float64, requires_grad=True)
    torch.autograd.gradcheck(lambda t: t.softmax(-1), z)  # what costs much the first time
    torch.optim.SGD([z], lr=0.1).step()
    make_attach(torch)
    for name in names:
        importlib.import_module(name)
    return torch


def _hide() -> None:
    """No other process of this user may read our memory: it holds the hidden checks and labels."""
    if sys.platform == "linux":
        import ctypes

        pr_set_dumpable = 4
        ctypes.CDLL(None).prctl(pr_set_dumpable, 0, 0, 0, 0)


def _bound_memory(more: int) -> None:
    """Take `more` bytes and no more: a small frame can make a check ask for any amount (`sorted(range(10**9))`)."""
    if sys.platform == "linux":
        import resource

        descriptor = os.open("/proc/self/status", os.O_RDONLY)  # as bytes: a codec's first use copies many pages
        status = os.read(descriptor, 8192)
        os.close(descriptor)
        kilobytes = int(status.partition(b"\nVmData:")[2].split(None, 1)[0])
        resource.setrlimit(resource.RLIMIT_DATA, ((kilobytes << 10) + more, (kilobytes << 10) + more))


def _listed(plugin: ExaminerPlugin, name: str) -> m.Check:
    info = plugin.checks[name][0]
    spec = info.spec
    return m.Check(name, spec.exercise, spec.points, spec.hint, spec.seconds, info.public, spec.gpu)


def _serve(control: socket.socket, torch: Any, plugin: ExaminerPlugin) -> None:
    """Give an examiner to each job, until the supervisor closes the control socket."""

    def next_job() -> Job | None:
        try:
            _, descriptors = m.receive(control)
        except EOFError:
            return None
        return b"-", descriptors[0]

    def work(_: bytes, connection: int) -> None:
        with socket.socket(fileno=connection) as job:
            _examine(job, torch, plugin)
        os._exit(0)

    fork_for_each(
        control, next_job, lambda pidfd: m.send(control, m.Forked(), (pidfd,)), work, lambda: rehearse(torch, plugin)
    )


class _Supervised:
    """Workers asked of the supervisor, which owns the sandbox."""

    def __init__(self, job: socket.socket) -> None:
        self._job = job

    def start(self, gpu: bool) -> socket.socket:
        m.send(self._job, m.NeedWorker(gpu))
        message, descriptors = m.receive(self._job)
        assert isinstance(message, m.GiveWorker)
        if message.failed:
            raise Lost(message.failed)
        return socket.socket(fileno=descriptors[0])

    def end(self) -> tuple[str, str] | None:
        m.send(self._job, m.EndWorker())
        message, _ = m.receive(self._job)
        assert isinstance(message, m.Ended)
        return (message.reason, message.message) if message.reason else None


def _examine(connection: socket.socket, torch: Any, plugin: ExaminerPlugin) -> None:
    """Judge one submission: a finding for each check, as soon as it is known."""
    job, _ = m.receive(connection)
    assert isinstance(job, m.Job)
    cells = tuple(CodeCell(c.number, c.source, c.exercise or None, c.problem) for c in job.cells)
    budget = Budget(job.cell_seconds, job.seconds)
    gpus = Gpus.LEASED if job.gpu else Gpus.NONE
    _bound_memory(job.memory)
    session = Session(torch, _Supervised(connection), cells, budget, job.modules, gpus, job.weights)
    session.keeps = plugin.has_cells
    timekeeper = session.timekeeper = Timekeeper(job.since) if job.since is not None else None
    score.exact.set(job.exact)
    plugin.provider = SessionProvider(session)
    plugin.seed = job.seed
    torch.default_generator.manual_seed(job.seed)  # torch.manual_seed() looks for every kind of device: 5 ms
    if not job.judged:
        session.begin(job.seconds)
    plugin.began = lambda name: m.send(connection, m.At(name, timed=True))
    judged = []
    for name in _in_order(plugin, job.only) if job.judged else ():
        m.send(connection, m.At(name))
        found = _judged(plugin, name)
        m.send(connection, found)
        session.timed(name)
        judged.append(found)
    session.timekeeper = None  # what it takes to look again is not the checks' time
    if job.watch is not None:
        plugin.began = None
        for name in _watched(job.watch, judged):
            looking = now()
            m.send(connection, _behaved(plugin, session, torch, job.watch, name))
            if timekeeper is not None:
                timekeeper.spans.add(Part.DIAGNOSIS, looking, now() - looking)
    spans = tuple(timekeeper.spans.noted) if timekeeper is not None else ()
    m.send(connection, m.Done(session.reports.problems, session.reports.traces, spans))


def _watched(watch: m.Watch, judged: list[m.Found | m.Unfit]) -> list[str]:
    """The checks to look at: where an answer was judged, those that it failed and lived through."""
    if not judged:
        return list(watch.checks)
    findings = [found.finding for found in judged if isinstance(found, m.Found)]
    failed = [f.check for f in findings if f.outcome is Outcome.FAILED and f.reason not in _ENDED]
    return [check for check in failed if check in watch.checks]


def _behaved(plugin: ExaminerPlugin, session: Session, torch: Any, watch: m.Watch, name: str) -> m.Behaved:
    """How the answer behaves in that check, on the inputs of the watch's seed. How it ends is nobody's verdict."""

    def watched(judged: int) -> tuple[tuple[Step, ...], explain.Mismatches]:
        """The steps, with the first `judged` mismatches judged, and all others overlooked."""
        witness = Witness(lambda value: type(value) in (torch.Tensor, torch.nn.Parameter))
        counted = explain.Mismatches(judged)
        if session.fault is None:
            token = explain.mismatches.set(counted)
            with contextlib.suppress(Lost, Failure):
                session.begin(spec.seconds, spec.gpu, spec.in_place)
                session.reseed(watch.seed)
                session.witness = witness
                plugin.run(name)
            explain.mismatches.reset(token)
            session.witness = None
            plugin.forget()
        return witness.steps, counted

    spec = plugin.checks[name][0].spec
    plugin.seed = watch.seed
    start = time.perf_counter()
    blunt: tuple[str, ...] = ()
    if watch.audited:
        with auditing() as seen:
            steps, counted = watched(sys.maxsize)
        blunt = seen.blunt
    else:
        steps, counted = watched(sys.maxsize)
    seconds = time.perf_counter() - start
    # The last mismatch is the one at which the check ended.
    beyond = watched(counted.seen - 1)[0] if counted.seen else steps
    return m.Behaved(name, Behaviour(steps, beyond), blunt, seconds)


def _judged(plugin: ExaminerPlugin, name: str) -> m.Found | m.Unfit:
    try:
        judged = judge(plugin.checks[name][0], plugin.run(name))
    except Lost as lost:
        return m.Unfit(name, str(lost), again=not isinstance(lost, NoGpu))
    if judged.doubt:
        plugin.forget()
        gc.collect()  # the frames of a check that stumbled over a large value hold it: the next one needs the room
    return m.Found(judged.finding, judged.doubt)


def _in_order(plugin: ExaminerPlugin, only: list[str]) -> list[str]:
    """Cheap ones first, as their authors say, so that most of a verdict is known soon. Those of a GPU last: the worker
    is started anew for the first of them, and holds a GPU from then on."""

    def cost(name: str) -> tuple[bool, float]:
        spec = plugin.checks[name][0].spec
        return bool(spec.gpu), spec.seconds

    return sorted(only or plugin.checks, key=cost)


if __name__ == "__main__":
    main()
