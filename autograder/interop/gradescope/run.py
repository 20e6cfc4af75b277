"""What run_autograder starts: one submission graded, and results.json written anew after every finding.

Whenever the container is ended, what was found so far stands there, scored.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import msgspec

from autograder.build import declared_checks
from autograder.course import Assignment, Finding, Outcome, Reason, Verdict, digest, load_assignment
from autograder.course.text import number, plain
from autograder.errors import AutograderError, Place
from autograder.interop.gradescope.metadata import submitter
from autograder.interop.gradescope.settings import FILE, Settings
from autograder.interop.results import Shown, as_json, gradescope_results, replace_file

SPARE_SECONDS = 20.0
"""Kept of Gradescope's time, to come to an end in order."""
_MOST_NOTES = 20
_FAILED = "The autograder could not grade this. That is no fault of yours; your instructor can see why."


class OutOfTime(BaseException):
    """Gradescope is about to end the container, or has asked this process to end. No `except Exception` is meant."""


@dataclass
class Progress:
    """What is known so far, and the file that says so."""

    assignment: Assignment
    settings: Settings
    file: Path
    began: float
    found: dict[str, Finding] = field(default_factory=dict)

    def tell(self, finding: Finding | None = None) -> None:
        """Take one finding more, and write."""
        if finding is not None:
            self.found[finding.check] = finding
        self.write(f"{len(self.found)} checks have been made so far.")

    def write(self, output: str, findings: tuple[Finding, ...] | None = None) -> None:
        """Write the file. Checks without a finding stand in it without points."""
        shown = Shown(self.settings.hidden_checks, self.settings.leaderboard)
        every = self.expected() if findings is None else findings
        seconds = time.monotonic() - self.began
        document = gradescope_results(self.assignment, every, shown, output=output, seconds=seconds)
        replace_file(self.file, as_json(document))

    def expected(self) -> tuple[Finding, ...]:
        """One finding for every check that there is."""
        return tuple(
            self.found.get(check.name)
            or Finding(
                check=check.name,
                exercise=check.exercise,
                outcome=Outcome.LOST,
                reason=Reason.PLATFORM,
                max_points=check.points,
                public=Path(check.place.path).parts[-2] == "public",
            )
            for check in declared_checks(self.assignment)
        )


def main(root: Path) -> int:
    """Grade root/submission by what lies in root/source, into root/results/results.json. 0: it was graded."""
    began = time.monotonic()
    try:
        progress = _prepared(root, began)
    except AutograderError as error:
        print(error.render())
        _write_failure(root)
        return 1
    progress.write("The autograder has begun.")
    try:
        with _alarm(60 * progress.settings.minutes - SPARE_SECONDS):
            verdict, words = _graded(root, progress)
    except OutOfTime:
        made = len(progress.found)
        progress.write(f"The time ran out after {made} of {len(progress.expected())} checks. Those count.")
        print("The time ran out. A longer one can be set in Gradescope and with --minutes.")
        return 0
    except AutograderError as error:
        print(error.render())
        progress.write(_FAILED)
        return 1
    except Exception:  # a bug of ours: its traceback follows, where only instructors see it
        progress.write(_FAILED)
        raise
    progress.write(_summary(verdict, words, progress.settings.hidden_checks == "visible"), verdict.findings)
    _print_for_instructors(verdict)
    return 0


def _prepared(root: Path, began: float) -> Progress:
    source = root / "source"
    held = source / "assignment"
    try:
        settings = msgspec.json.decode((source / FILE).read_bytes(), type=Settings)
        held.chmod(0o700)
    except (OSError, msgspec.MsgspecError) as error:
        raise AutograderError(
            "bad-settings",
            f"the autograder's own files cannot be read: {error}",
            where=Place(str(source / FILE)),
            fix="export the assignment anew and upload the zip as it is",
        ) from error
    assignment = load_assignment(held / settings.slug)
    if assignment.version() != settings.version:
        raise AutograderError(
            "wrong-bundle",
            f"{settings.slug} was exported as version {settings.version}, and this is {assignment.version()}",
            where=Place(str(assignment.root)),
            fix="export the assignment anew and upload the zip as it is",
        )
    results = root / "results"
    results.mkdir(exist_ok=True)
    results.chmod(0o700)
    return Progress(assignment, settings, results / "results.json", began)


def _graded(root: Path, progress: Progress) -> tuple[Verdict, str]:
    """The verdict, and the walls in words."""
    from autograder.grading.answers import with_answers
    from autograder.grading.intake import Source, read_submission
    from autograder.interop.gradescope.walls import WORDS, open_walled

    assignment = progress.assignment
    name = submitter(root / "submission_metadata.json")
    submission = read_submission(Source(name, root / "submission"), assignment)
    with open_walled(assignment) as grader:
        words = WORDS[grader.isolation]
        seed = seed_there(assignment, submission.digest)
        # Not diagnosed: to run the known mistakes beside one submission would take most of a minute.
        attempted = grader.attempt(submission, seed, again=True, found=progress.tell)
        return with_answers(attempted.verdict, submission, assignment), words


def seed_there(assignment: Assignment, submission: str) -> int:
    """The seed of a submission with that digest. Its key is made of all files: only who has the checks can know it."""
    from autograder.grading.attempt import seed_of

    return seed_of(blake2b(digest(assignment.root).encode(), digest_size=32).digest(), submission)


def _summary(verdict: Verdict, walls: str, every_check_is_shown: bool) -> str:
    """What students read first. No sum tells of checks that they are not shown, as Gradescope's own total does not."""
    pending = verdict.pending_points
    shown = [f for f in verdict.findings if f.outcome is not Outcome.PENDING and (f.public or every_check_is_shown)]
    earned, possible = sum(f.points for f in shown), sum(f.max_points for f in shown)
    which = "the checks" if every_check_is_shown else "the checks you see"
    lines = [f"{number(earned)} of {number(possible)} points by {which}."]
    others = verdict.max_points - pending - possible
    if others:
        lines.append(f"{number(others)} points more are given by checks that are not shown yet.")
    if pending:
        lines.append(f"{number(pending)} points more are given by a person, who has yet to read your answers.")
    if not verdict.settled:
        lines.append("Some checks could not be made. They cost you nothing: your instructor can see why.")
    lines += [plain(note, limit=300, lines=3) for note in verdict.notes[:_MOST_NOTES]]
    return "\n".join([*lines, f"Your code ran behind walls: {walls}."])


def _print_for_instructors(verdict: Verdict) -> None:
    """On the standard output, which students are not shown."""
    print(f"assignment {verdict.assignment} version {verdict.version}, seed {verdict.seed}, walls: {verdict.isolation}")
    for finding in verdict.findings:
        if finding.outcome in (Outcome.BROKEN, Outcome.LOST):
            print(f"{finding.check}: {finding.outcome}: {plain(finding.message)} {plain(finding.detail)}")


def _write_failure(root: Path) -> None:
    output = "The autograder could not start. That is no fault of yours; your instructor can see why."
    document = {"score": 0, "output": output, "output_format": "text", "stdout_visibility": "hidden", "tests": []}
    (root / "results").mkdir(exist_ok=True)
    replace_file(root / "results" / "results.json", as_json(document))


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in this thread after `seconds`, or when somebody asks this process to end."""

    def ring(*_: object) -> None:
        raise OutOfTime

    before = [(kind, signal.signal(kind, ring)) for kind in (signal.SIGALRM, signal.SIGTERM)]
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        for kind, handler in before:
            signal.signal(kind, handler)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]).resolve()))
