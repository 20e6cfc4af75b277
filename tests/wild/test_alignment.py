"""What holds for the reading of any notebook: all definitions are found, nothing raises, large ones are bounded."""

from __future__ import annotations

import ast
import copy
import random
from collections.abc import Sequence
from itertools import groupby

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from notebooks import Cell, Notebook, assignment_of

from autograder.course import Submission
from autograder.grading.alignment import MAX_REPAIRED_CHARACTERS, Expected, align, expected_in, expected_of
from autograder.grading.alignment.expected import ExpectedExercise, ReleaseCell
from autograder.grading.alignment.statements import needed_at_once, statements
from autograder.grading.intake import parse_submission
from autograder.grading.notebook import RawCell, RawNotebook

NUMBERS = ("01", "02", "03", "04", "05", "06", "07", "08")
QUICK = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(notebook: Notebook, cells: Sequence[Cell]) -> Submission:
    notebook.cells = list(cells)
    expected = expected_of(notebook.assignment)
    found = parse_submission("ada", ((f"{notebook.slug}.ipynb", notebook.bytes()),), notebook.slug, expected)
    assert isinstance(found, Submission)
    return found


def last_definitions(submission: Submission) -> dict[str, str]:
    """What each function and class is when all cells have run, as far as syntax tells; and no cell needs what comes
    after it."""
    found: dict[str, str] = {}
    for cell in submission.cells:
        for node in ast.parse(cell.source).body if cell.source else ():
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                found[node.name] = ast.dump(node)
    return found


def asked_for(expected: Expected) -> frozenset[str]:
    return frozenset(name for exercise in expected.exercises for name in exercise.defines if exercise.defines)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_release_tells_a_students_check_what_the_source_tells_the_grader(number: str) -> None:
    notebook = Notebook(number)
    told = expected_in(notebook.assignment.course / "release" / notebook.slug)
    assert told == expected_of(notebook.assignment)


@pytest.mark.parametrize("number", NUMBERS)
def test_a_notebook_as_it_was_released_or_solved_needs_no_repair(number: str) -> None:
    solved, untouched = Notebook(number), Notebook(number)
    for notebook, cells in ((solved, solved.cells), (untouched, untouched.released)):
        submission = read(notebook, cells)
        code = [cell for cell in cells if cell["cell_type"] == "code"]
        assert submission.notes == ()
        assert [cell.number for cell in submission.cells] == list(range(1, len(code) + 1))
        own = [cell["metadata"].get("autograder", {}).get("exercise") for cell in code]
        assert [cell.exercise for cell in submission.cells] == own


@QUICK
@given(number=st.sampled_from(NUMBERS), seed=st.integers(0, 10**6), copies=st.integers(0, 3), ids=st.booleans())
def test_answers_are_found_however_cells_are_shuffled_and_copied(
    number: str, seed: int, copies: int, ids: bool
) -> None:
    """Untouched cells of the release, some of them several times, and the answers, in any order."""
    chance, notebook = random.Random(seed), Notebook(number)
    answers = last_definitions(read(notebook, notebook.cells))
    cells = [*notebook.cells, *chance.choices(notebook.released, k=10 * copies)]
    chance.shuffle(cells)
    cells = copy.deepcopy(cells)
    for cell in cells if not ids else ():
        cell["metadata"] = {}
        cell.pop("id", None)
    found = read(notebook, cells)
    defined = last_definitions(found)
    wanted = asked_for(expected_of(notebook.assignment)) & answers.keys()
    assert {name: defined[name] for name in wanted} == {name: answers[name] for name in wanted}
    assert_nothing_is_needed_too_early(found, read(Notebook(number), Notebook(number).cells))
    assert sorted(cell.number for cell in found.cells) == sorted({cell.number for cell in found.cells})


def assert_nothing_is_needed_too_early(found: Submission, whole: Submission) -> None:
    """Definitions are read after all that they need at once, as far as cells bind it."""
    bound = {name for cell in whole.cells for s in statements(cell.source) for name in s.binds if s.quiet}
    there: set[str] = set()
    for cell in found.cells:
        parts = statements(cell.source)
        if any(part.defines for part in parts) and cell.exercise:
            assert not (needed_at_once(parts) & bound) - there, cell
        there |= {name for part in parts for name in part.binds}


