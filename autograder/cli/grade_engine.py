"""By what a batch is graded: this machine, or the nodes of a Ray cluster, imported only where it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import cores

if TYPE_CHECKING:
    from autograder.course import Assignment
    from autograder.grading.engines import Engine

LOCAL = "local"


class EngineName(click.ParamType[str]):
    """`local`, `ray`, or the address of a cluster."""

    name = "engine"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name as it was given, where it is one."""
        text = str(value)
        if text not in (LOCAL, "ray") and not (text.startswith("ray://") and len(text) > len("ray://")):
            self.fail(f"{text!r} is neither local nor ray nor ray://HOST:PORT", param, ctx)
        return text


@dataclass(frozen=True)
class EngineAsked:
    """What the command line says of the engine."""

    name: str
    isolation: str | None
    jobs: int | None
    """At a time, on this machine or on each node; None: as many as there are cores."""
    gpus: float | None
    """To use, of this machine or of each node; None: all. Of a node it may be a part of one."""

    @property
    def local(self) -> bool:
        """Whether submissions are graded on this machine."""
        return self.name == LOCAL


def open_engine(assignment: Assignment, asked: EngineAsked, told: Callable[[str], None]) -> Engine:
    """The engine, warm, and its walls tried. `told` hears, from any thread, what a grader should know of it.

    Raises:
        AutograderError: it cannot be had; nothing of it is left running.
    """
    return _local(assignment, asked) if asked.local else _cluster(assignment, asked, told)


def words_for(engine: Engine) -> str:
    """By what a batch is graded, in a few words."""
    capacity = engine.capacity()
    nodes = f" on {len(capacity.places)} nodes" if len(capacity.places) > 1 else ""
    gpus = f", {capacity.gpus:g} GPU{'' if capacity.gpus == 1 else 's'}" if capacity.gpus else ""
    return f"{engine.isolation}, {capacity.slots} at a time{nodes}{gpus}"


def _local(assignment: Assignment, asked: EngineAsked) -> Engine:
    from autograder.grading.attempt import open_grader
    from autograder.grading.engines.local import LocalEngine

    jobs = asked.jobs or cores()
    grader = open_grader(
        assignment, isolation=asked.isolation, jobs=jobs, gpus=None if asked.gpus is None else int(asked.gpus)
    )
    try:
        grader.require_walls()
    except BaseException:
        grader.close()
        raise
    return LocalEngine(grader, jobs)


def _cluster(assignment: Assignment, asked: EngineAsked, told: Callable[[str], None]) -> Engine:
    from autograder.grading.engines.cluster import Lease, open_cluster

    lease = Lease(cpus=asked.jobs, gpus=asked.gpus)
    return open_cluster(asked.name, assignment, isolation=asked.isolation, lease=lease, told=told)
