"""Which node gets which task, and that every task ends once, whatever happens to the nodes."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Finding, Outcome, Submission, Verdict
from autograder.errors import AutograderError
from autograder.examiner.messages import Check
from autograder.grading.engines import Done, Task
from autograder.grading.engines.dispatch import Dispatch, Member
from autograder.grading.engines.node import Begun, Finished, Known, Ready, Returned

CHECKS = tuple(Check(name=f"test_{n}", exercise="one", points=1, hint="", seconds=1, public=True) for n in range(2))
READY = Ready("process", {"torch": "2"}, CHECKS)


class FakeNode:
    """Keeps what it is sent, and does with it what a test says."""

    def __init__(self, dispatch: Dispatch, name: str, slots: int = 1, gpus: float = 0.0, ready: Ready = READY) -> None:
        self.name = name
        self.tasks: dict[int, Task] = {}
        self.cancelled = 0
        self._dispatch = dispatch
        dispatch.join(Member(name, slots, gpus, ready, self._receive, self._cancel))

    def finish(self, number: int) -> None:
        self._dispatch.hear(self.name, [Begun(number, "slot 1"), Finished(number, done(self.tasks.pop(number)))])

    def _receive(self, tasks: tuple[tuple[int, Task], ...]) -> None:
        self.tasks |= dict(tasks)

    def _cancel(self) -> None:
        self.cancelled += 1


def task(number: int, **settings: object) -> Task:
    return Task(Submission(f"student-{number}", "ab", ()), number, **settings)  # type: ignore[arg-type]


def done(of: Task) -> Done:
    finding = Finding(check="test_0", exercise="one", outcome=Outcome.PASSED, points=1, max_points=1)
    verdict = Verdict(
        submission=of.submission.name,
        digest="ab",
        assignment="a",
        version="v",
        seed=of.seed,
        isolation="process",
        seconds=0.1,
        findings=(finding,),
    )
    return Done(verdict, "slot 1", {"torch": "2"})


def submit(dispatch: Dispatch, number: int, **settings: object) -> Future[Done]:
    return dispatch.submit(task(number, **settings), None, None)


def outcomes(future: Future[Done]) -> list[Outcome]:
    return [finding.outcome for finding in future.result(0).verdict.findings]


def test_tasks_wait_for_the_first_node() -> None:
    dispatch = Dispatch("a", "v")
    future = submit(dispatch, 1)
    assert dispatch.wanted() == 1
    node = FakeNode(dispatch, "one")
    node.finish(0)
    assert future.result(0).place == "one", "the node's name, which is what another try avoids"
    assert dispatch.wanted() == 0


def test_nodes_get_tasks_by_their_slots_and_half_as_many_ahead() -> None:
    dispatch = Dispatch("a", "v")
    small, large = FakeNode(dispatch, "small", 2), FakeNode(dispatch, "large", 4)
    for number in range(20):
        submit(dispatch, number)
    assert (len(small.tasks), len(large.tasks)) == (3, 6)
    large.finish(next(iter(large.tasks)))
    assert len(large.tasks) == 6, "the next one follows at once"


def test_two_tasks_on_two_nodes_run_side_by_side() -> None:
    dispatch = Dispatch("a", "v")
    nodes = [FakeNode(dispatch, "one", 4), FakeNode(dispatch, "two", 4)]
    for number in range(2):
        submit(dispatch, number)
    assert [len(node.tasks) for node in nodes] == [1, 1]


def test_a_place_to_avoid_is_avoided_where_there_is_another() -> None:
    dispatch = Dispatch("a", "v")
    one = FakeNode(dispatch, "one")
    submit(dispatch, 1, avoid=frozenset({"one"}))
    assert len(one.tasks) == 1, "there is no other"
    two = FakeNode(dispatch, "two", 4)
    for number in range(2, 6):
        submit(dispatch, number, avoid=frozenset({"one"}))
    assert (len(one.tasks), len(two.tasks)) == (1, 4)


def test_a_task_that_must_wait_for_its_node_holds_up_no_other() -> None:
    dispatch = Dispatch("a", "v")
    one, two = FakeNode(dispatch, "one"), FakeNode(dispatch, "two")
    for number in range(4):
        submit(dispatch, number)
    submit(dispatch, 10, avoid=frozenset({"one"}))
    submit(dispatch, 11)
    one.finish(next(iter(one.tasks)))
    assert "student-11" in {t.submission.name for t in one.tasks.values()}
    two.finish(next(iter(two.tasks)))
    assert "student-10" in {t.submission.name for t in two.tasks.values()}


def test_a_node_that_dies_loses_what_had_begun_and_the_rest_goes_elsewhere() -> None:
    dispatch = Dispatch("a", "v")
    FakeNode(dispatch, "one")
    begun, ahead = submit(dispatch, 1, only=("test_1",)), submit(dispatch, 2)
    dispatch.hear("one", [Begun(0, "slot 1")])
    two = FakeNode(dispatch, "two")
    assert dispatch.leave("one", "the power was cut") == 2
    assert outcomes(begun) == [Outcome.LOST]
    (finding,) = begun.result(0).verdict.findings
    assert (finding.check, begun.result(0).place) == ("test_1", "one")
    assert "one: the power was cut" in finding.detail
    assert [t.submission.name for t in two.tasks.values()] == ["student-2"]
    two.finish(1)
    assert outcomes(ahead) == [Outcome.PASSED]


def test_a_task_that_outlives_many_nodes_costs_a_try_in_the_end() -> None:
    dispatch = Dispatch("a", "v")
    future = submit(dispatch, 1)
    for number in range(4):
        assert not future.done()
        FakeNode(dispatch, f"node {number}")
        dispatch.leave(f"node {number}", "dead")
    assert outcomes(future) == [Outcome.LOST, Outcome.LOST]


def test_what_a_node_says_after_it_has_been_given_up_counts_for_nothing() -> None:
    dispatch = Dispatch("a", "v")
    one = FakeNode(dispatch, "one")
    future = submit(dispatch, 1)
    dispatch.leave("one", "cut off from the network")
    two = FakeNode(dispatch, "two")
    one.finish(0)
    assert not future.done()
    two.finish(0)
    assert future.result(0).place == "two"


def test_a_task_that_a_node_fails_at_is_lost_there() -> None:
    dispatch = Dispatch("a", "v")
    FakeNode(dispatch, "one")
    future = submit(dispatch, 1)
    dispatch.hear("one", [Begun(0, "slot 1"), Returned(0, "OSError: no space left on device")])
    assert outcomes(future) == [Outcome.LOST, Outcome.LOST]
    assert "no space left" in future.result(0).verdict.findings[0].detail


def test_findings_and_beginnings_are_told_as_they_come() -> None:
    dispatch = Dispatch("a", "v")
    FakeNode(dispatch, "one")
    told: list[str] = []
    future = dispatch.submit(task(1), lambda f: told.append(f.check), told.append)
    finding = Finding(check="test_0", exercise="one", outcome=Outcome.PASSED)
    dispatch.hear("one", [Begun(0, "slot 3"), Known(0, finding)])
    assert told == ["one, slot 3", "test_0"]
    assert future.running()


def test_what_has_not_begun_is_forgotten_and_what_runs_is_finished() -> None:
    dispatch = Dispatch("a", "v")
    node = FakeNode(dispatch, "one")
    futures = [submit(dispatch, number) for number in range(4)]
    dispatch.hear("one", [Begun(0, "slot 1")])
    dispatch.cancel()
    assert node.cancelled == 1
    dispatch.hear("one", [Returned(1)])
    assert [future.cancelled() for future in futures] == [False, True, True, True]
    node.finish(0)
    assert outcomes(futures[0]) == [Outcome.PASSED]


def test_where_there_are_gpus_an_assignment_that_wants_one_is_graded_there_alone() -> None:
    dispatch = Dispatch("a", "v")
    ready = replace(READY, checks=(CHECKS[0], msgspec.structs.replace(CHECKS[1], gpu="prefer")))
    plain = FakeNode(dispatch, "plain", 4, ready=ready)
    submit(dispatch, 1)
    assert len(plain.tasks) == 1, "as on one machine without a GPU"
    equipped = FakeNode(dispatch, "equipped", 1, gpus=0.5, ready=ready)
    for number in range(2, 6):
        submit(dispatch, number)
    assert (len(plain.tasks), len(equipped.tasks)) == (1, 2)
    assert [member.name for member in dispatch.members()] == ["equipped"]


def test_where_no_check_wants_a_gpu_all_nodes_grade() -> None:
    dispatch = Dispatch("a", "v")
    plain, equipped = FakeNode(dispatch, "plain"), FakeNode(dispatch, "equipped", gpus=1.0)
    for number in range(2):
        submit(dispatch, number)
    assert (len(plain.tasks), len(equipped.tasks)) == (1, 1)


def test_when_nobody_will_come_every_task_ends_with_the_reason() -> None:
    dispatch = Dispatch("a", "v")
    FakeNode(dispatch, "one")
    futures = [submit(dispatch, number) for number in range(4)]
    dispatch.fail(AutograderError("no-nodes", "nobody is left"))
    for future in futures:
        with pytest.raises(AutograderError, match="nobody is left"):
            future.result(0)
    with pytest.raises(AutograderError, match="nobody is left"):
        submit(dispatch, 9)


@given(st.data(), st.integers(1, 30))
def test_every_task_ends_once_whatever_comes_and_goes(data: st.DataObject, tasks: int) -> None:
    """Nodes join, finish, fail and die in any order; then one stays, and works off what is left."""
    dispatch = Dispatch("a", "v")
    futures = [submit(dispatch, number) for number in range(tasks)]
    nodes: dict[str, FakeNode] = {}
    for step in range(data.draw(st.integers(0, 40))):
        does = data.draw(st.sampled_from(("join", "finish", "begin", "return", "die")))
        if does == "join" or not nodes:
            nodes[f"node {step}"] = FakeNode(dispatch, f"node {step}", data.draw(st.integers(1, 4)))
            continue
        node = nodes[data.draw(st.sampled_from(sorted(nodes)))]
        if does == "die":
            dispatch.leave(nodes.pop(node.name).name, "dead")
        elif node.tasks:
            number = data.draw(st.sampled_from(sorted(node.tasks)))
            if does == "finish":
                node.finish(number)
            elif does == "begin":
                dispatch.hear(node.name, [Begun(number, "slot 1")])
            else:
                del node.tasks[number]
                dispatch.hear(node.name, [Returned(number, data.draw(st.sampled_from(("", "broken"))))])
    last = nodes.popitem()[1] if nodes else FakeNode(dispatch, "last")
    for name in nodes:
        dispatch.leave(name, "dead")
    while last.tasks:
        last.finish(next(iter(last.tasks)))
    assert all(future.done() for future in futures)
    assert [future.result(0).verdict.submission for future in futures] == [f"student-{n}" for n in range(tasks)]
    assert dispatch.wanted() == 0
