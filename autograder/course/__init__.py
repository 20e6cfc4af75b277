"""The nouns of a course, frozen, and the reading of its files. No torch, no network."""

from autograder.course.assignment import (
    Assignment,
    Environment,
    Exercise,
    Limits,
    Manifest,
    Rubric,
    digest,
    find_course,
    load_assignment,
    load_course,
)
from autograder.course.profile import Part, Profile, Span
from autograder.course.settings import Settings, load_settings
from autograder.course.submission import CodeCell, Rejected, Submission
from autograder.course.verdict import Device, Finding, Measured, Outcome, Reason, Verdict
from autograder.course.written import Level, Mark

__all__ = [
    "Assignment",
    "CodeCell",
    "Device",
    "Environment",
    "Exercise",
    "Finding",
    "Level",
    "Limits",
    "Manifest",
    "Mark",
    "Measured",
    "Outcome",
    "Part",
    "Profile",
    "Reason",
    "Rejected",
    "Rubric",
    "Settings",
    "Span",
    "Submission",
    "Verdict",
    "digest",
    "find_course",
    "load_assignment",
    "load_course",
    "load_settings",
]
