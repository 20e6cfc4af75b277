"""IPython's magics, shell lines and help lines in a cell: understood or ignored with a note, line for line.

A cell that compiles as Python is never touched, so `%` and `!` inside strings and expressions stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from autograder.course.parsing import parse
from autograder.course.syntax import Budget, Fault, fault_of, oversize, printable

MAX_ROUNDS = 100
"""Lines of one cell that are rewritten. More is no notebook that a person wrote."""
MAX_LOOKBACK = 20

RUN_BODY = frozenset({"time", "timeit", "capture", "prun", "memit", "mprun", "snakeviz", "debug", "scalene"})
"""Cell magics whose body is ordinary Python."""
RUN_STATEMENT = frozenset({"time", "timeit", "prun", "memit", "debug"})
"""Line magics that run the rest of their line."""

_MAGIC = re.compile(r"%(?P<name>[A-Za-z_][\w.]*)(?P<rest>.*)", re.DOTALL)
_ASSIGNED = re.compile(r"(?P<target>[A-Za-z_][\w.,\s\[\]'\"*]*?=)\s*(?P<what>[!%].*)", re.DOTALL)
_HELP = re.compile(r"\?{1,2}\s*[\w.*%]+|[%\w.*\[\]'\"()]+\s*\?{1,2}")
_BARE = re.compile(r"(?:pip3?|conda|mamba|uv)\s+[a-z-]+\b.*", re.DOTALL)
_OPTIONS = re.compile(r"(?:\s*-[A-Za-z]+(?:\s*\d+)?(?=\s|$))*\s*")
_AUTOMATIC = re.compile(r"[/,;][A-Za-z_][\w.]*(?: .*)?", re.DOTALL)
"""IPython's calls without brackets, and with quotes added."""
_RUN = re.compile(r"\s+['\"]?(?:\./)?([A-Za-z_]\w*)\.py['\"]?\s*")
_SAFE_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*(?:/[A-Za-z0-9_][\w.-]*)*")


@dataclass(frozen=True)
class Translation:
    """A cell as Python with as many lines as before. `source` is "" where `problem` says why nothing can run."""

    source: str
    problem: str = ""
    notes: tuple[str, ...] = ()


def translate(source: str, budget: Budget | None = None) -> Translation:
    """The cell's code as plain Python, with a note for every line that was changed."""
    budget = budget or Budget()
    problem = oversize(source)
    if problem:
        return Translation("", problem)
    fault = fault_of(source, budget)
    if fault is None:
        return Translation(source)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    notes: list[str] = []
    if not _cell_magics(lines, notes):
        text = "\n".join(lines)
        fault = fault_of(text, budget)  # blank lines above the magic may be of characters that are no space to Python
        return Translation("", _problem(fault, text), tuple(notes)) if fault else Translation(text, "", tuple(notes))
    for _ in range(MAX_ROUNDS):
        text = "\n".join(lines)
        fault = fault_of(text, budget)
        if fault is None:
            return Translation(text, "", tuple(notes))
        if fault.kind == "IndentationError" and _dedented(lines, fault.line):
            continue
        number = _to_blame(lines, fault, budget)
        if number is None:
            return Translation("", _problem(fault, text), tuple(notes))
        notes.append(_rewrite(lines, number))
    return Translation("", f"TooLong: the cell has more than {MAX_ROUNDS} magic or shell lines", tuple(notes))


def as_python(source: str) -> str | None:
    """An author's cell as plain Python, line for line; None for a cell of another language (`%%bash`).

    What is no Python is returned as it is: the caller's `parse` then names the line.
    """
    translated = translate(source)
    if translated.problem:
        return source
    ignored = source.lstrip().startswith("%%") and not parse(translated.source).body
    return None if ignored else translated.source


def _problem(fault: Fault, text: str) -> str:
    lines = text.split("\n")
    if fault.line and any(line.startswith(("<<<<<<<", ">>>>>>>")) for line in lines):
        return fault.describe(text) + " -- the cell holds merge-conflict markers; keep one side and delete them"
    return fault.describe(text)


# cell magics ----------------------------------------------------------------------------------------------------------


def _cell_magics(lines: list[str], notes: list[str]) -> bool:
    """Take the `%%` lines at the head of the cell away. False where none of the cell is left to run as Python."""
    for index, line in enumerate(lines):
        if not line.strip():
            continue
        if not line.startswith("%%"):
            return True
        words = line[2:].split()
        name = words[0] if words else ""
        if name in RUN_BODY:
            lines[index] = f"# {line}"
            notes.append(f"`{_short(line)}` was ignored; the rest of the cell was run")
            continue
        if name in ("writefile", "file") and _write_file(lines, index, words[1:], notes):
            return False
        notes.append(f"the cell was ignored: it begins with `{_short(line)}`")
        lines[index:] = [f"# {text}" for text in lines[index:]]
        return False
    return True