@QUICK
@given(number=st.sampled_from(NUMBERS), seed=st.integers(0, 10**6), share=st.floats(0, 1))
def test_what_is_deleted_of_the_given_cells_is_put_back_where_it_is_needed(
    number: str, seed: int, share: float
) -> None:
    chance, notebook = random.Random(seed), Notebook(number)
    whole = read(Notebook(number), Notebook(number).cells)
    own = [c for c in notebook.cells if c["metadata"].get("autograder", {}).get("exercise") or chance.random() > share]
    assert_nothing_is_needed_too_early(read(notebook, own), whole)


_WORDS = st.sampled_from(
    [
        *("def softmax(x, dim):", "    return x", "class MLP:", "import torch", "raise NotImplementedError('softmax')"),
        *(
            "x = 1",
            "@",
            '"""',
            "'''",
            "(",
            ")",
            "if x:",
            "else:",
            "\t",
            "# Exercise softmax (5 points)",
            "%%time",
            "!ls",
        ),
        *(
            "<<<<<<< a",
            "=======",
            ">>>>>>> b",
            "\u201c",
            "\u00a0",
            ">>> ",
            "from google.colab import drive",
            "drive.mount()",
        ),
        *(
            "<!-- exercise: train -->",
            "```python",
            "```",
            "\r",
            "async def f(): await g()",
            "lambda x=y: z",
            "check('x')",
        ),
    ]
)
_SOURCES = st.lists(_WORDS, max_size=8).map("\n".join) | st.text(max_size=60)
_EXERCISES = st.none() | st.sampled_from(["softmax", "train", "nothing"])
_CELLS = st.builds(RawCell, _SOURCES, _EXERCISES, st.sampled_from(["code", "code", "markdown", "raw", "x"]))


@settings(max_examples=150, deadline=None)
@given(st.lists(_CELLS, max_size=8), st.sampled_from(["04", "03", ""]))
def test_no_notebook_makes_the_reading_raise(cells: list[RawCell], number: str) -> None:
    expected = expected_of(assignment_of(number)) if number else Expected()
    done = align(RawNotebook(tuple(cells)), expected)
    numbers = [number for number, _ in groupby(done.cells, key=lambda cell: cell.number)]
    assert len(set(numbers)) == len(numbers)  # only the parts of one cell share its number
    for cell in done.cells:
        compile(cell.source, "cell", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)


