"""What torch keeps for a whole process: defaults that a cell may set for its own sake, and checks must not meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Modes:
    """Torch's default dtype, and that gradients are recorded, as they were when this was made."""

    def __init__(self, names: Mapping[str, Any]) -> None:
        """`names`: public names of torch's, as they were before student code ran."""
        self._names = names
        self._dtype = names["torch.get_default_dtype"]() if names else None

    def restore(self) -> None:
        """Put them back; new tensors are made on the CPU again."""
        if self._names:
            self._names["torch.set_default_dtype"](self._dtype)
            self._names["torch.set_default_device"](None)
            self._names["torch.set_grad_enabled"](True)
