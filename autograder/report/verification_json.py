"""The report of `verify` as plain values for `--json`: everything that was found out."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.grading.verify.result import Verification
from autograder.report.verification import Findings, findings


def verification_document(verified: Sequence[Verification]) -> dict[str, object]:
    """Everything, as plain values for `--json`: schema 2."""
    return {
        "schema": 2,
        "green": all(v.green for v in verified),
        "assignments": [_assignment(findings(v)) for v in verified],
    }


def _assignment(found: Findings) -> dict[str, object]:
    verified = found.verified
    return {
        "assignment": verified.assignment,
        "title": verified.title,
        "version": verified.version,
        "green": verified.green,
        "headline": found.headline,
        "seconds": round(verified.seconds, 3),
        "seeds": verified.seeds,
        "exercises": list(verified.exercises),
        "partial": verified.partial,
        "flake_bound": round(found.flakes_of_all.bound, 6),
        "mutants": {
            "counted": verified.counted,
            "survived": len(verified.survivors),
            "share": round(verified.survival, 6),
            "allowed": verified.most_survivors,
        },
        "checks": _checks(found),
        "redundant": [check.name for check in found.coverage.redundant],
        "caught_nothing": [check.name for check in found.coverage.idle],
        "untried_exercises": list(found.coverage.untried),
        "notes": list(verified.notes),
        "proofs": [proof.as_dict() for proof in verified.proofs],
    }


def _checks(found: Findings) -> list[dict[str, object]]:
    times = {time.check.name: time.seconds for time in found.times}
    return [
        {
            "check": line.check.name,
            "exercise": line.check.exercise,
            "points": line.check.points,
            "public": line.check.public,
            "wrong_answers_asked": line.asked,
            "wrong_answers_caught": line.catches,
            "caught_alone": line.alone,
            "reference_runs": flaky.flakes.runs,
            "reference_failures": flaky.flakes.failures,
            "flake_bound": round(flaky.flakes.bound, 6),
            "would_accept": list(line.check.blunt),
            "seconds": round(times[line.check.name], 4) if line.check.name in times else None,
            "seconds_allowed": line.check.seconds or None,
        }
        for line, flaky in zip(found.coverage.checks, found.flakes, strict=True)
    ]
