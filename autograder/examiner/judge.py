"""From how a check ended to a finding: whose fault it is, why, and what the student is told."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

from autograder.checks import CheckSpec, Failure, Score, StudentError, explain
from autograder.course import Device, Finding, Measured, Outcome, Reason
from autograder.examiner.judgement import OUT_OF_MEMORY, Judgement

MAX_TEXT = 4_000
_SPOILED = frozenset(
    (Reason.WRONG_ANSWER, Reason.WRONG_TYPE, Reason.NOT_FINITE, Reason.BELOW_THRESHOLD, Reason.CHECK_ERROR)
)
"""What a check may say because an argument was changed under its hands, as only code in the same process can."""


@dataclass(frozen=True)
class CheckInfo:
    """One check as collected: the manifest that every verdict is held against."""

    name: str
    spec: CheckSpec
    public: bool
    file: str = ""


@dataclass
class Ending:
    """How a check ended."""

    error: BaseException | None = None
    result: Any = None
    fault: Failure | None = None
    """What the connection died of, whatever the check then made of it."""
    callback_error: BaseException | None = None
    seconds: float = 0.0
    series: dict[str, list[float]] = field(default_factory=dict)
    device: Device = Device.CPU
    objection: Failure | None = None
    """Why the check may not pass, whatever it made of the values: an argument was changed, answers were forged."""


def judge(check: CheckInfo, ending: Ending, is_students: Any = None) -> Judgement:
    """The finding. `is_students(frame)` tells a student's frame where their code runs in this process."""
    spec = check.spec
    base: dict[str, Any] = {
        "check": check.name,
        "exercise": spec.exercise,
        "max_points": spec.points,
        "public": check.public,
        "seconds": round(ending.seconds, 4),
        "series": ending.series,
        "device": ending.device,
    }
    judgement = _judged(check, ending, base, is_students)
    if ending.objection is None or not _overruled(judgement.finding, here=is_students is not None):
        return judgement
    return Judgement(_failed(base, spec, ending.objection))


def _overruled(finding: Finding, here: bool) -> bool:
    """Whether an objection stands against that finding. `here`: the student's code ran in this process."""
    return finding.outcome is Outcome.PASSED or finding.points > 0 or (here and finding.reason in _SPOILED)


def _judged(check: CheckInfo, ending: Ending, base: dict[str, Any], is_students: Any) -> Judgement:
    spec = check.spec
    if ending.fault is not None:
        return Judgement(_failed(base, spec, ending.fault))
    error = ending.error
    if isinstance(ending.callback_error, AssertionError) and not isinstance(ending.callback_error, StudentError):
        error = ending.callback_error  # said while the student's code ran, whatever that code made of it
    if error is None:
        return _result(base, spec, ending.result)
    if isinstance(error, StudentError) and ending.callback_error is not None:
        error = ending.callback_error
    theirs = is_students is not None and _raised_by(error.__traceback__, is_students, check.file)
    if theirs and not isinstance(error, Failure):
        trace = _own_lines(error.__traceback__, is_students)
        error = StudentError(type(error).__name__, str(error), trace)
    if isinstance(error, Failure):
        return Judgement(_failed(base, spec, error))
    if isinstance(error, (AssertionError, pytest.fail.Exception)) and _passes(error.__traceback__, check.file):
        return Judgement(_failed(base, spec, _assertion(error)))
    return _broken(base, error)


def not_judged(check: CheckInfo, why: str) -> Finding:
    """The finding of a check that the platform could not run, in words for the student."""
    return Finding(
        check=check.name,
        exercise=check.spec.exercise,
        outcome=Outcome.LOST,
        reason=Reason.PLATFORM,
        max_points=check.spec.points,
        message=_sentence(why),
        public=check.public,
    )


