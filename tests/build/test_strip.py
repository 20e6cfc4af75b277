from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_course import small

from autograder.build import reference_cells, strip, stub_cells
from autograder.course.source import SourceCell, SourceNotebook
from autograder.errors import AutograderError

CELL = """\
def softmax(x):
    before = x
    # BEGIN SOLUTION
    secret = before.exp()
    return secret / secret.sum()
    # STUB
    # answer = ...
    #
    # return answer
    # END SOLUTION
"""


def notebook(*sources: str, kind: str = "code", exercise: str | None = "softmax") -> SourceNotebook:
    cells, line = [], 1
    for source in sources:
        count = source.count("\n") + 1
        cells.append(SourceCell(kind, source, "notebook.py", tuple(range(line + 1, line + 1 + count)), exercise))
        line += count + 1
    return SourceNotebook(Path("notebook.py"), tuple(cells))


def student(source: str, exercise: str | None = "softmax") -> str:
    return strip(notebook(source, exercise=exercise)).student[0].source


def refusal(*sources: str, kind: str = "code") -> AutograderError:
    with pytest.raises(AutograderError) as caught:
        strip(notebook(*sources, kind=kind))
    return caught.value


def around(begin: str = "# BEGIN SOLUTION", end: str = "# END SOLUTION", inner: str = "secret = 1") -> str:
    return f"def f():\n    {begin}\n    {inner}\n    {end}\n    return 2"


def test_a_solution_becomes_its_stub_without_comment_signs() -> None:
    assert student(CELL) == "def softmax(x):\n    before = x\n    answer = ...\n\n    return answer\n"


def test_a_solution_without_stub_raises_with_the_name_of_its_exercise() -> None:
    assert student(around()) == 'def f():\n    raise NotImplementedError("softmax")\n    return 2'
    assert student(around(), None) == "def f():\n    raise NotImplementedError\n    return 2"


def test_the_full_cell_has_neither_markers_nor_stub() -> None:
    full = strip(notebook(CELL)).solution[0]
    assert full.source == (
        "def softmax(x):\n    before = x\n    secret = before.exp()\n    return secret / secret.sum()\n"
    )
    assert full.lines == (2, 3, 5, 6, 12)


def test_a_cell_may_have_several_solutions() -> None:
    assert student(around() + "\n" + around()).count("NotImplementedError") == 2


def test_reference_and_stub_cells_are_numbered_python_of_their_exercise(tmp_path: Path) -> None:
    assignment = small(tmp_path)
    reference, stub = reference_cells(assignment), stub_cells(assignment)
    assert [(c.number, c.exercise) for c in reference] == [(1, None), (2, "softmax"), (3, None), (4, "double")]
    assert "largest_of_all" in reference[1].source
    assert "largest_of_all" not in stub[1].source
    assert 'raise NotImplementedError("softmax")' in stub[1].source
    assert "answer = ...  # replace the dots\n    return answer" in stub[3].source
    assert "BEGIN" not in "".join(c.source for c in reference + stub)


@pytest.mark.parametrize(
    "marker",
    [
        "# begin solution",
        "# Begin Solution",
        "#BEGIN SOLUTION",
        "#  BEGIN SOLUTION",
        "# BEGIN  SOLUTION",
        "# BEGIN-SOLUTION",
        "# BEGIN_SOLUTION",
        "# BEGINSOLUTION",
        "# BEGINN SOLUTION",
        "# BEGIN SOLUTON",
        "# BEGIN SOLUTIONS",
        "# BEGIN SOLUTION:",
        "# BEING SOLUTION",
        "# BEGIN\u00a0SOLUTION",
        "# BEGIN SOLUTI\u041eN",
        "## BEGIN SOLUTION",
        "### BEGIN SOLUTION",
        "# # BEGIN SOLUTION",
        "#% BEGIN SOLUTION",
        "# START SOLUTION",
        "# BEGIN THE SOLUTION",
        "# BEGIN SOLN",
    ],
)
def test_a_misspelt_begin_is_refused_whatever_the_end_looks_like(marker: str) -> None:
    for end in ("# END SOLUTION", marker.replace("BEGIN", "END"), "pass"):
        error = refusal(around(marker, end))
        assert error.code == "misspelt-marker"
        assert error.where[0].line == 3
        assert error.where[0].text == f"    {marker}"
        assert "# BEGIN SOLUTION" in error.fix


@pytest.mark.parametrize(
    "marker", ["# end solution", "# END SOLUTON", "### END SOLUTION", "# END  SOLUTION", "#END SOLUTION"]
)
def test_a_misspelt_end_is_refused(marker: str) -> None:
    error = refusal(around(end=marker))
    assert (error.code, error.where[0].line) == ("misspelt-marker", 5)
    assert "# END SOLUTION" in error.fix


