"""A submission's bytes -> its cells and files, or one clear reason why not. Nothing of it is executed here."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from autograder.course import Assignment, Rejected, Submission
from autograder.grading import archive, folder, notebook, paths, scripts
from autograder.grading.alignment import NOTHING, Aligned, Expected, align, expected_of
from autograder.grading.choosing import notebook_among
from autograder.grading.notebook import RawNotebook
from autograder.grading.paths import Refused, shown, unreadable, unsafe
from autograder.grading.sources import Source, find_submissions, with_unique_names

__all__ = ["Source", "find_submissions", "parse_submission", "read_submission", "with_unique_names"]

MAX_NOTES = 50
MAX_CANDIDATES = 10
"""Notebooks of one submission that are looked into, to find the one with answers."""

_Files = tuple[tuple[str, bytes], ...]


def read_submission(source: Source, assignment: Assignment) -> Submission | Rejected:
    """The submission at `source`, bounded and parsed. Whatever the student made of it, the answer is one of the two."""
    try:
        files = _files(source)
    except Refused as refused:
        return _rejected(source.name, refused, _digest_of_refused(source, refused))
    parsed = parse_submission(source.name, files, assignment.slug, expected_of(assignment))
    return parsed if isinstance(parsed, Rejected) else _within_disk(parsed, assignment.manifest.limits.disk_mb)


def parse_submission(name: str, files: _Files, slug: str, expected: Expected = NOTHING) -> Submission | Rejected:
    """The submission that consists of `files` (relative POSIX names and contents).

    `expected`: what its notebook should hold; without it, cells are read as they stand.
    """
    digest = digest_of(files)
    try:
        chosen, raw, aligned, said = _chosen(files, slug, expected)
    except Refused as refused:
        return _rejected(name, refused, digest)
    beside, left_out = _beside(files, chosen)
    notes = [*said, *raw.notes, *left_out, *aligned.notes]
    if len(notes) > MAX_NOTES:
        notes = [*notes[:MAX_NOTES], f"and {len(notes) - MAX_NOTES} notes more"]
    return Submission(name, digest, aligned.cells, beside, tuple(notes), aligned.answers)


def _chosen(files: _Files, slug: str, expected: Expected) -> tuple[str, RawNotebook, Aligned, list[str]]:
    """The file that holds the answers, read; and what is to be said of the choice."""
    content = dict(files)
    clear, candidates = notebook_among([name for name, _ in files], slug, content)
    unclear = None if clear else Refused("unreadable", _which(candidates, slug))
    if clear:
        raw = _read(clear, content[clear])
        aligned = align(raw, expected, _modules(files, clear))
        if aligned.answered or not expected.cells or len(candidates) == 1:
            return clear, raw, aligned, []
    answered = []
    for name in candidates[:MAX_CANDIDATES] if expected.cells else ():
        try:
            other = _read(name, content[name])
        except Refused:
            continue
        read = align(other, expected, _modules(files, name))
        if read.answered:
            answered.append((name, other, read))
    told = {tuple((cell.kind, cell.source) for cell in other.cells) for _, other, _ in answered}
    if len(told) == 1:
        name, other, read = answered[0]
        why = "the others hold no answer" if len(answered) == 1 else "the others with answers hold the same cells"
        return name, other, read, [f"{shown(name)}: it was graded because {why}"]
    if unclear is not None:
        raise unclear
    assert clear
    return clear, raw, aligned, []


def _which(candidates: list[str], slug: str) -> str:
    listed = ", ".join(shown(name) for name in candidates[:10]) + (", ..." if len(candidates) > 10 else "")
    suffix = PurePosixPath(candidates[0]).suffix.lower()
    return (
        f"There are {len(candidates)} notebooks and none of them is clearly the answer: {listed}. "
        f"Name the one to grade {slug}{suffix}."
    )


def _read(name: str, content: bytes) -> RawNotebook:
    """The notebook in a file: a script where it is called so, unless it plainly is the JSON of a notebook."""
    if len(content) > paths.MAX_NOTEBOOK_BYTES:
        raise unreadable(f"{shown(name)} is larger than {paths.MAX_NOTEBOOK_BYTES >> 20} MB. Clear its outputs.")
    if name.lower().endswith(".py"):
        if content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"cells"' in content:
            raw = notebook.read_notebook(content)
            return replace(raw, notes=("the file is a notebook, though its name ends in .py", *raw.notes))
        return scripts.read_script(content)
    return notebook.read_notebook(content)


def _modules(files: _Files, chosen: str) -> frozenset[str]:
    """What may be imported from the files beside the notebook."""
    beside, _ = _beside(files, chosen)
    return frozenset(file.split("/")[0].removesuffix(".py") for file, _ in beside)


def _within_disk(submission: Submission, most_mb: int) -> Submission | Rejected:
    """Refused where its files alone would fill the disk of its process: no process could be started with them."""
    size_mb = sum(len(content) for _, content in submission.files) >> 20
    if size_mb < most_mb:
        return submission
    said = f"The files beside the notebook measure {size_mb} MB; fewer than {most_mb} MB can be graded here. "
    refused = Refused("limit", said + "Leave data and models out.")
    return _rejected(submission.name, refused, submission.digest)


def digest_of(files: _Files) -> str:
    """SHA-256 (hex) over all that a verdict may depend on: names and bytes.

    Of a file on its own only the suffix counts: its name is what a student or a learning platform called it, and
    nothing that is judged sees it.
    """
    if len(files) == 1:
        ((name, content),) = files
        files = ((f"notebook{PurePosixPath(name).suffix.lower()}", content),)
    return digest_files(files)


def digest_files(files: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 (hex) over names and bytes, in the order of the names."""
    total = hashlib.sha256()
    for name, content in sorted(files):
        total.update(f"{len(name)}\0{name}\0{len(content)}\0".encode("utf-8", "surrogatepass"))
        total.update(content)
    return total.hexdigest()