@pytest.mark.parametrize(
    "source",
    [
        "def softmax(x, dim):\n    return x\n",
        "def softmax(x, dim):\n" + "    x = x\n" * 90,
        "x = (" + "1 + " * 400 + "1)",
        "class MLP(A" + ", A" * 300 + "): pass",
        '"""' * 301,
        "\u00a0" * 900,
        "from a import b\n" * 60,
        "import google.colab\ngoogle.f()\n" * 30,
    ],
)
def test_hundreds_of_cells_of_a_kind_are_read(source: str) -> None:
    """None of these takes quadratic time in the number of cells: each would be minutes."""
    cells = tuple(RawCell(source, "softmax", "code") for _ in range(min(500, MAX_REPAIRED_CHARACTERS // len(source))))
    done = align(RawNotebook(cells), expected_of(assignment_of("04")))
    assert done.cells


def test_more_code_than_a_person_writes_is_run_as_it_stands() -> None:
    notebook = Notebook("04")
    notebook.cells.insert(0, {**notebook.code[0], "source": f"x = '{'a' * 150_000}'", "id": "long"})
    notebook.cells[:0] = [{**notebook.cells[0], "id": f"long{n}"} for n in range(2)]
    notebook.cells.append(notebook.stub("softmax"))
    submission = read(notebook, notebook.cells)
    assert "nothing was repaired" in submission.notes[0]
    assert "raise NotImplementedError" in submission.cells[-1].source


# cases that our own assignments do not have ---------------------------------------------------------------------------


def hoping_for(*cells: ReleaseCell, written: bool = False) -> Expected:
    return Expected("hw", (ExpectedExercise("q1", () if written else ("q1",), written),), cells)


def sources(*cells: RawCell, of: Expected) -> list[str]:
    return [cell.source.strip() for cell in align(RawNotebook(cells), of).cells]


def test_a_value_that_was_left_open_does_not_take_the_place_of_the_one_above_it() -> None:
    """otter-grader's prompts are such; the exercise's own name is nowhere defined."""
    of = hoping_for(ReleaseCell("code", "result = ...", "q1"))
    assert sources(RawCell("result = 5"), RawCell("result = ...", "q1"), of=of) == ["result = 5", ""]
    assert sources(RawCell("result = ...", "q1"), RawCell("result = 5"), of=of) == ["result = ...", "result = 5"]
    assert align(RawNotebook((RawCell("def helper(): pass", "q1"),)), of).notes == ()


def test_an_exercise_that_a_person_grades_may_be_answered_in_code_which_runs() -> None:
    of = hoping_for(ReleaseCell("code", "# Exercise q1 (2 points)\nplot = None", "q1"), written=True)
    done = align(RawNotebook((RawCell("# Exercise q1 (2 points)\nplot = draw()", "q1"), RawCell("plot.show()"))), of)
    assert done.answers == (("q1", "plot = draw()"),)
    assert [cell.source.split("\n")[-1] for cell in done.cells] == ["plot = draw()", "plot.show()"]
    untouched = align(RawNotebook((RawCell("# Exercise q1 (2 points)\nplot = None\n", "q1"),)), of)
    assert (untouched.answers, untouched.answered) == ((), False)


def test_a_cell_without_id_and_name_is_known_by_its_heading_or_its_text() -> None:
    body = "total = 0\nfor n in range(10):\n    total += n\nprint(total)"
    of = hoping_for(ReleaseCell("code", f"# Exercise q1 (1 point)\n{body}", "q1"))
    cells = (RawCell("# Exercise q1 (1 point)\nx = 1"), RawCell(body.replace("10", "11")), RawCell("y = 1"))
    assert [cell.exercise for cell in align(RawNotebook(cells), of).cells] == ["q1", "q1", None]


def test_a_given_cell_is_put_back_only_where_an_answer_needs_it() -> None:
    given_cells = (ReleaseCell("code", "import a"), ReleaseCell("code", "import b"))
    of = hoping_for(*given_cells, ReleaseCell("code", "def q1(x):\n    raise NotImplementedError", "q1"))
    answer = RawCell("def q1(x):\n    return a.f(x)", "q1")
    assert sources(answer, of=of) == ["import a", answer.source]
    assert sources(RawCell("import other as a"), answer, of=of) == ["import other as a", answer.source]
    assert sources(RawCell("def q1(x):\n    return x", "q1"), of=of) == ["def q1(x):\n    return x"]


def test_a_wrong_answer_stays_wrong_whatever_stands_around_it() -> None:
    """Nothing of the release but given cells and nothing of anybody else ever becomes part of an answer."""
    of = hoping_for(ReleaseCell("code", "def q1(x):\n    raise NotImplementedError", "q1"))
    right, wrong = RawCell("def q1(x):\n    return x", "q1"), RawCell("def q1(x):\n    return 1", "q1")
    assert sources(right, wrong, of=of)[-1] == wrong.source
    stub = RawCell("def q1(x):\n    raise NotImplementedError", "q1")
    assert sources(stub, of=of) == [stub.source]
    assert sources(wrong, RawCell("raise ValueError\ndef q1(x): return x", None, "markdown"), of=of) == [wrong.source]


def test_an_import_that_may_fail_hides_nothing_from_checks_that_read_the_code() -> None:
    of = hoping_for(ReleaseCell("code", "import torch\n\ndef q1(x):\n    raise NotImplementedError", "q1"))
    done = align(RawNotebook((RawCell("import seaborn as sns\nimport torch\n\ndef q1(x):\n    return x", "q1"),)), of)
    assert [cell.source.split("\n")[0] for cell in done.cells] == [
        "import contextlib as _contextlib",
        "with _contextlib.suppress(ImportError): import seaborn as sns",
    ]
    tree = ast.parse(done.cells[1].source)
    assert "seaborn" in [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    assert "__import__" not in done.cells[1].source


def test_parts_and_names_that_are_put_back_are_few() -> None:
    of = hoping_for(ReleaseCell("code", "import torch\n\ndef q1(x):\n    raise NotImplementedError", "q1"))
    many = "".join(f"def f{n}(): a{n}\nprint(1)\nimport a{n}\n" for n in range(500))
    taken = "".join(f"a{n} = 1\n" for n in range(500))
    done = align(RawNotebook((RawCell(many), RawCell(taken))), of)
    assert [cell.number for cell in done.cells].count(2) == 1
    assert len(done.cells) < 30
