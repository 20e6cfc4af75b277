"""The log of a batch: one JSON object a line, for whoever asks afterwards what happened, where, and when."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import click
import msgspec

from autograder.course import Outcome, Part, Profile, Verdict
from autograder.course.text import one_line
from autograder.errors import AutograderError, Place
from autograder.grading.batch import Event, Graded, Known, Planned, Retrying, Started
from autograder.report.score import rejection_of
from autograder.report.standing import standing_of

MOST_BYTES = 64 << 20
"""Of a log, before it makes room for the next one. One older log is kept."""
MOST_CHECKS = 200
"""Of one verdict, that are named."""
_NAME, _WORDS = 120, 300


class GradeLog:
    """Appends whole lines, each with one write, so that two batches may share a file. No failure of it stops a batch.

    A submission has a line when it is begun, when it is tried again, and when its verdict is recorded. Findings that
    passed, or wait for a person, are counted there, the others named; all of them are in the gradebook.
    """

    def __init__(self, path: str | Path, *, most_bytes: int = MOST_BYTES) -> None:
        """Open the log, for the user alone.

        Raises:
            AutograderError: `log-not-writable`.
        """
        self.path = Path(path).absolute()
        self.trouble = ""
        """Why no more is written, where that is so."""
        self._most_bytes = most_bytes
        self._lock = threading.Lock()
        try:
            self._file = self._open()
        except OSError as error:
            raise AutograderError(
                "log-not-writable",
                "the log of the batch cannot be written",
                where=Place(str(path)),
                why=f"The system says: {error.strerror or error}.",
                fix="name a file that you may write to with --log",
            ) from error

    def begin(self, **facts: object) -> None:
        """The first line of a batch."""
        self._write({"event": "begun", "host": socket.gethostname(), "process": os.getpid(), **facts})

    def told(self, event: Event) -> None:
        """The line of an event, where it has one."""
        match event:
            case Known():
                return  # its submission's line will say it
            case Planned(total, chosen, recorded):
                line: dict[str, object] = {"event": "planned", "total": total, "chosen": chosen, "recorded": recorded}
            case Started(name, place):
                line = {"event": "started", "submission": one_line(name, limit=_NAME), "place": one_line(place)}
            case Retrying(name, why, tries, seconds):
                line = {
                    "event": "retrying",
                    "submission": one_line(name, limit=_NAME),
                    "why": one_line(why, limit=_WORDS),
                    "tries": tries,
                    "seconds": round(seconds, 3),
                }
            case Graded():
                line = _graded(event)
        self._write(line)

    def notice(self, line: str) -> None:
        """Something that a grader was told besides, such as that a node has joined."""
        self._write({"event": "notice", "said": one_line(line, limit=_WORDS)})

    def end(self, how: str) -> None:
        """The last line of a batch that was not killed. `how`: "finished", "stopped" or "failed"."""
        self._write({"event": "ended", "how": how})

    def close(self) -> None:
        """Write no more."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self) -> int:
        return os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _write(self, line: dict[str, object]) -> None:
        if self.trouble:
            return
        time = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        try:
            with self._lock:
                os.write(self._file, msgspec.json.encode({"time": time, **line}) + b"\n")
                self._make_room()
        except OSError as error:
            self.trouble = f"{error.strerror or error}"

    def _make_room(self) -> None:
        if os.fstat(self._file).st_size < self._most_bytes:
            return
        # Another batch that writes to the same file goes on in the old one, which is as good.
        self.path.replace(self.path.with_name(f"{self.path.stem}.1{self.path.suffix}"))
        old, self._file = self._file, self._open()
        os.close(old)


@contextlib.contextmanager
def open_log(asked: Path | None, gradebook: str | None, course: Path) -> Iterator[GradeLog]:
    """The log at `asked`; else beside the gradebook, or in the course's folder where that is a server's.

    Raises:
        AutograderError: `log-not-writable`, where it was asked for.
    """
    with GradeLog(asked) if asked else _usual_log(gradebook, course) as log:
        yield log
        if log.trouble:
            click.echo(f"the log is not whole ({log.trouble}): {log.path}", err=True)


def _usual_log(gradebook: str | None, course: Path) -> GradeLog:
    beside = Path(gradebook) if gradebook and "://" not in gradebook else course / "gradebook.db"
    try:
        return GradeLog(beside.with_suffix(".jsonl"))
    except AutograderError as error:
        click.echo(f"there will be no log: {error.why}", err=True)
        return GradeLog(os.devnull)


def _graded(event: Graded) -> dict[str, object]:
    verdict = event.verdict
    outcomes = Counter(f.outcome for f in verdict.findings)
    return {
        "event": "graded",
        "submission": one_line(verdict.submission, limit=_NAME),
        "standing": standing_of(verdict),
        "points": verdict.points,
        "max_points": verdict.max_points,
        **({"pending_points": verdict.pending_points} if verdict.pending_points else {}),
        "seconds": round(verdict.seconds, 3),
        "fresh": event.fresh,
        "place": one_line(event.place),
        "tries": event.tries,
        "isolation": verdict.isolation,
        "digest": verdict.digest[:64],
        "seed": str(verdict.seed),
        "outcomes": {outcome.value: outcomes[outcome] for outcome in Outcome if outcomes[outcome]},
        **({"refused": one_line(verdict.findings[0].message, limit=_WORDS)} if rejection_of(verdict) else {}),
        "not_passed": [] if rejection_of(verdict) else _not_passed(verdict),
        **({"spent": _spent(event.profile)} if event.profile else {}),
    }


def _not_passed(verdict: Verdict) -> list[dict[str, object]]:
    checks: list[dict[str, object]] = []
    for f in verdict.findings:
        if f.outcome in (Outcome.PASSED, Outcome.PENDING) or len(checks) == MOST_CHECKS:
            continue
        # What a failed check says is for the student, and in the gradebook.
        said = {"detail": one_line(f.detail, limit=_WORDS)} if f.outcome is not Outcome.FAILED and f.detail else {}
        checks.append(
            {
                "check": one_line(f.check, limit=_NAME),
                "outcome": f.outcome.value,
                "reason": f.reason.value,
                "seconds": round(f.seconds, 3),
                **said,
            }
        )
    return checks


def _spent(profile: Profile) -> dict[str, float]:
    return {part.value: round(profile.total(part), 4) for part in Part if profile.total(part)}