def _write_file(lines: list[str], index: int, words: list[str], notes: list[str]) -> bool:
    """Turn the cell into a plain write of its body into the work folder. False where the name is not a safe one."""
    append = bool(words) and words[0] in ("-a", "--append")
    name = " ".join(words[1:] if append else words).strip("'\"")
    if not _SAFE_NAME.fullmatch(name) or len(name) > 200:
        return False
    body = "\n".join(lines[index + 1 :])
    body += "" if body.endswith("\n") else "\n"
    mode = "a" if append else "w"
    notes.append(f"`{_short(lines[index])}` was understood as a plain write of {name}")
    lines[index] = f"with open({name!r}, {mode!r}, encoding='utf-8') as _: _.write({body!r})"
    lines[index + 1 :] = [""] * (len(lines) - index - 1)
    return True


def _dedented(lines: list[str], line: int) -> bool:
    """As IPython does, take the first line's indentation away from all lines. False where that is not the fault."""
    first = next((index for index, text in enumerate(lines) if text.strip()), -1)
    indent = lines[first][: len(lines[first]) - len(lines[first].lstrip())]
    if first != line - 1 or not indent:
        return False
    lines[:] = [text.removeprefix(indent) for text in lines]
    return True


# single lines ---------------------------------------------------------------------------------------------------------


def _to_blame(lines: list[str], fault: Fault, budget: Budget) -> int | None:
    """Index of the magic line that the fault comes from: the faulty line, or one shortly before it whose quotes or
    brackets mislead the compiler. A line inside a string or an expression is never chosen."""
    if not fault.line or fault.kind not in ("SyntaxError", "IndentationError", "TabError"):
        return None
    last = min(fault.line, len(lines)) - 1
    looked_at = 0
    for index in range(last, -1, -1):
        if _replacement(lines[index].strip()) is None:
            continue
        if _starts_statement(lines, index, budget):
            return index
        looked_at += 1
        if looked_at > MAX_LOOKBACK:
            return None
    return None


def _starts_statement(lines: list[str], index: int, budget: Budget) -> bool:
    """Could a statement begin at this line? Then it lies outside every string and bracket."""
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    fault = fault_of("\n".join([*lines[:index], f"{indent}pass"]), budget)
    return fault is None or (fault.message.startswith("expected 'except' or 'finally' block") and fault.line > index)


def _rewrite(lines: list[str], index: int) -> str:
    """Replace the magic line (and the lines that it continues on) and say what was done."""
    line = lines[index]
    end = index + 1
    text = line.strip()
    while text.endswith("\\") and end < len(lines):
        text = text[:-1].rstrip() + " " + lines[end].strip()
        end += 1
    found = _replacement(text)
    code, note = found if found is not None else ("pass", "was ignored")
    lines[index] = line[: len(line) - len(line.lstrip())] + code
    lines[index + 1 : end] = [""] * (end - index - 1)
    return f"`{_short(line)}` {note}"


def _replacement(text: str) -> tuple[str, str] | None:
    """The Python that stands for one magic, shell or help line, and the note on it; None if it is no such line."""
    for rule in _RULES:
        found = rule(text)
        if found is not None:
            return found
    return None


def _shell(text: str) -> tuple[str, str] | None:
    ignored = text.startswith("!") or _BARE.fullmatch(text) or _AUTOMATIC.fullmatch(text)
    return ("pass", "was ignored") if ignored else None


def _help(text: str) -> tuple[str, str] | None:
    return ("pass", "was ignored") if _HELP.fullmatch(text) else None


def _magic(text: str) -> tuple[str, str] | None:
    match = _MAGIC.fullmatch(text)
    if match is None:
        return ("pass", "was ignored") if text.startswith("%%") else None
    statement = _statement(match["name"], match["rest"])
    return (statement, "was run as plain Python") if statement else ("pass", "was ignored")


def _assigned(text: str) -> tuple[str, str] | None:
    match = _ASSIGNED.fullmatch(text)
    if match is None:
        return None
    target, what = match["target"], match["what"]
    if what.startswith("!"):
        return f"{target} []", "was ignored; the name holds an empty list"
    magic = _MAGIC.fullmatch(what)
    if magic is None:
        return None
    statement = _statement(magic["name"], magic["rest"])
    if statement:
        return f"{target} {statement}", "was run as plain Python"
    return f"{target} None", "was ignored; the name holds None"


def _statement(name: str, rest: str) -> str:
    """What a timing magic would run, or %run, whose file's names become the notebook's; or ""."""
    if name == "run" and (file := _RUN.fullmatch(rest)):
        return f"from {file[1]} import *"
    if name not in RUN_STATEMENT:
        return ""
    options = _OPTIONS.match(rest)
    return rest[options.end() if options else 0 :].strip()


_RULES: tuple[Callable[[str], tuple[str, str] | None], ...] = (_help, _shell, _magic, _assigned)


def _short(line: str) -> str:
    text = printable(line.strip().replace("`", "'"))
    return text if len(text) <= 60 else text[:57] + "..."
