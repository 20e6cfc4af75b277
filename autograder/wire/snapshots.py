"""What a tensor was like, to tell afterwards whether it was changed.

Of a large one nothing is copied before somebody writes (torch's own copy-on-write). A tensor that still shares its
memory with the snapshot was not written to by any way: each begins by asking torch for memory that may be written.
"""

from __future__ import annotations

from typing import Any

from autograder.wire.frames import LARGE


def copied(torch: Any, tensor: Any) -> Any:
    """A tensor of the same elements, an autograd step from it where autograd records.

    Where `tensor` is large and its memory torch's own, the elements are copied when the first of the two is written to.
    Nobody may hold an address of it from before, as a numpy array does.
    """
    if tensor.numel() * tensor.element_size() < LARGE or tensor.device.type != "cpu":
        return tensor.clone()
    try:
        return torch._lazy_clone(tensor)
    except RuntimeError:  # a layout of its own, or memory that somebody else made
        return tensor.clone()


def unwritten(torch: Any, tensor: Any, snapshot: Any) -> bool:
    """Whether `tensor` is as it was when `snapshot` was copied from it, which is known without a look at the elements.
    False where that is not known."""
    return bool(
        tensor.numel() * tensor.element_size() >= LARGE
        and tensor.layout is torch.strided
        and tensor.device.type == "cpu"
        and torch._C._is_cow_tensor(tensor)
        and torch._C._data_address(tensor) == torch._C._data_address(snapshot)
        and (tensor.dtype, tensor.shape, tensor.stride()) == (snapshot.dtype, snapshot.shape, snapshot.stride())
        and (tensor.is_conj(), tensor.is_neg()) == (snapshot.is_conj(), snapshot.is_neg())
    )
