"""An exchange that collects one assignment, and packages for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from autograder.exchange import FolderExchange, Package, pack

SLUG = "01-sums"
NOW = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


def release(folder: Path, due: str | None = None) -> Path:
    """A release that consists of what an exchange looks at."""
    (folder / "public").mkdir(parents=True, exist_ok=True)
    about: dict[str, object] = {"slug": SLUG, "title": "Sums", "version": "abc", "exercises": [], "due": due}
    (folder / "assignment.json").write_text(json.dumps(about))
    (folder / f"{SLUG}.ipynb").write_bytes(NOTEBOOK)
    (folder / "public" / "test_public.py").write_text("# checks\n")
    return folder


def exchange(root: Path) -> FolderExchange:
    """A folder exchange that collects SLUG."""
    root.mkdir(parents=True, exist_ok=True)
    made = FolderExchange(root)
    made.publish(release(root.parent / "release"))
    return made


def package(student: str = "ada", notebook: bytes = NOTEBOOK, now: datetime | None = None) -> Package:
    """What `student` hands in."""
    return pack(SLUG, "abc", student, ((f"{SLUG}.ipynb", notebook),), now or NOW)
