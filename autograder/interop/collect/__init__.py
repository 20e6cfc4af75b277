"""Submissions in: what learning platforms hand out, into a folder that `grade` takes. A file for each platform."""

from autograder.interop.collect.attempts import Fate, FileFate, Wanted
from autograder.interop.collect.choosing import Which
from autograder.interop.collect.collecting import PLATFORMS, Asked, Collected, Collection, collect, collect_from
from autograder.interop.collect.exchange import NAME, names_collected, reading_of
from autograder.interop.collect.roster import read_roster
from autograder.interop.collect.tables import table_text

__all__ = [
    "NAME",
    "PLATFORMS",
    "Asked",
    "Collected",
    "Collection",
    "Fate",
    "FileFate",
    "Wanted",
    "Which",
    "collect",
    "collect_from",
    "names_collected",
    "read_roster",
    "reading_of",
    "table_text",
]
