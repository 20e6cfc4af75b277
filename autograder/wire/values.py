"""What may cross: plain values, tensors and arrays as raw bytes, references, and the three messages.

Every struct is strict (unknown fields are refused), so a frame either is one of these or is an error.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="k", omit_defaults=True):
    pass


class Bytes(_Strict, frozen=True, tag="bytes"):
    """bytes."""

    data: bytes


class BigInt(_Strict, frozen=True, tag="int"):
    """An integer outside 64 bits, in hexadecimal."""

    hex: str


class Complex(_Strict, frozen=True, tag="complex"):
    """A complex number."""

    real: float
    imag: float


class Items(_Strict, frozen=True, tag="items"):
    """A list, tuple, set, frozenset, or torch.Size."""

    type: Literal["list", "tuple", "set", "frozenset", "size"]
    items: list[Value]


class Mapping(_Strict, frozen=True, tag="dict"):
    """A dict, in its own order."""

    items: list[tuple[Value, Value]]


class Slice(_Strict, frozen=True, tag="slice"):
    """slice(start, stop, step), or a range."""

    start: Value = None
    stop: Value = None
    step: Value = None
    range: bool = False


class Name(_Strict, frozen=True, tag="name"):
    """A torch dtype, a device, the Ellipsis, or a public object of torch's by its dotted name."""

    type: Literal["dtype", "device", "ellipsis", "torch"]
    name: str = ""


class Tensor(_Strict, frozen=True, tag="tensor"):
    """A dense tensor: little-endian bytes in C order at `offset` of the payload.

    `strides` (in elements) are those of the original where it was not contiguous. `grad`: it requires grad.
    `leaf`: it is a leaf (a parameter). `owned`: in a reply, the reference under which the sender keeps this leaf.
    `gradient`: the leaf's own `.grad`.
    """

    dtype: str
    shape: list[int]
    offset: int
    strides: list[int] | None = None
    grad: bool = False
    leaf: bool = True
    owned: int | None = None
    gradient: Tensor | None = None


class Array(_Strict, frozen=True, tag="array"):
    """A numpy array, or a numpy scalar."""

    dtype: str
    shape: list[int]
    offset: int
    scalar: bool = False


class Ref(_Strict, frozen=True, tag="ref"):
    """An object that stays where it is. `mine`: with the sender; else the receiver gets back its own."""

    id: int
    mine: bool
    type: str = ""
    callable: bool = False


class Leaf(_Strict, frozen=True, tag="leaf"):
    """A leaf tensor of the receiver's own, with new content where the sender has changed it."""

    id: int
    content: Tensor | None = None


class Sent(_Strict, frozen=True, tag="sent"):
    """The n-th tensor of the request that this replies to."""

    index: int


class Out(_Strict, frozen=True, tag="out"):
    """The n-th differentiable output of this reply."""

    index: int


Value: TypeAlias = (
    None
    | bool
    | int
    | float
    | str
    | Bytes
    | BigInt
    | Complex
    | Items
    | Mapping
    | Slice
    | Name
    | Tensor
    | Array
    | Ref
    | Leaf
    | Sent
    | Out
)


class Request(_Strict, frozen=True, tag="request"):
    """Do `op` with these arguments. `grad`: whether autograd records. `release`: references no longer held."""

    id: int
    op: str
    args: list[Value] = []
    kwargs: dict[str, Value] = {}
    grad: bool = True
    release: list[int] = []


class Return(_Strict, frozen=True, tag="return"):
    """A request's result.

    `node` names the graph kept for `outputs`; `leaves` the owned leaves it reaches that the receiver knows;
    `sink`: it reaches others too. `mutated`: tensors of the request that changed in place, by index.
    `touched`: owned leaves whose content or gradient changed.
    """

    id: int
    value: Value = None
    node: int = 0
    outputs: list[Tensor] = []
    leaves: list[int] = []
    sink: bool = False
    mutated: list[tuple[int, Tensor]] = []
    touched: list[Tensor] = []


class Raise(_Strict, frozen=True, tag="raise"):
    """A request's exception, as text. `reason` is a finding's reason."""

    id: int
    type: str
    message: str
    trace: str = ""
    reason: Literal["exception", "missing_name", "out_of_memory", "limit"] = "exception"


Reply: TypeAlias = Return | Raise
Message: TypeAlias = Request | Return | Raise
