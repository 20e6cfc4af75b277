"""The tests' side of `locked_zygote.py`: run a snippet behind the locks, and say what came of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import autograder

ROOT = Path(autograder.__file__).parents[1]
MB = 1 << 20


@dataclass(frozen=True)
class Report:
    """`answer` is the repr of the snippet's `answer`; `raised` the names of an exception's classes."""

    status: int
    answer: str | None = None
    raised: list[str] = field(default_factory=list)
    errno: str | None = None
    message: str = ""
    unlocked: str | None = None


def python_paths() -> list[str]:
    """Where this Python and its packages lie."""
    paths = {sys.base_prefix, sys.prefix, sysconfig.get_path("stdlib"), sysconfig.get_path("purelib")}
    return sorted({os.path.realpath(p) for p in [*paths, "/usr/lib", "/lib"] if Path(p).exists()})


class Zygote:
    """A running zygote; `run` forks a child of it for each snippet."""

    def __init__(self, work: Path, *preload: str, inherit: int | None = None) -> None:
        self.work = work
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(ROOT),
            "TMPDIR": str(work),
            "HOME": str(work),
            "MPLCONFIGDIR": str(work),
            "OPENBLAS_NUM_THREADS": "1",
            "SECRET": "in the environment of the zygote",
        }
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("locked_zygote.py")), *preload],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            bufsize=1,
            pass_fds=() if inherit is None else (inherit,),
        )

    def run(self, source: str, names: dict[str, Any] | None = None, locked: bool = True, **changed: Any) -> Report:
        """Run a snippet in a fresh child. `changed` overrides single locks."""
        locks: dict[str, Any] = {
            "read": python_paths(),
            "write": [str(self.work)],
            "memory_bytes": 1024 * MB,
            "file_bytes": 8 * MB,
            "open_files": 64,
            "cpu_seconds": 20,
        }
        request = {
            "source": source,
            "names": names or {},
            "locks": locks | changed if locked else None,
            "chdir": str(self.work),
        }
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return Report(**json.loads(self.process.stdout.readline()))

    def close(self) -> None:
        """End the zygote."""
        self.process.communicate(timeout=30)
