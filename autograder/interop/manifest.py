"""The text of an imported assignment's assignment.toml."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from autograder.course.assignment import Limits
from autograder.interop.imported import ImportedAssignment, ImportedExercise

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def manifest(imported: ImportedAssignment, allow: Iterable[str] = ()) -> str:
    """assignment.toml. `allow`: text that the leak scan may find in the release."""
    lines = [f"title = {quoted(imported.title)}"]
    if imported.summary:
        lines.append(f"summary = {quoted(imported.summary)}")
    for exercise in imported.exercises:
        lines += ["", *_exercise(exercise, imported.points_of(exercise))]
    default = Limits()
    if imported.seconds != default.seconds:
        lines += ["", "[limits]", f"seconds = {_number(imported.seconds)}"]
    if imported.requires:
        lines += ["", "[environment]", f"requires = {_array(imported.requires)}"]
    allowed = list(allow)
    if allowed:
        lines += ["", "[build]", "# What students see of the solution and the checks in the original, too."]
        lines += ["allow = [", *(f"    {quoted(piece)}," for piece in allowed), "]"]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A TOML basic string: JSON's, but for control characters that TOML also wants escaped."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(_sound(text), ensure_ascii=False))


def _exercise(exercise: ImportedExercise, points: float) -> list[str]:
    lines = ["[[exercise]]", f"name = {quoted(exercise.name)}", f"title = {quoted(exercise.title)}"]
    lines.append(f"points = {_number(points)}")
    if exercise.defines and exercise.defines != (exercise.name,):
        lines.append(f"defines = {_array(exercise.defines)}")
    if exercise.hints:
        lines.append(f"hints = {_array(exercise.hints)}")
    if exercise.rubric is not None:
        lines += ["", "[exercise.rubric]", *(f"{level} = {quoted(text)}" for level, text in exercise.rubric.levels)]
    return lines


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(quoted(text) for text in texts)}]"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _sound(text: str) -> str:
    """Lone surrogates, which no file can hold, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