def _files(source: Source) -> _Files:
    path = source.path
    if source.member:
        return _from_batch(source)
    if path.is_dir() and not path.is_symlink():
        files = folder.read_folder(path)
        if len(files) == 1 and files[0][0].lower().endswith(".zip"):  # a student's folder with what they handed in
            return archive.read_files(io.BytesIO(files[0][1]))
        return files
    if path.suffix.lower() == ".zip":
        with os.fdopen(folder.open_file(path), "rb") as file:
            if os.fstat(file.fileno()).st_size > paths.MAX_TOTAL_BYTES:
                raise unsafe(f"The zip is larger than {paths.MAX_TOTAL_BYTES >> 20} MB. Leave data and models out.")
            return archive.read_files(file)
    return ((_file_name(source), folder.read_file(path, paths.MAX_FILE_BYTES)),)


def _from_batch(source: Source) -> _Files:
    """One member of a zip that holds many submissions: a folder of it, a notebook, or a zip inside it."""
    with os.fdopen(folder.open_file(source.path), "rb") as file:
        if source.member.endswith("/"):
            return archive.read_files(file, source.member)
        entry = next((e for e in archive.list_entries(file) if e.name == source.member), None)
        if entry is None:
            raise unreadable(f"{shown(source.member)} is no longer in the zip. Start the batch again.")
        content = archive.read_checked(file, entry)
    if source.member.lower().endswith(".zip"):
        return archive.read_files(io.BytesIO(content))
    return ((_file_name(source), content),)


def _file_name(source: Source) -> str:
    """The file's name; a name that could not travel as text is replaced, for nobody imports it."""
    name = source.file_name
    return name if not paths.name_fault(name) else f"notebook{Path(name).suffix}"


def _beside(files: _Files, chosen: str) -> tuple[_Files, list[str]]:
    """The other files, relative to the notebook's folder, where its imports look for them."""
    base = chosen[: -len(PurePosixPath(chosen).name)]
    beside = tuple((name[len(base) :], content) for name, content in files if name.startswith(base) and name != chosen)
    outside = [name for name, _ in files if not name.startswith(base)]
    if not outside:
        return beside, []
    more = f" and {len(outside) - 1} more" if len(outside) > 1 else ""
    return beside, [f"{shown(outside[0])}{more} lies outside the notebook's folder and was left out"]


def _rejected(name: str, refused: Refused, digest: str) -> Rejected:
    return Rejected(name=name, digest=digest, reason=refused.reason, message=refused.message)


def _digest_of_refused(source: Source, refused: Refused) -> str:
    """SHA-256 over what can be read of a refused submission: the archive's bytes, else its name and the reason."""
    total = hashlib.sha256(f"{source.name}\0{source.member}\0{refused.message}\0".encode("utf-8", "surrogatepass"))
    try:
        with os.fdopen(folder.open_file(source.path), "rb") as file:
            while chunk := file.read(2**20):
                total.update(chunk)
    except (Refused, OSError):
        return total.hexdigest()  # a folder or a link: there are no bytes to add
    return total.hexdigest()
