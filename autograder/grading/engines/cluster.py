"""The engine of a Ray cluster: one actor on each node, which holds a warm grader. Nothing else imports Ray.

Ray carries tasks out and news back, tells which nodes there are, and keeps others off the cores and GPUs that we
lease. Only this process writes to the gradebook.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any, Self

from autograder.course import Assignment, Finding
from autograder.errors import AutograderError, Place
from autograder.grading.engines.bundle import pack
from autograder.grading.engines.dispatch import Dispatch, Member
from autograder.grading.engines.engine import Capacity, Done, Task
from autograder.grading.engines.node import Assigned, Finished, Node, Ready, Refused
from autograder.grading.environment import deciding

# Before Ray is imported. It would tell its makers about this cluster, print what it has to say about nodes into the
# middle of our own output, and start a cluster of its own where a thread asks for something after the end.
os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
os.environ["RAY_DEDUP_LOGS_SKIP_REGEX"] = "."
os.environ["RAY_ENABLE_AUTO_CONNECT"] = "0"

import ray
from ray.autoscaler.sdk import request_resources
from ray.exceptions import RayError
from ray.util.client import ray as client
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

PATIENCE_SECONDS = 600.0
"""How long a batch waits for a node while it has none."""
_LOOK_SECONDS = 1.0
_NEWS_SECONDS = 10.0
_END_SECONDS = 10.0
_MOST_RETURNS = 3
"""How often in a row a grader is started again on a node that lives while its graders die."""
_MOST_AT_ONCE = 8
"""Calls of a node's actor that run side by side. One waits for news all the time."""


@dataclass(frozen=True)
class Lease:
    """What is taken of each node. None: all that it has."""

    cpus: int | None = None
    """Also how many submissions it grades at a time."""
    gpus: float | None = None
    """May be a part of one, such as 0.5: whoever has the rest computes there at the same time."""

    def of(self, resources: Mapping[str, float]) -> tuple[int, float]:
        """CPUs and GPUs to lease of a node that has `resources`."""
        cpus, gpus = int(resources.get("CPU", 0)), resources.get("GPU", 0.0)
        return min(cpus, self.cpus or cpus), gpus if self.gpus is None else min(gpus, self.gpus)


def open_cluster(
    address: str,
    assignment: Assignment,
    *,
    isolation: str | None = None,
    lease: Lease = Lease(),
    told: Callable[[str], None] = lambda line: None,
    patience: float = PATIENCE_SECONDS,
) -> ClusterEngine:
    """An engine over the nodes of a running Ray cluster; returns when the first of them is warm.

    Args:
        address: `ray`: the cluster that this machine is part of, or RAY_ADDRESS names. `ray://host:10001`: through the
            server for clients on the head node. `host:6379`: from a machine that is part of that cluster.
        assignment: its folder is sent to the nodes.
        isolation: a level of autograder.sandbox.levels that all nodes must offer; None: the first node's strongest.
        lease: what to take of each node.
        told: is told in a line, from any thread, which nodes come and go, and why.
        patience: seconds to wait for a node, at the start and whenever there is none.

    Raises:
        AutograderError: `no-cluster`: none answers; `no-nodes`: no node came in time; or why no node can grade.
    """
    own = not ray.is_initialized()
    if own:
        _connect(address)
    engine = ClusterEngine(assignment, isolation, lease, told, patience, own)
    try:
        engine.wait_for_first()
    except BaseException:
        engine.close()
        raise
    return engine


