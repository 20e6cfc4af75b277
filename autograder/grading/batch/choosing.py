"""Which sources a batch grades, and in what order."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import PurePosixPath

from autograder.errors import AutograderError
from autograder.gradebook import Gradebook
from autograder.gradebook.rows import storable
from autograder.grading import paths
from autograder.grading.batch.wanted import Wanted
from autograder.grading.sources import Source


def chosen(sources: tuple[Source, ...], wanted: Wanted, book: Gradebook, assignment: str) -> tuple[Source, ...]:
    """Those of `sources` that `wanted` leaves, in their order.

    Raises:
        AutograderError: `no-such-submission`: `only` names one that is not there.
    """
    missing = sorted(wanted.only - {source.name for source in sources})
    if missing:
        raise AutograderError(
            "no-such-submission",
            f"there is no submission of {', '.join(paths.shown(name) for name in missing[:5])}",
            why=f"{len(sources)} submissions were found; each goes by the name of its file or folder, without .ipynb.",
            fix="name them as the gradebook does: autograder report SLUG shows how",
        )
    failed = book.names_failed(assignment) if wanted.failed_only else frozenset()
    return tuple(
        source
        for source in sources
        if (not wanted.only or source.name in wanted.only)
        and (not wanted.failed_only or storable(source.name) in failed)
        and (wanted.since is None or handed_in(source) >= wanted.since)
    )


def suspects_last(sources: Iterable[Source], crashes: Mapping[tuple[str, str], int]) -> tuple[Source, ...]:
    """The sources in their order; those that were in flight when batches crashed come last, the worst at the end."""
    worst: dict[str, int] = {}
    for (name, _), count in crashes.items():
        worst[name] = max(worst.get(name, 0), count)
    return tuple(sorted(sources, key=lambda source: worst.get(storable(source.name), 0)))


def handed_in(source: Source) -> datetime:
    """When the file, the newest file of the folder, or the zip that holds it was last changed. Long ago where that
    cannot be told."""
    newest = _changed(source.path)
    if not source.member and source.path.is_dir() and not source.path.is_symlink():
        newest = 0.0
        for root, folders, files in os.walk(source.path):
            folders[:] = [name for name in folders if not paths.ignored(PurePosixPath(name))]
            of_files = (_changed(os.path.join(root, name)) for name in files)  # noqa: PTH118 - as bytes of the disk
            newest = max(newest, *of_files, 0.0)
    return datetime.fromtimestamp(newest, UTC)


def _changed(path: str | os.PathLike[str]) -> float:
    try:
        return os.lstat(path).st_mtime
    except OSError:
        return 0.0
