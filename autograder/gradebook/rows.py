"""Verdicts as rows and back. Text and numbers that databases refuse are made storable here, at the edge."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from autograder.course import Device, Finding, Measured, Outcome, Reason, Verdict
from autograder.errors import AutograderError, Place


def storable(text: str) -> str:
    """`text` without what UTF-8 and PostgreSQL cannot hold: lone surrogates and NUL are written as escapes."""
    return text.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode("utf-8")


def storable_verdict(verdict: Verdict) -> Verdict:
    """The verdict as it can be stored: the same one unless its text holds what no database takes.

    Raises:
        AutograderError: `bad-verdict` where points, seconds or what was measured are not finite numbers.
    """
    numbers = [verdict.seconds, *(n for f in verdict.findings for n in _numbers(f))]
    if not all(math.isfinite(n) for n in numbers):
        raise AutograderError(
            "bad-verdict",
            "a number in a verdict (points, seconds, or what was measured) is not finite",
            where=Place(verdict.submission),
            why="It was not recorded, because no total could be made of it.",
            fix="look at the checks of this assignment that compute their own score",
        )
    return msgspec.structs.replace(
        verdict,
        submission=storable(verdict.submission),
        digest=storable(verdict.digest),
        assignment=storable(verdict.assignment),
        version=storable(verdict.version),
        isolation=storable(verdict.isolation),
        notes=tuple(storable(note) for note in verdict.notes),
        findings=tuple(_storable_finding(f) for f in verdict.findings),
    )


def _numbers(finding: Finding) -> Iterator[float]:
    yield from (finding.points, finding.max_points, finding.seconds)
    for measured in finding.measured:
        yield from (measured.value, measured.low, measured.high, measured.full, measured.half)
        yield from measured.ceiling or ()


def _storable_finding(finding: Finding) -> Finding:
    names = ("check", "exercise", "message", "hint", "diagnosis", "detail", "answer")
    texts = {name: storable(getattr(finding, name)) for name in names}
    series = {storable(name): [float(v) for v in values] for name, values in finding.series.items()}
    measured = tuple(msgspec.structs.replace(m, name=storable(m.name)) for m in finding.measured)
    return msgspec.structs.replace(finding, **texts, series=series, measured=measured)


def content_digest(verdict: Verdict) -> str:
    """SHA-256 (hex) over everything that a storable verdict says."""
    plain = {**msgspec.structs.asdict(verdict), "findings": [_finding_values(f) for f in verdict.findings]}
    return hashlib.sha256(msgspec.json.encode({**plain, "seed": str(verdict.seed)})).hexdigest()


def attempt_row(verdict: Verdict) -> dict[str, Any]:
    """The columns of `attempt` that the verdict itself fills."""
    return {
        "submission": verdict.submission,
        "digest": verdict.digest,
        "assignment": verdict.assignment,
        "version": verdict.version,
        "seed": str(verdict.seed),
        "isolation": verdict.isolation,
        "seconds": float(verdict.seconds),
        "points": verdict.points,
        "max_points": verdict.max_points,
        "settled": verdict.settled,
        "pending": verdict.pending_points,
        "notes": list(verdict.notes),
        "content": content_digest(verdict),
    }


def finding_rows(verdict: Verdict, attempt_id: int) -> list[dict[str, Any]]:
    """The rows of `finding` for one attempt, in order."""
    return [
        {"attempt_id": attempt_id, "position": position, **_finding_values(finding)}
        for position, finding in enumerate(verdict.findings)
    ]


def _finding_values(finding: Finding) -> dict[str, Any]:
    values = msgspec.structs.asdict(finding)
    # JSON knows no infinity and no NaN; both are frequent in a diverging loss.
    series = {name: [v if math.isfinite(v) else repr(v) for v in points] for name, points in finding.series.items()}
    enums = {name: getattr(finding, name).value for name in ("outcome", "reason", "device")}
    measured = [msgspec.structs.asdict(m) for m in finding.measured]
    return {**values, **enums, "series": series, "measured": measured}


def verdict_from(attempt: Mapping[str, Any], findings: Iterable[Mapping[str, Any]]) -> Verdict:
    """The verdict that was recorded as these rows."""
    return Verdict(
        submission=attempt["submission"],
        digest=attempt["digest"],
        assignment=attempt["assignment"],
        version=attempt["version"],
        seed=int(attempt["seed"]),
        isolation=attempt["isolation"],
        seconds=attempt["seconds"],
        notes=tuple(attempt["notes"]),
        findings=tuple(_finding_from(row) for row in findings),
    )


def _finding_from(row: Mapping[str, Any]) -> Finding:
    return Finding(
        check=row["check"],
        exercise=row["exercise"],
        outcome=Outcome(row["outcome"]),
        reason=Reason(row["reason"]),
        points=row["points"],
        max_points=row["max_points"],
        message=row["message"],
        hint=row["hint"],
        diagnosis=row["diagnosis"],
        detail=row["detail"],
        public=row["public"],
        seconds=row["seconds"],
        series={name: [float(v) for v in points] for name, points in row["series"].items()},
        device=Device(row["device"]),
        measured=tuple(msgspec.convert(one, Measured) for one in row["measured"]),
        answer=row["answer"],
    )
