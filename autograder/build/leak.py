"""The leak scan: no fragment of a solution, a hidden check or a specimen in any released byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.build.normal import normal
from autograder.build.secrets import Secret, SecretFile, secret_files, secrets_of
from autograder.build.strip import Stripped
from autograder.build.views import Budget, View, views
from autograder.course import Assignment
from autograder.course.source import shown
from autograder.errors import AutograderError, Place

_SHOWN_HITS = 5
_ALLOW_LENGTH = 12
_WITHIN = 32
"""Shorter files are compared as a whole only: their few bytes stand in many others by chance."""


@dataclass(frozen=True)
class Hit:
    """A secret and where it would have been released."""

    kind: str
    secret: Place
    released: Place


def refuse_leaks(assignment: Assignment, stripped: Stripped, files: Mapping[str, bytes]) -> None:
    """Search every byte of a release.

    Args:
        assignment: whose secrets are looked for.
        stripped: its notebook, with the solution regions.
        files: the release, POSIX path -> content.

    Raises:
        AutograderError: `leak`, showing both places; `leak-unsearchable`; `allow-too-short`.
    """
    allowed = _allowed(assignment)
    secrets = [s for s in secrets_of(assignment, stripped) if not any(s.text in piece for piece in allowed)]
    hits = scan(files, secrets, secret_files(assignment))
    if not hits:
        return
    places = tuple(place for hit in hits[:_SHOWN_HITS] for place in (hit.secret, hit.released))
    kinds = " and ".join(sorted({hit.kind for hit in hits}))
    raise AutograderError(
        "leak",
        f"the release would show {len(hits)} fragment{'' if len(hits) == 1 else 's'} of a {kinds}",
        where=places,
        why="Each secret is followed by the place where it would be released. Nothing was written.",
        fix="reword one of the two; or, where students may see it, add the text to `allow` under [build] in "
        "assignment.toml",
    )


def scan(files: Mapping[str, bytes], secrets: Iterable[Secret], data: Iterable[SecretFile] = ()) -> list[Hit]:
    """Every secret that stands in `files`, one hit a secret line.

    Raises:
        AutograderError: `leak-unsearchable` for archives that are broken, encrypted or too large.
    """
    secrets, data = list(secrets), list(data)
    found: dict[Place, Hit] = {}
    searched: set[str] = set()
    budget = Budget()
    for name, content in sorted(files.items()):
        _search(View(f"{name} (the file's name)", normal(name), name), secrets, found)
        for view in views(name, content, budget):
            if isinstance(view, bytes):
                _compare(name, view, data, found)
            elif view.text not in searched:
                searched.add(view.text)
                _search(view, secrets, found)
    return list(found.values())


def _search(view: View, secrets: list[Secret], found: dict[Place, Hit]) -> None:
    for secret in secrets:
        if secret.text in view.text and secret.place not in found:
            found[secret.place] = Hit(secret.kind, secret.place, _released(view, secret.text))


def _compare(name: str, content: bytes, data: list[SecretFile], found: dict[Place, Hit]) -> None:
    digest = hashlib.sha256(content).hexdigest() if data else ""
    for secret in data:
        within = len(secret.content) >= _WITHIN and secret.content in content
        if (within or secret.digest == digest) and secret.place not in found:
            found[secret.place] = Hit("hidden file", secret.place, Place(name))


def _released(view: View, text: str) -> Place:
    """The line of the view's original text on which the secret begins."""
    offset = view.text.index(text)
    for number, line in enumerate(view.original.split("\n") if view.original else [], 1):
        offset -= len(normal(line))
        if offset < 0:
            return Place(view.where, number, line)
    return Place(view.where)


def _allowed(assignment: Assignment) -> list[str]:
    pieces = [normal(piece) for piece in assignment.manifest.build.allow]
    for written, piece in zip(assignment.manifest.build.allow, pieces, strict=True):
        if len(piece) < _ALLOW_LENGTH:
            raise AutograderError(
                "allow-too-short",
                f"{written!r} is too short to be allowed",
                where=Place(shown(assignment.root / "assignment.toml")),
                fix="write the whole statement that students may see",
            )
    return pieces
