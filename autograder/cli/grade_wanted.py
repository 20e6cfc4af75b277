"""What the command line says of whom to grade, as a batch understands it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from autograder.errors import AutograderError
from autograder.grading import paths

if TYPE_CHECKING:
    from autograder.cli.grade_options import Options
    from autograder.grading.batch import Wanted
    from autograder.grading.sources import Source


def named(patterns: Iterable[str], sources: Iterable[Source]) -> tuple[str, ...]:
    """The names of `sources` that are meant by `patterns`: a name itself, or those that are like it, as in `a*`.

    Raises:
        AutograderError: `no-such-submission`.
    """
    names = {source.name for source in sources}
    found: dict[str, None] = {}
    for pattern in patterns:
        # A name may hold a star itself.
        like = [pattern] if pattern in names else sorted(name for name in names if fnmatchcase(name, pattern))
        if not like:
            raise _nobody(pattern, names)
        found |= dict.fromkeys(like)
    return tuple(found)


def wanted_of(asked: Options) -> Wanted:
    """What is asked for, without whom it is asked of."""
    from autograder.grading.batch import Wanted

    return Wanted(
        again=asked.again,
        only=frozenset(asked.only),
        failed_only=asked.failed_only,
        since=asked.since,
        resume=asked.resume,
    )


def _nobody(pattern: str, names: set[str]) -> AutograderError:
    close = ", ".join(paths.shown(name) for name in get_close_matches(pattern, names))
    count = f"{len(names)} submission{' was' if len(names) == 1 else 's were'} found"
    return AutograderError(
        "no-such-submission",
        f"no submission goes by the name {paths.shown(pattern)}",
        why=f"{count}{f'; close to it: {close}' if close else ''}. Each goes by its file or folder, without .ipynb.",
        fix="name it as it is in the class table, or with a star in it; --dry-run --all shows every name",
    )
