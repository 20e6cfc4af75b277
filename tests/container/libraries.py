"""Prints what the grading image must hold: what submissions may import, and what our own code inside needs."""

from __future__ import annotations

import tomllib
from pathlib import Path

_OURS = ("msgspec", "numpy", "pytest")
"""What autograder.wire and autograder.worker import besides torch, and what the public checks in a notebook import."""


def main() -> None:
    """One requirement a line, as pyproject.toml states them."""
    project = tomllib.loads((Path(__file__).resolve().parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    stated = project["project"]
    ours = [requirement for requirement in stated["dependencies"] if requirement.startswith(_OURS)]
    print("\n".join([*stated["optional-dependencies"]["course"], *ours]))


if __name__ == "__main__":
    main()
