"""The assignments of this course, as their folders have them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

COURSE = Path(__file__).resolve().parents[2]
SLUGS = sorted(path.parent.name for path in (COURSE / "assignments").glob("*/assignment.toml"))


def exercises_of(slug: str) -> list[dict[str, Any]]:
    """The [[exercise]] tables."""
    text = (COURSE / "assignments" / slug / "assignment.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["exercise"])


def notebook_of(folder: str, slug: str) -> Any:
    """The notebook of release/ or solutions/, as JSON."""
    return json.loads((COURSE / folder / slug / f"{slug}.ipynb").read_bytes())


def text_of(cell: Any) -> str:
    """The source of a cell."""
    return "".join(cell["source"])
