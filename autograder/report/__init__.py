"""What people read: feedback pages, the class table and its CSV, and the proof of the checks."""

from autograder.report.feedback import write_feedback
from autograder.report.table import check_statistics, class_table, to_csv
from autograder.report.terminal import terminal_statistics, terminal_table
from autograder.report.verification_document import verification_document
from autograder.report.verification_page import write_verification
from autograder.report.verification_terminal import terminal_verification

__all__ = [
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
