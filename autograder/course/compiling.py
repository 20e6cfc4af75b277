"""What it would cost to compile a piece of a student's code: told before the compiler, which holds up all other threads
of a process while it works, gets to see it."""

from __future__ import annotations

import ast
import re
import warnings

from autograder.course.parsing import TooDeep, as_syntax_error, parse

MAX_NAMES = 2_000
"""In one statement. Dotted names and keyword arguments take quadratic time: an import of 100,000 dots took 8 s."""
MAX_BOUND = 100
"""Names in one `case`, of which 7,000 took 3 s."""
MAX_FIELDS = 500
"""Of the f-strings of one statement; quadratic too."""
MAX_STATEMENTS = 100_000
"""That a cell is compiled to. A `finally` is compiled again for every way out of its `try`, so that 19 of them within
one another, in 753 characters, took 4 s."""

_TOKENS = re.compile(
    r"""'''(?:[^\\]|\\.)*?(?:'''|\Z)|\"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)"""
    r"""|'(?:[^\\\n]|\\.)*?(?:'|\n|\Z)|"(?:[^\\\n]|\\.)*?(?:"|\n|\Z)"""
    r"""|\#[^\n]*|[()\[\]{};\n]|\\\r?\n|\b(?!(?:True|False|None)\b)[^\W\d]\w*""",
    re.DOTALL,
)
_MAGIC_LINE = re.compile(r"[ \t]*[!%][^\n]*")


def costly(source: str) -> str:
    """Why `source` would take the compiler too long, or ""."""
    if _crowded(source):
        return f"one statement has more than {MAX_NAMES:,} names, or {MAX_FIELDS} fields, or a `case` of {MAX_BOUND}"
    if "finally" in source and _statements(source) > MAX_STATEMENTS:
        return "there are too many ways out of a `try` that has a `finally`"
    return ""


def _crowded(source: str) -> bool:
    """Whether one statement has more names or fields than it may. A statement ends with its line, brackets apart."""
    return not surely_few(source) and _counted_crowded(source)


def surely_few(source: str) -> bool:
    """Told by its length alone, as of most cells: after each name comes a character that is none."""
    most_names = len(source) // 2 + 1
    bound = MAX_BOUND if "case" in source else MAX_NAMES
    return most_names <= bound and (most_names <= MAX_FIELDS or source.count("{") <= MAX_FIELDS)


def _counted_crowded(source: str) -> bool:
    names = fields = depth = 0
    first, prefix_end = "", -1
    at = _after_magics(source, 0)
    while (match := _TOKENS.search(source, at)) is not None:
        token = match.group()
        at = match.end()
        mark = token[0]
        if mark in "'\"":
            fields += token.count("{") if match.start() == prefix_end else 0
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth = max(depth - 1, 0)
        elif mark in "\n;":
            if depth == 0:
                names, fields, first = 0, 0, ""
                at = _after_magics(source, at) if mark == "\n" else at
        elif mark not in "#\\":
            names += 1
            first = first or token
            prefix_end = at if token.lower() in ("f", "fr", "rf") else -1
        if names > (MAX_BOUND if first == "case" else MAX_NAMES) or fields > MAX_FIELDS:
            return True
    return False


def _after_magics(source: str, at: int) -> int:
    """Where the next line begins that is no magic or shell line: their quotes and brackets are not Python's."""
    while (line := _MAGIC_LINE.match(source, at)) is not None and line.end() < len(source):
        at = line.end() + 1
    return at if line is None else line.end()


def _statements(source: str) -> float:
    """How many statements the compiler makes of `source`; 0 where it is no Python."""
    try:
        with warnings.catch_warnings(), as_syntax_error():
            warnings.simplefilter("ignore")
            return _size(parse(source))[0]
    except TooDeep:
        return MAX_STATEMENTS + 1
    except SyntaxError:
        return 0


def _size(node: ast.AST) -> tuple[float, float]:
    """Statements that are compiled for `node`, and ways out among them that pass a `finally` around it."""
    if isinstance(node, (ast.Try, ast.TryStar)):
        inner = [_size(child) for child in (*node.body, *node.handlers, *node.orelse)]
        last = [_size(child) for child in node.finalbody]
        ways = sum(way for _, way in inner)
        copies = (2 + ways) if last else 0
        size = sum(size for size, _ in inner) + copies * sum(size for size, _ in last)
        return min(size, 1e12), min(ways + copies * sum(way for _, way in last), 1e12)
    parts = [_size(child) for child in ast.iter_child_nodes(node) if isinstance(child, _HOLDERS)]
    size = 1 + sum(part for part, _ in parts)
    if isinstance(node, (ast.Return, ast.Break, ast.Continue)):
        return size, 1
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return size, 0
    return size, sum(way for _, way in parts)


_HOLDERS = (ast.stmt, ast.excepthandler, ast.match_case)
