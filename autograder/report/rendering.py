"""How pages come to be: templates, in which every value is escaped, and files that are written as a whole."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from autograder.course.text import number, one_line, plain


def render(template: str, **values: object) -> str:
    """The template of that name, filled."""
    return _templates().get_template(template).render(values)


def write_whole(path: Path, content: str) -> Path:
    """Write `content` (as UTF-8) so that a reader meets the old file or the new one, and never half of it.

    Raises:
        OSError: the folder is not there, or cannot be written to.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content.encode("utf-8"))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(number=number, shown=one_line, cleaned=plain)
    return environment
