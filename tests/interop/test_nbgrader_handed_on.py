"""What test cells of nbgrader's leave in the notebook, and cells that only show an error."""

from __future__ import annotations

from pathlib import Path

import nbgrader_source as source
from imported_course import answers, verdicts, written

from autograder.interop.imported import ImportedAssignment, ImportedCheck, NoteKind
from autograder.interop.nbgrader.read import read_nbgrader


def imported(root: Path, *cells: dict[str, object]) -> ImportedAssignment:
    (found,) = read_nbgrader(source.write(root / "a.ipynb", *cells))
    return found


def check(found: ImportedAssignment, name: str) -> ImportedCheck:
    return next(one for file in found.check_files for one in file.checks if one.name == name)


NOTEBOOK = (
    source.solution(
        "scaled",
        "def scaled(values):\n    ### BEGIN SOLUTION\n    return [FACTOR * v for v in values]\n    ### END SOLUTION",
    ),
    source.graded_cell(
        "t-scaled",
        1,
        "FACTOR = 3\nassert scaled([1]) == [3]\nFACTOR = 5\nmade = scaled([1, 2])\nassert made == [5, 10]\n"
        "### BEGIN HIDDEN TESTS\nsecret = [7]\nFACTOR = 7\nassert scaled([1]) == secret\n### END HIDDEN TESTS",
    ),
    source.cell("code", "more = [*made, 1]"),
    source.solution(
        "stack",
        "### BEGIN SOLUTION\nclass Stack:\n    def __init__(self):\n        self.items = [max(more)]\n"
        "    def push(self, item):\n        self.items.append(item)\n### END SOLUTION",
    ),
    source.graded_cell("t-new", 1, "stack = Stack()\nassert stack.items == [10]\nstack.push(1)\nstack.push(2)"),
    source.graded_cell("t-pushed", 1, "assert stack.items == [10, 1, 2]"),
    source.cell("code", "if True:\nprint('an error to look at')"),
)


def test_names_that_the_notebook_takes_from_tests_are_made_by_a_cell_of_their_own(tmp_path: Path) -> None:
    found = imported(tmp_path, *NOTEBOOK)
    made = next(cell.source for cell in found.cells if "made =" in cell.source)
    assert made == "FACTOR = 3\nFACTOR = 5\nmade = scaled([1, 2])"
    assert not any("secret" in cell.source or "FACTOR = 7" in cell.source for cell in found.cells)
    told = [note.text for note in found.notes if note.kind is NoteKind.CHANGED]
    assert any(text.endswith("make them: FACTOR, made") for text in told)


def test_an_object_of_an_earlier_test_comes_along_as_that_test_left_it(tmp_path: Path) -> None:
    body = check(imported(tmp_path, *NOTEBOOK), "test_t_pushed").body
    assert body == "stack = Stack()\nstack.push(1)\nstack.push(2)\nassert stack.items == [10, 1, 2]"


def test_a_cell_that_is_no_python_is_shown_as_text(tmp_path: Path) -> None:
    found = imported(tmp_path, *NOTEBOOK)
    shown = next(cell for cell in found.cells if "an error to look at" in cell.source)
    assert (shown.kind, shown.source.split("\n")[0]) == ("markdown", "```python")
    assert any(note.text == "no Python, so it is shown as text: cell 7" for note in found.notes)


def test_what_stands_in_for_a_solution_is_where_its_code_was(tmp_path: Path) -> None:
    crooked = (
        "def f(n):\n    for i in range(n):\n    ### BEGIN SOLUTION\n        n += i\n    ### END SOLUTION\n    return n"
    )
    found = imported(tmp_path, source.solution("f", crooked), source.graded_cell("t", 1, "assert f(3) == 6"))
    assert "\n        # BEGIN SOLUTION\n" in found.cells[0].source


def test_the_solution_gets_all_points_and_its_stub_none(tmp_path: Path) -> None:
    assignment = written(imported(tmp_path, *NOTEBOOK), tmp_path / "course").assignment
    found = verdicts(assignment, answers(assignment, {}))
    assert {name: verdict.points for name, verdict in found.items()} == {"reference": 3.0, "stub": 0.0}


def test_hidden_helpers_of_earlier_tests_stay_out_of_what_is_shown(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        source.solution("f", "def f(n):\n    return n"),
        source.graded_cell(
            "one", 1, "### BEGIN HIDDEN TESTS\ndef secret(n):\n    return n\n### END HIDDEN TESTS\nassert f(1)"
        ),
        source.graded_cell(
            "two", 1, "assert f(2) == 2\n### BEGIN HIDDEN TESTS\nassert f(3) == secret(3)\n### END HIDDEN TESTS"
        ),
    )
    assert "def secret" in check(found, "test_two").body
    assert "def secret" not in check(found, "test_two_as_shown").body
