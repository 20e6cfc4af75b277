"""A submission after intake: parsed, bounded, never executed here."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_MODULE_BYTES = 1 << 20
"""A larger file is no module that a student wrote, and is not read as one."""

MAX_WEIGHTS_BYTES = 64 << 20
CODE_WITH_WEIGHTS = (".pt", ".pth", ".bin", ".ckpt", ".pkl", ".pickle")
"""Files of weights that may run code when they are read."""


@dataclass(frozen=True)
class CodeCell:
    """One code cell as Python. `source` is "" where nothing of it can run; `problem` then says why."""

    number: int
    """Position among the notebook's code cells, from 1. Parts of one cell, which run one by one, follow each other."""
    source: str
    exercise: str | None = None
    problem: str = ""


@dataclass(frozen=True)
class Submission:
    """What one student handed in."""

    name: str
    """The student, or the file's name where no student is known."""
    digest: str
    """SHA-256 (hex) over the submitted bytes."""
    cells: tuple[CodeCell, ...]
    files: tuple[tuple[str, bytes], ...] = ()
    """Files beside the notebook: relative POSIX path (checked) and content."""
    notes: tuple[str, ...] = ()
    """What was understood, ignored or repaired, for the student to read."""
    answers: tuple[tuple[str, str], ...] = ()
    """Written answers: exercise and words. Each exercise at most once, empty answers left out."""

    def modules(self) -> dict[str, str]:
        """Sources of the Python files beside the notebook, by module name."""
        return {
            name.removesuffix(".py"): content.decode("utf-8", "replace")
            for name, content in self.files
            if name.endswith(".py") and "/" not in name and len(content) <= MAX_MODULE_BYTES
        }

    def weights(self) -> dict[str, bytes | None]:
        """Contents of the files of weights beside the notebook, by name; None for those that no check may read.

        These are files beyond MAX_WEIGHTS_BYTES in all, and files in formats that may run code when they are read.
        """
        found: dict[str, bytes | None] = {}
        left = MAX_WEIGHTS_BYTES
        for name, content in self.files:
            if name.endswith((".safetensors", *CODE_WITH_WEIGHTS)) and "/" not in name:
                fits = name.endswith(".safetensors") and len(content) <= left
                left -= len(content) if fits else 0
                found[name] = content if fits else None
        return found


@dataclass(frozen=True)
class Rejected:
    """A submission that cannot be graded: one clear reason, and the batch goes on."""

    name: str
    digest: str
    reason: str
    """A `Reason` value: unreadable, unsafe_archive or limit."""
    message: str
    notes: tuple[str, ...] = field(default=())
