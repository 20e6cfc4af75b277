"""Grading on a real Ray cluster of several raylets on this machine, some of which are killed in the middle."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from real_cluster import RealCluster, gone, real_cluster

sys.path.insert(0, str(Path(__file__).parent.parent / "cli"))

from tiny_course import make_class, make_copies, make_course

from autograder.course import Assignment, Outcome, Rejected, Submission, Verdict, load_course
from autograder.errors import AutograderError
from autograder.grading.attempt import open_grader
from autograder.grading.engines import Done, Task
from autograder.grading.engines.cluster import ClusterEngine, Lease, open_cluster
from autograder.grading.engines.local import LocalEngine
from autograder.grading.intake import read_submission
from autograder.grading.sources import find_submissions

PATIENCE = 120.0
SEED = 7


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("cluster"))
    make_class(course / "class")
    make_copies(course / "copies", 24, 0.2)
    return course


@pytest.fixture(scope="module")
def assignment(course: Path) -> Assignment:
    return load_course(course, ("01",))[0]


@pytest.fixture(scope="module")
def cluster() -> Iterator[RealCluster]:
    with real_cluster(2) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def told() -> list[str]:
    return []


@pytest.fixture(scope="module")
def engine(cluster: RealCluster, assignment: Assignment, told: list[str]) -> Iterator[ClusterEngine]:
    with open_cluster(cluster.address, assignment, isolation="process", told=told.append) as engine:
        wait_until(lambda: engine.capacity().slots == 2)
        yield engine


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.05)


def submissions(folder: Path, assignment: Assignment) -> list[Submission | Rejected]:
    return [read_submission(source, assignment) for source in find_submissions(folder, assignment.slug)]


def graded(engine: ClusterEngine | LocalEngine, tasks: list[Task]) -> list[Verdict]:
    futures = [engine.submit(task) for task in tasks]
    return [future.result(PATIENCE).verdict for future in futures]


def without_times(verdict: Verdict) -> Verdict:
    findings = tuple(msgspec.structs.replace(finding, seconds=0.0) for finding in verdict.findings)
    return msgspec.structs.replace(verdict, seconds=0.0, findings=findings)


# These run in order, on one cluster: the last ones kill its nodes.


def test_a_cluster_reaches_the_verdicts_that_one_machine_does(
    engine: ClusterEngine, assignment: Assignment, course: Path
) -> None:
    tasks = [Task(submission, SEED) for submission in submissions(course / "class", assignment)]
    far = graded(engine, tasks)
    with LocalEngine(open_grader(assignment, isolation="process", jobs=2), 2) as local:
        near = graded(local, tasks)
        assert (engine.version, engine.isolation, engine.checks) == (local.version, local.isolation, local.checks)
        assert engine.versions == local.versions
    assert [without_times(verdict) for verdict in far] == [without_times(verdict) for verdict in near]
    assert len(far) == 19


def test_both_nodes_take_part_and_are_named(engine: ClusterEngine, assignment: Assignment, course: Path) -> None:
    tasks = [Task(submission, SEED) for submission in submissions(course / "copies", assignment)[:8]]
    begun: list[str] = []
    futures = [engine.submit(task, None, begun.append) for task in tasks]
    done: list[Done] = [future.result(PATIENCE) for future in futures]
    assert {one.place for one in done} == set(engine.capacity().places)
    assert {place.split(",")[0] for place in begun} == set(engine.capacity().places)
    assert len(begun) == 8


def test_only_the_checks_that_are_asked_for_are_run_and_places_are_avoided(
    engine: ClusterEngine, assignment: Assignment, course: Path
) -> None:
    submission = submissions(course / "copies", assignment)[0]
    first, second = engine.capacity().places
    for avoided, expected in ((first, second), (second, first)):
        task = Task(submission, SEED, only=("test_count",), avoid=frozenset({avoided}))
        done = engine.submit(task).result(PATIENCE)
        assert [finding.check for finding in done.verdict.findings] == ["test_count"]
        assert done.place == expected


def test_what_has_not_begun_can_be_forgotten(engine: ClusterEngine, assignment: Assignment, course: Path) -> None:
    futures = [engine.submit(Task(s, SEED)) for s in submissions(course / "copies", assignment)]
    wait_until(lambda: sum(future.running() for future in futures) == 2)
    engine.cancel()
    wait_until(lambda: all(future.done() for future in futures))
    ended = [future.result().verdict for future in futures if not future.cancelled()]
    assert 2 <= len(ended) < len(futures)
    assert {verdict.points for verdict in ended} == {6.0}


def test_a_raylet_that_is_killed_costs_a_try_and_a_node_that_comes_takes_part(
    engine: ClusterEngine, cluster: RealCluster, assignment: Assignment, course: Path, told: list[str]
) -> None:
    """Twice a raylet is killed while both nodes grade; in between another one comes."""
    tasks = [Task(submission, SEED) for submission in submissions(course / "copies", assignment)]
    killed = []
    for turn, some in enumerate((tasks[:12], tasks[12:])):
        wait_until(lambda: engine.capacity().slots == 2)
        waiting = {engine.submit(task): task for task in some}
        wait_until(lambda: sum(future.running() for future in waiting) == 2)  # noqa: B023
        killed += cluster.kill(cluster.ids()[0])
        if turn == 0:
            cluster.add()
        ended, lost = settled(engine, waiting)
        assert sorted(ended) == sorted(task.submission.name for task in some), "each its verdict, once"
        assert {verdict.points for verdict in ended.values()} == {6.0}
        assert lost <= 2
    assert sum(" is out: ActorDiedError" in line for line in told) == 2, told
    assert sum(" is ready" in line for line in told) == 3, told
    assert gone(killed), "graders and their warm processes end with their node"


def settled(engine: ClusterEngine, waiting: dict[Future[Done], Task]) -> tuple[dict[str, Verdict], int]:
    """The verdicts on these tasks, lost ones tried again as a batch does; and how many were lost on the way."""
    ended: list[Verdict] = []
    lost = 0
    while waiting:
        future, task = next(iter(waiting.items()))
        done = future.result(PATIENCE)
        del waiting[future]
        if any(finding.outcome is Outcome.LOST for finding in done.verdict.findings):
            lost += 1
            again = replace(task, tries=task.tries + 1, avoid=task.avoid | {done.place})
            waiting[engine.submit(again)] = again
        else:
            ended.append(done.verdict)
    assert len({verdict.submission for verdict in ended}) == len(ended)
    return {verdict.submission: verdict for verdict in ended}, lost


def test_when_the_engine_is_closed_nothing_of_it_is_left_on_the_nodes(
    engine: ClusterEngine, cluster: RealCluster
) -> None:
    processes = [process for identity in cluster.ids() for process in cluster.processes(identity)]
    ours = [process for process in processes if "autograder" in " ".join(process.cmdline())]
    assert len(ours) >= 2
    engine.close()
    assert gone(ours)
    assert all(raylet.is_running() for raylet in (cluster.processes(identity)[0] for identity in cluster.ids()))


def test_a_cluster_without_a_fitting_node_says_so(cluster: RealCluster, assignment: Assignment) -> None:
    with pytest.raises(AutograderError) as refused:
        open_cluster(cluster.address, assignment, lease=Lease(gpus=1), patience=2)
    assert refused.value.code == "no-nodes"


def test_why_no_node_can_grade_is_said(cluster: RealCluster, course: Path, assignment: Assignment) -> None:
    with pytest.raises(AutograderError) as refused:
        open_cluster(cluster.address, assignment, isolation="no-such-level")
    assert refused.value.code == "no-such-isolation"
    assert "no node of the cluster can grade" in refused.value.what
