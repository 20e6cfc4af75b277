"""`check("softmax")` in the student's notebook: the public checks of a release, run on the names defined so far."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.course import Finding
from autograder.course.released import Released, read_released
from autograder.course.text import one_line, plain
from autograder.examiner import panel
from autograder.examiner.alone import finding_of
from autograder.examiner.local import LocalProvider
from autograder.examiner.plugin import CollectionFailed, ExaminerPlugin, collect
from autograder.examiner.release_here import NoRelease, find_release, unpack
from autograder.examiner.undisturbed import undisturbed


class CheckReport:
    """What the public checks said. Shows itself as text, and as HTML in a notebook: the same words."""

    def __init__(
        self,
        findings: tuple[Finding, ...],
        missing: str = "",
        steps: Sequence[str] = (),
        released: Released | None = None,
    ) -> None:
        """`missing`: why nothing was run; `steps`: what to do about it."""
        self.findings = findings
        self._missing = missing
        self._steps = tuple(steps)
        self._released = released

    def __repr__(self) -> str:
        if self._missing:
            return "\n".join((self._missing.replace("`", ""), *(f"  - {s.replace('`', '')}" for s in self._steps)))
        return "\n".join(line for line, _ in panel.text(self.findings, self._released))

    def _repr_html_(self) -> str:
        if self._missing:
            return panel.notice(self._missing, self._steps)
        return panel.page(self.findings, self._released)


class Check:
    """`check("softmax")` runs the public checks of an exercise on the notebook's names, `check()` those of all.

    They lie in `public/`, beside the notebook. Where the notebook came alone, `check.setup("release.zip")` unpacks the
    rest of its release, and `check.setup("FOLDER")` says where it is.
    """

    def __init__(self) -> None:
        self._folder: Path | None = None

    def __call__(self, *exercises: str) -> CheckReport:
        """Run the public checks of these exercises (all, where none is named) on the notebook's names."""
        other = next((e for e in exercises if not isinstance(e, str)), None)
        if other is not None:
            name = getattr(other, "__name__", None)
            called = one_line(name) if isinstance(name, str) and name.isidentifier() else "EXERCISE"
            return CheckReport((), f'`check` wants the name of an exercise, in quotes: `check("{called}")`.')
        names, source = _notebook()
        try:
            folder = find_release(names, self._folder)
        except NoRelease as nothing:
            return CheckReport((), nothing.what, nothing.steps)
        return run_public_checks(folder, names, source, exercises)

    def setup(self, path: str) -> CheckReport:
        """Use the release in the folder `path`, or unpack the zip there into this folder and use that.

        Files that are there already stay as they are.
        """
        place = Path(path).expanduser()
        try:
            if not place.exists():
                raise NoRelease(f"There is no `{one_line(path)}` here, in `{Path.cwd()}`.")
            found = find_release({}, place if place.is_dir() else unpack(place, Path.cwd()))
        except NoRelease as nothing:
            return CheckReport((), nothing.what, nothing.steps)
        self._folder = found.resolve()
        return CheckReport((), f"The public checks are those in `{found / 'public'}`.")


check = Check()


def run_public_checks(
    folder: Path, names: dict[str, Any], source: tuple[str, ...], exercises: tuple[str, ...] = ()
) -> CheckReport:
    """As check(), for the release in `folder` and the names given."""
    released = read_released(folder)
    words = dict(released.written) if released is not None else {}
    plugin = ExaminerPlugin()
    provider = LocalProvider(names, source)
    plugin.provider = provider
    plugin.seed = secrets.randbits(63)
    findings: list[Finding] = []

    def run(_: object) -> None:
        for name, (info, _items) in plugin.checks.items():
            if not exercises or info.spec.exercise in exercises:
                findings.append(finding_of(plugin, name, provider.is_students))

    try:
        with undisturbed():
            collect(plugin, [folder / "public"], run)
    except CollectionFailed as failed:
        return CheckReport((), f"The public checks cannot be run: {plain(str(failed), lines=12)}")
    known = sorted({info.spec.exercise for info, _ in plugin.checks.values()})
    unknown = [e for e in exercises if e not in known]
    if unknown and unknown[0] in words:
        return CheckReport((), f"{unknown[0]!r} is answered in words. A person grades it: there is nothing to run.")
    if unknown:
        return CheckReport((), f"No exercise is called {one_line(unknown[0])!r}. There are: {', '.join(known)}.")
    return CheckReport(tuple(findings), released=released)


def _notebook() -> tuple[dict[str, Any], tuple[str, ...]]:
    """The caller's notebook: its names, and the cells run so far."""
    ipython: Any = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        return shell.user_ns, tuple(shell.user_ns.get("In", ()))
    main = sys.modules["__main__"]
    file = getattr(main, "__file__", None)
    program = Path(file) if isinstance(file, str) else None
    return vars(main), (program.read_text(encoding="utf-8"),) if program is not None and program.is_file() else ()
