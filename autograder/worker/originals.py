"""torch as it was before student code ran: code that patches torch changes its own world, not the worker's."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from autograder.wire.names import public_names


@dataclass(frozen=True)
class Originals:
    """`torch`: the names that the wire uses, bound to what they were. `names`: what a check may ask for by name."""

    torch: Any
    names: dict[str, Any]


class _Copy(SimpleNamespace):
    """Told apart by identity, as modules are."""

    __hash__ = object.__hash__  # type: ignore[assignment]


def originals(torch: Any) -> Originals:
    """Copy torch's names. Call it before any student code runs."""
    copy = _Copy(**vars(torch))
    copy.autograd = SimpleNamespace(**vars(torch.autograd))
    copy.nn = SimpleNamespace(Parameter=torch.nn.Parameter)
    copy.cuda = SimpleNamespace(is_initialized=torch.cuda.is_initialized, synchronize=torch.cuda.synchronize)
    return Originals(copy, public_names(torch))
