"""Wire values to Python objects, each checked against the payload that came with it."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, Literal

from autograder.wire import values as v
from autograder.wire.classes import CLASSES, MAPPINGS
from autograder.wire.dtypes import ARRAY_DTYPES, ITEM_SIZES, MAX_DEPTH, MAX_NODES, is_long
from autograder.wire.exact import unpack_exact
from autograder.wire.frames import Payload, WireError
from autograder.wire.named import named_tuple
from autograder.wire.tables import unpack_table

_MAX_ELEMENTS = 1 << 40
_MAX_COLLISIONS = 100
_MAX_SPREAD = 64 << 20
_MAX_CLASSES = 200


class Decoder:
    """Turns the values of one message into objects, checking each against the payload that came with it."""

    def __init__(self, torch: Any, payload: Payload, on_reference: Callable[[v.Value, Decoder], Any]) -> None:
        """`on_reference`: gives what stands for a tensor or a reference. It gets the decoder as an argument: holding it
        would close a circle, and keep every payload until the garbage collector comes by."""
        self._torch = torch
        self._payload = payload
        self._on_reference = on_reference
        self._nodes = 0
        self._unread = payload.size
        self._spread = _MAX_SPREAD
        """Bytes that strides may add to the tensors of this message."""
        self._classes: set[tuple[str, tuple[str, ...]]] = set()
        """Those of the message's named tuples."""
        self.mutable: list[Any] = []
        """The lists, sets, dicts, arrays and tables that were made, in the order in which the Encoder met them."""

    def object(self, value: v.Value, depth: int = 0) -> Any:
        """The object that `value` stands for.

        Raises:
            WireError: the value contradicts itself or its payload.
        """
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError("a value that is nested too deeply or has too many parts")
        match value:
            case None | bool() | int() | float() | str():
                return value
            case v.Items():
                return self._items(value, depth + 1)
            case v.Mapping():
                return self._mapping(value, depth + 1)
            case v.Named():
                return self._named(value, depth + 1)
            case v.Bytes():
                return value.data
            case v.Complex():
                return complex(value.real, value.imag)
            case v.BigInt():
                return _big_int(value.hex)
            case v.Slice():
                return self._slice(value, depth + 1)
            case v.Array():
                return self._array(value)
            case v.Exact():
                return unpack_exact(value)
            case v.Table():
                return self._table(value, depth + 1)
            case v.Name(type="dtype" | "device" | "ellipsis" | "class"):
                return self._name(value)
            case _:
                return self._on_reference(value, self)

    def tensor(self, value: v.Tensor) -> Any:
        """A plain torch.Tensor over the payload's bytes, not requiring grad."""
        torch = self._torch
        count = self._check(value)
        dtype = getattr(torch, value.dtype)
        if count == 0:
            return torch.empty(value.shape, dtype=dtype)
        # A byte other than 0 and 1 would be a bool that sums to more than one.
        stored = torch.uint8 if dtype is torch.bool else dtype
        memory = self._memory(value)
        if isinstance(memory, bytearray):
            flat = torch.frombuffer(memory, dtype=stored, count=count, offset=value.offset)
        else:
            flat = torch.empty(0, dtype=stored).set_(memory.untyped_storage(), 0, (count,), (1,))
        if dtype is torch.bool:
            flat = flat != 0
        dense = flat.reshape(value.shape)
        return dense if value.strides is None else self._laid_out(dense, value.strides)

    def _laid_out(self, dense: Any, strides: list[int]) -> Any:
        """`dense` with the strides that it had on the other side, where they are sane; contiguous where not."""
        shape = dense.shape
        if len(strides) != len(shape):
            raise WireError("a tensor with more or fewer strides than dimensions")
        expanded = [stride == 0 and size > 1 for stride, size in zip(strides, shape, strict=True)]
        kept = [1 if gone else size for gone, size in zip(expanded, shape, strict=True)]
        span = 1
        for stride, size in sorted((s, n) for s, n in zip(strides, kept, strict=True) if n > 1):
            if stride < span:  # overlapping: only the values are promised
                return dense
            span = stride * (size - 1) + span
        for dimension, gone in enumerate(expanded):
            dense = dense.narrow(dimension, 0, 1) if gone else dense
        added = (span - dense.numel()) * dense.element_size()
        if span > 8 * dense.numel() + 64 or added > self._spread:
            return dense.expand(shape)
        self._spread -= added
        steps = [stride if size > 1 else 1 for stride, size in zip(strides, kept, strict=True)]
        laid = self._torch.empty_strided(kept, steps, dtype=dense.dtype)
        return laid.copy_(dense).expand(shape)

    def _check(self, value: v.Tensor | v.Array) -> int:
        """How many elements it has."""
        size = ITEM_SIZES.get(value.dtype)
        shape = value.shape
        if size is None or len(shape) > 32 or min(shape, default=0) < 0:
            raise WireError("a tensor of unknown dtype or impossible shape")
        count = math.prod(shape)
        if count > _MAX_ELEMENTS or (count == 0 and math.prod(filter(None, shape)) > _MAX_ELEMENTS):
            raise WireError("a tensor of impossible shape")
        if value.offset < 0 or value.offset % 16 or value.offset + count * size > self._room(value.section):
            raise WireError("a tensor that reaches beyond its frame")
        self._unread -= count * size
        if self._unread < 0:  # a few bytes that many tensors share would become many when they are copied
            raise WireError("tensors that together are larger than their frame")
        return count

    def _room(self, section: int) -> int:
        """Bytes of that section."""
        large = self._payload.large
        if section == 0:
            return len(self._payload.small)
        if not 0 < section <= len(large) or large[section - 1] is None:
            raise WireError("a large piece that does not exist, or is another tensor's")
        return len(large[section - 1])

    def _memory(self, value: v.Tensor | v.Array) -> Any:
        """The memory in which it lies. A large piece is given to one tensor only, whose storage it becomes."""
        if value.section == 0:
            return self._payload.small
        if value.offset:
            raise WireError("a large tensor that does not begin where its memory does")
        memory = self._payload.large[value.section - 1]
        self._payload.large[value.section - 1] = None
        return memory

    def _array(self, value: v.Array) -> Any:
        import numpy as np

        if value.dtype not in ARRAY_DTYPES:
            raise WireError("an array of unknown dtype")
        count = self._check(value)
        dtype = "uint8" if value.dtype == "bool" else value.dtype
        memory = self._memory(value) if count else bytearray()
        if not isinstance(memory, bytearray):
            memory = memory.numpy()
        flat = np.frombuffer(memory, dtype=dtype, count=count, offset=value.offset if count else 0)
        order: Literal["C", "F"] = "F" if value.fortran else "C"
        array = (flat != 0 if value.dtype == "bool" else flat).reshape(value.shape, order=order)
        if value.scalar:
            if array.ndim:
                raise WireError("a scalar with dimensions")
            return array.dtype.type(array[()])
        array.flags.writeable = value.writable
        self.mutable.append(array)
        return array

    def _table(self, value: v.Table, depth: int) -> Any:
        met, self.mutable = self.mutable, []
        try:
            made = unpack_table(value, lambda part: self.object(part, depth))
        finally:
            self.mutable = met
        self.mutable.append(made)
        return made

    def _items(self, value: v.Items, depth: int) -> Any:
        place = self._place(value.type in ("list", "set"))
        items = [self.object(item, depth) for item in value.items]
        made: Any = items
        try:
            match value.type:
                case "tuple":
                    return tuple(items)
                case "frozenset":
                    return frozenset(_distinct(items))
                case "size":
                    return self._torch.Size(items)
                case "set":
                    made = set(_distinct(items))
        except (TypeError, ValueError, RuntimeError, OverflowError) as error:
            raise WireError(f"a {value.type} of parts that it cannot have") from error
        self.mutable[place] = made
        return made

    def _mapping(self, value: v.Mapping, depth: int) -> dict[Any, Any]:
        place = self._place(True)
        pairs = [(self.object(k, depth), self.object(x, depth)) for k, x in value.items]
        try:
            _distinct([k for k, _ in pairs])
            made = dict(pairs)
            if value.type == "default":
                made = defaultdict(self._class(value.factory) if value.factory else None, made)
            elif value.type != "dict":
                made = MAPPINGS[value.type](made)
        except TypeError as error:
            raise WireError("a dict with a key that cannot be one") from error
        self.mutable[place] = made
        return made

    def _named(self, value: v.Named, depth: int) -> Any:
        if len(value.items) != len(value.fields):
            raise WireError("a named tuple with more or fewer fields than parts")
        fields = tuple(value.fields)
        self._classes.add((value.name, fields))
        if len(self._classes) > _MAX_CLASSES:  # making one takes a tenth of a millisecond
            raise WireError(f"named tuples of more than {_MAX_CLASSES} classes")
        return named_tuple(value.name, fields, [self.object(item, depth) for item in value.items])

    def _place(self, wanted: bool) -> int:
        """Where in `mutable` a container belongs whose parts are yet to be made."""
        if wanted:
            self.mutable.append(None)
        return len(self.mutable) - 1

    def _slice(self, value: v.Slice, depth: int) -> Any:
        parts = [self.object(part, depth) for part in (value.start, value.stop, value.step)]
        if not value.range:
            return slice(*parts)
        if not all(type(part) is int for part in parts) or parts[2] == 0:
            raise WireError("a range that is none")
        made = range(*parts)
        if is_long(made):
            raise WireError(f"a range of more than {MAX_NODES:,} numbers")
        return made

    def _name(self, value: v.Name) -> Any:
        if value.type == "ellipsis":
            return ...
        if value.type == "class":
            return self._class(value.name)
        if value.type == "dtype" and value.name in ITEM_SIZES:
            return getattr(self._torch, value.name)
        if value.type == "device":
            try:
                return self._torch.device(value.name)
            except RuntimeError as error:
                raise WireError("a device that is none") from error
        raise WireError("a dtype that is none")

    def _class(self, name: str) -> type:
        if name not in CLASSES:
            raise WireError("a class that Python has not, or that does not cross")
        return CLASSES[name]


def _distinct(keys: list[Any]) -> list[Any]:
    """`keys`, unless so many of them share a hash that building a table would take quadratic time."""
    if len(keys) > _MAX_COLLISIONS and Counter(map(hash, keys)).most_common(1)[0][1] > _MAX_COLLISIONS:
        raise WireError("a table of keys that collide")
    return keys


def _big_int(text: str) -> int:
    if len(text) > 20_000:
        raise WireError("an integer of more than 20,000 hexadecimal digits")
    try:
        return int(text, 16)
    except ValueError as error:
        raise WireError("an integer that is none") from error
