"""Cells that are no Python as they were typed or pasted: mended where there is one way to read them, line for line."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autograder.course.magics import Translation, translate
from autograder.course.parsing import as_syntax_error, parse
from autograder.course.syntax import Budget
from autograder.grading.notebook import sides

LITERAL = re.compile(
    r"""'''(?:[^\\]|\\.)*?(?:'''|\Z)|\"\"\"(?:[^\\]|\\.)*?(?:\"\"\"|\Z)"""
    r"""|'(?:[^\\\n]|\\.)*?(?:'|\n|\Z)|"(?:[^\\\n]|\\.)*?(?:"|\n|\Z)|\#[^\n]*""",
    re.DOTALL,
)
"""A string or a comment, to its end or to where its line or the cell ends."""
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2018\u2019\u201a\u00b4", "'"),
        **dict.fromkeys(map(chr, (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)), " "),
        **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
        **dict.fromkeys("\u2212\u2013", "-"),
        "\u00d7": "*",
        "\u2264": "<=",
        "\u2265": ">=",
        "\u2260": "!=",
        **dict.fromkeys("\u2028\u2029\u0085", "\n"),
        "\u3010": "[",
        "\u3011": "]",
        "\u3001": ",",
        **{
            chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)
        },  # as Chinese and Japanese keyboards write them
    }
)
"""What word processors, web pages and PDFs put in place of plain signs, none of which is Python."""
_PROMPT = re.compile(r"^(?:>>>|\.\.\.|[ \t]*(?:In \[\d+\]|\.{3,}):)(?: |$)", re.MULTILINE)
"""Of Python's console and of IPython's; the latter's own editor leaves them out as well."""
_GUTTERS = tuple(re.compile(rf"^{mark}", re.MULTILINE) for mark in (r"[ \t]*\d+[.:|)]?(?: |$)", r"\+", r"> ?"))
"""What stands before each line of a listing, of a difference, of a quotation."""
_FENCE = re.compile(r"(?:`{3,}|~{3,})\{?(?:i?python3?|py3?)?\}?", re.IGNORECASE)
_LONGEST_FENCE = 40
_MARKED = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)


@dataclass(frozen=True)
class _Reading:
    source: str
    note: str


def read_typed(source: str, budget: Budget, is_stub: Callable[[str], bool] = lambda _: False) -> Translation:
    """The cell as Python, mended where it is none as it stands and one mended reading is. Else why it is none.

    `is_stub`: whether a source holds no answer yet; it decides between the two sides of a merge conflict.
    """
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    done = translate(source, budget)
    if not done.problem or done.problem.startswith("Too"):
        return done
    for reading in _readings(source, budget, is_stub):
        again = translate(reading.source, budget)
        if not again.problem:
            return Translation(again.source, "", (reading.note, *again.notes))
    return done


def _readings(source: str, budget: Budget, is_stub: Callable[[str], bool]) -> Iterator[_Reading]:
    if _MARKED.search(source):
        yield from _one_side(source, budget, is_stub)
        return
    plain = _outside_literals(source, lambda text: text.translate(_PLAIN))
    if plain != source:
        yield _Reading(plain, "typographic quotes, spaces or signs were read as plain ones")
    for text in (source, plain):
        if _PROMPT.search(text):
            yield _Reading(_PROMPT.sub("", text), "the prompts >>> were left out")
        if "\t" in text and (spaces := _without_tabs(text, budget)):
            yield _Reading(spaces, "tabs were read as spaces")
    if inside := fenced(source):
        yield _Reading(inside, "what stands outside the ``` was left out")
    lines = [line for line in source.split("\n") if line.strip()]
    for gutter in _GUTTERS:
        if len(lines) > 1 and all(gutter.match(line) for line in lines):
            yield _Reading(gutter.sub("", source), "what stood before each line was left out")


def fenced(source: str) -> str:
    """What stands between fences of Python (``` or ~~~), as chat programs and text cells write code, on the same lines;
    "" where there are none, or one is not closed."""
    if "```" not in source and "~~~" not in source:
        return ""
    lines = source.split("\n")
    short = ((number, "".join(line.split())) for number, line in enumerate(lines) if len(line) <= _LONGEST_FENCE)
    marks = [number for number, line in short if _FENCE.fullmatch(line)]
    if not marks or len(marks) % 2:
        return ""
    kept = {line for start, end in zip(marks[::2], marks[1::2], strict=True) for line in range(start + 1, end)}
    return "\n".join(line if number in kept else "" for number, line in enumerate(lines))


def _outside_literals(source: str, change: Callable[[str], str]) -> str:
    """`source` with `change` applied to what is neither a string nor a comment."""
    pieces: list[str] = []
    at = 0
    for match in LITERAL.finditer(source):
        pieces += [change(source[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*pieces, change(source[at:])])


def _without_tabs(source: str, budget: Budget) -> str:
    """Indentation by tabs as spaces, where it can be read in one way only, a tab being 4 columns wide or 8; else ""."""
    four, eight = (_indented(source, width) for width in (4, 8))
    read = [translate(text, budget) for text in (four, eight)]
    if any(one.problem for one in read):
        return next((text for text, one in zip((four, eight), read, strict=True) if not one.problem), "")
    try:
        with as_syntax_error():
            trees = [ast.dump(parse(one.source)) for one in read]
    except SyntaxError:
        return ""
    return four if trees[0] == trees[1] else ""


def _indented(source: str, width: int) -> str:
    lines = source.split("\n")
    indents = [line[: len(line) - len(line.lstrip())] for line in lines]
    return "\n".join(i.expandtabs(width) + line[len(i) :] for i, line in zip(indents, lines, strict=True))


def _one_side(source: str, budget: Budget, is_stub: Callable[[str], bool]) -> Iterator[_Reading]:
    """The side of a merge conflict that counts, where that is sure: both are the same, or one holds no answer yet."""
    both = sides(source)
    read = [translate(side, budget) for side in both]
    fine = [side for side, one in zip(both, read, strict=True) if not one.problem]
    if len(fine) < 2:
        return
    answered = [side for side in fine if not is_stub(side)]
    same = "".join(both[0].split()) == "".join(both[1].split())
    if len(answered) == 1 or same:
        note = "merge-conflict markers were left out: " + (
            "both sides are the same" if same else "one side is the stub"
        )
        yield _Reading((answered or fine)[0], note)
