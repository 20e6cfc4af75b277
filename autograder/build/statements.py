"""Cutting Python into logical statements and joining short ones: the units that the leak scan looks for."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from autograder.build.normal import normal
from autograder.build.points import called
from autograder.course.parsing import as_syntax_error, parse

LONG = 80
"""What two texts share is no coincidence from this length on."""

_DEF = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_COMMENT_LINE = re.compile(r"^\s*#")


@dataclass(frozen=True)
class Piece:
    """One logical statement in normal form; of a compound statement its header."""

    text: str
    line: int
    end: int
    header: bool = False
    """The first lines of a def or class, or a docstring: stubs and specimens repeat them."""


def without_comments(source: str) -> str:
    """The source with every comment blanked out, lines and columns kept; as it is where it is no Python."""
    lines = source.split("\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start
                lines[row - 1] = lines[row - 1][:column]
    except (tokenize.TokenError, SyntaxError):
        return source
    return "\n".join(lines)


def pieces(source: str) -> list[Piece]:
    """The statements of `source` in order, imports left out.

    Raises:
        SyntaxError: as `parse`.
    """
    plain = without_comments(source)
    with as_syntax_error():
        return list(_walk(parse(plain).body, plain.split("\n")))


def values(source: str) -> Iterator[Piece]:
    """What is assigned or returned, without the name that it goes by."""
    plain = without_comments(source)
    for node in ast.walk(parse(plain)):
        value = getattr(node, "value", None)
        if isinstance(node, ast.Return | ast.Assign | ast.AnnAssign | ast.AugAssign) and value is not None:
            yield Piece(normal(ast.get_source_segment(plain, value) or ""), value.lineno, value.end_lineno)


def import_lines(source: str) -> set[int]:
    """The lines (from 1) that belong to imports."""
    found: set[int] = set()
    for node in ast.walk(parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return found


def line_pieces(source: str) -> list[Piece]:
    """Each line for itself, for text that does not parse."""
    lines = enumerate(source.split("\n"), 1)
    return [Piece(normal(line), n, n) for n, line in lines if line.strip() and not _COMMENT_LINE.match(line)]


def fragments(found: list[Piece], least: int) -> Iterator[Piece]:
    """Each piece that is long enough, and runs of neighbours joined until they are (and until they are LONG)."""
    for start, piece in enumerate(found):
        if len(piece.text) >= least:
            yield piece
        for enough in (least, LONG):
            text, at, header = piece.text, start + 1, piece.header
            while len(text) < enough and at < len(found):
                text += found[at].text
                header = header and found[at].header
                at += 1
            if at > start + 1 and len(text) >= enough:
                yield Piece(text, piece.line, found[at - 1].end, header)


def physical_lines(source: str, found: list[Piece], least: int) -> Iterator[Piece]:
    """The long lines of statements that take several lines."""
    lines = without_comments(source).split("\n")
    for piece in found:
        for number in range(piece.line, piece.end + 1 if piece.end > piece.line else piece.line):
            text = normal(lines[number - 1])
            if len(text) >= least:
                yield Piece(text, number, number, piece.header)


def _walk(body: Iterable[ast.stmt], lines: list[str]) -> Iterator[Piece]:
    for number, node in enumerate(body):
        if isinstance(node, ast.Import | ast.ImportFrom | ast.Pass):
            continue
        for decorator in getattr(node, "decorator_list", []):
            # What @check says (exercise, points, hint) students see anyway.
            if not (isinstance(decorator, ast.Call) and called(decorator) == "check"):
                yield _piece(lines, decorator)
        blocks = _blocks(node)
        if not blocks:
            text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            yield _piece(lines, node, header=number == 0 and text)
            continue
        yield _head(lines, node, blocks[0][0])
        for block in blocks:
            yield from _walk(block, lines)


def _blocks(node: ast.stmt) -> list[list[ast.stmt]]:
    """The blocks of a compound statement, in order."""
    inner = [getattr(node, "body", [])]
    inner += [part.body for name in ("handlers", "cases") for part in getattr(node, name, [])]
    inner += [getattr(node, name, []) for name in ("orelse", "finalbody")]
    return [block for block in inner if block]


def _piece(lines: list[str], node: ast.stmt | ast.expr, *, header: bool = False) -> Piece:
    end = node.end_lineno or node.lineno
    chosen = [line.encode() for line in lines[node.lineno - 1 : end]]
    chosen[-1] = chosen[-1][: node.end_col_offset]
    chosen[0] = chosen[0][node.col_offset :]
    return Piece(normal(b"\n".join(chosen).decode()), node.lineno, end, header)


def _head(lines: list[str], node: ast.stmt, first: ast.stmt) -> Piece:
    """A compound statement's first lines, up to its first inner statement or that one's decorator."""
    stop = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", []))])
    opening = lines[node.lineno - 1].encode()[node.col_offset :].decode()
    if stop == node.lineno:
        opening = lines[node.lineno - 1].encode()[node.col_offset : first.col_offset].decode()
    text = "\n".join([opening, *lines[node.lineno : stop - 1]])
    return Piece(normal(text), node.lineno, max(stop - 1, node.lineno), isinstance(node, _DEF))
