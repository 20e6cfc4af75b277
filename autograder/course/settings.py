"""What holds for a whole course: course.toml beside assignments/. Where it is missing, nothing of it is set."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from autograder.course.assignment import SLUG
from autograder.errors import AutograderError, Place

FILE = "course.toml"


class Settings(BaseModel):
    """The content of course.toml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: str = ""
    exchange: str = ""
    """The folder where releases, submissions and feedback change hands, as students' machines call it."""
    due: dict[str, datetime] = {}
    """When an assignment is to be handed in, by slug. Not in assignment.toml: a new date changes no verdict."""

    @field_validator("due")
    @classmethod
    def _said_where(cls, due: dict[str, datetime]) -> dict[str, datetime]:
        for slug, moment in due.items():
            if not SLUG.fullmatch(slug):
                raise ValueError(f"{slug!r} names no assignment")
            if moment.tzinfo is None:
                raise ValueError(f"{slug}: say in which time zone, such as {moment.isoformat()}+01:00")
        return due


def load_settings(course: Path) -> Settings:
    """The settings of the course in folder `course`.

    Raises:
        AutograderError: `bad-course`, naming the file.
    """
    path = course / FILE
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Settings()
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AutograderError("bad-course", f"cannot be read: {error}", where=Place(str(path))) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise AutograderError(
            "bad-course", f"{key}: {first['msg']}", where=Place(str(path)), fix=f"mend {key} in {FILE}"
        ) from error
