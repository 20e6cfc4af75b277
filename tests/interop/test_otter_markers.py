"""otter's markers, points and YAML, held against otter-grader's own functions and against noise."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from otter.assign.solutions import replace_solutions  # type: ignore[import-untyped]
from otter.test_files.abstract_test import TestCase as OtterCase  # type: ignore[import-untyped]
from otter.test_files.abstract_test import TestFile as OtterFile

from autograder.interop.foreign import ForeignCell
from autograder.interop.otter.blocks import BadBlocks, blocks_of
from autograder.interop.otter.config import BadConfig, Question, parse_yaml
from autograder.interop.otter.points import resolved
from autograder.interop.otter.solutions import BadSolution, ours

PIECES = (
    "x = 1",
    "    return y",
    "",
    "x = 2 # SOLUTION",
    "    y[0], z = 3, 4 # SOLUTION",
    "print(x) # SOLUTION",
    "x = f(a=1) # SOLUTION: because",
    "x: int = 3  #SOLUTION",
    "table['a=b'][0], x.y = 1, 2 # SOLUTION",
    "if x: # SOLUTION",
    "# BEGIN SOLUTION (of the author's)\na = 2\n    b = 3 # END SOLUTION",
    "    helper = 5 # SOLUTION NO PROMPT",
    "    # BEGIN SOLUTION\n    a = 1\n    b = 2\n    # END SOLUTION",
    "# BEGIN SOLUTION NO PROMPT\nc = 1\n# END SOLUTION",
    '""" # BEGIN PROMPT\nd = ...\n# and more\n""" # END PROMPT',
    '    """ # BEGIN PROMPT\n    pass\n    """; # END PROMPT',
)


def stripped(cell: str) -> list[str]:
    """What students get of a cell with our markers."""
    kept: list[str] = []
    state = "text"
    for line in cell.split("\n"):
        mark = line.strip()
        if mark in ("# BEGIN SOLUTION", "# STUB", "# END SOLUTION"):
            state = {"# BEGIN SOLUTION": "solution", "# STUB": "stub", "# END SOLUTION": "text"}[mark]
        elif state == "text":
            kept.append(line)
        elif state == "stub":
            margin = line[: len(line) - len(line.lstrip())]
            kept.append(margin + line.lstrip().removeprefix("#").removeprefix(" "))
    return kept


def shown(lines: list[str]) -> list[str]:
    """Without the lines that stand for nothing, of which ours has more, and otter leaves the quotes of prompts."""
    return [line.rstrip() for line in lines if line.strip() not in ("", "...", '"""', '""";', "# and more")]


@given(st.lists(st.sampled_from(PIECES), max_size=8))
def test_students_get_what_otter_gives_them(pieces: list[str]) -> None:
    cell = "\n".join(pieces)
    assert shown(stripped(ours(cell))) == shown(replace_solutions(cell.split("\n"), "python"))


@given(st.lists(st.sampled_from([*PIECES, "# END SOLUTION", "# BEGIN SOLUTION", '""" # BEGIN PROMPT']), max_size=8))
def test_no_marker_of_otters_is_left_or_the_cell_is_refused(pieces: list[str]) -> None:
    try:
        made = ours("\n".join(pieces))
    except BadSolution:
        return
    assert not re.search(r"# ?SOLUTION( NO PROMPT)?$|PROMPT$|# SEED$", made, re.MULTILINE)
    assert made.count("# BEGIN SOLUTION") == made.count("# END SOLUTION") == made.count("# STUB")


def test_a_long_line_is_read_at_once() -> None:
    assert ours("x" + "['a']" * 5000 + "!") == "x" + "['a']" * 5000 + "!"
    assert ours(" " * 90_000 + "# SEE") == " " * 90_000 + "# SEE"


def test_a_seed_stays_in_sight() -> None:
    assert ours("np.random.seed(3) # SEED\nx = np.random.rand() # SOLUTION").split("\n")[0] == "np.random.seed(3)"


points = st.sampled_from([0, 0.5, 1, 2.5, 3])


@given(
    st.lists(st.none() | points, min_size=1, max_size=5),
    st.none() | points | st.lists(st.none() | points, min_size=1, max_size=5),
)
def test_points_are_shared_out_as_otter_does(
    given: list[float | None], total: float | list[float | None] | None
) -> None:
    question = Question(
        "q",
        points=total if isinstance(total, int | float) else None,
        by_case=tuple(total) if isinstance(total, list) else None,
    )
    cases = [OtterCase("", "", False, one, None, None) for one in given]
    try:
        theirs = [case.points for case in OtterFile.resolve_test_file_points(total, cases)]
    except ValueError:
        with pytest.raises(BadConfig):
            resolved(question, given)
        return
    assert resolved(question, given) == pytest.approx(theirs)


@given(st.lists(st.tuples(st.sampled_from(["raw", "markdown", "code"]), st.text(max_size=80)), max_size=6))
def test_noise_is_read_or_refused_as_a_block(cells: list[tuple[str, str]]) -> None:
    heads = ("# BEGIN QUESTION\n", "# END TESTS", "```otter\n", "", "# ASSIGNMENT CONFIG\n")
    made = [ForeignCell(n, kind, heads[n % 5] + text) for n, (kind, text) in enumerate(cells, 1)]
    try:
        found = blocks_of(made)
    except BadBlocks:
        return
    assert len(found.cells) <= sum(1 + cell.source.count("\n") for cell in made)


@given(st.text(max_size=200))
def test_any_text_is_a_mapping_or_is_refused(text: str) -> None:
    try:
        found = parse_yaml(text)
    except BadConfig:
        return
    assert all(isinstance(key, str) for key in found)
