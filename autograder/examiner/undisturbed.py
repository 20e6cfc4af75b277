"""On a student's machine: pytest as we call it, whatever their environment would have it load or do."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator

_OURS = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
_THEIRS = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS")


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """For the length of a block: no plug-in of others' is loaded, which may be slow or broken, no option of the
    environment's counts, and pytest's own words go nowhere ("1 passed" would be the wrong count)."""
    before = {name: os.environ.get(name) for name in (*_OURS, *_THEIRS)}
    os.environ.update(_OURS)
    for name in _THEIRS:
        os.environ.pop(name, None)
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
