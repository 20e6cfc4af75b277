"""What test cells of a notebook showed when they were last run: the expectation of an OK-format test."""

from __future__ import annotations

import json

MAX_CHARACTERS = 100_000


def outputs_of(content: bytes) -> dict[int, str]:
    """What each code cell showed, by its number from 1: what it printed, and its values as text. `content` is that of a
    notebook that was read before."""
    found: dict[int, str] = {}
    for number, cell in enumerate(json.loads(content.decode("utf-8-sig"))["cells"], 1):
        outputs = cell.get("outputs")
        if isinstance(outputs, list):
            text = "".join(_text(output) for output in outputs if isinstance(output, dict))
            found[number] = text[:MAX_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
    return found


def _text(output: dict[str, object]) -> str:
    data = output.get("data")
    value = data.get("text/plain") if isinstance(data, dict) else None
    return _joined(output.get("text")) + _joined(value)


def _joined(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return ""
