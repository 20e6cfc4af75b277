"""The arguments of one request at both ends, and what the code that got them changed in place."""

from __future__ import annotations

import sys
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.wire import values as v
from autograder.wire.decode import Decoder
from autograder.wire.devices import beside
from autograder.wire.encode import Encoder, pack_tensor
from autograder.wire.frames import Buffers, WireError
from autograder.wire.leaves import overwrite, same_bits
from autograder.wire.snapshots import copied, unwritten
from autograder.wire.tables import apply_table, copied_table, is_table, table_differs


class Sent:
    """The tensors of one request, in order, each once: on the asking side the originals, on the other what it got."""

    def __init__(self) -> None:
        self.tensors: list[Any] = []
        self._places: dict[int, int] = {}

    def add(self, tensor: Any) -> None:
        """The next tensor."""
        self._places[id(tensor)] = len(self.tensors)
        self.tensors.append(tensor)

    def place(self, tensor: Any) -> int | None:
        """Where `tensor` stands, if it is one of them."""
        return self._places.get(id(tensor))

    def at(self, index: int) -> Any:
        """The tensor in that place.

        Raises:
            WireError: there is none.
        """
        if not 0 <= index < len(self.tensors):
            raise WireError("a position that does not exist")
        return self.tensors[index]


@dataclass(frozen=True)
class Changed:
    """An argument of a request whose content the other end changed in place. A change of its `.grad` is none."""

    op: str
    target: Any
    """What was called: the first argument."""
    argument: int | str
    """Its place behind the target, or its name."""
    value: Any
    """The asking end's own tensor, array or container that it is, or that lies in it."""


class Question:
    """The arguments of one request, and what each consists of that can be changed in place."""

    def __init__(self, op: str, args: Sequence[Any], kwargs: dict[str, Any]) -> None:
        self._op = op
        self._args = args
        self._kwargs = kwargs
        self.sent = Sent()
        self.mutable: list[Any] = []
        self._ends: list[tuple[int, int]] = []

    def encoded(self, encoder: Encoder) -> tuple[list[v.Value], dict[str, v.Value]]:
        """The arguments as values."""
        self.mutable = encoder.mutable
        values = []
        for argument in (*self._args, *self._kwargs.values()):
            values.append(encoder.value(argument))
            self._ends.append((len(self.sent.tensors), len(self.mutable)))
        count = len(self._args)
        return values[:count], dict(zip(self._kwargs, values[count:], strict=True))

    def changed_tensor(self, index: int) -> Changed:
        """Of which argument the tensor in that place is a part."""
        return self._changed(0, index, self.sent.at(index))

    def changed_content(self, index: int) -> Changed:
        """Of which argument the container or array in that place is a part.

        Raises:
            WireError: there is none.
        """
        if not 0 <= index < len(self.mutable):
            raise WireError("a position that does not exist")
        return self._changed(1, index, self.mutable[index])

    def _changed(self, part: int, index: int, value: Any) -> Changed:
        place = next(n for n, ends in enumerate(self._ends) if index < ends[part])
        names = [*range(-1, len(self._args) - 1), *self._kwargs]
        return Changed(self._op, self._args[0] if self._args else None, names[place], value)


