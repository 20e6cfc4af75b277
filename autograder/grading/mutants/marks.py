"""mutants.toml: what an assignment's author says about mutants that no check catches."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autograder.course import Assignment
from autograder.errors import AutograderError, Place
from autograder.grading.mutants.mutant import Mutant

FILE = "mutants.toml"


class Mark(BaseModel):
    """A judgement on one survivor, found again by its changed lines, wherever they move."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    exercise: str
    before: str
    """The changed lines of the reference, stripped."""
    after: str
    """What they became; "" where they were left out."""
    equivalent: bool
    """True: as right as the reference, so nothing can catch it. False: wrong, and left uncaught on purpose."""
    why: Annotated[str, Field(min_length=10)]
    definition: str = ""
    """The function or class, where two of one exercise hold the same line; "": any."""
    operator: str = ""
    """"": any."""

    def fits(self, mutant: Mutant) -> bool:
        """Whether the mark is about this mutant."""
        return (
            (self.exercise, _plain(self.before), _plain(self.after)) == (mutant.exercise, mutant.before, mutant.after)
            and self.definition in ("", mutant.definition)
            and self.operator in ("", mutant.operator)
        )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    survivor: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Marks:
    """All marks of one assignment."""

    marks: tuple[Mark, ...] = ()

    def of(self, mutant: Mutant) -> Mark | None:
        """The first mark that is about this mutant."""
        return next((mark for mark in self.marks if mark.fits(mutant)), None)

    def unused(self, mutants: Iterable[Mutant]) -> tuple[Mark, ...]:
        """Marks that are about none of `mutants`: the solution was changed. Ask with all mutants of the assignment."""
        everything = tuple(mutants)
        return tuple(mark for mark in self.marks if not any(mark.fits(mutant) for mutant in everything))


def load_marks(assignment: Assignment) -> Marks:
    """What mutants.toml of an assignment says; nothing where there is no such file.

    Raises:
        AutograderError: `bad-mutants`, naming the table and what to mend.
    """
    path = assignment.root / FILE
    if not path.is_file():
        return Marks()
    try:
        marks = _File.model_validate(tomllib.loads(path.read_text(encoding="utf-8"))).survivor
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AutograderError("bad-mutants", f"not TOML: {error}", where=Place(str(path))) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = _key(first["loc"])
        raise AutograderError(
            "bad-mutants",
            f"{key}: {first['msg']}",
            where=Place(str(path)),
            fix="a [[survivor]] has exercise, before, after, equivalent = true (or false), and why (10 characters)",
        ) from error
    known = [exercise.name for exercise in assignment.manifest.exercises]
    for number, mark in enumerate(marks, 1):
        if mark.exercise not in known:
            raise AutograderError(
                "bad-mutants",
                f"survivor {number}: no exercise is called {mark.exercise!r}",
                where=Place(str(path)),
                fix=f"choose one of {', '.join(known)}",
            )
    return Marks(marks)


def as_mark(mutant: Mutant) -> str:
    """The table for mutants.toml, without the reason: that is the author's to write."""
    rows = [("exercise", mutant.exercise)]
    if mutant.definition not in ("", mutant.exercise):
        rows.append(("definition", mutant.definition))
    rows += [("before", mutant.before), ("after", mutant.after)]
    lines = [f"{key} = {_quoted(value)}" for key, value in rows]
    return "\n".join(["[[survivor]]", *lines, "equivalent = false", 'why = ""']) + "\n"


def _quoted(text: str) -> str:
    """A TOML string: on a line where it has one, and without escapes where it can be."""
    if "'" not in text and "\\" in text and text.isprintable():
        return f"'{text}'"
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _plain(text: str) -> str:
    """Lines without the white space around each."""
    return "\n".join(line.strip() for line in text.strip().split("\n"))


def _key(loc: tuple[int | str, ...]) -> str:
    """Where in the file, such as "survivor 2, why"."""
    parts = [f"{int(part) + 1}" if isinstance(part, int) else part for part in loc]
    return f"{parts[0]} {', '.join(parts[1:])}" if len(parts) > 1 else (parts[0] if parts else "the file")
