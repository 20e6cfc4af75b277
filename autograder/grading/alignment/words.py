"""A notebook's answers in words: in the cells made for them, or where the student wrote them instead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from autograder.course.written import MAX_CHARACTERS, answer_in, take_marker
from autograder.grading.alignment.expected import Expected, ReleaseCell
from autograder.grading.alignment.pieces import heading
from autograder.grading.notebook import RawCell

MAX_ANSWERS = 100
_PICTURE = re.compile(r"!\[[^\[\]\n]*\]\((?:data|attachment):[^()\[\]\s]*\)")
"""A picture that was pasted into a cell: JupyterLab attaches it, Colab writes it into the text. No part of it goes past
the next bracket, so it takes linear time."""
_SUMMARY = "### Your answer: "


def answer_cell(cell: RawCell, expected: Expected) -> tuple[str | None, str]:
    """The exercise that a cell answers in words, None where it is no such cell, and the words."""
    marked, words = take_marker(cell.source)
    exercise = marked or cell.exercise
    if cell.kind != "markdown":
        # Whoever turned the cell into code or raw text still answered; so did an exercise that is answered in code.
        if exercise is None or exercise not in expected.written:
            return None, words
        if cell.kind == "code" and not marked and heading(words) == exercise:
            words = words.partition("\n")[2]
    return exercise, words


def answers_in(cells: tuple[RawCell, ...], expected: Expected) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Exercises and words in the order of the cells, each exercise once, empty answers left out; and notes."""
    parts: dict[str, list[str]] = {}
    sizes: dict[str, int] = {}
    for cell in cells:
        exercise, words = answer_cell(cell, expected)
        if not exercise or (exercise not in parts and len(parts) >= MAX_ANSWERS):
            continue
        if exercise in expected.defines and exercise not in expected.written:
            continue
        if sizes.get(exercise, 0) > MAX_CHARACTERS:
            continue
        own = "" if _as_released(cell, exercise, expected) else answer_in(words)
        known = parts.setdefault(exercise, [])
        if own and own not in known:  # who splits the cell answers in both; who copies it answers once
            known.append(own)
            sizes[exercise] = sizes.get(exercise, 0) + len(_PICTURE.sub("[a picture]", own))
    notes: list[str] = []
    for exercise in (name for name in expected.written if not parts.get(name)):
        elsewhere = "\n\n".join(_elsewhere(exercise, cells, expected))
        if elsewhere and len(parts) < MAX_ANSWERS:
            parts[exercise] = [elsewhere]
            notes.append(f"the answer to {exercise} was found outside the cell that was made for it")
    return _bounded(parts, notes)


def _bounded(parts: dict[str, list[str]], notes: list[str]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    answers: dict[str, str] = {}
    pictured: list[str] = []
    for exercise, words in parts.items():
        text, pictures = _PICTURE.subn("[a picture]", "\n\n".join(words))
        answers[exercise] = text.strip()
        pictured += [exercise] if pictures else []
    too_long = [exercise for exercise, words in answers.items() if len(words) > MAX_CHARACTERS]
    notes += [f"the answer to {name} is cut after {MAX_CHARACTERS:,} characters" for name in too_long]
    notes += [
        f"the answer to {name} holds a picture, which a person will not see: only its words are kept"
        for name in pictured
    ]
    kept = tuple((exercise, words[:MAX_CHARACTERS]) for exercise, words in answers.items() if words)
    return kept, tuple(notes)


def _as_released(cell: RawCell, exercise: str, expected: Expected) -> bool:
    """Whether a cell of code that answers an exercise is still the one that was handed out."""
    return cell.kind == "code" and any(
        released.exercise == exercise and released.kind == "code" and released.source.split() == cell.source.split()
        for released in expected.cells
    )


def _elsewhere(exercise: str, cells: tuple[RawCell, ...], expected: Expected) -> Iterator[str]:
    """The student's own words between what comes before the answer's cell in the release and what comes after it."""
    place = next((n for n, cell in enumerate(expected.cells) if cell.exercise == exercise), None)
    if not place:
        return
    rubric = expected.cells[place - 1]
    first = rubric.source.split("\n", 1)[0]
    start = next((n for n, cell in enumerate(cells) if cell.kind != "code" and first in cell.source), None)
    if start is None or not first.startswith(_SUMMARY):
        return
    yield from _beyond(cells[start], rubric)
    released = {" ".join(cell.source.split()) for cell in expected.cells}
    for cell in cells[start + 1 :]:
        asked, words = answer_cell(cell, expected)
        if " ".join(cell.source.split()) in released or asked not in (None, exercise) or cell.kind == "code":
            if asked == exercise:
                continue
            return
        if answer_in(words):
            yield answer_in(words)


def _beyond(cell: RawCell, released: ReleaseCell) -> Iterator[str]:
    """What was written into the cell of the rubric itself."""
    before, found, after = cell.source.replace("\r\n", "\n").partition(released.source.strip())
    own = answer_in(f"{before}\n{after}") if found else ""
    if own:
        yield own
