"""The text of a file of imported checks: each foreign test as a function, its strings left as they are."""

from __future__ import annotations

import ast
import inspect
import io
import re
import tokenize
from collections.abc import Collection, Iterator

from autograder.course.parsing import parse
from autograder.interop.imported import CheckFile, ImportedCheck, Style

_INDENT = "    "
_MANY_LINES = frozenset(
    getattr(tokenize, name) for name in ("STRING", "FSTRING_MIDDLE", "TSTRING_MIDDLE") if hasattr(tokenize, name)
)


def check_source(file: CheckFile, origin: str, theirs: Collection[str] = (), modules: Collection[str] = ()) -> str:
    """The file as text.

    Args:
        file: the checks.
        origin: what they were imported from, in words.
        theirs: names of Python's builtins that the student's notebook binds: checks mean the student's.
        modules: those beside the notebook: checks import them where the student's code runs.

    Raises:
        SyntaxError: the head or a body is no Python.
    """
    styles = sorted({"check", *(check.style.value for check in file.checks)})
    parts = [f'"""Imported from {_quotable(origin)}."""', f"from autograder.checks import {', '.join(styles)}"]
    if file.head.strip():
        parse(file.head)
        parts.append(file.head.strip("\n"))
    text = "\n\n".join(parts) + "\n"
    for check in file.checks:
        text += "\n\n" + _function(check, theirs, modules)
    parse(text)
    return text


def _function(check: ImportedCheck, theirs: Collection[str], modules: Collection[str]) -> str:
    given = [repr(check.exercise), f"points={_number(check.points)}"]
    if check.hint:
        given.append(f"hint={check.hint!r}")
    given.append(f"seconds={_number(check.seconds)}")
    options = ["scores=True"] if check.scores else []
    for option, names in (("theirs", theirs), ("modules", modules)):
        used = tuple(sorted(name for name in names if re.search(rf"\b{re.escape(name)}\b", check.body)))
        options += [f"{option}={used!r}"] if used else []
    style = f"@{check.style}({', '.join(options)})" if options else f"@{check.style}"
    body = _docstring(check.body) if check.style is Style.EXAMPLES else indented(check.body)
    return f"@check({', '.join(given)})\n{style}\n{_define(check)} {check.name}():\n{body}\n"


def _define(check: ImportedCheck) -> str:
    """`async def` for statements that await, as those of a notebook's cell may.

    Raises:
        SyntaxError: no cell of a notebook could hold them.
    """
    if check.style is not Style.CELL:
        return "def"
    code = compile(check.body, check.name, "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return "async def" if code.co_flags & inspect.CO_COROUTINE else "def"


def indented(body: str) -> str:
    """The statements one step further right; the lines within strings stay where they are.

    Raises:
        SyntaxError: it is no Python.
    """
    tree = parse(body)
    inside = set(_lines_within_strings(body))
    lines = body.rstrip().split("\n")
    moved = [line if number in inside or not line.strip() else _INDENT + line for number, line in enumerate(lines, 1)]
    if not tree.body:
        moved.append(f"{_INDENT}pass")
    return "\n".join(moved)


def _lines_within_strings(body: str) -> Iterator[int]:
    """The lines (from 1) that begin inside a string."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(body + "\n").readline):
            if token.type in _MANY_LINES:
                yield from range(token.start[0] + 1, token.end[0] + 1)
    except tokenize.TokenError as error:
        raise SyntaxError(str(error)) from error


def _docstring(examples: str) -> str:
    """The doctest as a docstring, whatever quotes and backslashes are in it."""
    lines = [_INDENT + line if line.strip() else "" for line in examples.strip("\n").rstrip().split("\n")]
    plain = "\n".join(['"""', *lines, f'{_INDENT}"""'])
    raw = f"r{plain}" if "\\" in examples else plain
    wanted = "\n".join(["", *lines, _INDENT])
    try:
        if ast.literal_eval(raw) == wanted:
            return _INDENT + raw
    except (SyntaxError, ValueError):
        pass  # it holds three quotes, or ends with a backslash: written out below
    return _INDENT + repr(wanted)


def _number(value: float) -> str:
    return repr(int(value)) if value == int(value) else repr(value)


def _quotable(text: str) -> str:
    """Text that ends no docstring and escapes nothing."""
    return " ".join(text.split()).replace("\\", "/").replace('"', "'")