class ClusterEngine:
    """Grades on whatever nodes the cluster has at the moment; see Engine. Made by open_cluster()."""

    def __init__(
        self,
        assignment: Assignment,
        isolation: str | None,
        lease: Lease,
        told: Callable[[str], None],
        patience: float,
        own: bool,
    ) -> None:
        """`own`: the connection to the cluster is this engine's to close."""
        self.assignment = assignment.slug
        self.version = assignment.version()
        self._isolation = isolation
        self._lease = lease
        self._told = told
        self._patience = patience
        self._own = own
        self._packed = ray.put(pack(assignment))
        self._actor: Any = ray.remote(Node)
        self._dispatch = Dispatch(self.assignment, self.version)
        self._changed = threading.Condition()
        self._serving: dict[str, Any] = {}
        """Node id -> its actor."""
        self._names: dict[str, str] = {}
        """Node id -> how people call it, for as long as this engine lives."""
        self._starts: dict[str, int] = {}
        self._refused: dict[str, Refused] = {}
        """Node id -> why it takes no part."""
        self._first: Ready | None = None
        self._alone_since = time.monotonic()
        self._closed = threading.Event()
        self._hinted = 0
        self._threads = [threading.Thread(target=self._look_after_nodes, name="nodes", daemon=True)]
        self._threads[0].start()

    def submit(
        self,
        task: Task,
        found: Callable[[Finding], None] | None = None,
        started: Callable[[str], None] | None = None,
    ) -> Future[Done]:
        """Have `task` graded on a node; see Engine."""
        return self._dispatch.submit(task, found, started)

    def cancel(self) -> None:
        """Forget the tasks that have not begun."""
        self._dispatch.cancel()

    def capacity(self) -> Capacity:
        """What the nodes offer that are warm now."""
        members = self._dispatch.members()
        return Capacity(
            slots=sum(member.slots for member in members),
            places=tuple(member.name for member in members),
            gpus=sum(member.gpus for member in members),
        )

    def close(self) -> None:
        """End the graders on all nodes; what is in flight comes to nothing. The cluster goes on."""
        self._closed.set()
        with self._changed:
            actors = list(self._serving.values())
            self._changed.notify_all()
        self._dispatch.fail(AutograderError("closed", "the cluster's engine has been closed"))
        with contextlib.suppress(Exception):  # the cluster may be gone
            asked = [*(actor.close.remote() for actor in actors), *self._hint(0)]
            ray.wait(asked, num_returns=len(asked), timeout=_END_SECONDS) if asked else None
            for actor in actors:
                ray.kill(actor)
        end = time.monotonic() + _END_SECONDS
        for thread in self._threads:  # a call that comes after the end finds no cluster
            thread.join(max(0.0, end - time.monotonic()))
        if self._own:
            ray.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def isolation(self) -> str:
        """The level, the same on all nodes."""
        return self._known().isolation

    @property
    def versions(self) -> Mapping[str, str]:
        """Of the first node. What decides verdicts is the same on all."""
        return self._known().versions

    @property
    def checks(self) -> tuple[Any, ...]:
        """Of the assignment, as autograder.examiner.messages.Check."""
        return self._known().checks

    def wait_for_first(self) -> None:
        """Wait until a node is warm.

        Raises:
            AutograderError: as open_cluster().
        """
        with self._changed:
            self._changed.wait_for(lambda: self._first is not None or self._all_refused(), self._patience)
            if self._first is not None:
                return
            if not self._refused:
                raise _no_nodes(self._patience)
            identity, refused = next(iter(self._refused.items()))
            name = self._names[identity]
        raise AutograderError(
            refused.code, f"no node of the cluster can grade; {name}: {refused.what}", why=refused.why, fix=refused.fix
        )

    def _known(self) -> Ready:
        assert self._first is not None, "wait_for_first() comes before anything else"
        return self._first

    def _all_refused(self) -> bool:
        return bool(self._refused) and not self._serving

    def _look_after_nodes(self) -> None:
        """Start a grader on each node that is there, and ask for more nodes while tasks wait."""
        while not self._closed.wait(_LOOK_SECONDS if self._starts else 0.0):
            try:
                for node in _nodes():
                    self._perhaps_start(node) if node["Alive"] else self._free_name_of(node["NodeID"])
                wanted = self._dispatch.wanted()
                if wanted > self.capacity().slots:
                    self._hint(max(wanted, self._hinted))
            except Exception as error:  # the head node does not answer: it may come back
                self._told(f"the cluster does not answer: {error}")
            if self._dispatch.members():
                self._alone_since = time.monotonic()
            elif self._first is not None and time.monotonic() - self._alone_since > self._patience:
                self._dispatch.fail(_no_nodes(self._patience))

    def _perhaps_start(self, node: Mapping[str, Any]) -> None:
        cpus, gpus = self._lease.of(node["Resources"])
        identity = node["NodeID"]
        if cpus < 1 or (self._lease.gpus and not gpus):
            return
        with self._changed:
            name = self._names.setdefault(identity, self._new_name(node))
            if identity in self._serving or identity in self._refused or self._closed.is_set():
                return
            self._starts[identity] = self._starts.get(identity, 0) + 1
            self._serving[identity] = actor = self._actor.options(
                num_cpus=cpus,
                num_gpus=gpus,
                max_concurrency=_MOST_AT_ONCE,
                max_restarts=0,
                max_task_retries=0,
                scheduling_strategy=NodeAffinitySchedulingStrategy(identity, soft=False),
            ).remote()
        member = (identity, name, actor, cpus, gpus)
        thread = threading.Thread(target=self._serve, args=member, name=f"node {name}", daemon=True)
        self._threads = [one for one in self._threads if one.is_alive()] + [thread]
        thread.start()

    def _new_name(self, node: Mapping[str, Any]) -> str:
        """The machine's name; with a piece of its number where one machine is several nodes."""
        name = str(node["NodeManagerHostname"])
        return name if name not in self._names.values() else f"{name}-{node['NodeID'][:6]}"

    def _free_name_of(self, identity: str) -> None:
        """The machine comes back as another node, by the same name."""
        with self._changed:
            if identity not in self._serving:
                self._names.pop(identity, None)
                self._refused.pop(identity, None)

    def _serve(self, identity: str, name: str, actor: Any, cpus: int, gpus: float) -> None:
        """Listen to one node for as long as it lives."""
        try:
            why = self._listen(identity, name, actor, cpus, gpus)
        except RayError as error:
            why = f"{type(error).__name__}: the node, or the grader on it, has died"
        except Exception as error:  # of the connection to the cluster, whatever it is
            why = f"{type(error).__name__}: {error}"
        with contextlib.suppress(Exception):
            ray.kill(actor)
        with self._changed:
            if self._starts[identity] > _MOST_RETURNS:
                self._refused.setdefault(identity, Refused("node-failed", why, fix="look into Ray's logs there"))
            del self._serving[identity]
            self._changed.notify_all()
        if not self._closed.is_set():
            moved = self._dispatch.leave(name, why)
            self._told(f"{name} is out: {why}" + (f"; {moved} submissions go elsewhere" if moved else ""))

    def _listen(self, identity: str, name: str, actor: Any, cpus: int, gpus: float) -> str:
        """Warm a node up and hand on what it says; why it takes no part (any more)."""
        assigned = Assigned(self.assignment, self.version, self._isolation, cpus, gpus > 0)
        answer: Ready | Refused = ray.get(actor.open.remote(assigned, self._packed))
        if isinstance(answer, Ready) and self._first is not None and answer.isolation != self._first.isolation:
            ray.get(actor.close.remote())
            answer = ray.get(actor.open.remote(replace(assigned, isolation=self._first.isolation), self._packed))
        if isinstance(answer, Ready):
            with self._changed:
                self._first = self._first or answer
            answer = _compared(answer, self._first)
        if isinstance(answer, Refused):
            with self._changed:
                self._refused[identity] = answer
            return f"{answer.what}. {answer.why}".strip()
        self._dispatch.join(Member(name, cpus, gpus, answer, send=actor.submit.remote, cancel=actor.cancel.remote))
        self._told(f"{name} is ready: {cpus} at a time" + (f", {gpus:g} GPUs" if gpus else ""))
        with self._changed:
            self._changed.notify_all()
        while not self._closed.is_set():
            news = ray.get(actor.news.remote(_NEWS_SECONDS))
            self._dispatch.hear(name, news)
            if any(isinstance(one, Finished) for one in news):
                self._starts[identity] = 1  # it works: only failures in a row count
        return "the batch is over"

    def _hint(self, slots: int) -> list[Any]:
        """Tell the autoscaler, where there is one, how many slots would be of use: what is to be waited for."""
        if slots == self._hinted:
            return []
        self._hinted = slots
        gpus = {"GPU": min(1.0, self._lease.gpus)} if self._lease.gpus else {}
        bundles = [{"CPU": 1.0, **gpus}] * slots
        if not client.is_connected():  # type: ignore[no-untyped-call]
            request_resources(bundles=bundles)
            return []
        # A client of `ray://` cannot ask by itself; a task can, which costs nobody a CPU.
        return [ray.remote(num_cpus=0)(request_resources).remote(bundles=bundles)]


