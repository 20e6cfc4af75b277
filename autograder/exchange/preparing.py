"""What is looked at before work is handed in: it reads, it is complete, it runs, the public checks, the date.

Only what no grader could use stops it. Everything else is a warning: a deadline may be ten minutes away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.course import Outcome, Rejected
from autograder.course.released import Released
from autograder.course.written import is_written
from autograder.errors import AutograderError, Place
from autograder.exchange.work import CONVERT, Work, gather
from autograder.grading.alignment import expected_in
from autograder.grading.first_look import FirstLook, first_look
from autograder.grading.intake import parse_submission
from autograder.grading.paths import shown

if TYPE_CHECKING:
    from autograder.grading.self_check import SelfCheck

Say = Callable[[str, str], None]
"""Told of each step as it is done: its name, and words."""


@dataclass(frozen=True)
class Warned:
    """Something that will probably cost points, or surprise."""

    code: str
    """Kebab-case, for scripts."""
    words: str


@dataclass(frozen=True)
class Prepared:
    """Work that was looked at."""

    files: tuple[tuple[str, bytes], ...]
    warnings: tuple[Warned, ...]
    checked: SelfCheck | None
    """None where the notebook was not run."""

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        return {
            "warnings": [{"code": one.code, "words": one.words} for one in self.warnings],
            "check": self.checked.as_dict() if self.checked is not None else None,
        }


def prepare(
    notebook: Path, about: Released | None, named: Sequence[Path], *, run: bool, now: datetime, say: Say | None = None
) -> Prepared:
    """Look at the notebook and what goes with it.

    Args:
        about: its release; None where assignment.json is missing.
        named: further files to hand in.
        run: run it and the public checks, too.
        now: with a zone.
        say: told of each step as it is done.

    Raises:
        AutograderError: `unreadable`; what gather() raises.
    """
    tell = say or (lambda step, words: None)
    slug = about.slug if about is not None else notebook.stem
    warnings = [Warned("no-release", _NO_RELEASE)] if about is None else []
    if about is not None:
        tell("assignment", f"{about.title} ({about.slug})")
        warnings += _date(about, now, tell)
    work = gather(notebook, slug, named)
    submission = parse_submission("submission", work.files, slug, expected_in(notebook.resolve().parent))
    if isinstance(submission, Rejected):
        raise AutograderError("unreadable", submission.message, where=Place(str(notebook)))
    tell("notebook", f"{notebook.name}, {_size(len(work.files[0][1]))}: reads well")
    for name, content in work.files[1:]:
        tell("with it", f"{shown(name)}, {_size(len(content))}")
    folder = notebook.resolve().parent
    beside = {path.name for path in folder.iterdir() if not path.name.startswith(".")}
    look = first_look(submission, about, beside)
    if about is not None:
        tell("answers", _answers(about, look))
    warnings += _from_look(look, work)
    checked = None
    if run:
        checked, more = _run(notebook, about, look, tell)
        warnings += more
    else:
        warnings.append(Warned("not-run", "the notebook was not run, as you asked (--skip-run)"))
    return Prepared(work.files, tuple(warnings), checked)


_NO_RELEASE = (
    "assignment.json, which came with the notebook, is not beside it: whether anything is missing cannot be seen"
)


def _date(about: Released, now: datetime, tell: Say) -> list[Warned]:
    if about.due is None:
        return []
    due = about.due.astimezone()
    when = due.isoformat(sep=" ", timespec="minutes")
    left = (about.due - now).total_seconds()
    tell("due", f"{when}, {'in ' if left >= 0 else ''}{span(abs(left))}{'' if left >= 0 else ' ago'}")
    return [] if left >= 0 else [Warned("late", f"it was due {span(-left)} ago ({when})")]


def span(seconds: float) -> str:
    """A time as people say it: `3 days`, `2 h 5 min`, `40 s`."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return f"{seconds:.0f} s"
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min"
    return f"{hours // 24} days"


def _answers(about: Released, look: FirstLook) -> str:
    missing = {*look.open, *(name for name, _ in look.gone)}
    done = len(about.exercises) - len(missing)
    return f"{done} of {len(about.exercises)} exercises" + (f"; open: {', '.join(sorted(missing))}" if missing else "")


def _from_look(look: FirstLook, work: Work) -> list[Warned]:
    handed_in = {name.split("/")[0] for name, _ in work.files}
    found = [Warned("open", f"no answer yet: {', '.join(look.open)}")] if look.open else []
    found += [Warned("gone", f"{exercise}: no cell defines `{name}`") for exercise, name in look.gone]
    found += [
        Warned(
            "module", f"the notebook imports {shown(entry)}, which lies beside it and is not handed in: {_add(entry)}"
        )
        for entry in look.modules
        if entry not in handed_in and entry != "public"
    ]
    found += [
        Warned("path", f"code cell {number} names {shown(path)}, which other machines do not have")
        for number, path in look.paths
    ]
    found += [
        Warned(
            "pickled-weights",
            f"{shown(name)} is not handed in: its format may run code when it is read. "
            f"In the notebook: {CONVERT[0]}; {CONVERT[1].format(stem=shown(Path(name).stem))}",
        )
        for name in work.left_out
    ]
    return found


def _add(entry: str) -> str:
    return f"add --file {shown(entry)}" if entry.endswith(".py") else "add its files with --file"


def _run(notebook: Path, about: Released | None, look: FirstLook, tell: Say) -> tuple[SelfCheck | None, list[Warned]]:
    from autograder.examiner.session import Budget
    from autograder.grading.self_check import PATIENT, check_notebook

    budget = PATIENT
    if about is not None:
        budget = Budget(about.cell_seconds or PATIENT.cell, about.seconds or PATIENT.total)
    try:
        checked = check_notebook(notebook, budget=budget)
    except AutograderError as error:
        if error.code not in ("no-public-checks", "broken-checks"):
            raise
        return None, [Warned("not-checked", f"it was not run: {error.what}")]
    short = len(checked.stopped) + len(checked.waiting)
    ended = f"{_count(short, 'cell')} stopped" if short else "from top to bottom"
    tell("run", f"{ended}, {span(checked.seconds)} with the checks")
    ran = [f for f in checked.findings if not is_written(f)]
    passed = [f for f in ran if f.outcome is Outcome.PASSED]
    tell("checks", f"{len(passed)} of {len(ran)} public checks passed")
    failing = dict.fromkeys(
        f.exercise for f in ran if f.outcome not in (Outcome.PASSED, Outcome.LOST) and f.exercise not in look.open
    )
    warnings = [Warned("stopped", f"{one}{_allowed(one, about)}") for one in checked.stopped]
    warnings += [Warned("not-passed", f"{name}: not all of its public checks pass") for name in failing]
    return checked, warnings


def _allowed(stopped: str, about: Released | None) -> str:
    known = about is not None and about.cell_seconds is not None and "in time" in stopped
    return f" Grading allows {about.cell_seconds:g} s for a cell." if known and about is not None else ""


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _size(count: int) -> str:
    if count < 10_000:
        return f"{count} bytes"
    return f"{count / 1e3:.0f} kB" if count < 1e6 else f"{count / 1e6:.1f} MB"
