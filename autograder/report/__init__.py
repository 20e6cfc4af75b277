"""What people read: feedback pages, the class table and its CSV, and the proof of the checks.

Each is loaded when it is asked for: pandas and matplotlib take seconds, which no batch should wait for.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.report.counts import CheckCounts
    from autograder.report.feedback import write_feedback
    from autograder.report.table import check_statistics, class_table, to_csv
    from autograder.report.terminal import terminal_statistics, terminal_table
    from autograder.report.verification_json import verification_document
    from autograder.report.verification_page import write_verification
    from autograder.report.verification_terminal import terminal_verification

_MODULES = {
    "CheckCounts": "counts",
    "check_statistics": "table",
    "class_table": "table",
    "terminal_statistics": "terminal",
    "terminal_table": "terminal",
    "terminal_verification": "verification_terminal",
    "to_csv": "table",
    "verification_document": "verification_json",
    "write_feedback": "feedback",
    "write_verification": "verification_page",
}

__all__ = [
    "CheckCounts",
    "check_statistics",
    "class_table",
    "terminal_statistics",
    "terminal_table",
    "terminal_verification",
    "to_csv",
    "verification_document",
    "write_feedback",
    "write_verification",
]


def __getattr__(name: str) -> object:
    """What is public here, from its module (PEP 562)."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"autograder.report.{_MODULES[name]}"), name)
