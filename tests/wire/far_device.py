"""A device that is none: tensors that say they lie on `meta`, and hold their values beside. It stands in for a GPU.

Like one, it refuses to compute with what lies elsewhere, and has no numpy. Entered as a context, it catches every
`.to("meta")` of the thread. Made for tests where there is no GPU; autograd runs through it unhindered.
"""

from __future__ import annotations

from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_flatten, tree_map, tree_map_only

NAME = "meta"
_MOVE = torch.ops.aten._to_copy.default


class FarTensor(torch.Tensor):
    """Values on the device."""

    held: torch.Tensor

    @staticmethod
    def __new__(cls, held: torch.Tensor) -> FarTensor:
        made = torch.Tensor._make_wrapper_subclass(
            cls, held.shape, strides=held.stride(), dtype=held.dtype, device=torch.device(NAME), requires_grad=False
        )
        made.held = held
        return made

    def numpy(self, *, force: bool = False) -> Any:
        raise TypeError("can't convert a tensor of this device to numpy: use .cpu() first")

    @classmethod
    def __torch_dispatch__(  # type: ignore[override]
        cls, func: Any, types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        return _dispatch(func, args, kwargs or {})


class FarDevice(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """The device is there, for this thread."""

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return _dispatch(func, args, kwargs or {})


def _dispatch(func: Any, args: Any, kwargs: dict[str, Any]) -> Any:
    tensors = [t for t in tree_flatten((args, kwargs))[0] if isinstance(t, torch.Tensor)]
    far = any(isinstance(t, FarTensor) for t in tensors)
    plain_args, plain_kwargs = tree_map_only(FarTensor, lambda t: t.held, (args, kwargs))
    device = kwargs.get("device")
    if func is _MOVE and device is not None:
        result = func(*plain_args, **plain_kwargs | {"device": "cpu"})
        return FarTensor(result) if torch.device(device).type == NAME else result
    if func is torch.ops.aten.copy_.default:
        func(*plain_args, **plain_kwargs)  # between devices too
        return args[0]
    if far and any(t.ndim and not isinstance(t, FarTensor) for t in tensors):
        raise RuntimeError("Expected all tensors to be on the same device")
    if not far:
        return func(*args, **kwargs)
    if device is not None:
        plain_kwargs["device"] = "cpu"
    result = func(*plain_args, **plain_kwargs)
    written = func._schema.is_mutable and args and isinstance(args[0], FarTensor)
    if written and isinstance(result, torch.Tensor):
        return args[0]
    return tree_map(lambda t: FarTensor(t) if isinstance(t, torch.Tensor) else t, result)
