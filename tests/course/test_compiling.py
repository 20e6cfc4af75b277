from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course.compiling import (
    MAX_BOUND,
    MAX_FIELDS,
    MAX_NAMES,
    MAX_STATEMENTS,
    _counted_crowded,
    costly,
    surely_few,
)
from autograder.course.magics import translate


def nested_finally(depth: int) -> str:
    lines = [f"{' ' * n}try: pass\n{' ' * n}finally:" for n in range(depth)]
    return "\n".join(lines) + "\n" + " " * depth + "x = 1\n"


BOMBS = {
    "dots": "import " + "a." * 99_000 + "a",
    "dots that are wrong": "from a" + ".a" * 99_000 + " import",
    "keyword arguments": "f(" + ",".join(f"a{n}=1" for n in range(20_000)) + ")",
    "fields": 'f"' + "{0}" * 66_000 + '"',
    "fields in three quotes": 'x = 5; rF"""' + "{0}\n" * 9_000 + '"""',
    "names in a pattern": "match x:\n case [" + ",".join(f"a{n}" for n in range(28_000)) + "]: pass",
    "names over lines in brackets": "(\n" + "a,\n" * 9_000 + ")",
    "finally in finally": nested_finally(19),
    "ways out of a try": "def f():\n try:\n" + "  if x: return\n" * 4_000 + " finally:\n" + "  x = 1\n" * 4_000,
    "after a magic line": "!echo '''\nimport " + "a." * 90_000 + "a",
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_would_hold_the_compiler_up_is_told_beforehand(name: str) -> None:
    assert costly(BOMBS[name])
    start = time.process_time()
    assert "TooComplex" in translate(BOMBS[name]).problem
    assert time.process_time() - start < 60  # each took seconds to minutes, or all memory


@pytest.mark.parametrize(
    "source",
    [
        "x = [" + "1.5, " * 30_000 + "]",
        "x = [" + "True, False, " * 10_000 + "]",
        "x = '" + "word " * 30_000 + "'",
        "x = '{}'" + " + '{}'" * 3_000,
        "".join(f"name_{n} = 1\n" for n in range(9_000)),
        "".join(f"f(a{n}, b{n}); " for n in range(3_000)),
        "# " + "comment " * 20_000,
        "!echo (\n" + "".join(f"x = name_{n}\n" for n in range(5_000)),
        "def f():\n try:\n" + "  if x: return\n" * 100 + " finally:\n" + "  x = 1\n" * 100,
        nested_finally(8),
        "match x:\n" + " case {'a': b, 'c': d}: pass\n" * 500,
        "case = names = 1",
    ],
)
def test_ordinary_code_is_not(source: str) -> None:
    assert costly(source) == ""


def test_the_bounds_are_as_stated() -> None:
    for count, many in ((MAX_NAMES, False), (MAX_NAMES + 1, True)):
        assert bool(costly("a, " * count)) == many
    for count, many in ((MAX_FIELDS, False), (MAX_FIELDS + 1, True)):
        assert bool(costly("f'" + "{0}" * count + "'")) == many
    for count, many in ((MAX_BOUND - 1, False), (MAX_BOUND, True)):
        assert bool(costly("case " + "a, " * count)) == many
    assert MAX_STATEMENTS >= 10 * 10_000  # ten times as many as a cell has lines


pieces = st.lists(
    st.sampled_from(["a", "b1", " ", ",", ".", "f'{", "{0}", "'", "case ", "match x:\n ", "(", ")"]), max_size=6
)


@given(pieces, st.integers(1, 3_000), st.sampled_from(["", "case ", "f'"]))
def test_what_is_let_through_by_its_length_would_be_let_through_by_counting(
    piece: list[str], times: int, start: str
) -> None:
    source = (start + "".join(piece) * times)[:6_000]
    assert not (surely_few(source) and _counted_crowded(source))
