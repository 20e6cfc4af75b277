"""Mutants as a whole: what every one of them keeps, how some are chosen, and where they go."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import NormalDist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.build import reference_cells, strip
from autograder.course import Assignment, load_assignment
from autograder.course.source import read_source
from autograder.grading.mutants import Mutant, load_marks, mutants_of
from autograder.grading.mutants.generate import SolutionCell, choose, mutants_of_cell, solution_cells
from autograder.grading.specimen import definitions_only

COURSE = Path(__file__).resolve().parents[2] / "assignments"
SLUGS = ("01-tensors", "04-softmax-classifier")


def assignment(slug: str) -> Assignment:
    return load_assignment(COURSE / slug)


def whole(source: str, *, lines: range | None = None) -> SolutionCell:
    return SolutionCell(1, source, "exercise", frozenset(lines or range(1, source.count("\n") + 2)))


def must_hold(cell: SolutionCell, mutants: list[Mutant]) -> None:
    """What is true of the mutants of any cell."""
    original = ast.dump(ast.parse(cell.source))
    seen = {original}
    old = cell.source.split("\n")
    for mutant in mutants:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(mutant.source, "<mutant>", "exec", dont_inherit=True)
            tree = ast.dump(ast.parse(mutant.source))
        assert tree not in seen, f"{mutant.name} is there already"
        seen.add(tree)
        new = mutant.source.split("\n")
        first = mutant.line - 1
        gone = _changed(old, new, first)
        assert new[:first] == old[:first]
        assert new[len(new) - (len(old) - first - gone) :] == old[first + gone :], "nothing behind the change differs"
        assert set(range(first + 1, first + gone + 1)) <= cell.open_lines, "what students are given stays"
        assert mutant.before == "\n".join(line.strip() for line in old[first : first + gone]).strip()


def _changed(old: list[str], new: list[str], first: int) -> int:
    """How many lines of `old` from `first` on are not in `new`, the common end left out."""
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return len(old) - last - first


@pytest.mark.parametrize("slug", SLUGS)
def test_mutants_of_an_assignment_compile_and_differ_only_in_lines_of_the_solution(slug: str) -> None:
    for cell in solution_cells(strip(read_source(assignment(slug).notebook))):
        found = list(mutants_of_cell(cell))
        assert found, f"{cell.exercise} has mutants"
        must_hold(cell, found)


def sources() -> list[str]:
    """Functions that somebody else wrote, of many kinds."""
    modules = (ast, inspect, json, textwrap, warnings)
    functions: list[Callable[..., object]] = [
        function
        for module in modules
        for _, function in inspect.getmembers(module, inspect.isfunction)
        if function.__code__.co_filename == module.__file__  # libraries that are loaded put their own there
    ]
    functions += [function for _, function in inspect.getmembers(NormalDist, inspect.isfunction)]
    return [textwrap.dedent(inspect.getsource(function)) for function in functions[:160]]


def test_mutants_of_other_peoples_code_compile_and_differ_only_where_they_say() -> None:
    total = 0
    for source in sources():
        if len(source) > 4000:
            continue
        cell = whole(source)
        found = list(mutants_of_cell(cell))
        must_hold(cell, found)
        total += len(found)
    assert total > 300


ATOMS = ["x", "y", "2", "0.5", "-1", "'ö'", "x[0]", "x.T", "x.sum(dim=1, keepdim=True)", "f(x, y)", "(x)", "f'{x}'"]
SIGNS = [" + ", " - ", "*", " / ", " @ ", " ** ", " < ", " == ", " and ", " if y else ", ",\n        "]


def combined(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(parts, st.sampled_from(SIGNS), parts).map(lambda p: f"({p[0]}{p[1]}{p[2]})")
    bare = st.tuples(parts, st.sampled_from(SIGNS[:-1]), parts).map(lambda p: f"{p[0]}{p[1]}{p[2]}")
    calls = st.tuples(st.sampled_from(["torch.exp", "f", "math.log", "max"]), parts).map(lambda p: f"{p[0]}({p[1]})")
    ends = st.sampled_from(["mean()", "softmax(-1)", "clone()", "T"])
    methods = st.tuples(parts, ends).map(lambda p: f"({p[0]}).{p[1]}")
    return pairs | bare | calls | methods | parts.map(lambda p: f"-({p})") | parts.map(lambda p: f"{p}  # ü\n")


@settings(max_examples=150, deadline=None)
@given(st.recursive(st.sampled_from(ATOMS), combined, max_leaves=8))
def test_mutants_of_any_expression_compile_and_differ_only_where_they_say(expression: str) -> None:
    source = f"def f(x, y):\n    größe = 'äöü'; return ({expression}\n    )\n"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "<source>", "exec")
    except SyntaxError:
        return
    cell = whole(source)
    must_hold(cell, list(mutants_of_cell(cell)))


def test_letters_of_several_bytes_do_not_shift_a_change() -> None:
    source = "def f(x):\n    größe = 'äöü€😀'; return (größe, x.sum(dim=1))"
    found = {mutant.after for mutant in mutants_of_cell(whole(source))}
    assert "größe = 'äöü€😀'; return (größe, x.mean(dim=1))" in found
    assert "größe = 'äöü€😀'; return (x.sum(dim=1), größe)" in found


def test_an_expression_over_several_lines_changes_where_it_must() -> None:
    source = "y = (\n    a  # first (\n    + b.sum(\n        dim=1,  # )\n    )\n)"
    found = {(mutant.line, mutant.before): mutant.after for mutant in mutants_of_cell(whole(source))}
    assert found[3, "+ b.sum("] == "- b.sum(" or found[3, "+ b.sum("] == "+ b.mean("
    assert (4, "dim=1,  # )") in found


def test_only_open_lines_are_changed() -> None:
    source = "def f(x, eps=1e-8):\n    y = x + 1\n    return y - 1"
    found = list(mutants_of_cell(whole(source, lines=range(3, 4))))
    assert {mutant.line for mutant in found} == {3}
    assert {mutant.before for mutant in found} == {"return y - 1"}


def test_a_cell_that_is_no_python_has_no_mutants() -> None:
    assert list(mutants_of_cell(whole("def f(:"))) == []


def test_the_same_mutants_come_every_time_in_the_order_of_the_notebook() -> None:
    first, second = mutants_of(assignment(SLUGS[0])), mutants_of(assignment(SLUGS[0]))
    assert first == second
    assert [m.cell for m in first] == sorted(m.cell for m in first)


@pytest.mark.parametrize("slug", SLUGS)
def test_names_tell_mutants_apart_and_do_not_depend_on_how_many_are_chosen(slug: str) -> None:
    everything = mutants_of(assignment(slug), None)
    assert len({mutant.name for mutant in everything}) == len(everything)
    assert set(mutants_of(assignment(slug), 5)) <= set(everything)
    assert all(mutant.name.startswith(f"{mutant.exercise}:{mutant.line}-") for mutant in everything)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_exercise_has_some_and_none_more_than_asked_for(slug: str) -> None:
    of_most = mutants_of(assignment(slug), 5)
    for exercise in assignment(slug).manifest.exercises:
        count = sum(mutant.exercise == exercise.name for mutant in of_most)
        assert 2 <= count <= 5, exercise.name


def test_a_choice_takes_steps_and_quiet_mistakes_of_all_lines_first() -> None:
    found = [m for m in mutants_of(assignment(SLUGS[1]), None) if m.exercise == "train_epoch"]
    chosen = choose(found, 12)
    assert {"opt.zero_grad()", "loss.backward()", "opt.step()", "model.train()"} <= {m.before for m in chosen}
    assert len({m.operator for m in chosen}) >= 6
    assert len({m.line for m in chosen}) >= 6


def test_both_functions_of_an_exercise_are_chosen_from() -> None:
    of_one = [m for m in mutants_of(assignment(SLUGS[1]), 6) if m.exercise == "log_softmax"]
    assert {m.definition for m in of_one} == {"logsumexp", "log_softmax"}


def test_a_mutant_goes_into_the_reference_in_place_of_its_cell() -> None:
    reference = definitions_only(reference_cells(assignment(SLUGS[0])))
    mutant = mutants_of(assignment(SLUGS[0]))[0]
    made = mutant.submission(reference)
    assert made.name == mutant.name
    assert [c for c, r in zip(made.cells, reference, strict=True) if c != r] == [
        replace(c, source=mutant.source) for c in reference if c.number == mutant.cell
    ]
    assert len(made.cells) == len(reference)


def test_the_cells_are_those_of_the_reference() -> None:
    for slug in SLUGS:
        reference = {cell.number: cell.source for cell in reference_cells(assignment(slug))}
        for cell in solution_cells(strip(read_source(assignment(slug).notebook))):
            assert cell.source == reference[cell.number]


def test_a_diff_has_the_lines_of_the_notebook() -> None:
    notebook = assignment(SLUGS[0]).notebook.read_text(encoding="utf-8").split("\n")
    (mutant,) = [m for m in mutants_of(assignment(SLUGS[0])) if m.name.startswith("dot_ops:") and "mean" in m.name]
    head, new, place, *body = mutant.diff.split("\n")
    assert (head, new) == ("--- dot_ops", "+++ dot_ops, mean for sum")
    first = int(place.split("-")[1].split(",")[0])
    removed = next(i for i, line in enumerate(body) if line.startswith("-"))
    assert body[removed] == "-    return (w * x).sum()"
    assert body[removed + 1] == "+    return (w * x).mean()"
    assert "return (w * x).sum()" in "".join(notebook[first - 1 : first + removed + 1])


def test_lines_between_regions_and_stubs_stay_closed(tmp_path: Path) -> None:
    notebook = tmp_path / "notebook.py"
    notebook.write_text(
        "# %%\n#| exercise: f\ndef f(x):\n    a = x + 1\n    # BEGIN SOLUTION\n    b = x + 2\n    # STUB\n    # b = 0\n"
        "    # END SOLUTION\n    c = x + 3\n    # BEGIN SOLUTION\n    return a + b + c + 4\n    # END SOLUTION\n",
        encoding="utf-8",
    )
    (cell,) = solution_cells(strip(read_source(notebook)))
    lines = cell.source.split("\n")
    assert [lines[number - 1].strip() for number in sorted(cell.open_lines)] == ["b = x + 2", "return a + b + c + 4"]
    befores = {mutant.before for mutant in mutants_of_cell(cell)}
    assert befores == {"b = x + 2", "return a + b + c + 4"}


@pytest.mark.parametrize("slug", SLUGS)
def test_every_mark_of_an_assignment_is_about_a_mutant(slug: str) -> None:
    assert load_marks(assignment(slug)).unused(mutants_of(assignment(slug), None)) == ()