@pytest.mark.parametrize("marker", ["# stub", "#STUB", "# STUBS", "# STUBB", "# Stub", "# BEGIN STUB", "# STUB:"])
def test_a_misspelt_stub_is_refused(marker: str) -> None:
    assert refusal(around(inner=f"secret = 1\n    {marker}\n    # return 3")).code == "misspelt-marker"


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        (around(end="pass"), "unclosed-solution", 3),
        (around(begin="pass"), "end-without-begin", 5),
        (around(inner="# BEGIN SOLUTION"), "nested-solution", 4),
        (around(inner="# STUB\n    # STUB"), "stub-twice", 5),
        (around(begin="# STUB"), "stub-outside-solution", 3),
        (around(inner="secret = 1\n    # STUB\n    return 4"), "stub-not-comment", 6),
        (around(inner="# only a remark"), "empty-solution", 3),
        (around(inner=""), "empty-solution", 3),
        (around(begin="# BEGIN SOLUTION secret = 2"), "trailing-code", 3),
        (around(begin="x = 1  # BEGIN SOLUTION"), "trailing-code", 3),
        (around(end="x = 1  # END SOLUTION"), "trailing-code", 5),
        ('text = """\n# BEGIN SOLUTION\nsecret\n# END SOLUTION\n"""', "marker-in-string", 3),
        ("%%bash\n# BEGIN SOLUTION\nls\n# END SOLUTION", "marker-in-string", 3),
        ("x = 1  # SOLUTION", "foreign-marker", 2),
        ("# BEGIN HIDDEN TESTS\nassert f() == 1", "foreign-marker", 2),
        ("def f(:\n    pass", "bad-cell", 2),
        (around(inner="return (1"), "bad-cell", 4),
        (around(inner="secret = 1\n    # STUB\n    # return (1"), "bad-stub", 3),
        ("numbers = [\n    # BEGIN SOLUTION\n    1, 2\n    # END SOLUTION\n]", "bad-stub", 3),
    ],
)
def test_whatever_could_release_a_solution_is_refused_with_its_line(source: str, code: str, line: int) -> None:
    error = refusal(source)
    assert (error.code, error.where[0].line) == (code, line)
    assert error.where[0].text
    assert error.fix
    assert "Nothing was written" in error.why


def test_a_solution_that_crosses_cells_shows_both() -> None:
    error = refusal("x = 0\n# BEGIN SOLUTION\nsecret = 1", "y = 2", "secret = 3\n# END SOLUTION")
    assert error.code == "solution-crosses-cells"
    assert [place.line for place in error.where] == [3, 9]


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_marker_outside_code_is_refused(kind: str) -> None:
    assert refusal("Prose\n# BEGIN SOLUTION\nmore", kind=kind).code == "marker-in-text"
    assert refusal("## End solution", kind=kind).code == "marker-in-text"


def test_prose_about_solutions_is_no_marker() -> None:
    prose = "## The solution\nYour solution begins where the data ends. A stub is a start.\n# Solution sketch"
    assert strip(notebook(prose, kind="markdown", exercise=None)).student[0].source == prose
    assert student("# the end of the road\nx = 1  # solution of the equation") != ""


def test_a_marker_in_a_title_is_refused() -> None:
    cell = SourceCell("code", "x = 1", "notebook.py", (2,), None, {"title": "BEGIN SOLUTION"})
    with pytest.raises(AutograderError, match="title or metadata"):
        strip(SourceNotebook(Path("notebook.py"), (cell,)))


STATEMENT = st.sampled_from(["a = 1", "b = f(2)", "for i in r:\n    c(i)", "", "# remark", "if d:\n    e = 3", "del g"])
SOLUTION = st.lists(st.integers(10_000, 99_999).map(lambda n: f"secret_{n} = {n}"), min_size=1, max_size=4)
PART = st.tuples(st.lists(STATEMENT, max_size=3), SOLUTION, st.booleans(), st.lists(STATEMENT, max_size=2))


def indented(text: str, by: str) -> str:
    return "\n".join(by + line if line else line for line in text.split("\n"))


def assembled(parts: list[tuple[list[str], list[str], bool, list[str]]]) -> str:
    lines = ["def f():"]
    for before, secret, with_stub, after in parts:
        lines += [indented(text, "    ") for text in before]
        lines += ["    # BEGIN SOLUTION", *(f"    {text}" for text in secret)]
        lines += ["    # STUB", "    # todo = 0"] if with_stub else []
        lines += ["    # END SOLUTION", *(indented(text, "    ") for text in after)]
    return "\n".join(lines)


@given(st.lists(PART, min_size=1, max_size=4))
def test_no_line_of_any_solution_survives(parts: list[tuple[list[str], list[str], bool, list[str]]]) -> None:
    stripped = student(assembled(parts))
    ast.parse(stripped)
    for _, secret, _, _ in parts:
        assert not any(line in stripped for line in secret)
    assert not any(word in stripped for word in ("BEGIN", "END SOLUTION", "STUB"))


@given(st.lists(PART, min_size=1, max_size=4))
def test_stripping_again_changes_nothing(parts: list[tuple[list[str], list[str], bool, list[str]]]) -> None:
    source = notebook(assembled(parts))
    once = strip(source)
    for made in (once.student, once.solution):
        again = strip(SourceNotebook(source.path, made))
        assert again.student == again.solution == made


@given(st.lists(PART, min_size=1, max_size=2), st.data())
def test_one_wrong_letter_in_a_marker_writes_nothing(
    parts: list[tuple[list[str], list[str], bool, list[str]]], data: st.DataObject
) -> None:
    lines = assembled(parts).split("\n")
    number = data.draw(st.sampled_from([i for i, line in enumerate(lines) if line.strip().endswith("SOLUTION")]))
    text = lines[number].strip()
    at = data.draw(st.integers(0, len(text) - 1))
    letter = data.draw(st.sampled_from(["", "x", "-", "  ", text[at].lower(), text[at] * 2]))
    wrong = text[:at] + letter + text[at + 1 :]
    assume(wrong != text)
    lines[number] = f"    {wrong}"
    with pytest.raises(AutograderError):
        strip(notebook("\n".join(lines)))
