"""Grading on a real Ray cluster of several raylets on this machine, some of which are killed in the middle."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from real_cluster import RealCluster, gone, real_cluster

sys.path.insert(0, str(Path(__file__).parent.parent / "cli"))

sys.path.insert(0, str(Path(__file__).parent.parent))

from postgres import postgres
from real_command import run
from tiny_course import RIGHT, make_class, make_copies, make_course, notebook

from autograder.course import Assignment, Rejected, Submission, Verdict, load_course
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.grading.attempt import open_grader
from autograder.grading.batch import Graded, Retrying, grade_batch
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


SPY = """
import os
import socket

reached = [name for name in os.environ if "RAY" in name or "TOKEN" in name]
try:
    reached += os.listdir("/tmp/ray")
except OSError:
    pass
try:
    reached.append(socket.create_connection(("{host}", {port}), 1))
except OSError:
    pass

def double(x):
    return -x if reached else x + x
"""


def test_students_code_reaches_nothing_of_the_cluster(
    engine: ClusterEngine, cluster: RealCluster, assignment: Assignment, course: Path
) -> None:
    host, port = cluster.address.split(":")
    (course / "spy.ipynb").write_text(notebook(*RIGHT, SPY.format(host=host, port=port)))
    (submission,) = submissions(course / "spy.ipynb", assignment)
    verdict = engine.submit(Task(submission, SEED)).result(PATIENCE).verdict
    assert verdict.points == 6.0, verdict


def test_what_has_not_begun_can_be_forgotten(engine: ClusterEngine, assignment: Assignment, course: Path) -> None:
    futures = [engine.submit(Task(s, SEED)) for s in submissions(course / "copies", assignment)]
    wait_until(lambda: sum(future.running() for future in futures) == 2)
    engine.cancel()
    wait_until(lambda: all(future.done() for future in futures))
    ended = [future.result().verdict for future in futures if not future.cancelled()]
    assert 2 <= len(ended) < len(futures)
    assert {verdict.points for verdict in ended} == {6.0}


def test_a_batch_survives_its_raylets_and_every_verdict_is_recorded_once(
    engine: ClusterEngine, cluster: RealCluster, assignment: Assignment, course: Path, told: list[str]
) -> None:
    """Twice a raylet is killed in the middle of a batch, in between another one comes; recorded in PostgreSQL."""
    sources = find_submissions(course / "copies", assignment.slug)
    killed = []
    with postgres() as server, Gradebook.open(server.database()) as book:
        for turn, (some, new) in enumerate(((sources[:12], 12), (sources, 12))):
            wait_until(lambda: engine.capacity().slots == 2)
            fresh = tries = 0
            for event in grade_batch(engine, book, some, assignment):
                tries += isinstance(event, Retrying)
                if isinstance(event, Graded):
                    fresh += event.fresh
                    if event.fresh and fresh == 3:
                        killed += cluster.kill(cluster.ids()[0])
                        cluster.add() if turn == 0 else None
            assert fresh == new
            assert tries <= 2, "what the node was grading, and not a stream of submissions into the void"
        history = {source.name: book.history(assignment.slug, source.name) for source in sources}
    assert [len(attempts) for attempts in history.values()] == [1] * len(sources), "each its verdict, once"
    verdicts = [attempt.verdict for (attempt,) in history.values()]
    assert {(verdict.points, verdict.settled, verdict.version) for verdict in verdicts} == {(6.0, True, engine.version)}
    assert sum(" is out: ActorDiedError" in line for line in told) == 2, told
    assert sum(" is ready" in line for line in told) == 3, told
    assert gone(killed), "graders and their warm processes end with their node"


def test_when_the_engine_is_closed_nothing_of_it_is_left_on_the_nodes(
    engine: ClusterEngine, cluster: RealCluster
) -> None:
    processes = [process for identity in cluster.ids() for process in cluster.processes(identity)]
    ours = [process for process in processes if "autograder" in " ".join(process.cmdline())]
    assert len(ours) >= 2
    engine.close()
    assert gone(ours)
    assert all(raylet.is_running() for raylet in (cluster.processes(identity)[0] for identity in cluster.ids()))


def test_the_command_grades_from_outside_the_cluster(cluster: RealCluster, course: Path) -> None:
    """Through the server for clients, which is another way into every call of Ray's."""
    make_copies(course / "few", 3, 0.0)
    done = run(course, "grade", "01", "few", "--engine", cluster.client_address, "--isolation", "process", "--json")
    assert done.returncode == 0, done.stderr
    verdicts = json.loads(done.stdout)["verdicts"]
    assert [verdict["points"] for verdict in verdicts] == [6.0] * 3
    assert " is ready: 1 at a time" in done.stderr
    assert "ray" not in done.stderr.lower().replace(cluster.client_address, ""), "it speaks in our words, or not at all"


def test_a_cluster_without_a_fitting_node_says_so(cluster: RealCluster, assignment: Assignment) -> None:
    with pytest.raises(AutograderError) as refused:
        open_cluster(cluster.address, assignment, lease=Lease(gpus=1), patience=2)
    assert refused.value.code == "no-nodes"


def test_why_no_node_can_grade_is_said(cluster: RealCluster, tmp_path: Path) -> None:
    course = make_course(tmp_path)
    (broken,) = load_course(course, ("01",))
    (broken.hidden / "test_unfinished.py").write_text("def test_(")
    with pytest.raises(AutograderError) as refused:
        open_cluster(cluster.address, broken, isolation="process")
    assert refused.value.code == "broken-checks"
    assert "no node of the cluster can grade" in refused.value.what
    assert "test_unfinished.py" in refused.value.why
