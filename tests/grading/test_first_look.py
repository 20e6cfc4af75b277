"""What is told of a notebook before it runs: stubs, names that are gone, modules beside it, paths of one machine."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autograder.course import CodeCell, Submission
from autograder.course.released import Released, ReleasedExercise
from autograder.grading.first_look import FirstLook, first_look

RELEASED = Released(
    slug="01-sums",
    title="Sums",
    version="1",
    exercises=(
        ReleasedExercise("double", "Twice", 2, ("double",), written=False),
        ReleasedExercise("net", "A network", 3, ("Net", "train"), written=False),
        ReleasedExercise("why", "Why?", 1, (), written=True),
    ),
)
STUB = 'def double(x):\n    """Twice."""\n    raise NotImplementedError("double")\n'
NET = "class Net:\n    pass\ntrain = print\n"


def look(*cells: str, answers: tuple[tuple[str, str], ...] = (), beside: tuple[str, ...] = ()) -> FirstLook:
    numbered = tuple(CodeCell(number, source) for number, source in enumerate(cells, 1))
    return first_look(Submission("x", "0", numbered, answers=answers), RELEASED, beside)


def test_a_stub_is_open_and_an_answer_is_not() -> None:
    assert look(STUB, NET).open == ("double", "why")
    assert look("def double(x):\n    return 2 * x\n", NET, answers=(("why", "Because."),)) == FirstLook((), (), (), ())


def test_the_last_definition_counts_as_it_does_when_the_cells_run() -> None:
    assert "double" not in look(STUB, "def double(x):\n    return 2 * x\n", NET).open
    assert "double" in look("def double(x):\n    return 2 * x\n", STUB, NET).open


def test_an_error_of_the_students_own_is_no_stub() -> None:
    own = "def double(x):\n    raise NotImplementedError('complex numbers')\n"
    assert "double" not in look(own, NET).open


def test_a_name_that_no_cell_defines_is_gone_however_it_may_be_defined_elsewhere() -> None:
    assert look(STUB, "def Net():\n    pass\n").gone == (("net", "train"),)
    assert look(STUB, "from mine import Net, train\n").gone == ()
    assert look(STUB, "Net, train = object, print\n").gone == ()
    assert look(STUB, "if True:\n    Net = train = 1\n").gone == ()


def test_modules_that_lie_beside_it_are_found_and_others_are_not() -> None:
    found = look("import helper, os\nfrom models.vision import Net\n", beside=("helper.py", "models", "os.txt", "data"))
    assert found.modules == ("helper.py", "models")


def test_paths_of_one_machine_are_found_and_relative_ones_are_not() -> None:
    found = look(
        "a = '/home/ada/x.csv'\n", "b = ['data/x.csv', 'C:\\\\Users\\\\x', '/content/drive/x', 'https://a/home/b']\n"
    )
    assert found.paths == ((1, "/home/ada/x.csv"), (2, "C:\\Users\\x"), (2, "/content/drive/x"))


@given(st.lists(st.text(max_size=60), max_size=4))
def test_any_cells_are_looked_at(cells: list[str]) -> None:
    assert set(look(*cells).open) >= {"why"}
