"""What people read: feedback pages, the class table, its CSV and its look in a terminal."""

from autograder.report.feedback import write_feedback
from autograder.report.table import check_statistics, class_table, to_csv
from autograder.report.terminal import terminal_statistics, terminal_table

__all__ = [
    "check_statistics",
    "class_table",
    "terminal_statistics",
    "terminal_table",
    "to_csv",
    "write_feedback",
]
