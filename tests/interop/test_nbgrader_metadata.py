"""A cell's metadata for nbgrader: its own library takes it, and computes the same checksum."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import from_dict
from nbgrader.nbgraderformat import MetadataValidator  # type: ignore[import-untyped]
from nbgrader.utils import compute_checksum  # type: ignore[import-untyped]

from autograder.interop.nbgrader.metadata import BadMetadata, Marked, Role, checksum, marked, metadata_of

grade_ids = st.text("abcXYZ019_-", min_size=1, max_size=20)
points = st.floats(0, 1000, allow_nan=False) | st.integers(0, 100).map(float)
sources = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
CODE_ROLES = (Role.SOLUTION, Role.TEST, Role.MANUAL, Role.LOCKED)
TEXT_ROLES = (Role.MANUAL, Role.TASK, Role.LOCKED)
roles = st.sampled_from(
    [*(("code", role) for role in CODE_ROLES), *(("markdown", role) for role in TEXT_ROLES)],
)


def theirs(kind: str, source: str, own: dict[str, object]) -> Any:
    cell: dict[str, object] = {"cell_type": kind, "metadata": own, "source": source}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}
    return from_dict(notebook)  # type: ignore[no-untyped-call]


@given(kind_role=roles, source=sources, grade_id=grade_ids, worth=points)
@settings(deadline=None)
def test_nbgrader_validates_the_metadata_and_computes_the_same_checksum(
    kind_role: tuple[str, Role], source: str, grade_id: str, worth: float
) -> None:
    kind, role = kind_role
    own = metadata_of(role, kind, source, grade_id, worth)
    notebook = theirs(kind, source, own)
    MetadataValidator().validate_nb(notebook)
    assert compute_checksum(notebook.cells[0]) == checksum(role, kind, source, grade_id, worth)


@given(kind_role=roles, source=sources, grade_id=grade_ids, worth=points)
def test_what_is_written_is_read_back(kind_role: tuple[str, Role], source: str, grade_id: str, worth: float) -> None:
    kind, role = kind_role
    kept = worth if role in (Role.TEST, Role.MANUAL, Role.TASK) else 0.0
    assert marked(kind, metadata_of(role, kind, source, grade_id, worth)) == Marked(role, grade_id, kept)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
keys = st.sampled_from(["grade", "solution", "locked", "task", "grade_id", "points", "schema_version", "checksum"])


@given(
    kind=st.sampled_from(["code", "markdown", "raw"]), own=anything | st.dictionaries(keys, anything), worth=anything
)
def test_whatever_the_metadata_holds_it_is_read_or_refused(kind: str, own: object, worth: object) -> None:
    try:
        found = marked(kind, {"nbgrader": own})
    except BadMetadata:
        return
    assert found.points >= 0
    assert len(found.grade_id) <= 200


@pytest.mark.parametrize("worth", ["three", None, float("nan"), float("inf"), -1, [1], 10**400])
def test_points_that_are_no_number_of_points_are_refused(worth: object) -> None:
    own = {"grade": True, "solution": False, "locked": True, "grade_id": "a", "points": worth}
    with pytest.raises(BadMetadata, match="points"):
        marked("code", {"nbgrader": own})


@pytest.mark.parametrize(("worth", "read"), [("2.5", 2.5), (3, 3.0), (0, 0.0), (1.5, 1.5)])
def test_points_of_older_schemas_may_be_text(worth: object, read: float) -> None:
    own = {"grade": True, "solution": False, "grade_id": "a", "points": worth}
    assert marked("code", {"nbgrader": own}).points == read


@pytest.mark.parametrize("grade_id", ["", "../up", "a b", "ä", 3, None, "x" * 201])
def test_a_grade_id_that_nbgrader_would_not_take_is_refused(grade_id: object) -> None:
    own = {"grade": False, "solution": True, "grade_id": grade_id}
    with pytest.raises(BadMetadata, match="grade_id"):
        marked("code", {"nbgrader": own})
