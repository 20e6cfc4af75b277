"""What the command line says of whom to grade, as a batch understands it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from autograder.grading.batch import Wanted

if TYPE_CHECKING:
    from autograder.cli.grade import Options
    from autograder.grading.sources import Source


def wanted_of(asked: Options, sources: Iterable[Source]) -> Wanted:
    """What is wanted of `sources`."""
    names = {source.name for source in sources}
    return Wanted(
        again=asked.again,
        only=frozenset(name for pattern in asked.only for name in _named(pattern, names)),
        failed_only=asked.failed_only,
        since=asked.since,
        resume=asked.resume,
    )


def _named(pattern: str, names: set[str]) -> Iterator[str]:
    """The name itself where it is one: names may hold a star. Else those like it; where there is none, it stands for
    itself, and the batch says that nobody is called so."""
    like = [] if pattern in names else [name for name in names if fnmatchcase(name, pattern)]
    yield from like or [pattern]
