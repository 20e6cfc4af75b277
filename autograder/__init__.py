"""Auto-graded deep-learning assignments: hidden solutions, walled submissions, ordinary pytest checks."""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"


_NO_TORCH = (
    "torch is not installed in the Python of this notebook, and the checks compute with it. "
    "Run `%pip install -r requirements.txt` in a cell (without that file: `%pip install torch`), restart the kernel, "
    "and go on."
)


def __getattr__(name: str) -> Any:
    """`from autograder import check` in a notebook, without loading pytest and torch for everyone else."""
    if name == "check":
        try:
            from autograder.examiner.notebook import check
        except ModuleNotFoundError as missing:
            if missing.name != "torch":
                raise
            raise ModuleNotFoundError(_NO_TORCH, name="torch") from None
        return check
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")
