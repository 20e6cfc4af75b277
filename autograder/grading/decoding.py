"""The bytes of a notebook or a script -> its text, or which other kind of file they are."""

from __future__ import annotations

from autograder.grading.paths import unreadable

AGAIN = "Open it in Jupyter, save it again and hand that file in."
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ARCHIVES = {b"\x1f\x8b": "gzip", b"Rar!": "rar", b"7z\xbc\xaf": "7z"}
_WEB = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<!--")
_FEW = 100
"""Of so many characters one may be of another coding: letters in comments, that is, and no other kind of file."""


def decode(content: bytes, noun: str) -> tuple[str, tuple[str, ...]]:
    """The text of the bytes, and what was done about their coding.

    Raises:
        Refused: empty, or another kind of file, or no text.
    """
    _require_text(content, noun)
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16"), (f"the {noun} is saved as UTF-16; it was read as that",)
        except UnicodeDecodeError as error:
            raise unreadable(f"The {noun} is saved as UTF-16, and broken. Save it as UTF-8.") from error
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        text = content.decode("utf-8-sig", "replace")
        if text.count("\N{REPLACEMENT CHARACTER}") * _FEW > len(text):
            raise unreadable(f"The {noun} is not UTF-8 text (at byte {error.start}). {AGAIN}") from error
        line = content.count(b"\n", 0, error.start) + 1
        return text, (f"characters that are not UTF-8 (the first in line {line} of the file) were replaced",)


def _require_text(content: bytes, noun: str) -> None:
    start = content.lstrip(b" \t\r\n\f\v\0")[:200].lower()
    if not start:
        raise unreadable(
            f"The {noun} is empty. Hand in the file again; if it is empty on your side too, save it first."
        )
    if content.startswith(b"PK\x03\x04"):
        raise unreadable(f"The {noun} is a zip archive under another name. Rename it so that it ends in .zip.")
    archive = next((name for magic, name in _ARCHIVES.items() if content.startswith(magic)), "")
    if archive:
        raise unreadable(f"The {noun} is an archive ({archive}) under another name. Hand in the file that is inside.")
    if start.startswith(b"version https://git-lfs"):
        raise unreadable(
            f"The {noun} is a pointer of Git LFS and not the file itself. Run `git lfs pull`, then hand it in again."
        )
    if start.startswith(_WEB):
        raise unreadable(
            f"The {noun} is a web page, not a notebook. "
            "Download the notebook itself (File, Download, .ipynb) and hand that in."
        )
