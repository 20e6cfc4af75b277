"""Python objects to wire values. Objects that are no plain value are left to the two hooks.

torch is handed in by each side, and used for nothing but the layout of tensors.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from autograder.wire import values as v
from autograder.wire.classes import MAPPINGS, class_name
from autograder.wire.dtypes import ARRAY_DTYPES, ITEM_SIZES, MAX_DEPTH, MAX_NODES, is_long
from autograder.wire.exact import pack_exact
from autograder.wire.frames import MAX_PAYLOAD, Buffers, Unsendable
from autograder.wire.named import fields_of
from autograder.wire.tables import is_table, pack_table

_NO_VALUES = (
    "a tensor that holds no values cannot cross: it is on the device meta, or inside torch.func or vmap (where "
    "requires_grad and backward do the same)"
)
_INT64 = range(-(1 << 63), 1 << 63)


def pack_tensor(torch: Any, tensor: Any, buffers: Buffers, **fields: Any) -> v.Tensor:
    """The tensor's elements in C order, and how they lay. `fields` go into the value as they are.

    Raises:
        Unsendable: no dtype of the wire, more bytes than a frame may have, or no memory at all.
    """
    dtype = _name(tensor.dtype)
    if dtype not in ITEM_SIZES:
        raise Unsendable(f"a tensor of dtype {dtype} cannot cross")
    if tensor.numel() * ITEM_SIZES[dtype] > MAX_PAYLOAD:
        raise Unsendable(f"a tensor of shape {tuple(tensor.shape)} is larger than {MAX_PAYLOAD >> 20} MB")
    plain = tensor.detach()
    if plain.layout is not torch.strided:
        plain = plain.to_dense()
    if torch._C._functorch.is_functorch_wrapped_tensor(plain):
        raise Unsendable(_NO_VALUES)
    if plain.device.type != "cpu":
        try:
            plain = plain.cpu()
        except NotImplementedError as error:
            raise Unsendable(_NO_VALUES) from error
    if plain.is_complex() or plain.is_neg():
        plain = plain.resolve_conj().resolve_neg()
    shape = list(plain.shape)
    strides = None if plain.is_contiguous() else list(plain.stride())
    # A size-one dimension may have any stride in a contiguous tensor; view() wants the last one to be 1.
    flat = plain.contiguous().as_strided((plain.numel(),), (1,))
    piece = memoryview(flat.view(torch.uint8).numpy()) if flat.numel() else memoryview(b"")
    section, offset = buffers.add(piece)
    return v.Tensor(dtype=dtype, shape=shape, offset=offset, strides=strides, section=section, **fields)


@cache
def _name(dtype: Any) -> str:
    return str(dtype).removeprefix("torch.")


def plain_text(text: str) -> str:
    """`text` as UTF-8 can hold it, a plain str: half characters become escapes."""
    return str.__str__(text).encode("utf-8", "backslashreplace").decode("utf-8")


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
        """The lists, sets, dicts, arrays and tables that were met, in the order in which the Decoder meets them."""
        self.given: dict[int, int] = {}
        """Those that the other end has, and that may stand for themselves once: their positions by `id`."""

    def value(self, obj: Any, depth: int = 0) -> v.Value:
        """`obj` as a value. Subclasses of plain types cross as the plain type, but for named tuples and what the
        standard library makes of a dict.

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
        if id(obj) in self.given:
            return v.Given(self.given.pop(id(obj)))
        container = self._container(obj, depth + 1)
        if container is not None:
            return container
        named = self._named(obj)
        return named if named is not None else self._on_object(obj)

    def _scalar(self, obj: Any) -> v.Value:
        kind = type(obj)
        np = sys.modules.get("numpy")
        if np is not None and issubclass(kind, np.generic) and obj.dtype.name in ARRAY_DTYPES:
            return None  # float64 is a float, and crosses as what it is all the same
        if issubclass(kind, int):
            number = int.__index__(obj)
            return number if number in _INT64 else v.BigInt(hex(number))
        if issubclass(kind, float):
            return float.__float__(obj)
        if issubclass(kind, str):
            return plain_text(obj)
        if issubclass(kind, complex):
            return v.Complex(complex.__complex__(obj).real, complex.__complex__(obj).imag)
        if issubclass(kind, (bytes, bytearray)):
            return v.Bytes(bytes(obj))
        return pack_exact(obj)

    def _container(self, obj: Any, depth: int) -> v.Value:
        kind = type(obj)
        if issubclass(kind, (list, set, dict)):
            self.mutable.append(obj)
        if issubclass(kind, self._torch.Size):
            return v.Items("size", [int(n) for n in obj])
        if issubclass(kind, list):
            return v.Items("list", [self.value(item, depth) for item in list.__iter__(obj)])
        if issubclass(kind, tuple):
            return self._tuple(obj, depth)
        if issubclass(kind, set):
            return v.Items("set", [self.value(item, depth) for item in set.__iter__(obj)])
        if issubclass(kind, frozenset):
            return v.Items("frozenset", [self.value(item, depth) for item in frozenset.__iter__(obj)])
        if issubclass(kind, dict):
            name, items = next((n, base.items) for n, base in MAPPINGS.items() if issubclass(kind, base))
            factory = class_name(obj.default_factory) if name == "default" else ""
            return v.Mapping([(self.value(k, depth), self.value(x, depth)) for k, x in items(obj)], name, factory)
        if kind is range and is_long(obj):
            raise Unsendable(f"a range of more than {MAX_NODES:,} numbers cannot cross")
        if kind in (slice, range):
            start, stop, step = (self.value(part, depth) for part in (obj.start, obj.stop, obj.step))
            return v.Slice(start, stop, step, kind is range)
        return self._table(obj, depth) if is_table(obj) else self._array(obj)

    def _tuple(self, obj: Any, depth: int) -> v.Value:
        items = [self.value(item, depth) for item in tuple.__iter__(obj)]
        fields = None if type(obj) is tuple else fields_of(type(obj))
        if fields is None or len(fields) != len(items):
            return v.Items("tuple", items)
        return v.Named(type(obj).__name__, list(fields), items)

    def _table(self, obj: Any, depth: int) -> v.Value:
        met, self.mutable = self.mutable, []  # the parts of a table change with it, not by themselves
        try:
            packed = pack_table(obj, lambda part: self.value(part, depth))
        finally:
            self.mutable = met
        if packed is not None:
            self.mutable.append(obj)
        return packed

    def _array(self, obj: Any) -> v.Value:
        np = sys.modules.get("numpy")
        if np is None or not issubclass(type(obj), (np.ndarray, np.generic)) or obj.dtype.name not in ARRAY_DTYPES:
            return None
        if obj.nbytes > MAX_PAYLOAD:
            raise Unsendable(f"an array of shape {obj.shape} is larger than {MAX_PAYLOAD >> 20} MB")
        fortran = bool(obj.flags.fnc)
        order: Literal["C", "F"] = "F" if fortran else "C"
        array = np.array(obj, dtype=obj.dtype.newbyteorder("<"), order=order, subok=False)
        piece = memoryview(array.reshape(-1, order=order).view(np.uint8)) if array.size else memoryview(b"")
        scalar = issubclass(type(obj), np.generic)
        if not scalar:
            self.mutable.append(obj)
        writable = scalar or bool(obj.flags.writeable)
        section, offset = self._buffers.add(piece)
        return v.Array(array.dtype.name, list(array.shape), offset, scalar, writable, section, fortran)

    def _named(self, obj: Any) -> v.Value:
        if obj is ...:
            return v.Name("ellipsis")
        if type(obj) is self._torch.dtype:
            return v.Name("dtype", _name(obj))
        if type(obj) is self._torch.device:
            return v.Name("device", str(obj))
        name = class_name(obj)
        return v.Name("class", name) if name else None
