"""The engine of a Ray cluster: warm graders on all of its nodes, and tasks that go to the one with the least to do.

Only this process writes to the gradebook. Ray carries tasks out and news back, tells which nodes there are, and keeps
others off the cores and GPUs that are leased.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from types import TracebackType
from typing import Self

from autograder.course import Assignment, Finding
from autograder.errors import AutograderError
from autograder.examiner.messages import Check
from autograder.grading.engines.bundle import pack
from autograder.grading.engines.connection import connect
from autograder.grading.engines.dispatch import Dispatch
from autograder.grading.engines.engine import Capacity, Done, Task
from autograder.grading.engines.node import Assigned, Ready
from autograder.grading.engines.nodes import Lease, Nodes

import ray  # isort: skip (after connection, which prepares it)

__all__ = ["ClusterEngine", "Lease", "open_cluster"]

PATIENCE_SECONDS = 600.0
"""How long a batch waits for a node while it has none."""


def open_cluster(
    address: str,
    assignment: Assignment,
    *,
    isolation: str | None = None,
    lease: Lease = Lease(),  # noqa: B008 (frozen)
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
    own = connect(address)
    try:
        version = assignment.version()
        dispatch = Dispatch(assignment.slug, version)
        assigned = Assigned(assignment.slug, version, isolation, slots=1)
        nodes = Nodes(dispatch, assigned, pack(assignment), lease, told)
        try:
            first = _first(nodes, patience)
        except BaseException:
            nodes.close()
            raise
    except BaseException:
        if own:
            ray.shutdown()
        raise
    return ClusterEngine(dispatch, nodes, assigned, first, patience, own)


class ClusterEngine:
    """Grades on whatever nodes the cluster has at the moment; see Engine. Made by open_cluster()."""

    def __init__(
        self, dispatch: Dispatch, nodes: Nodes, assigned: Assigned, first: Ready, patience: float, own: bool
    ) -> None:
        """`own`: the connection to the cluster is this engine's to close."""
        self.assignment = assigned.slug
        self.version = assigned.version
        self.isolation = first.isolation
        self.versions: Mapping[str, str] = first.versions
        self.checks: tuple[Check, ...] = first.checks
        self._dispatch = dispatch
        self._nodes = nodes
        self._patience = patience
        self._own = own
        self._closed = threading.Event()
        threading.Thread(target=self._give_up_alone, name="patience", daemon=True).start()

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
        if self._closed.is_set():
            return
        self._closed.set()
        self._dispatch.fail(AutograderError("closed", "the cluster's engine has been closed"))
        self._nodes.close()
        if self._own:
            ray.shutdown()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _give_up_alone(self) -> None:
        """End all tasks when there has been no node for too long."""
        alone = 0.0
        while not self._closed.wait(1.0):
            alone = 0.0 if self._dispatch.members() else alone + 1.0
            if alone > self._patience:
                self._dispatch.fail(_no_nodes(self._patience))
                return


def _first(nodes: Nodes, patience: float) -> Ready:
    """What the first warm node says.

    Raises:
        AutograderError: as open_cluster().
    """
    if nodes.wait_for_first(patience) and nodes.first is not None:
        return nodes.first
    if not nodes.refused:
        raise _no_nodes(patience)
    identity, refused = next(iter(nodes.refused.items()))
    what = f"no node of the cluster can grade; {nodes.names.get(identity, identity)}: {refused.what}"
    raise AutograderError(refused.code, what, why=refused.why, fix=refused.fix)


def _no_nodes(patience: float) -> AutograderError:
    return AutograderError(
        "no-nodes",
        f"the cluster has had no node to grade on for {patience:g} seconds",
        why="A node takes part when it has a CPU free of others' leases, and the GPUs that were asked for.",
        fix="look at `ray status`, then start the batch again: it goes on where it was",
    )
