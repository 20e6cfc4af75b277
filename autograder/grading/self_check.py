"""A student's own check: their notebook, in a process of its own on their machine, against the public checks."""

from __future__ import annotations

import secrets
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import torch

from autograder.checks.trained.submitted import beside
from autograder.course import Finding, Outcome, Rejected, Submission
from autograder.course.released import read_released
from autograder.course.written import written_finding
from autograder.errors import AutograderError, Place
from autograder.examiner.alone import finding_of
from autograder.examiner.devices import Gpus
from autograder.examiner.plugin import CollectionFailed, ExaminerPlugin, collect
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.examiner.undisturbed import undisturbed
from autograder.examiner.workers import SandboxWorkers
from autograder.grading.alignment import expected_in
from autograder.grading.intake import parse_submission
from autograder.sandbox.own import OwnSandbox

PATIENT = Budget(cell=300.0, total=3600.0)
"""For a slow machine: more than grading allows."""


@dataclass(frozen=True)
class SelfCheck:
    """What the public checks said of a notebook."""

    notebook: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    """What was understood, ignored or repaired in reading the notebook."""
    stopped: tuple[str, ...] = ()
    """Cells that did not come to their end, and why."""
    waiting: tuple[int, ...] = ()
    """Cells that came no further than the stub of an exercise that is open, by their numbers."""
    seconds: float = 0.0
    """Of this machine's clock, for the notebook and the checks."""

    @property
    def passed(self) -> bool:
        """All of them passed that can be judged on this machine, and nothing that is asked in words is left open."""
        told = [f for f in self.findings if f.outcome is not Outcome.LOST]
        return bool(told) and all(f.outcome in (Outcome.PASSED, Outcome.PENDING) for f in told)

    @property
    def told(self) -> tuple[str, ...]:
        """What there is to say of the notebook, as sentences."""
        if not self.waiting:
            return (*self.notes, *self.stopped)
        numbers = ", ".join(map(str, self.waiting))
        which = f"cells {numbers} come" if len(self.waiting) > 1 else f"cell {numbers} comes"
        return (*self.notes, *self.stopped, f"code {which} no further than an exercise that is open")

    def as_dict(self) -> dict[str, object]:
        """For `--json`."""
        keys = ("check", "exercise", "outcome", "reason", "message", "hint", "detail")
        return {
            "notebook": self.notebook,
            "findings": [{key: getattr(f, key) for key in keys} for f in self.findings],
            "notes": list(self.told),
        }


def check_notebook(path: Path, exercises: tuple[str, ...] = (), budget: Budget = PATIENT) -> SelfCheck:
    """Run the notebook at `path` and the public checks beside it.

    Args:
        budget: how long cells and the whole may take.

    Raises:
        AutograderError: `unreadable`, `no-public-checks`, `broken-checks`, `unknown-exercise`.
    """
    path = path.resolve()
    files = ((path.name, path.read_bytes()),)
    submission = parse_submission(path.stem, files, path.stem, expected_in(path.parent))
    if isinstance(submission, Rejected):
        raise AutograderError("unreadable", submission.message, where=Place(str(path)))
    public = path.parent / "public"
    if not public.is_dir():
        raise AutograderError(
            "no-public-checks",
            "there are no public checks beside the notebook",
            where=Place(str(public)),
            fix="keep the notebook in the folder that you were given, beside public/",
        )
    began = time.monotonic()
    plugin = ExaminerPlugin()
    plugin.seed = secrets.randbits(63)
    findings: list[Finding] = []
    sandbox = OwnSandbox(path.parent)
    gpus = Gpus.OWN if torch.cuda.is_available() else Gpus.NONE
    weights = beside(path.parent)
    session = Session(torch, SandboxWorkers(sandbox), submission.cells, budget, gpus=gpus, weights=weights)
    plugin.provider = SessionProvider(session)

    def run(_: object) -> None:
        session.keeps = plugin.has_cells
        for name, (info, _items) in plugin.checks.items():
            if not exercises or info.spec.exercise in exercises:
                findings.append(finding_of(plugin, name))

    try:
        with undisturbed():
            collect(plugin, [public], run)
    except CollectionFailed as failed:
        raise AutograderError("broken-checks", "the public checks cannot be run", why=str(failed)) from failed
    finally:
        session.close()
        sandbox.close()
    released = read_released(path.parent)
    words = released.written if released is not None else {}
    known = {info.spec.exercise for info, _ in plugin.checks.values()}
    _known(known | words.keys(), exercises)
    findings += _in_words(submission, {name: words[name] for name in words if not exercises or name in exercises})
    stopped, waiting = _short_of_their_end(session.reports.problems, known)
    return SelfCheck(path.name, tuple(findings), submission.notes, stopped, waiting, time.monotonic() - began)


def _short_of_their_end(
    problems: Mapping[int, str], exercises: Collection[str]
) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The cells that stopped, in words, and the numbers of those that only met the stub of an exercise."""
    stubs = {f"NotImplementedError: {exercise}" for exercise in exercises}
    waiting = tuple(sorted(number for number, problem in problems.items() if problem in stubs))
    return tuple(_stopped(n, problem) for n, problem in sorted(problems.items()) if n not in waiting), waiting


def _stopped(number: int, problem: str) -> str:
    return f"code cell {number} {f'was {problem}' if problem.startswith('left out') else f'stopped with {problem}'}"


def _in_words(submission: Submission, points: Mapping[str, float]) -> Iterator[Finding]:
    """What can be said of the answers to these exercises, whose points are given."""
    answers = dict(submission.answers)
    return (written_finding(name, worth, answers.get(name, "")) for name, worth in points.items())


def _known(known: Collection[str], exercises: tuple[str, ...]) -> None:
    for name in exercises:
        if name not in known:
            raise AutograderError(
                "unknown-exercise", f"no exercise is called {name!r}", fix=f"choose of {', '.join(sorted(known))}"
            )
