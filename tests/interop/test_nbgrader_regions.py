"""nbgrader's markers as ours: the solution stays between them, and whatever its tool takes away is taken away here."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.interop.nbgrader.regions import HIDDEN_TESTS, SOLUTION, BadRegions, ours, split

lines = st.lists(
    st.sampled_from(
        ["x = 1", "    y = 2", "", "# plain", "### BEGIN SOLUTION", "    ### END SOLUTION", "z = 3  # BEGIN SOLUTION"]
    ),
    max_size=12,
)


@given(lines)
def test_what_is_outside_a_region_for_nbgrader_is_outside_ours(cell: list[str]) -> None:
    source = "\n".join(cell)
    try:
        wanted = split(source, SOLUTION)
        converted = ours(source)
    except BadRegions:
        return
    inside = False
    outside: list[str] = []
    for line in converted.split("\n"):
        if line.strip() in ("# BEGIN SOLUTION", "# END SOLUTION"):
            inside = line.strip() == "# BEGIN SOLUTION"
        elif not inside:
            outside.append(line)
    assert not inside
    assert "\n".join(outside) == (wanted.outside if wanted.found else "")


def test_a_cell_without_a_region_is_all_solution() -> None:
    assert ours("x = 1\ny = 2\n") == "# BEGIN SOLUTION\nx = 1\ny = 2\n# END SOLUTION"


def test_code_that_shares_a_markers_line_is_solution_too() -> None:
    found = ours("def f():\n    x = 1  ### BEGIN SOLUTION\n    return x  ### END SOLUTION")
    assert found == "def f():\n    # BEGIN SOLUTION\n    x = 1\n    return x\n    # END SOLUTION"


def test_a_region_of_comments_gets_a_pass_since_ours_may_not_be_empty() -> None:
    found = ours("def f():\n    ### BEGIN SOLUTION\n    # nothing\n    ### END SOLUTION")
    assert found == "def f():\n    # BEGIN SOLUTION\n    # nothing\n    pass\n    # END SOLUTION"


@pytest.mark.parametrize(
    "source", ["### BEGIN SOLUTION\nx = 1", "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION"]
)
def test_regions_that_nbgrader_refuses_are_refused(source: str) -> None:
    with pytest.raises(BadRegions):
        ours(source)


def test_hidden_tests_are_told_from_what_students_see() -> None:
    found = split("a = 1\n### BEGIN HIDDEN TESTS\nassert a\n### END HIDDEN TESTS\nb = 2", HIDDEN_TESTS)
    assert (found.outside, found.inside, found.whole) == ("a = 1\nb = 2", "assert a", "a = 1\nassert a\nb = 2")
