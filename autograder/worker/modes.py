"""What torch keeps for a whole process: defaults that a cell may set for its own sake, and checks must not meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Modes:
    """Torch's defaults as they were when this was made: of what dtype and where tensors are made, and that
    gradients are recorded."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        """`names`: public names of torch's, as they were before student code ran."""
        self._names = names
        dtype = names["torch.get_default_dtype"]() if "torch.get_default_dtype" in names else None
        self._values = {"set_default_dtype": dtype, "set_default_device": None, "set_grad_enabled": True}

    def restore(self) -> None:
        """Put them back."""
        for name, value in self._values.items():
            self._names[f"torch.{name}"](value)
