"""The nodes of a Ray cluster: each that comes gets an actor with a warm grader, and is listened to until it is gone."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from autograder.course import Outcome
from autograder.grading.engines.connection import AutoscalerHint, listed_nodes
from autograder.grading.engines.dispatch import Dispatch, Member
from autograder.grading.engines.node import FAILED, Assigned, Finished, Node, Ready, Refused, Returned
from autograder.grading.environment import deciding

import ray  # isort: skip (after connection, which prepares it)
from ray.exceptions import RayError  # isort: skip
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy  # isort: skip

_LOOK_SECONDS = 1.0
_NEWS_SECONDS = 10.0
_END_SECONDS = 10.0
_MOST_RETURNS = 3
"""How often in a row a grader is started again on a node that lives while its graders die."""
_MOST_LOST = 5
"""A node that loses so many submissions in a row, and one for each slot, is started again: since it is always the first
to be done, it would be given more and more of them."""
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


@dataclass(frozen=True)
class _Leased:
    """A node with an actor."""

    identity: str
    name: str
    actor: Any
    cpus: int
    gpus: float


class Nodes:
    """Lets the nodes of the cluster that this process has joined take part in a dispatch, as they come and go."""

    def __init__(
        self, dispatch: Dispatch, assigned: Assigned, packed: bytes, lease: Lease, told: Callable[[str], None]
    ) -> None:
        """`packed`: the assignment. `told`: is told in a line, from any thread, which nodes come and go, and why."""
        self.first: Ready | None = None
        """What the first node that was warm said. The others have to be like it."""
        self.refused: dict[str, Refused] = {}
        """Node id -> why it takes no part."""
        self.names: dict[str, str] = {}
        """Node id -> how people call it."""
        self._dispatch = dispatch
        self._assigned = assigned
        self._packed = ray.put(packed)
        self._lease = lease
        self._told = told
        self._hint = AutoscalerHint(lease.gpus)
        self._actor: Any = ray.remote(Node)
        self._changed = threading.Condition()
        self._serving: dict[str, _Leased] = {}
        self._starts: dict[str, int] = {}
        self._closed = threading.Event()
        self._threads = [threading.Thread(target=self._look_after, name="nodes", daemon=True)]
        self._threads[0].start()

    def wait_for_first(self, patience: float) -> bool:
        """Wait until a node is warm; False where none is after `patience` seconds, or all are refused."""
        with self._changed:
            self._changed.wait_for(
                lambda: self.first is not None or (bool(self.refused) and not self._serving), patience
            )
        return self.first is not None

    def close(self) -> None:
        """End the graders."""
        self._closed.set()
        with self._changed:
            leased = list(self._serving.values())
        with contextlib.suppress(Exception):  # the cluster may be gone
            asked = [*(one.actor.close.remote() for one in leased), *self._hint.take_back()]
            ray.wait(asked, num_returns=len(asked), timeout=_END_SECONDS) if asked else None
            for one in leased:
                ray.kill(one.actor)
        end = time.monotonic() + _END_SECONDS
        for thread in self._threads:  # a call that comes after the end finds no cluster
            thread.join(max(0.0, end - time.monotonic()))

    def _look_after(self) -> None:
        """Start a grader on each node that is there, and ask for more nodes while there is more to do."""
        while not self._closed.wait(_LOOK_SECONDS if self._starts else 0.0):
            try:
                for node in listed_nodes():
                    self._perhaps_start(node) if node["Alive"] else self._forget(node["NodeID"])
                wanted = self._dispatch.wanted()
                if wanted > sum(member.slots for member in self._dispatch.members()):
                    self._hint.raise_to(wanted)
            except Exception as error:  # the head node does not answer: it may come back
                self._told(f"the cluster does not answer: {error}")
                self._closed.wait(_LOOK_SECONDS)

    def _perhaps_start(self, node: Mapping[str, Any]) -> None:
        cpus, gpus = self._lease.of(node["Resources"])
        identity = node["NodeID"]
        if cpus < 1 or (self._lease.gpus and not gpus):
            return
        with self._changed:
            name = self.names.setdefault(identity, self._new_name(node))
            if identity in self._serving or identity in self.refused or self._closed.is_set():
                return
            self._starts[identity] = self._starts.get(identity, 0) + 1
            actor = self._actor.options(
                num_cpus=cpus,
                num_gpus=gpus,
                max_concurrency=_MOST_AT_ONCE,
                max_restarts=0,
                max_task_retries=0,
                scheduling_strategy=NodeAffinitySchedulingStrategy(identity, soft=False),
            ).remote()
            self._serving[identity] = leased = _Leased(identity, name, actor, cpus, gpus)
            thread = threading.Thread(target=self._serve, args=(leased,), name=f"node {name}", daemon=True)
            self._threads = [one for one in self._threads if one.is_alive()] + [thread]
            thread.start()

    def _new_name(self, node: Mapping[str, Any]) -> str:
        """The machine's name; with a piece of its number where one machine is several nodes."""
        name = str(node["NodeManagerHostname"])
        return name if name not in self.names.values() else f"{name}-{node['NodeID'][:6]}"

    def _forget(self, identity: str) -> None:
        """A machine that comes back does so as another node, by the same name."""
        with self._changed:
            if identity not in self._serving:
                self.names.pop(identity, None)
                self.refused.pop(identity, None)

    def _serve(self, node: _Leased) -> None:
        """Listen to one node for as long as it lives."""
        try:
            why = self._listen(node)
        except RayError as error:
            why = f"{type(error).__name__}: the node, or the grader on it, has died"
        except Exception as error:  # of the connection to the cluster, whatever it is
            why = f"{type(error).__name__}: {error}"
        with contextlib.suppress(Exception):
            ray.kill(node.actor)
        with self._changed:
            if self._starts[node.identity] > _MOST_RETURNS:
                self.refused.setdefault(node.identity, Refused(FAILED, why, fix="look into Ray's logs there"))
            del self._serving[node.identity]
            self._changed.notify_all()
        if not self._closed.is_set():
            moved = self._dispatch.leave(node.name, why)
            self._told(f"{node.name} is out: {why}" + (f"; {moved} submissions go elsewhere" if moved else ""))

    def _listen(self, node: _Leased) -> str:
        """Warm a node up and hand on what it says; why it takes no part (any more)."""
        answer = self._warmed(node)
        if isinstance(answer, Refused):
            if answer.code != FAILED:  # a fault of the moment: it is tried again, a few times
                with self._changed:
                    self.refused[node.identity] = answer
            return f"{answer.what}. {answer.why}".strip()
        actor = node.actor
        self._dispatch.join(Member(node.name, node.cpus, node.gpus, answer, actor.submit.remote, actor.cancel.remote))
        self._told(f"{node.name} is ready: {node.cpus} at a time" + (f", {node.gpus:g} GPUs" if node.gpus else ""))
        with self._changed:
            self._changed.notify_all()
        in_a_row = 0
        while not self._closed.is_set() and in_a_row < _MOST_LOST + node.cpus:
            news = ray.get(actor.news.remote(_NEWS_SECONDS))
            self._dispatch.hear(node.name, news)
            for lost_all in (_lost_all(one) for one in news if isinstance(one, Finished | Returned)):
                in_a_row = in_a_row + 1 if lost_all else 0
                if not lost_all:
                    self._starts[node.identity] = 1  # it works: only failures in a row count
        return "it loses whatever it is given"

    def _warmed(self, node: _Leased) -> Ready | Refused:
        """What a node says when it is warm, where it reaches the verdicts that the others do."""
        assigned = replace(self._assigned, slots=node.cpus, gpus=node.gpus > 0)
        answer: Ready | Refused = ray.get(node.actor.open.remote(assigned, self._packed))
        if isinstance(answer, Ready) and self.first is not None and answer.isolation != self.first.isolation:
            ray.get(node.actor.close.remote())
            answer = ray.get(node.actor.open.remote(replace(assigned, isolation=self.first.isolation), self._packed))
        if isinstance(answer, Refused):
            return answer
        with self._changed:
            self.first = self.first or answer
        return _compared(answer, self.first)


def _lost_all(ended: Finished | Returned) -> bool:
    """Whether a node has lost a whole submission, and not for want of a GPU."""
    if isinstance(ended, Returned):
        return bool(ended.why)
    findings = ended.done.verdict.findings
    return all(f.outcome is Outcome.LOST and f.check not in ended.done.hopeless for f in findings)


def _compared(ready: Ready, first: Ready) -> Ready | Refused:
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
