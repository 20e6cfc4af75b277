"""Untrusted text made fit to show: no escape codes, no control characters, no endless length. And safe file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

# ECMA-48: operating-system commands and other strings up to their terminator, control sequences, two-byte escapes.
_ESCAPES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c|$)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]?"
    r"|\x1b[ -/]*[0-~]?",
    re.MULTILINE,
)
_NEW_LINES = re.compile(r"\r+\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Marks that reorder what is shown, and characters that show nothing but split words for a search.
_INVISIBLE = re.compile(r"[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]")
_COMBINING_PILE = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})[\u0300-\u036f"
    r"\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def plain(text: str, *, limit: int = 2000, lines: int = 40) -> str:
    """`text` as plain lines: escape codes and control characters removed, at most `limit` characters and `lines`.

    What is cut off is counted in the last line. Tabs become four spaces.
    """
    # Far more than can be shown is dropped first, so that a flood costs nothing here.
    head = text[: 4 * limit + 1000]
    clean = _NEW_LINES.sub("\n", _ESCAPES.sub("", head)).replace("\t", "    ")
    clean = _COMBINING_PILE.sub(r"\1", _INVISIBLE.sub("", clean))
    clean = "".join(c if c == "\n" else _shown(c) for c in clean).strip("\n")
    kept = "\n".join(clean.split("\n")[:lines])[:limit]
    cut = len(clean) - len(kept) + len(text) - len(head)
    return f"{kept.rstrip()}\n… ({cut} more characters)" if cut else kept


def _shown(character: str) -> str:
    kind = unicodedata.category(character)
    if kind == "Cs":
        return "\ufffd"
    return "" if kind == "Cc" else character


def one_line(text: str, *, limit: int = 120) -> str:
    """`text` on one line, cut with an ellipsis."""
    clean = " ".join(plain(text[: 4 * limit], limit=4 * limit, lines=10_000).split())
    return clean if len(clean) <= limit else clean[: limit - 1].rstrip() + "…"


def file_stem(name: str) -> str:
    """A file name for a student: readable, safe on every file system, and different for different students.

    Lower-case ASCII letters, digits and hyphens, then ten digits of a hash of the name exactly as it was given, so
    that `Ada`, `ada` and `../ada` get three files, and no name is reserved or leaves the folder.
    """
    ascii_only = unicodedata.normalize("NFKD", name[:200]).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:40].strip("-") or "student"
    return f"{slug}-{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def number(value: float) -> str:
    """Points as people write them: at most two decimals and no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("", "-0") else text


def check_title(check: str) -> str:
    """A check's name as a sentence: `hidden/test_x.py::test_loss_is_a_mean` reads "Loss is a mean"."""
    name = re.sub(r"\[.*", "", check.rsplit("::", 1)[-1], flags=re.DOTALL)
    words = one_line(re.sub(r"^test_+", "", name).replace("_", " "), limit=160)
    return words[:1].upper() + words[1:] or "A check without a name"
