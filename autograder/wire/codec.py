"""Python objects to wire values and back. Objects that are no plain value are left to the two hooks.

torch is handed in by each side, and used for nothing but the layout of tensors.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from autograder.wire import values as v
from autograder.wire.frames import MAX_PAYLOAD, Buffers, Unsendable, WireError

MAX_DEPTH = 64
MAX_NODES = 1_000_000
_MAX_ELEMENTS = 1 << 40
_MAX_COLLISIONS = 1000
_INT64 = range(-(1 << 63), 1 << 63)
_ITEM_SIZES = {
    "bool": 1,
    "uint8": 1,
    "int8": 1,
    "uint16": 2,
    "int16": 2,
    "uint32": 4,
    "int32": 4,
    "uint64": 8,
    "int64": 8,
    "float8_e4m3fn": 1,
    "float8_e5m2": 1,
    "float16": 2,
    "bfloat16": 2,
    "float32": 4,
    "float64": 8,
    "complex64": 8,
    "complex128": 16,
}
_ARRAY_DTYPES = frozenset(name for name in _ITEM_SIZES if not name.startswith(("bfloat", "float8")))


def pack_tensor(torch: Any, tensor: Any, buffers: Buffers, **fields: Any) -> v.Tensor:
    """The tensor's elements in C order, and how they lay. `fields` go into the value as they are.

    Raises:
        Unsendable: no dtype of the wire, or more bytes than a frame may have.
    """
    dtype = str(tensor.dtype).removeprefix("torch.")
    if dtype not in _ITEM_SIZES:
        raise Unsendable(f"a tensor of dtype {dtype} cannot cross")
    if tensor.numel() * _ITEM_SIZES[dtype] > MAX_PAYLOAD:
        raise Unsendable(f"a tensor of shape {tuple(tensor.shape)} is larger than {MAX_PAYLOAD >> 20} MB")
    plain = tensor.detach()
    if plain.layout is not torch.strided:
        plain = plain.to_dense()
    plain = plain.cpu().resolve_conj().resolve_neg()
    shape = list(plain.shape)
    strides = None if plain.is_contiguous() else list(plain.stride())
    # A size-one dimension may have any stride in a contiguous tensor; view() wants the last one to be 1.
    flat = plain.contiguous().as_strided((plain.numel(),), (1,))
    piece = memoryview(flat.view(torch.uint8).numpy()) if flat.numel() else memoryview(b"")
    return v.Tensor(dtype=dtype, shape=shape, offset=buffers.add(piece), strides=strides, **fields)


class Encoder:
    """Turns the objects of one message into values; tensors and the unknown go through the hooks."""

    def __init__(
        self, torch: Any, buffers: Buffers, on_tensor: Callable[[Any], v.Value], on_object: Callable[[Any], v.Value]
    ) -> None:
        self._torch = torch
        self._buffers = buffers
        self._on_tensor = on_tensor
        self._on_object = on_object
        self._nodes = 0
        self.mutable: list[Any] = []
        """The lists, sets, dicts and arrays that were met, in the order in which the Decoder meets them."""

    def value(self, obj: Any, depth: int = 0) -> v.Value:
        """`obj` as a value. Subclasses of plain types cross as the plain type.

        Raises:
            Unsendable: too deep, too large, or of no type that can cross.
        """
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise Unsendable("a value that is nested too deeply or has too many parts")
        if obj is None or obj is True or obj is False:
            return obj
        if issubclass(type(obj), self._torch.Tensor):  # never isinstance: an object may lie about its __class__
            return self._on_tensor(obj)
        scalar = self._scalar(obj)
        if scalar is not None:
            return scalar
        container = self._container(obj, depth + 1)
        if container is not None:
            return container
        named = self._named(obj)
        return named if named is not None else self._on_object(obj)

    def _scalar(self, obj: Any) -> v.Value:
        kind = type(obj)
        np = sys.modules.get("numpy")
        if np is not None and issubclass(kind, np.generic) and obj.dtype.name in _ARRAY_DTYPES:
            return None  # float64 is a float, and crosses as what it is all the same
        if issubclass(kind, int):
            number = int.__index__(obj)
            return number if number in _INT64 else v.BigInt(hex(number))
        if issubclass(kind, float):
            return float.__float__(obj)
        if issubclass(kind, str):
            return str.__str__(obj).encode("utf-8", "backslashreplace").decode("utf-8")
        if issubclass(kind, complex):
            return v.Complex(complex.__complex__(obj).real, complex.__complex__(obj).imag)
        if issubclass(kind, (bytes, bytearray)):
            return v.Bytes(bytes(obj))
        return None

    def _container(self, obj: Any, depth: int) -> v.Value:
        kind = type(obj)
        if issubclass(kind, (list, set, dict)):
            self.mutable.append(obj)
        if issubclass(kind, self._torch.Size):
            return v.Items("size", [int(n) for n in obj])
        if issubclass(kind, list):
            return v.Items("list", [self.value(item, depth) for item in list.__iter__(obj)])
        if issubclass(kind, tuple):
            return v.Items("tuple", [self.value(item, depth) for item in tuple.__iter__(obj)])
        if issubclass(kind, set):
            return v.Items("set", [self.value(item, depth) for item in set.__iter__(obj)])
        if issubclass(kind, frozenset):
            return v.Items("frozenset", [self.value(item, depth) for item in frozenset.__iter__(obj)])
        if issubclass(kind, dict):
            return v.Mapping([(self.value(k, depth), self.value(x, depth)) for k, x in dict.items(obj)])
        if kind in (slice, range):
            start, stop, step = (self.value(part, depth) for part in (obj.start, obj.stop, obj.step))
            return v.Slice(start, stop, step, kind is range)
        return self._array(obj)

    def _array(self, obj: Any) -> v.Value:
        np = sys.modules.get("numpy")
        if np is None or not issubclass(type(obj), (np.ndarray, np.generic)) or obj.dtype.name not in _ARRAY_DTYPES:
            return None
        if obj.nbytes > MAX_PAYLOAD:
            raise Unsendable(f"an array of shape {obj.shape} is larger than {MAX_PAYLOAD >> 20} MB")
        array = np.array(obj, dtype=obj.dtype.newbyteorder("<"), order="C", subok=False)
        piece = memoryview(array.reshape(-1).view(np.uint8)) if array.size else memoryview(b"")
        scalar = issubclass(type(obj), np.generic)
        if not scalar:
            self.mutable.append(obj)
        writable = scalar or bool(obj.flags.writeable)
        return v.Array(array.dtype.name, list(array.shape), self._buffers.add(piece), scalar, writable)

    def _named(self, obj: Any) -> v.Value:
        if obj is ...:
            return v.Name("ellipsis")
        if type(obj) is self._torch.dtype:
            return v.Name("dtype", str(obj).removeprefix("torch."))
        if type(obj) is self._torch.device:
            return v.Name("device", str(obj))
        return None


class Decoder:
    """Turns the values of one message into objects, checking each against the payload that came with it."""

    def __init__(self, torch: Any, payload: bytearray, on_reference: Callable[[v.Value], Any]) -> None:
        self._torch = torch
        self._payload = payload
        self._on_reference = on_reference
        self._nodes = 0
        self.mutable: list[Any] = []
        """The lists, sets, dicts and arrays that were made, in the order in which the Encoder met them."""

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
            case v.Name(type="dtype" | "device" | "ellipsis"):
                return self._name(value)
            case _:
                return self._on_reference(value)

    def tensor(self, value: v.Tensor) -> Any:
        """A plain torch.Tensor over the payload's bytes, not requiring grad."""
        torch = self._torch
        count = self._check(value.dtype, value.shape, value.offset)
        dtype = getattr(torch, value.dtype)
        if count == 0:
            return torch.empty(value.shape, dtype=dtype)
        if value.dtype == "bool":  # a byte other than 0 and 1 would be a bool that sums to more than one
            flat = torch.frombuffer(self._payload, dtype=torch.uint8, count=count, offset=value.offset) != 0
        else:
            flat = torch.frombuffer(self._payload, dtype=dtype, count=count, offset=value.offset)
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
        if span > 8 * dense.numel() + 64:
            return dense.expand(shape)
        steps = [stride if size > 1 else 1 for stride, size in zip(strides, kept, strict=True)]
        laid = self._torch.empty_strided(kept, steps, dtype=dense.dtype)
        return laid.copy_(dense).expand(shape)

    def _check(self, dtype: str, shape: list[int], offset: int) -> int:
        size = _ITEM_SIZES.get(dtype)
        if size is None or len(shape) > 32 or any(n < 0 for n in shape):
            raise WireError("a tensor of unknown dtype or impossible shape")
        if math.prod(max(n, 1) for n in shape) > _MAX_ELEMENTS:
            raise WireError("a tensor of impossible shape")
        count = math.prod(shape)
        if offset < 0 or offset % 16 or offset + count * size > len(self._payload):
            raise WireError("a tensor that reaches beyond its frame")
        return count

    def _array(self, value: v.Array) -> Any:
        import numpy as np

        if value.dtype not in _ARRAY_DTYPES:
            raise WireError("an array of unknown dtype")
        count = self._check(value.dtype, value.shape, value.offset)
        dtype = "uint8" if value.dtype == "bool" else value.dtype
        flat = np.frombuffer(self._payload, dtype=dtype, count=count, offset=value.offset)
        array = (flat != 0 if value.dtype == "bool" else flat).reshape(value.shape)
        if value.scalar:
            if array.ndim:
                raise WireError("a scalar with dimensions")
            return array.dtype.type(array[()])
        array.flags.writeable = value.writable
        self.mutable.append(array)
        return array

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
        except TypeError as error:
            raise WireError("a dict with a key that cannot be one") from error
        self.mutable[place] = made
        return made

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
        return range(*parts)

    def _name(self, value: v.Name) -> Any:
        if value.type == "ellipsis":
            return ...
        if value.type == "dtype" and value.name in _ITEM_SIZES:
            return getattr(self._torch, value.name)
        if value.type == "device":
            try:
                return self._torch.device(value.name)
            except RuntimeError as error:
                raise WireError("a device that is none") from error
        raise WireError("a dtype that is none")


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
