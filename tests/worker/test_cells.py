from __future__ import annotations

import ast
import sys
import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.worker.cells import BoundedText, Namespace


def test_cells_share_one_namespace_and_are_main() -> None:
    names = Namespace()
    before = sys.modules["__main__"]
    try:
        names.install()
        names.run(1, "x = 1\nclass A: pass")
        names.run(2, "y = x + 1\nimport __main__\nsame = __main__.A is A")
    finally:
        sys.modules["__main__"] = before
    assert names.names["y"] == 2
    assert names.names["same"] is True
    assert names.names["A"].__module__ == "__main__"


def test_a_future_import_holds_for_the_cells_below() -> None:
    names = Namespace()
    names.run(1, "from __future__ import annotations")
    names.run(2, "def f(x: Undefined) -> Nowhere: return x")
    assert names.names["f"].__annotations__ == {"x": "Undefined", "return": "Nowhere"}


def test_await_at_the_top_works_as_in_a_notebook() -> None:
    names = Namespace()
    names.run(1, "import asyncio\nx = await asyncio.sleep(0, 5)")
    assert names.names["x"] == 5


def test_the_shell_that_is_not_there_takes_every_magic() -> None:
    names = Namespace()
    names.run(1, "get_ipython().run_line_magic('matplotlib', 'inline')\nget_ipython().system('ls')")


def test_tracebacks_show_the_cells_own_lines() -> None:
    names = Namespace()
    with pytest.raises(ZeroDivisionError) as caught:
        names.run(4, "def f(x):\n    return x / 0\nf(1)")
    text = "".join(traceback.format_exception(caught.value))
    assert '"<cell 4>", line 2' in text
    assert "return x / 0" in text


def test_a_cell_that_does_not_parse_raises_and_changes_nothing() -> None:
    names = Namespace()
    before = set(names.names)
    for source in ("def f(:", "x = (1", "return 5", "\0", "x = '\ud800'"):
        with pytest.raises((SyntaxError, ValueError)):
            names.run(1, source)
    assert set(names.names) == before


@given(st.lists(st.text(max_size=30), max_size=20), st.integers(0, 50))
def test_printed_text_is_kept_up_to_its_limit_and_counted_beyond(pieces: list[str], limit: int) -> None:
    text = BoundedText(limit)
    for piece in pieces:
        assert text.write(piece) == len(piece)
    whole = "".join(pieces)
    kept = text.take()
    if len(whole) <= limit:
        assert kept == whole
    else:
        assert kept == f"{whole[:limit]}\n[{len(whole) - limit} more characters]"
    assert text.take() == ""


def test_only_text_is_printed() -> None:
    with pytest.raises(TypeError):
        BoundedText(5).write(b"x")  # type: ignore[arg-type]


def test_the_module_needs_nothing_of_torchs() -> None:
    source = sys.modules[Namespace.__module__].__file__ or ""
    with open(source, encoding="utf-8") as file:  # noqa: PTH123
        tree = ast.parse(file.read())
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert "torch" not in imported
