"""mutants.toml: what is read, what is refused, and which mutants a mark is about."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import Assignment, Exercise, Manifest
from autograder.errors import AutograderError
from autograder.grading.mutants import Mark, Marks, Mutant, as_mark, load_marks

MUTANT = Mutant(
    name="softmax:3-without-clone",
    exercise="softmax",
    definition="stable",
    operator="call-left-out",
    line=3,
    before="y = x.clone()",
    after="y = x",
    diff="",
    cell=2,
    source="",
)


def assignment(folder: Path, text: str) -> Assignment:
    (folder / "mutants.toml").write_text(text, encoding="utf-8")
    exercises = (Exercise(name="softmax", title="Softmax", points=1), Exercise(name="loss", title="Loss", points=1))
    return Assignment(slug="a", root=folder, manifest=Manifest(title="A", exercises=exercises))


def mark(**changes: object) -> Mark:
    given = {"exercise": "softmax", "before": "y = x.clone()", "after": "y = x", "equivalent": True}
    return Mark.model_validate({**given, "why": "y is never written", **changes})


def test_a_mark_is_about_the_mutant_with_its_lines() -> None:
    assert Marks((mark(),)).of(MUTANT) == mark()
    assert Marks((mark(after="y = 2 * x"),)).of(MUTANT) is None
    assert Marks((mark(exercise="loss"),)).of(MUTANT) is None


def test_indentation_does_not_matter() -> None:
    assert Marks((mark(before="    y = x.clone()\n", after="  y = x "),)).of(MUTANT) is not None


def test_a_definition_and_an_operator_narrow_a_mark_down() -> None:
    assert Marks((mark(definition="stable", operator="call-left-out"),)).of(MUTANT) is not None
    assert Marks((mark(definition="other"),)).of(MUTANT) is None
    assert Marks((mark(operator="term"),)).of(MUTANT) is None


def test_a_mark_of_no_mutant_is_unused() -> None:
    used, unused = mark(), mark(before="y = x.copy()")
    assert Marks((used, unused)).unused([MUTANT]) == (unused,)


def test_no_file_means_no_marks(tmp_path: Path) -> None:
    found = assignment(tmp_path, "")
    (tmp_path / "mutants.toml").unlink()
    assert load_marks(found) == Marks()


def test_the_table_for_a_mutant_is_read_back_once_the_author_has_said_why(tmp_path: Path) -> None:
    table = as_mark(MUTANT)
    assert table.startswith('[[survivor]]\nexercise = "softmax"\ndefinition = "stable"\nbefore = "y = x.clone()"\n')
    with pytest.raises(AutograderError, match="why"):
        load_marks(assignment(tmp_path, table))
    marks = load_marks(assignment(tmp_path, table.replace('why = ""', 'why = "y is never written"')))
    assert marks.of(MUTANT) is not None


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_line_survives_the_way_through_toml(before: str, after: str) -> None:
    try:
        f"{before}{after}".encode()
    except UnicodeEncodeError:  # no file holds half a character
        return
    table = tomllib.loads(as_mark(replace(MUTANT, before=before, after=after)))["survivor"][0]
    assert (table["before"], table["after"]) == (before, after)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[[survivor]", "not TOML"),
        ('[[survivor]]\nexercise = "softmax"', "survivor 1, before: Field required"),
        ('survivor = "all"', "survivor: "),
        ('[[surviver]]\nexercise = "softmax"', "surviver: Extra inputs"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_place(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(AutograderError) as caught:
        load_marks(assignment(tmp_path, text))
    assert caught.value.code == "bad-mutants"
    assert what in caught.value.what
    assert caught.value.where[0].path.endswith("mutants.toml")


def test_a_short_reason_and_an_unknown_exercise_are_refused(tmp_path: Path) -> None:
    good = as_mark(MUTANT).replace('why = ""', 'why = "y is never written"')
    with pytest.raises(AutograderError, match="survivor 2, why"):
        load_marks(assignment(tmp_path, good + as_mark(MUTANT).replace('why = ""', 'why = "because"')))
    with pytest.raises(AutograderError, match=r"no exercise is called 'softmin'.*") as caught:
        load_marks(assignment(tmp_path, good.replace('"softmax"', '"softmin"')))
    assert caught.value.fix == "choose one of softmax, loss"
