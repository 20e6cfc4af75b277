"""Our checks in the process of a student's notebook, as the exports to nbgrader and otter-grader run them there.

There is no wall between the student's code and the checks: that is these tools' model. `autograder grade` has one.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

from autograder.course import Finding
from autograder.errors import AutograderError, Place
from autograder.examiner.alone import finding_of
from autograder.examiner.local import LocalProvider
from autograder.examiner.plugin import CollectionFailed, ExaminerPlugin, collect


def run_checks(
    folders: tuple[Path, ...], names: dict[str, Any], source: tuple[str, ...], exercise: str, seed: int | None = None
) -> tuple[Finding, ...]:
    """The findings of the checks of `exercise` in `folders`, for the names of a notebook whose cells are `source`.

    The same seed draws the same random values; without one, the same notebook does.

    Raises:
        AutograderError: `no-checks`.
    """
    plugin = ExaminerPlugin()
    provider = LocalProvider(names, source)
    plugin.provider = provider
    told = "\0".join(source).encode("utf-8", "replace")
    plugin.seed = int.from_bytes(hashlib.sha256(told).digest()[:7]) if seed is None else seed
    findings: list[Finding] = []

    def run(_: object) -> None:
        for name, (info, _items) in plugin.checks.items():
            if info.spec.exercise == exercise:
                findings.append(finding_of(plugin, name, provider.is_students))

    _forget_others(folders)
    try:
        collect(plugin, folders, run)
    except CollectionFailed as failed:
        raise no_checks(f"the checks cannot be run: {failed}", folders[0]) from failed
    if not findings:
        raise no_checks(f"there is no check of {exercise!r}", folders[0])
    return tuple(findings)


def _forget_others(folders: tuple[Path, ...]) -> None:
    """Check files of the same names from elsewhere, such as those beside the notebook, which `check` has imported in
    this kernel: pytest would take them for these."""
    for name, module in tuple(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if name.split(".")[0] in ("public", "hidden") and not any(Path(file or "").is_relative_to(f) for f in folders):
            del sys.modules[name]


def no_checks(what: str, where: Path) -> AutograderError:
    """The error where checks are not where an export put them."""
    return AutograderError(
        "no-checks",
        what,
        where=Place(str(where)),
        fix="grade where `autograder export` put the checks, and leave its folders as they are",
    )
