"""The walks of the documentation: blocks of commands at the prompt, and what they print."""

from __future__ import annotations

import doctest
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_MARK = "@@ command {} @@"
_ALIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
PATIENCE = 300.0
"""Seconds until a walk counts as hung. No test measures time by it."""


@dataclass(frozen=True)
class Step:
    """A command, and what the page says it prints: `...` stands for anything, and white space is all alike."""

    command: str
    printed: str


def steps(page: str) -> list[Step]:
    """The commands of a page, in order."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    found = []
    for block in _BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            found.append(Step(command, printed))
    return found


def walk(page: str, folder: Path, environment: Mapping[str, str] | None = None) -> str:
    """Give the page's commands to one shell that stands in `folder`: why it does not go as the page says, or ""."""
    told = steps(page)
    script = "".join(f"echo '{_MARK.format(n)}'\n{step.command}\n" for n, step in enumerate(told))
    done = subprocess.run(
        ["bash", "-c", f"exec 2>&1\n{script}"],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "100",
            "OMP_NUM_THREADS": "1",
            **(environment or {}),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    printed = re.split(r"^@@ command \d+ @@\n", done.stdout, flags=re.MULTILINE)[1:]
    checker = doctest.OutputChecker()
    for step, got in zip(told, printed, strict=True):
        if not checker.check_output(step.printed, got, _ALIKE):
            return f"$ {step.command}\n--- the page says\n{step.printed}--- it prints\n{got}"
    return ""