def _result(base: dict[str, Any], spec: CheckSpec, result: Any) -> Judgement:
    if result is None or result is True:
        return Judgement(Finding(**base, outcome=Outcome.PASSED, points=spec.points))
    if not isinstance(result, Score):
        return _broken(base, TypeError(f"the check returned {type(result).__name__}; return nothing or a Score"))
    base = {**base, "measured": tuple(Measured(**dataclasses.asdict(one)) for one in result.measured)}
    if result.credit >= 1:
        passed = Finding(**base, outcome=Outcome.PASSED, points=spec.points, message=_sentence(result.message))
        return Judgement(passed)
    return Judgement(
        Finding(
            **base,
            outcome=Outcome.FAILED,
            reason=Reason.BELOW_THRESHOLD,
            points=round(spec.points * result.credit, 2),
            message=_sentence(result.message),
            hint=spec.hint,
        )
    )


def _failed(base: dict[str, Any], spec: CheckSpec, failure: Failure) -> Finding:
    detail = failure.trace if isinstance(failure, StudentError) else ""
    message = f"your code raised {failure.words}" if isinstance(failure, StudentError) else failure.message
    reason = _reason(failure.reason)
    if isinstance(failure, StudentError) and failure.type_name == "NotImplementedError":
        message, reason = f"not solved yet: the stub still stands ({failure})", Reason.UNSOLVED
    return Finding(
        **base,
        outcome=Outcome.LOST if reason is Reason.PLATFORM else Outcome.FAILED,
        reason=reason,
        message=_sentence(message),
        hint=spec.hint,
        detail=_clip(detail),
    )


def _broken(base: dict[str, Any], error: BaseException) -> Judgement:
    kind = type(error).__name__
    if isinstance(error, MemoryError) or "can't allocate memory" in str(error):
        kind = OUT_OF_MEMORY
    finding = Finding(
        **base,
        outcome=Outcome.BROKEN,
        reason=Reason.CHECK_ERROR,
        message="This check could not judge your answer; its author has been told, and no points are lost by it.",
        detail=_clip(f"{kind}: {error} ({_last_line(error.__traceback__)})"),
    )
    return Judgement(finding, "" if isinstance(error, pytest.skip.Exception) else kind)


def _assertion(error: BaseException) -> Failure:
    """The author's own words, else what the last comparison explained, else the hint has to do."""
    if isinstance(error, pytest.fail.Exception):
        if "DID NOT RAISE" in str(error.msg):
            return Failure("an error was due for this input, and none was raised")
        return Failure(str(error.msg))
    said = str(error.args[0]).strip() if error.args else ""
    if said:
        return Failure(said)
    explained = explain.last()
    if explained is not None:
        return Failure(explained.message, explained.reason)
    return Failure("a property that the exercise asks for does not hold")


def _reason(text: str) -> Reason:
    try:
        return Reason(text)
    except ValueError:
        return Reason.WRONG_ANSWER


def _raised_by(trace: TracebackType | None, is_students: Any, check_file: str) -> bool:
    """Whether the student's code is nearer to the error than the check's: either may have called the other."""
    theirs = False
    while trace is not None:
        if is_students(trace.tb_frame):
            theirs = True
        elif _lies_in(trace, check_file):
            theirs = False
        trace = trace.tb_next
    return theirs


def _passes(trace: TracebackType | None, check_file: str) -> bool:
    """Whether the check's own code was running: an assertion of pytest's own says nothing about a student."""
    while trace is not None:
        if _lies_in(trace, check_file):
            return True
        trace = trace.tb_next
    return False


def _lies_in(trace: TracebackType, check_file: str) -> bool:
    return Path(trace.tb_frame.f_code.co_filename).name == Path(check_file).name


def _own_lines(trace: TracebackType | None, is_students: Any) -> str:
    import linecache

    lines = []
    while trace is not None:
        if is_students(trace.tb_frame):
            code = trace.tb_frame.f_code
            text = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            lines.append(f"line {trace.tb_lineno}, in {code.co_name}\n    {text}")
        trace = trace.tb_next
    return "\n".join(lines)


def _last_line(trace: TracebackType | None) -> str:
    """Where in the check's file it went wrong, for its author."""
    found = "no line"
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.rsplit("/", 1)[-1].startswith("test_"):
            found = f"{name.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _clip(text: str) -> str:
    return text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + " …"


def _sentence(text: str) -> str:
    """The text as people read it: a capital first, where it begins with a word."""
    return _clip(text[:1].upper() + text[1:] if text[:2].isalpha() else text)
