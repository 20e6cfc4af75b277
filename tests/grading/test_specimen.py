"""Specimens: what they replace, and what of the reference stays."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.course import Assignment, CodeCell, Exercise, Manifest
from autograder.errors import AutograderError
from autograder.grading.specimen import Specimen, definitions_only, load_specimens, submission_of

REFERENCE = (
    CodeCell(1, "import math\nRATE = 3"),
    CodeCell(2, "def softmax(x):\n    return reference(x)", exercise="softmax"),
    CodeCell(3, "print(softmax([1, 2]))\nshown = softmax([3])"),
    CodeCell(4, "@staticmethod\ndef helper():\n    return 'old'\n\n\nclass Net:\n    pass", exercise="net"),
)


def specimen(source: str) -> Specimen:
    return Specimen(name="s", path=Path("s.py"), source=source, story="", fails=())


def names_after(cells: tuple[CodeCell, ...]) -> dict[str, object]:
    """What the cells define, in the order in which they run."""
    namespace: dict[str, object] = {"reference": lambda x: "reference"}
    for cell in cells:
        exec(compile(cell.source, f"cell {cell.number}", "exec"), namespace)
    return namespace


def test_a_specimen_replaces_what_it_defines_and_leaves_the_rest() -> None:
    made = submission_of(specimen("def softmax(x):\n    return 'specimen'\n"), REFERENCE)
    names = names_after(made.cells)
    assert names["softmax"](0) == "specimen"  # type: ignore[operator]
    assert names["RATE"] == 3
    assert isinstance(names["Net"], type)
    assert not any("reference(x)" in cell.source for cell in made.cells)


def test_a_specimen_runs_right_after_the_last_cell_that_it_replaces() -> None:
    made = submission_of(specimen("def softmax(x):\n    return 'specimen'\n"), REFERENCE)
    assert [cell.number for cell in made.cells] == [1, 2, 5, 3, 4]
    assert names_after(made.cells)["shown"] == "specimen", "cells further down use the specimen"


def test_decorators_go_with_the_definition_that_they_decorate() -> None:
    made = submission_of(specimen("def helper():\n    return 'new'\n"), REFERENCE)
    assert not any("@staticmethod" in cell.source for cell in made.cells)
    assert "class Net" in made.cells[3].source


def test_a_specimen_that_replaces_nothing_comes_last() -> None:
    made = submission_of(specimen("other = 1\n"), REFERENCE)
    assert [cell.number for cell in made.cells] == [1, 2, 3, 4, 5]


def test_the_lines_of_the_reference_keep_their_numbers() -> None:
    source = "def a():\n    return 1\n\n\ndef b():\n    raise ValueError\n"
    made = submission_of(specimen("def a():\n    return 2\n"), (CodeCell(1, source),))
    assert made.cells[0].source.split("\n").index("def b():") == source.split("\n").index("def b():")


def test_definitions_only_drops_what_is_merely_run_outside_of_exercises() -> None:
    short = definitions_only(REFERENCE)
    assert [cell.source for cell in short] == ["import math\nRATE = 3", REFERENCE[1].source, "", REFERENCE[3].source]
    assert [cell.number for cell in short] == [1, 2, 3, 4]


def test_definitions_only_keeps_the_decorators_of_what_it_keeps() -> None:
    source = "print(1)\n\n@torch.no_grad()\n@other\nasync def evaluate():\n    pass\n\nRATE: float = 0.5\nrun()"
    (cell,) = definitions_only((CodeCell(1, source),))
    assert cell.source == "@torch.no_grad()\n@other\nasync def evaluate():\n    pass\nRATE: float = 0.5"


NAMES = st.sampled_from([f"name_{letter}" for letter in "abcdefgh"])
BODIES = st.sampled_from(["return 1", "x = '''\\ndef name_a(): pass\\n'''\\n    return x", "return [\\n1,\\n]", "pass"])
STATEMENTS = st.one_of(
    st.builds("import math as {}".format, NAMES),
    st.builds("def {}(a, b=(1,\n  2)):\n    {}".format, NAMES, BODIES.map(lambda b: b.replace("\\n", "\n"))),
    st.builds("@(lambda f: f)\n@(lambda f: f)\ndef {}():\n    pass".format, NAMES),
    st.builds("async def {}():\n    pass".format, NAMES),
    st.builds("class {}:\n    def method(self):\n        return 'é'".format, NAMES),
    st.builds("class {}: pass".format, NAMES),
    st.builds("{} = 3".format, NAMES),
    st.builds("{} = '''two\nlines'''".format, NAMES),
    st.builds("{} = [i for i in range(3)]".format, NAMES),
    st.builds("{}: int = 3".format, NAMES),
    st.just("for i in range(2):\n    i + 1"),
    st.just("if True:\n    print('hello')"),
    st.just("# only a comment"),
    st.just("1; 2; 3"),
)
SOURCES = st.lists(STATEMENTS, max_size=6).map("\n\n".join)


def defined(source: str, kinds: tuple[type[ast.stmt], ...]) -> set[str]:
    return {node.name for node in ast.parse(source).body if isinstance(node, kinds)}  # type: ignore[attr-defined]


FUNCTIONS_AND_CLASSES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@settings(deadline=None)
@given(st.lists(SOURCES, min_size=1, max_size=4))
def test_definitions_only_keeps_every_function_class_import_and_constant(sources: list[str]) -> None:
    cells = tuple(CodeCell(number, source) for number, source in enumerate(sources, 1))
    for before, after in zip(cells, definitions_only(cells), strict=True):
        assert defined(after.source, FUNCTIONS_AND_CLASSES) == defined(before.source, FUNCTIONS_AND_CLASSES)
        kept = names_after((after,))
        for node in ast.parse(before.source).body:
            if isinstance(node, ast.Import):
                assert node.names[0].asname in kept
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
                assert node.targets[0].id in kept  # type: ignore[attr-defined]
            if isinstance(node, ast.AnnAssign):
                assert node.target.id in kept  # type: ignore[union-attr]
        assert "print" not in after.source


@settings(deadline=None)
@given(st.lists(SOURCES, min_size=1, max_size=4), SOURCES)
def test_after_a_specimen_each_name_that_it_defines_is_its_own(sources: list[str], replacing: str) -> None:
    cells = tuple(CodeCell(number, source) for number, source in enumerate(sources, 1))
    made = submission_of(specimen(replacing), cells)
    replaced = defined(replacing, FUNCTIONS_AND_CLASSES)
    for cell in made.cells:
        ast.parse(cell.source)
        if cell.number != len(cells) + 1:
            assert not defined(cell.source, FUNCTIONS_AND_CLASSES) & replaced
    before = set().union(*(defined(cell.source, FUNCTIONS_AND_CLASSES) for cell in cells))
    after = set().union(*(defined(cell.source, FUNCTIONS_AND_CLASSES) for cell in made.cells))
    assigned = {node.targets[0].id for node in ast.parse(replacing).body if isinstance(node, ast.Assign)}  # type: ignore[attr-defined]
    annotated = {node.target.id for node in ast.parse(replacing).body if isinstance(node, ast.AnnAssign)}  # type: ignore[union-attr]
    assert (before - assigned - annotated) | replaced == after


def assignment(root: Path) -> Assignment:
    exercises = (Exercise(name="softmax", title="S", points=1), Exercise(name="net", title="N", points=1))
    return Assignment(slug="01-a", root=root, manifest=Manifest(title="A", exercises=exercises))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('"""No promise."""\n', "no promise"),
        ("# fails: sofmax\n", "no exercise is called 'sofmax'; there are softmax, net"),
        ("# fails: softmax\ndef softmax(:\n", "no Python"),
    ],
)
def test_a_bad_specimen_is_named_with_what_is_wrong(tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "bad.py").write_text(source)
    with pytest.raises(AutograderError, match=said) as caught:
        load_specimens(assignment(tmp_path), tmp_path)
    assert caught.value.code == "bad-specimen"
    assert caught.value.where[0].path.endswith("bad.py")


def test_promises_are_read_from_the_head(tmp_path: Path) -> None:
    text = '"""Forgets.\n\nBecause."""\n# fails: softmax, net\n# reason: wrong_answer\n# says: keepdim\nsoftmax = 1\n'
    (tmp_path / "one.py").write_text(text)
    (tmp_path / "two.py").write_text("# fails: nothing\nsoftmax = 2\n")
    one, two = load_specimens(assignment(tmp_path), tmp_path)
    assert (one.fails, one.reason, one.says, one.story) == (
        ("softmax", "net"),
        "wrong_answer",
        "keepdim",
        "Forgets.\n\nBecause.",
    )
    assert (two.name, two.fails, two.reason) == ("two", (), "")


def test_an_assignment_without_specimens_has_none(tmp_path: Path) -> None:
    assert load_specimens(assignment(tmp_path)) == ()
