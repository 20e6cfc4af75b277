"""A cell's code as a tree whose every node knows its place in the text, so that one piece of text can be rewritten."""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.course.parsing import parse, parse_expression

Span = tuple[int, int]
"""First character and the one behind the last, counted from the cell's first."""

QUIET = frozenset({"print", "warn", "debug", "info", "warning", "display"})
"""Calls that show something, and that no check can see."""
_NO_TOKEN = frozenset(
    {tokenize.NL, tokenize.NEWLINE, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)
_LOOSE = (ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Lambda, ast.Await, ast.NamedExpr, ast.Tuple)


@dataclass(frozen=True)
class Edit:
    """Text in place of the characters from `start` up to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Change:
    """One rewriting of a cell, and what it does in a few words, such as "mean for sum"."""

    words: str
    edits: tuple[Edit, ...]


Found = Iterator[Change]


@dataclass(frozen=True)
class Operator:
    """One way to go wrong: asked about each node, it gives the rewritings that start there."""

    name: str
    find: Callable[[Code, ast.AST], Found]


class Code:
    """A cell, of which the lines (from 1) in `open_lines` may be changed.

    Raises:
        SyntaxError: the source is no Python.
    """

    def __init__(self, source: str, open_lines: frozenset[int]) -> None:
        self.source = source
        self.tree = parse(source)
        self.open_lines = open_lines
        self._lines = source.split("\n")
        self._starts = _line_starts(self._lines)
        self._tokens = _tokens(source, self._starts)
        self._token_starts = [start for start, _, _ in self._tokens]
        self._parents: dict[ast.AST, ast.AST] = {}
        self.nodes = tuple(node for node in self._visit(self.tree) if self._is_open(node))

    def span(self, node: ast.AST) -> Span:
        """Where a node stands, without the parentheses around it."""
        return (
            self._offset(getattr(node, "lineno", 1), getattr(node, "col_offset", 0)),
            self._offset(getattr(node, "end_lineno", 1), getattr(node, "end_col_offset", 0)),
        )

    def text(self, node: ast.AST) -> str:
        """A node as it is written, without the parentheses around it."""
        start, end = self.span(node)
        return self.source[start:end]

    def operand(self, node: ast.expr) -> str:
        """A node as it is written, in parentheses where an operator beside it could tear it apart."""
        text = self.text(node)
        loose = isinstance(node, _LOOSE) and not (isinstance(node, ast.Tuple) and text.startswith("("))
        return f"({text})" if loose else text

    def parent(self, node: ast.AST) -> ast.AST:
        """The node right above, which the module itself does not have.

        Raises:
            KeyError: the node is the module.
        """
        return self._parents[node]

    def above(self, node: ast.AST) -> Iterator[ast.AST]:
        """All nodes above, the nearest first."""
        while node in self._parents:
            node = self._parents[node]
            yield node

    def tokens(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """Tokens that lie between two offsets: first character, the one behind the last, and text; no comments."""
        first = bisect_left(self._token_starts, start)
        return [token for token in self._tokens[first : bisect_left(self._token_starts, end)] if token[1] <= end]

    def line_of(self, offset: int) -> int:
        """The line (from 1) of a character."""
        return bisect_left(self._starts, offset + 1)

    def parentheses(self, node: ast.AST) -> Span | None:
        """The parentheses right around an expression, if they merely group; a call's are no such."""
        start, end = self.span(node)
        at = bisect_left(self._token_starts, start)
        behind = bisect_left(self._token_starts, end)
        if not at or behind >= len(self._tokens) or (self._tokens[at - 1][2], self._tokens[behind][2]) != ("(", ")"):
            return None
        before = self._tokens[at - 2][2] if at > 1 else ""
        calls = before[-1:] in (*")]}'\"", "_") or (before[-1:].isalnum() and not keyword.iskeyword(before))
        return None if calls else (self._tokens[at - 1][0], self._tokens[behind][1])

    def operator(self, left: ast.AST, right: ast.AST) -> tuple[int, Span, int]:
        """What lies between two operands: the end of the left one, the operator, the start of the right one.

        Parentheses around an operand belong to it.
        """
        end = self.span(left)[1]
        between = self.tokens(end, self.span(right)[0])
        signs = [index for index, (_, _, text) in enumerate(between) if text not in "()"]
        first, last = signs[0], signs[-1]
        left_end = between[first - 1][1] if first else end
        right_start = between[last + 1][0] if last + 1 < len(between) else self.span(right)[0]
        return left_end, (between[first][0], between[last][1]), right_start

    def pieces(self, start: int, end: int) -> list[Span]:
        """The parts of a comma-separated text; parentheses around a part belong to it."""
        found: list[Span] = []
        depth, first, last = 0, -1, -1
        for begin, stop, text in self.tokens(start, end):
            if text == "," and depth == 0:
                found.append((first, last))
                first = -1
                continue
            depth += (text in "([{") - (text in ")]}")
            first, last = (begin if first < 0 else first), stop
        return [*found, (first, last)] if first >= 0 else found

    def arguments(self, call: ast.Call) -> list[Span]:
        """Where the arguments of a call stand, in the order in which they are written."""
        end = self.span(call)[1]
        opening = next(stop for _, stop, text in self.tokens(self.span(call.func)[1], end) if text == "(")
        return self.pieces(opening, end - 1)

    def without_argument(self, call: ast.Call, argument: ast.AST) -> tuple[Edit, ...]:
        """The edit that takes one argument (or keyword) out of a call, with its comma."""
        spans = self.arguments(call)
        start = self.span(argument)[0]
        at = next(index for index, (_, end) in enumerate(spans) if start < end)
        if at:
            return (Edit(spans[at - 1][1], spans[at][1], ""),)
        until = spans[1][0] if len(spans) > 1 else self.span(call)[1] - 1
        return (Edit(spans[0][0], until, ""),)

    def _offset(self, line: int, column: int) -> int:
        text = self._lines[line - 1]
        if not text.isascii():  # the tree counts bytes of UTF-8
            column = len(text.encode()[:column].decode("utf-8", "replace"))
        return self._starts[line - 1] + column

    def _visit(self, node: ast.AST) -> Iterator[ast.AST]:
        """All nodes whose change could matter, in the order of the text."""
        yield node
        for child in ast.iter_child_nodes(node):
            self._parents[child] = node
            if not _is_idle(child, node):
                yield from self._visit(child)

    def _is_open(self, node: ast.AST) -> bool:
        lines = range(getattr(node, "lineno", 0), getattr(node, "end_lineno", 0) + 1)
        return any(line in self.open_lines for line in lines)


def _is_idle(node: ast.AST, parent: ast.AST) -> bool:
    """Whether nothing below the node is worth a change: annotations, messages, docstrings, what is merely shown."""
    if isinstance(node, (ast.JoinedStr, ast.Raise, ast.Import, ast.ImportFrom)):
        return True
    if isinstance(node, ast.Expr):
        value = node.value
        return isinstance(value, ast.Constant) or (isinstance(value, ast.Call) and called(value) in QUIET)
    if isinstance(parent, ast.Assert):
        return node is parent.msg
    return node is getattr(parent, "annotation", None) or node is getattr(parent, "returns", None)


def names(words: str) -> frozenset[str]:
    """The words, as a set."""
    return frozenset(words.split())


def called(call: ast.Call) -> str:
    """The last name of what is called: "sum" of `x.sum()`; "" where it has none."""
    if isinstance(call.func, ast.Attribute):
        return call.func.attr
    return call.func.id if isinstance(call.func, ast.Name) else ""


def number(node: ast.AST) -> int | float | None:
    """The value of a number as it is written, its sign included."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
        value = number(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]
    return None


def replaced(code: Code, node: ast.AST, text: str) -> tuple[Edit, ...]:
    """The edit that writes `text` in place of a node, and of the parentheses around it where `text` needs none."""
    around = code.parentheses(node) if "\n" not in text and _is_tight(text) else None
    start, end = around or code.span(node)
    return (Edit(start, end, text),)


def _is_tight(text: str) -> bool:
    """Whether an operator beside the text could not tear it apart."""
    try:
        whole = parse_expression(text.strip())
    except SyntaxError:
        return False
    has_own = len(text.strip()) > (whole.end_col_offset or 0) and whole.col_offset > 0  # parentheses
    return has_own or not isinstance(whole, _LOOSE)


def _line_starts(lines: list[str]) -> list[int]:
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _tokens(source: str, starts: list[int]) -> list[tuple[int, int, str]]:
    return [
        (starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1], token.string)
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type not in _NO_TOKEN
    ]