def _nodes() -> list[dict[str, Any]]:
    """All nodes that the cluster has had, as Ray describes them."""
    found: list[dict[str, Any]] = ray.nodes()  # type: ignore[no-untyped-call]
    return found


def _connect(address: str) -> None:
    """Join a running cluster. Never starts one."""
    try:
        ray.init(
            address="auto" if address == "ray" else address,
            namespace="autograder",
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    except Exception as error:  # ConnectionError, RuntimeError, ValueError, and those of gRPC
        raise AutograderError(
            "no-cluster",
            "no Ray cluster answers",
            where=Place(address),
            why=str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__,
            fix="start one (ray start --head --disable-usage-stats), or name it: --engine ray://HOST:10001",
        ) from error


def _compared(ready: Ready, first: Ready) -> Ready | Refused:
    """A node may take part only where it reaches the verdicts that the others do."""
    here, there = deciding(ready.versions), deciding(first.versions)
    names = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    if not names:
        return ready
    return Refused(
        "unlike-nodes",
        "it has other versions than the first node",
        why="; ".join(f"{name}: {here.get(name)}, not {there.get(name)}" for name in names),
        fix="install the same versions on all nodes",
    )


def _no_nodes(patience: float) -> AutograderError:
    return AutograderError(
        "no-nodes",
        f"the cluster has had no node to grade on for {patience:g} seconds",
        why="A node takes part when it has a CPU free of others' leases, and the GPUs that were asked for.",
        fix="look at `ray status`, then start the batch again: it goes on where it was",
    )
