"""Which file of a submission holds the answers, by names; and what to say where none can."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath

from autograder.grading import paths
from autograder.grading.paths import Refused, shown, unreadable

DISGUISED = (".ipynb.txt", ".ipynb.json", ".json", ".txt", ".ipynb.html")
"""What browsers and learning platforms make of a notebook's name."""
_KINDS = {
    ".html": "is a web page",
    ".htm": "is a web page",
    ".pdf": "is a PDF",
    ".docx": "is a document of a word processor",
    ".doc": "is a document of a word processor",
    ".png": "is a picture",
    ".jpg": "is a picture",
    ".jpeg": "is a picture",
    ".heic": "is a picture",
    **dict.fromkeys((".md", ".rmd", ".qmd", ".tex", ".rst"), "is a text that was made from a notebook"),
    **dict.fromkeys((".gdoc", ".url", ".webloc", ".desktop", ".lnk"), "is a link and not the file itself"),
    **dict.fromkeys((".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"), "is an archive that is not opened here"),
    ".dbc": "is an archive of Databricks",
    ".zip": "is a zip inside the zip, which stays closed",
}
_DOWNLOAD = "Download the notebook itself (in Jupyter and Colab: File, Download, .ipynb) and hand that in."


def notebook_among(names: list[str], slug: str, content: Mapping[str, bytes]) -> tuple[str, list[str]]:
    """The file that holds the answers, and all that could: the release's name first, else the only .ipynb, else the
    only .py, else the only file that is a notebook under another name. "" where several could and none is named so.

    Raises:
        Refused: there is no notebook.
    """
    by_depth = sorted(names, key=lambda name: (name.count("/"), name))
    for suffix in paths.NOTEBOOK_SUFFIXES:
        found = [name for name in by_depth if name.lower().endswith(suffix)]
        same = [name for name in found if PurePosixPath(name).name == slug + suffix]
        if same and (len(same) == 1 or same[0].count("/") < same[1].count("/")):
            return same[0], found
    for suffix in paths.NOTEBOOK_SUFFIXES:
        found = [name for name in by_depth if name.lower().endswith(suffix)]
        if found:
            return found[0] if len(found) == 1 else "", found
    found = [name for name in by_depth if is_disguised(name, content[name])]
    if found:
        return found[0] if len(found) == 1 else "", found
    raise _none(by_depth, slug)


def is_disguised(name: str, content: bytes) -> bool:
    """Whether a file is a notebook's JSON under another kind of name."""
    if not name.lower().endswith(DISGUISED):
        return False
    return content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b'"nbformat"' in content


def _none(names: list[str], slug: str) -> Refused:
    kinds = [(name, _KINDS[suffix]) for name in names if (suffix := PurePosixPath(name).suffix.lower()) in _KINDS]
    if kinds and len(names) == 1:
        name, kind = kinds[0]
        return unreadable(f"{shown(name)} {kind}, not a notebook. {_DOWNLOAD}")
    if len(names) == 1:
        return unreadable(f"{shown(names[0])} is no notebook. Hand in {slug}.ipynb.")
    listed = ", ".join(shown(name) for name in names[:10]) or "nothing"
    return unreadable(f"There is no notebook in the submission (it holds: {listed}). Hand in {slug}.ipynb.")
