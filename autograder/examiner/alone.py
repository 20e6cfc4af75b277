"""One check judged where no reference is at hand: on a student's machine, or in another tool's kernel."""

from __future__ import annotations

from collections.abc import Callable
from types import FrameType

from autograder.course import Finding
from autograder.examiner.devices import NEEDS_GPU_HERE, NoGpu
from autograder.examiner.judge import judge, not_judged
from autograder.examiner.judgement import blame_value
from autograder.examiner.plugin import ExaminerPlugin


def finding_of(plugin: ExaminerPlugin, name: str, is_students: Callable[[FrameType], bool] | None = None) -> Finding:
    """What the check called `name` says. Where its own code stumbled, nobody can say over whose fault: it says what
    could not be used. `is_students` as for judge()."""
    info = plugin.checks[name][0]
    try:
        judged = judge(info, plugin.run(name), is_students)
    except NoGpu:
        return not_judged(info, NEEDS_GPU_HERE)
    return blame_value(judged, info.spec.hint) if judged.doubt else judged.finding