class Before:
    """The arguments of a request before the code that was asked for runs, to tell afterwards what it changed."""

    def __init__(self, torch: Any, sent: Sent, mutable: list[Any]) -> None:
        self._torch = torch
        self._sent = sent
        self._tensors = [
            (t._version, copied(torch, t.detach()), _copy(torch, t.grad if t.is_leaf else None)) for t in sent.tensors
        ]
        self._mutable = mutable
        self._contents = [contents(obj) for obj in mutable]

    def changes(self, on_output: Callable[[Any], v.Out], buffers: Buffers) -> list[v.Change]:
        """What became of the tensors. `on_output`: registers one whose change autograd has recorded."""
        found = []
        for index, (tensor, (version, content, grad)) in enumerate(zip(self._sent.tensors, self._tensors, strict=True)):
            changed = tensor._version != version or not self._same(tensor, content)
            graded = tensor.is_leaf and not self._same(tensor.grad, grad)
            if not changed and not graded:
                continue
            recorded = changed and tensor._version != version and tensor.requires_grad and not tensor.is_leaf
            new: v.Tensor | v.Out | None = None
            if changed:
                new = on_output(tensor) if recorded else pack_tensor(self._torch, tensor, buffers)
            new_grad = tensor.grad if graded else None
            gradient = None if new_grad is None else pack_tensor(self._torch, new_grad, buffers)
            found.append(v.Change(index=index, content=new, gradient=gradient, graded=graded))
        return found

    def _same(self, now: Any, before: Any) -> bool:
        known = now is not None and before is not None and unwritten(self._torch, now, before)
        return known or same_bits(self._torch, now, before)

    @property
    def given(self) -> dict[int, int]:
        """The positions of the lists, sets, dicts, arrays and tables, by `id`."""
        return {id(obj): index for index, obj in enumerate(self._mutable)}

    def contents(self, encode: Callable[[Any], v.Value]) -> list[tuple[int, v.Value]]:
        """What became of the lists, sets, dicts and arrays."""
        return [
            (index, encode(obj))
            for index, (obj, old) in enumerate(zip(self._mutable, self._contents, strict=True))
            if differs(obj, old)
        ]


def apply_change(torch: Any, tensor: Any, change: v.Change, decoder: Decoder, outputs: list[Any]) -> None:
    """Change the asking side's own tensor as its copy was changed.

    Raises:
        WireError: the change fits no tensor of that kind.
    """
    try:
        match change.content:
            case v.Tensor():
                overwrite(torch, tensor, decoder.tensor(change.content))
            case v.Out(index=index) if 0 <= index < len(outputs):
                with torch.enable_grad():
                    tensor.copy_(outputs[index])
            case v.Out():
                raise WireError("an output that does not exist")
        if change.graded:
            tensor.grad = None if change.gradient is None else beside(decoder.tensor(change.gradient), tensor)
    except (RuntimeError, TypeError) as error:
        raise WireError(f"a change that the tensor cannot take: {error}") from error


def apply_content(obj: Any, new: Any) -> None:
    """Make the asking side's own list, set, dict or array what its copy became.

    Raises:
        WireError: it is of another kind.
    """
    if isinstance(obj, list) and type(new) is list:
        list.__setitem__(obj, slice(None), new)
    elif isinstance(obj, set) and type(new) is set:
        set.clear(obj)
        set.update(obj, new)
    elif isinstance(obj, dict) and isinstance(new, dict):
        kind = OrderedDict if isinstance(obj, OrderedDict) else dict  # whose order only its own methods keep
        kind.clear(obj)
        kind.update(obj, new)
    elif _is_array(obj) and _is_array(new) and obj.dtype == new.dtype and obj.size == new.size:
        try:
            obj[...] = new.reshape(obj.shape)
            obj.shape = new.shape
        except (ValueError, AttributeError) as error:
            raise WireError("a change of an array that cannot change") from error
    elif is_table(obj) and is_table(new):
        apply_table(obj, new)
    else:
        raise WireError("a change of what cannot change so")


def _copy(torch: Any, tensor: Any) -> Any:
    return None if tensor is None else copied(torch, tensor.detach())


def _is_array(obj: Any) -> bool:
    np = sys.modules.get("numpy")
    return np is not None and isinstance(obj, np.ndarray)


def contents(obj: Any) -> Any:
    """Something to hold a list, set, dict, array or table against later. It keeps the parts alive: identity tells."""
    if isinstance(obj, dict):
        return [part for pair in obj.items() for part in pair]
    if is_table(obj):
        return copied_table(obj)
    return obj.copy() if _is_array(obj) else list(obj)


def differs(obj: Any, old: Any) -> bool:
    """Whether `obj` is no longer as it was when `contents(obj)` gave `old`."""
    if _is_array(obj):
        return bool(obj.shape != old.shape or obj.dtype != old.dtype or obj.tobytes() != old.tobytes())
    if is_table(obj):
        return table_differs(obj, old)
    now = contents(obj)
    return len(now) != len(old) or any(a is not b for a, b in zip(now, old, strict=True))
