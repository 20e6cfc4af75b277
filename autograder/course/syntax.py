"""Does a piece of a student's code compile? Bounded before the compiler sees it; nothing is executed."""

from __future__ import annotations

import ast
import re
import warnings
from dataclasses import dataclass

from autograder.course.compiling import costly
from autograder.course.parsing import TooDeep, as_syntax_error

MAX_CELL_CHARACTERS = 200_000
MAX_CELL_LINES = 10_000
MAX_SHOWN = 160
"""Characters of a line, and of the interpreter's words about it, which may hold a name of any length."""
MAX_NESTING = 100
MAX_PARSED_CHARACTERS = 6_000_000
"""What the compiler reads for one submission in all: a cell is read again after each line that is rewritten."""

_OPENING = {")": "(", "]": "[", "}": "{"}
_TOKENS = re.compile(
    r"""'''(?:[^\\]|\\.)*?(?:'''|\Z)|\"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)"""
    r"""|'(?:[^\\\n]|\\.)*?(?:'|\n|\Z)|"(?:[^\\\n]|\\.)*?(?:"|\n|\Z)|\#[^\n]*|[()\[\]{}]""",
    re.DOTALL,
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_CHAIN = re.compile(rf"(?:[-+~]\s*|\bnot\s+|\blambda\s*:\s*){{{4 * MAX_NESTING},}}")


@dataclass
class Budget:
    """Characters that may still be compiled for one submission."""

    characters: int = MAX_PARSED_CHARACTERS

    def spend(self, source: str) -> bool:
        """Take the source's length off. False where no more was left."""
        self.characters -= len(source) + 1
        return self.characters >= 0


@dataclass(frozen=True)
class Fault:
    """Why a source does not compile. `line` counts from 1; 0 where no line is to blame."""

    message: str
    line: int = 0
    kind: str = "SyntaxError"

    def describe(self, source: str) -> str:
        """The fault in one line, with the student's own line."""
        if not self.line:
            return printable(f"{self.kind}: {self.message}")
        lines = source.split("\n")
        text = lines[self.line - 1].strip()[:MAX_SHOWN] if self.line <= len(lines) else ""
        return printable(f"{self.kind}: {self.message} (line {self.line}): {text}")


def printable(text: str) -> str:
    """A student's text in one line that no terminal takes for a command."""
    return "".join(c if c.isprintable() else " " if c.isspace() else "\N{REPLACEMENT CHARACTER}" for c in text)


def fault_of(source: str, budget: Budget) -> Fault | None:
    """What keeps `source` from compiling as a notebook cell (top-level await allowed), or None."""
    if not budget.spend(source):
        return Fault("the notebook has too much code to read", kind="TooLong")
    cost = costly(source)
    if cost:
        return Fault(cost, kind="TooComplex")
    try:
        with warnings.catch_warnings(), as_syntax_error():
            warnings.simplefilter("ignore")
            compile(source, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except TooDeep as error:
        return Fault(error.msg, kind="TooComplex")
    except SyntaxError as error:
        return Fault(error.msg[:MAX_SHOWN], error.lineno or 0, type(error).__name__)
    return None


def oversize(source: str) -> str:
    """Why the cell is not given to the compiler at all, or ""."""
    if len(source) > MAX_CELL_CHARACTERS:
        return f"TooLong: the cell has {len(source):,} characters; at most {MAX_CELL_CHARACTERS:,} are read"
    lines = source.count("\n") + 1
    if lines > MAX_CELL_LINES:
        return f"TooLong: the cell has {lines:,} lines; at most {MAX_CELL_LINES:,} are read"
    if "\0" in source:
        return "SyntaxError: the cell holds a NUL character; delete it (retype the line where it stands)"
    if not source.isascii() and _SURROGATE.search(source):
        return "SyntaxError: the cell holds half of a character (a lone surrogate); retype the line where it stands"
    opened = source.count("(") + source.count("[") + source.count("{")  # counting them takes a hundredth of the time
    if (opened > MAX_NESTING and nesting(source) > MAX_NESTING) or _CHAIN.search(source):
        return f"TooComplex: the cell nests brackets or operators more than {MAX_NESTING} deep"
    return ""


def nesting(source: str) -> int:
    """How deep brackets nest outside strings and comments. Brackets that do not match are left to the compiler."""
    stack: list[str] = []
    deepest = 0
    for match in _TOKENS.finditer(source):
        token = match.group()
        if token in ("(", "[", "{"):
            stack.append(token)
            deepest = max(deepest, len(stack))
        elif token in _OPENING and stack and stack[-1] == _OPENING[token]:
            stack.pop()
    return deepest
