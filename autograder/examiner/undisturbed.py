"""On a student's machine: pytest as we call it, torch as it comes, whatever their environment would have them do."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from typing import Any

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
        with contextlib.redirect_stdout(io.StringIO()), _usual_defaults():
            yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _usual_defaults() -> Iterator[None]:
    """Torch's own defaults, as grading has them, where the notebook has set others for itself."""
    torch: Any = sys.modules.get("torch")
    if torch is None:
        yield
        return
    dtype, device, grad = torch.get_default_dtype(), torch.get_default_device(), torch.is_grad_enabled()
    elsewhere = device.type != "cpu"
    torch.set_default_dtype(torch.float32)
    if elsewhere:
        torch.set_default_device(None)
    torch.set_grad_enabled(True)
    try:
        yield
    finally:
        torch.set_default_dtype(dtype)
        if elsewhere:
            torch.set_default_device(device)
        torch.set_grad_enabled(grad)
