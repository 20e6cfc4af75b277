"""What must hold of each reader whatever it is given: an answer, or one named finding. Anything else raises from here.

The property tests and the coverage-guided fuzzer both call these.
"""

from __future__ import annotations

import ast
import io
import warnings
from typing import Any

import torch
from seeds import RELEASE, SLUG

from autograder.checks import Failure
from autograder.course import Rejected, Submission
from autograder.course.magics import translate
from autograder.course.syntax import MAX_PARSED_CHARACTERS, Budget
from autograder.examiner.host import ExaminerHost
from autograder.grading import archive, paths
from autograder.grading.alignment.expected import NOTHING, expected_in
from autograder.grading.intake import MAX_NOTES, parse_submission
from autograder.grading.paths import Refused
from autograder.wire.frames import Allowance, Channel, WireError
from autograder.wire.peer import Peer
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.serve import StudentHost

EXPECTED = expected_in(RELEASE)
"""What the notebook should hold: cells are found, mended and told of by it."""


class Written:
    """A connection whose other side has written `data`, reads all, and has gone."""

    def __init__(self, data: bytes) -> None:
        self._data = memoryview(data)

    def settimeout(self, seconds: float | None) -> None:
        """Never blocks."""

    def sendmsg(self, pieces: list[memoryview]) -> int:
        return sum(piece.nbytes for piece in pieces)

    def recv_into(self, view: memoryview) -> int:
        count = min(len(view), len(self._data))
        view[:count] = self._data[:count]
        self._data = self._data[count:]
        return count


class _Inert(StudentHost):
    """A worker's host that runs no code: the bytes would be its source."""

    def __init__(self) -> None:
        super().__init__({"torch.optim.SGD": torch.optim.SGD}, Namespace(), BoundedText(100))
        self._namespace.names["f"] = lambda *values: values
        self._operations["load"] = lambda number, source: {}


def examiner(data: bytes) -> None:
    """A worker that sends `data` gets a value taken, or one error of the student's."""
    channel = Channel(Written(data))  # type: ignore[arg-type]
    channel.allow(Allowance(messages=200, objects=200))
    peer = Peer(torch, channel, ExaminerHost(torch, lambda name: name))
    inputs = [torch.ones(2, requires_grad=True), torch.ones(3), [1, 2], {"a": 1}, lambda x: x * 2, {3}]
    try:
        found: Any = peer.operate("call", *inputs)
        while True:
            if type(found) is torch.Tensor and found.requires_grad:
                torch.autograd.backward(found.sum().abs())
            found = peer.operate("call", found, iter([1]))
    except (WireError, Failure):
        return


def worker(data: bytes) -> None:
    """An examiner that sends `data` (it is ours, and may be mistaken) ends the worker by one error."""
    peer = Peer(torch, Channel(Written(data)), _Inert())  # type: ignore[arg-type]
    try:
        peer.serve()
    except WireError:
        return


def wire(data: bytes) -> None:
    """Both ends."""
    examiner(data)
    worker(data)


def notebook(data: bytes) -> None:
    """A file of these bytes is cells that compile, or cells with a problem, or one reason for the student."""
    for name in ("a.ipynb", "a.py"):
        for expected in (NOTHING, EXPECTED):
            result = parse_submission("ann", ((name, data),), SLUG, expected)
            if isinstance(result, Rejected):
                _sentence(result.message)
                if result.reason not in ("unreadable", "unsafe_archive"):
                    raise AssertionError(result)
                continue
            _submission(result)


def archived(data: bytes) -> None:
    """An archive of these bytes is files with harmless names, or one reason."""
    try:
        files = archive.read_files(io.BytesIO(data))
    except Refused as refused:
        _sentence(refused.message)
        return
    if sum(len(content) for _, content in files) > paths.MAX_TOTAL_BYTES:
        raise AssertionError("more than was to be unpacked")
    if any(paths.name_fault(name) for name, _ in files) or paths.clash([name for name, _ in files]):
        raise AssertionError("a name that could do harm")
    result = parse_submission("ann", files, SLUG)
    if isinstance(result, Submission):
        _submission(result)


def cell(data: bytes) -> None:
    """A cell of this text is Python of as many lines in which no code was lost, or one problem."""
    source = data.decode("utf-8", "surrogatepass") if _is_text(data) else data.decode("latin-1")
    budget = Budget()
    done = translate(source, budget)
    if budget.characters < -len(source) - 10 * MAX_PARSED_CHARACTERS:
        raise AssertionError("the compiler read more than it may")
    if done.problem:
        if done.source or "\n" in done.problem or len(done.problem) > 1000:
            raise AssertionError(done)
        return
    _compiles(done.source)
    if done.source == source:
        return
    before = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    after = done.source.split("\n")
    if len(before) != len(after):
        raise AssertionError("lines were lost")
    if not done.notes and [line.strip() for line in before] != [line.strip() for line in after]:
        raise AssertionError("a line changed, and no note says so")
    if not source.lstrip().startswith("%%"):
        _kept(before, after)


def _kept(before: list[str], after: list[str]) -> None:
    """Only lines that a notebook alone knows were changed, and those that they go on in."""
    goes_on = False
    for old, new in zip(before, after, strict=True):
        text = old.strip()
        changed = text != new.strip()
        known = text.startswith(("!", "%", "?", "/", ",", ";")) or text.endswith("?") or "!" in text or "%" in text
        known = known or text.split(" ")[0] in ("pip", "pip3", "conda", "mamba", "uv")
        if changed and not known and not goes_on:
            raise AssertionError(f"{old!r} became {new!r}")
        goes_on = changed and text.endswith("\\")


def _submission(result: Submission) -> None:
    for one in result.cells:
        rest = any(note.startswith(f"cell {one.number}: lines ") for note in result.notes)
        if one.problem and one.source and not rest:
            raise AssertionError(one)
        _compiles(one.source)
    if len(result.notes) > MAX_NOTES + 1 or any(len(note) > 1000 for note in result.notes):
        raise AssertionError("notes without bound")
    for note in result.notes:
        if not note.replace("\t", " ").isprintable():
            raise AssertionError(f"a note that a terminal would act on: {note!r}")
    if any(paths.name_fault(name) for name, _ in result.files):
        raise AssertionError("a name that could do harm")


def _compiles(source: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        compile(source, "<cell>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)


def _sentence(message: str) -> None:
    if not message.isprintable() or not message.endswith(".") or len(message) > 1500:
        raise AssertionError(f"no clear sentence: {message!r}")


def _is_text(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True
