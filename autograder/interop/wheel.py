"""The autograder that runs here as a wheel (PEP 427), to travel inside a bundle: no package index has to hold it."""

from __future__ import annotations

import base64
import hashlib
import importlib.metadata
from pathlib import Path

import autograder
from autograder.build.write import read_folder
from autograder.errors import AutograderError
from autograder.interop.zips import zip_bytes

_TAG = "py3-none-any"
_KEPT = ("METADATA", "entry_points.txt")


def own_wheel() -> tuple[str, bytes]:
    """Its file name and its bytes. The same package gives the same bytes.

    Raises:
        AutograderError: `no-metadata`: it runs from a folder and is not installed.
    """
    try:
        distribution = importlib.metadata.distribution("autograder")
    except importlib.metadata.PackageNotFoundError as error:
        raise AutograderError(
            "no-metadata",
            "this autograder is not installed, so no wheel can be made of it",
            why="A wheel says what the package needs, which only an installed one knows.",
            fix="pip install -e . in its folder",
        ) from error
    information = f"autograder-{distribution.version}.dist-info"
    package = Path(autograder.__file__).parent
    files = {f"autograder/{name}": content for name, content in read_folder(package).items()}
    for name in _KEPT:
        files[f"{information}/{name}"] = (distribution.read_text(name) or "").encode()
    files[f"{information}/WHEEL"] = (
        f"Wheel-Version: 1.0\nGenerator: autograder\nRoot-Is-Purelib: true\nTag: {_TAG}\n".encode()
    )
    record = [f"{name},sha256={_digest(content)},{len(content)}" for name, content in sorted(files.items())]
    files[f"{information}/RECORD"] = "\n".join([*record, f"{information}/RECORD,,", ""]).encode()
    return f"autograder-{distribution.version}-{_TAG}.whl", zip_bytes(files)


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
