"""What must not be released: fragments of solutions, hidden checks and specimens, each with its place."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from autograder.build.markers import Region
from autograder.build.normal import normal
from autograder.build.statements import (
    LONG,
    Piece,
    fragments,
    import_lines,
    line_pieces,
    physical_lines,
    pieces,
    values,
    without_comments,
)
from autograder.build.strip import Stripped, is_answer
from autograder.build.write import is_cache
from autograder.course import Assignment
from autograder.course.magics import as_python
from autograder.course.source import SourceCell, shown
from autograder.errors import Place

SOLUTION_LENGTH = 24
"""Shorter statements are scaffolding that every notebook has, such as `x = torch.randn(3, 4)`."""
REGION_LENGTH = 13
"""A whole solution is the answer even where it is one short line."""
EXPRESSION_LENGTH = 40
OTHER_LENGTH = 40
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+|\n\s*\n")
_SHORTEST_FILE = 8


@dataclass(frozen=True)
class Secret:
    """A piece of text, in normal form, that no released byte may hold."""

    text: str
    kind: str
    place: Place


@dataclass(frozen=True)
class SecretFile:
    """A data file that must not be released, neither alone nor within another file."""

    content: bytes
    digest: str
    place: Place


def secrets_of(assignment: Assignment, stripped: Stripped) -> tuple[Secret, ...]:
    """Every fragment to look for, longest first, without those that the assignment shows on purpose."""
    # Only code can be shared by coincidence: a copy in prose or in a comment is a leak at any length.
    code = [cell.source for cell in stripped.student if cell.kind == "code"]
    scaffold = "\0".join(normal(without_comments(as_python(source) or source)) for source in code)
    checks = [_text(path) for path in _files(assignment.public) if path.suffix == ".py"]
    public = "\0".join([scaffold, *(normal(without_comments(text)) for text in checks)])
    found: dict[str, Secret] = {}
    for secret, header in _solutions(stripped):
        if not (header and secret.text in scaffold):
            found.setdefault(secret.text, secret)
    for secret in _folder(assignment.hidden, "hidden check"):
        if not (len(secret.text) < LONG and secret.text in public):
            found.setdefault(secret.text, secret)
    for secret in _folder(assignment.specimens, "specimen"):
        # A specimen repeats the signature and the docstring of the cell that it replaces.
        if not (secret.text in scaffold or (len(secret.text) < LONG and secret.text in public)):
            found.setdefault(secret.text, secret)
    return tuple(sorted(found.values(), key=lambda s: (-len(s.text), s.text)))


def secret_files(assignment: Assignment) -> tuple[SecretFile, ...]:
    """The data files of hidden/, unless the author allows one by its path. Python files are cut into fragments."""
    found: list[SecretFile] = []
    for path in _files(assignment.hidden):
        if path.suffix == ".py":
            continue
        content = path.read_bytes()
        allowed = path.relative_to(assignment.root).as_posix() in assignment.manifest.build.allow
        if len(content.strip()) >= _SHORTEST_FILE and not allowed:
            found.append(SecretFile(content, hashlib.sha256(content).hexdigest(), Place(shown(path))))
    return tuple(found)


def _solutions(stripped: Stripped) -> Iterator[tuple[Secret, bool]]:
    for cell, regions in zip(stripped.source.cells, stripped.regions, strict=True):
        if is_answer(cell):
            yield from ((secret, False) for secret in _of_answer(cell))
        source = as_python(cell.source) if regions else None
        if source is None:
            continue
        for region in regions:
            for piece in _of_region(source, region):
                yield Secret(piece.text, "solution", _place(cell, piece)), piece.header


def _of_region(source: str, region: Region) -> Iterator[Piece]:
    lines = {index + 1 for index in region.solution}
    inside = [piece for piece in pieces(source) if piece.line in lines]
    covered = {n for piece in inside for n in range(piece.line, piece.end + 1)} | import_lines(source)
    # Lines of a statement that began before the region, such as the rows of a list.
    loose = [piece for piece in line_pieces(source) if piece.line in lines - covered]
    whole = "".join(piece.text for piece in inside)
    if REGION_LENGTH <= len(whole) < SOLUTION_LENGTH:
        yield replace(inside[0], text=whole)
    yield from chain(
        fragments(inside, SOLUTION_LENGTH),
        fragments(loose, SOLUTION_LENGTH),
        physical_lines(source, inside, SOLUTION_LENGTH),
        (v for v in values(source) if v.line in lines and len(v.text) >= EXPRESSION_LENGTH),
    )


def _of_answer(cell: SourceCell) -> Iterator[Secret]:
    """An answer in words, sentence by sentence; a short one as a whole."""
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(cell.source))]
    sentences = list(zip(starts, [*starts[1:], len(cell.source)], strict=True))
    for start, end in sentences if len(normal(cell.source)) >= EXPRESSION_LENGTH else [(0, len(cell.source))]:
        text = normal(cell.source[start:end]).rstrip(".!?:;")
        if len(text) >= SOLUTION_LENGTH or len(sentences) == 1:
            yield Secret(text, "model answer", cell.place(cell.source.count("\n", 0, start)))


def _folder(folder: Path, kind: str) -> Iterator[Secret]:
    for path in _files(folder):
        if path.suffix != ".py":
            continue
        text = _text(path)
        lines = text.split("\n")
        try:
            found = pieces(text)
        except SyntaxError:
            found = line_pieces(text)
        for piece in chain(fragments(found, OTHER_LENGTH), physical_lines(text, found, OTHER_LENGTH)):
            yield Secret(piece.text, kind, Place(shown(path), piece.line, lines[piece.line - 1]))


def _place(cell: SourceCell, piece: Piece) -> Place:
    return cell.place(piece.line - 1)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n")


def _files(folder: Path) -> Iterator[Path]:
    yield from (p for p in sorted(folder.rglob("*")) if p.is_file() and not is_cache(p.relative_to(folder)))
