"""otter-grader itself, run as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

PATIENCE = 600.0


def otter(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """An otter command. It starts kernels and shells out, so the environment's programs must be on PATH."""
    programs = str(Path(sys.executable).parent)
    environment = os.environ | {
        "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
        "OMP_NUM_THREADS": "1",
        "PYTHONWARNINGS": "ignore",
    }
    command = [sys.executable, "-m", "otter", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def scores(autograder_zip: Path, submission: Path, folder: Path) -> dict[str, float]:
    """What `otter run` gives the submission, by question."""
    folder.mkdir(parents=True, exist_ok=True)
    done = otter("run", "-a", autograder_zip, submission, "-o", folder, "--no-logo", cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    results: dict[str, Any] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
    return {test["name"]: test["score"] for test in results["tests"] if "score" in test}
