"""What is not run again: what stands in the gradebook for the same bytes, checks and environment."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from batches import batch, events, make_sources, names, outcomes
from fake_grader import ASSIGNMENT, VERSIONS, Asked, FakeGrader

from autograder.course import Outcome, Submission
from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.grading.batch import Graded, Planned, Prospect, Wanted, plan_batch
from autograder.grading.batch.choosing import handed_in
from autograder.grading.batch.events import RECORDED, SAME_BYTES
from autograder.grading.environment import environment_of
from autograder.grading.sources import Source, find_submissions

PASSED = ["passed", "passed"]


def test_what_is_recorded_is_not_graded_again(book: Gradebook, sources: tuple[Source, ...]) -> None:
    first = batch(FakeGrader(), book, sources)
    second_grader = FakeGrader()
    told = list(events(second_grader, book, sources))
    second = [event for event in told if isinstance(event, Graded)]
    assert second_grader.graded == []
    assert told[0] == Planned(6, 6, 6)
    assert [(g.verdict, g.attempt) for g in second] == [(g.verdict, g.attempt) for g in first]
    assert {(g.fresh, g.place, g.tries) for g in second} == {(False, RECORDED, 0)}


def test_a_broken_check_is_not_tried_again_until_its_author_has_changed_it(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    batch(FakeGrader(lambda _, __: Outcome.BROKEN), book, sources)
    same, mended = FakeGrader(), FakeGrader(version="v2")
    batch(same, book, sources)
    assert same.graded == []
    batch(mended, book, sources)
    assert len(mended.graded) == 6


def test_a_changed_submission_is_graded_and_an_unchanged_one_is_not(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    batch(FakeGrader(), book, sources)
    sources[3].path.write_text("x = 'mended'\n")
    grader = FakeGrader()
    batch(grader, book, sources)
    assert grader.names() == ["student-3"]


def test_another_torch_grades_anew_with_the_same_seeds_and_another_kernel_does_not(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    first = FakeGrader()
    batch(first, book, sources)
    moved = FakeGrader(versions={**VERSIONS, "platform": "Linux 7", "image": "sha256:1"})
    batch(moved, book, sources)
    assert moved.graded == []
    newer = FakeGrader(versions={**VERSIONS, "torch": "2"})
    assert all(one.fresh for one in batch(newer, book, sources))
    assert newer.graded == first.graded
    assert outcomes(book, "student-0") == [PASSED, PASSED]
    again = FakeGrader()
    batch(again, book, sources)
    assert again.graded == [], "the verdicts of the older torch stand where it is there again"


def test_an_environment_is_told_by_what_decides_alone() -> None:
    here = environment_of(VERSIONS)
    assert environment_of({**VERSIONS, "platform": "another"}) == here
    others = ({"torch": "2"}, {"worker torch": "2"}, {"walls": "none"})
    assert len({here, *(environment_of({**VERSIONS, **other}) for other in others)}) == 4


def test_the_same_bytes_under_another_name_are_not_run_again(book: Gradebook, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    make_sources(folder, 2)
    for name in ("copy-a", "copy-b"):
        (folder / f"{name}.py").write_text("x = 0\n")
    for name in ("script-a", "script-b"):  # the same bytes, read otherwise: what is refused is not shared
        (folder / f"{name}.ipynb").write_bytes(b"x = 0\n")
    grader = FakeGrader(lambda s, _: Outcome.PASSED if isinstance(s, Submission) else Outcome.FAILED)
    done = {g.verdict.submission: g for g in batch(grader, book, find_submissions(folder, ASSIGNMENT.slug), jobs=2)}
    assert sorted(grader.names()) == ["copy-a", "script-a", "script-b", "student-1"]
    assert [done[name].place for name in ("copy-b", "student-0")] == [SAME_BYTES] * 2
    assert not done["copy-b"].fresh
    assert done["copy-b"].verdict.findings == done["copy-a"].verdict.findings
    assert done["copy-b"].verdict.seed == done["copy-a"].verdict.seed
    assert outcomes(book, "copy-b") == outcomes(book, "student-0") == [PASSED]
    later = FakeGrader()
    assert {g.place for g in batch(later, book, find_submissions(folder, ASSIGNMENT.slug))} == {RECORDED}
    assert later.graded == []


def test_of_copies_of_what_was_lost_the_next_one_is_run(book: Gradebook, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / f"{name}.py").write_text("x = 0\n")
    both = frozenset({"test_one", "test_two"})
    grader = FakeGrader(lambda s, _: Outcome.LOST if s.name == "a" else Outcome.PASSED, hopeless=both)
    done = {g.verdict.submission: g.place for g in batch(grader, book, find_submissions(folder, ASSIGNMENT.slug))}
    assert done == {"a": "slot 1", "b": "slot 1", "c": SAME_BYTES}


def test_again_runs_copies_too(book: Gradebook, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.py").write_text("x = 0\n")
    sources = find_submissions(folder, ASSIGNMENT.slug)
    batch(FakeGrader(), book, sources)
    grader = FakeGrader()
    batch(grader, book, sources, Wanted(again=True))
    assert sorted(grader.names()) == ["a", "b"]


def test_where_two_batches_grade_the_same_one_verdict_stands_and_both_tell_it(
    book: Gradebook, sources: tuple[Source, ...]
) -> None:
    other = FakeGrader(lambda _, __: Outcome.FAILED)
    first = threading.Event()

    def while_another_is_quicker(_: Asked, __: str) -> Outcome:
        if not first.is_set():
            first.set()
            batch(other, book, sources)
        return Outcome.PASSED

    done = batch(FakeGrader(while_another_is_quicker), book, sources)
    assert [outcomes(book, source.name) for source in sources] == [[["failed", "failed"]]] * 6
    assert {g.verdict.points for g in done} == {0.0}
    assert not any(g.fresh for g in done)


# which are chosen -----------------------------------------------------------------------------------------------------


def test_only_those_that_are_named_are_graded(book: Gradebook, sources: tuple[Source, ...]) -> None:
    told = list(events(FakeGrader(), book, sources, Wanted(only=frozenset({"student-4", "student-1"}))))
    assert told[0] == Planned(6, 2, 0)
    assert names([e for e in told if isinstance(e, Graded)]) == ["student-1", "student-4"]


def test_a_name_that_is_not_there_is_an_error_and_nothing_is_run(book: Gradebook, sources: tuple[Source, ...]) -> None:
    grader = FakeGrader()
    with pytest.raises(AutograderError, match="student-44"):
        batch(grader, book, sources, Wanted(only=frozenset({"student-1", "student-44"})))
    assert grader.graded == []


def test_only_what_failed_is_graded_when_its_checks_have_changed(book: Gradebook, sources: tuple[Source, ...]) -> None:
    bad = {"student-2": Outcome.FAILED, "student-3": Outcome.BROKEN}
    batch(FakeGrader(lambda s, _: bad.get(s.name, Outcome.PASSED)), book, sources[:5])
    same = FakeGrader()
    assert names(batch(same, book, sources, Wanted(failed_only=True))) == ["student-2", "student-3"]
    assert same.graded == [], "their verdicts stand"
    changed = FakeGrader(version="v2")
    batch(changed, book, sources, Wanted(failed_only=True))
    assert changed.names() == ["student-2", "student-3"]
    assert batch(FakeGrader(), book, sources, Wanted(failed_only=True)) == [], "now they are right"


def test_only_what_was_handed_in_since_is_graded(book: Gradebook, sources: tuple[Source, ...]) -> None:
    for number, source in enumerate(sources):
        os.utime(source.path, (1_000_000 + number, 1_000_000 + number))
    since = datetime.fromtimestamp(1_000_004, UTC)
    assert names(batch(FakeGrader(), book, sources, Wanted(since=since))) == ["student-4", "student-5"]


def test_a_folder_is_as_new_as_its_newest_file(tmp_path: Path) -> None:
    for name, seconds in (("a/x.py", 1000), ("a/deep/y.csv", 3000), ("a/.hidden/z", 9000)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        os.utime(path, (seconds, seconds))
    for folder in ("a/.hidden", "a/deep", "a"):
        os.utime(tmp_path / folder, (9000, 9000))
    start = datetime.fromtimestamp(0, UTC)
    assert handed_in(Source("a", tmp_path / "a")) - start == timedelta(seconds=3000)
    assert handed_in(Source("b", tmp_path / "nothing")) == start


def test_a_plan_says_what_would_be_done_and_does_nothing(book: Gradebook, tmp_path: Path) -> None:
    folder = tmp_path / "class"
    make_sources(folder, 3)
    batch(FakeGrader(version=ASSIGNMENT.version()), book, find_submissions(folder, ASSIGNMENT.slug))
    (folder / "copy.py").write_text("x = 0\n")
    (folder / "new-a.py").write_text("x = 'new'\n")
    (folder / "new-b.py").write_text("x = 'new'\n")
    for name in ("bad-a", "bad-b"):
        (folder / f"{name}.ipynb").write_text("{")
    sources = find_submissions(folder, ASSIGNMENT.slug)
    before = book.latest(ASSIGNMENT.slug)
    foreseen = {f.name: f for f in plan_batch(book, sources, ASSIGNMENT)}
    assert {name: f.prospect for name, f in foreseen.items()} == {
        "student-0": Prospect.RECORDED,
        "student-1": Prospect.RECORDED,
        "student-2": Prospect.RECORDED,
        "copy": Prospect.SAME_BYTES,
        "new-a": Prospect.GRADE,
        "new-b": Prospect.SAME_BYTES,
        "bad-a": Prospect.REFUSED,
        "bad-b": Prospect.REFUSED,
    }
    assert "cut off" in foreseen["bad-a"].why
    assert book.latest(ASSIGNMENT.slug) == before
    again = {f.name: f.prospect for f in plan_batch(book, sources, ASSIGNMENT, wanted=Wanted(again=True))}
    assert set(again.values()) == {Prospect.GRADE, Prospect.REFUSED}
