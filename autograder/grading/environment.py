"""Which versions decide what a verdict says. With others, a submission is graded anew."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

DECIDING = ("autograder", "python", "torch", "pytest", "worker python", "worker torch", "walls")
"""Of what a grader says of itself. Not its machine, not the image, and not which walls: the same answers get the same
verdicts there. But without any, a submission may have made its own."""
NO_WALLS = "none"
"""The only `walls` that are told."""


def deciding(versions: Mapping[str, str]) -> dict[str, str]:
    """Those of `versions` that decide."""
    return {name: versions[name] for name in DECIDING if name in versions}


def environment_of(versions: Mapping[str, str]) -> str:
    """A digest of the versions that decide (32 hex digits): equal where they are."""
    told = "\0".join(f"{name}\0{value}" for name, value in sorted(deciding(versions).items()))
    return blake2b(told.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()
