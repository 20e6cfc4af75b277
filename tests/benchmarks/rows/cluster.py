"""Ray's nodes killed in the middle of a batch, and no verdict lost, doubled or changed."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "grading"))

from bare import COURSE
from crashing import Crashed, timeless
from five_functions import generated
from graders import Ours
from postgres import postgres
from real_cluster import RealCluster, gone, real_cluster
from row import Bound, Row

from autograder.course import Assignment, Verdict, load_course
from autograder.gradebook import Gradebook
from autograder.grading.attempt import open_grader
from autograder.grading.batch import Graded, grade_batch
from autograder.grading.engines import Task
from autograder.grading.engines.cluster import ClusterEngine, open_cluster
from autograder.grading.engines.local import LocalEngine
from autograder.grading.intake import read_submission
from autograder.grading.sources import Source, find_submissions

STUDENTS = 300
KILLS = 6
NODES = 2
_PATIENCE = 180.0
_UNDER_WAY = 4
"""Verdicts between the moment when all nodes grade again and the next kill: tasks are then in flight on all of them."""


def measure(students: int = STUDENTS, kills: int = KILLS) -> list[Row]:
    """Raylets, one after another, each replaced by a new node; recorded in PostgreSQL."""
    what = f"SIGKILL of {kills} raylets in the middle of a batch of {students} on Ray: faults"
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        Ours().prepare(generated(COURSE, students)[0], Path(place))
        (assignment,) = load_course(Path(place), (Ours.slug,))
        sources = find_submissions(Path(place) / "handed-in", assignment.slug)
        found = _crashed(assignment, sources, kills)
    how = (
        f"{found.students} students, {NODES} nodes, {found.kills} kills before the batch was done: {found.missing} "
        f"verdicts missing, {found.double} doubled, {found.different} different from this machine alone, "
        f"{found.survivors} nodes left something; {time.perf_counter() - start:.0f} s"
    )
    return [Bound(0, "").row(what, found.faults, how, {"kills": found.kills})]


def _crashed(assignment: Assignment, sources: tuple[Source, ...], kills: int) -> Crashed:
    due = [len(sources) * (number + 1) // (kills + 1) for number in range(kills)]
    with (
        postgres() as server,
        Gradebook.open(server.database()) as book,
        real_cluster(NODES) as cluster,
        open_cluster(cluster.address, assignment, isolation="process") as engine,
    ):
        _until_all_grade(engine)
        fresh, killed, survivors, ready = 0, 0, 0, False
        for event in grade_batch(engine, book, sources, assignment):
            fresh += isinstance(event, Graded)
            if killed < kills and not ready and fresh >= due[killed] - _UNDER_WAY:
                _until_all_grade(engine)
                ready = True
            if killed < kills and fresh >= due[killed]:
                survivors += not _replaced(cluster)
                killed, ready = killed + 1, False
        histories = {source.name: [a.verdict for a in book.history(assignment.slug, source.name)] for source in sources}
    return Crashed(
        kills=killed,
        students=len(sources),
        missing=sum(not verdicts for verdicts in histories.values()),
        double=sum(len(verdicts) > 1 for verdicts in histories.values()),
        different=_different(assignment, sources, histories),
        survivors=survivors,
    )


def _until_all_grade(engine: ClusterEngine) -> None:
    end = time.monotonic() + _PATIENCE
    while engine.capacity().slots < NODES:
        if time.monotonic() > end:
            raise TimeoutError(f"a new node did not grade within {_PATIENCE:g} s")
        time.sleep(0.05)


def _replaced(cluster: RealCluster) -> bool:
    """Kill the oldest node's raylet and add another node; whether all that was the old one's ended by itself."""
    processes = cluster.kill(cluster.ids()[0])
    cluster.add()
    return gone(processes)


def _different(assignment: Assignment, sources: tuple[Source, ...], histories: dict[str, list[Verdict]]) -> int:
    """Verdicts that this machine alone, with the same seeds and nobody killed, does not reach."""
    by_name = {source.name: source for source in sources}
    recorded = [verdict for verdicts in histories.values() for verdict in verdicts]
    with LocalEngine(open_grader(assignment, isolation="process", jobs=2), 2) as engine:
        futures = [
            engine.submit(Task(read_submission(by_name[verdict.submission], assignment), verdict.seed))
            for verdict in recorded
        ]
        alone = [future.result().verdict for future in futures]
    return sum(timeless(a) != timeless(b) for a, b in zip(alone, recorded, strict=True))
