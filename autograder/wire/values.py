"""What may cross: plain values, tensors and arrays as raw bytes, references, and the three messages.

Every struct is strict (unknown fields are refused), so a frame either is one of these or is an error.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

ExactType: TypeAlias = Literal["decimal", "fraction", "datetime", "date", "time", "timedelta"]


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


class Exact(_Strict, frozen=True, tag="exact"):
    """A number or a moment of the standard library, as its own type writes it."""

    type: ExactType
    text: str


class Items(_Strict, frozen=True, tag="items"):
    """A list, tuple, set, frozenset, or torch.Size."""

    type: Literal["list", "tuple", "set", "frozenset", "size"]
    items: list[Value]


class Named(_Strict, frozen=True, tag="named"):
    """A named tuple: its class's name, its fields and what they hold."""

    name: str
    fields: list[str]
    items: list[Value]


class Mapping(_Strict, frozen=True, tag="dict"):
    """A dict, Counter, OrderedDict or defaultdict, in its own order. `factory`: the name of one of Python's classes."""

    items: list[tuple[Value, Value]]
    type: Literal["dict", "counter", "ordered", "default"] = "dict"
    factory: str = ""


class Slice(_Strict, frozen=True, tag="slice"):
    """slice(start, stop, step), or a range."""

    start: Value = None
    stop: Value = None
    step: Value = None
    range: bool = False


class Name(_Strict, frozen=True, tag="name"):
    """A torch dtype, a device, the Ellipsis, a public object of torch's by its dotted name, or a class of Python's."""

    type: Literal["dtype", "device", "ellipsis", "torch", "class"]
    name: str = ""


class Tensor(_Strict, frozen=True, tag="tensor"):
    """A dense tensor: little-endian bytes in C order at `offset` of a section of the payload.

    `strides` (in elements) are those of the original where it was not contiguous. `grad`: it requires grad.
    `leaf`: it is a leaf. `owned`: the reference under which its owner keeps this leaf. `gradient`: its own `.grad`.
    `parameter`: it is an nn.Parameter. `device`: where the receiver is to put it, if not on the CPU.
    """

    dtype: str
    shape: list[int]
    offset: int
    strides: list[int] | None = None
    grad: bool = False
    leaf: bool = True
    owned: int | None = None
    gradient: Tensor | None = None
    parameter: bool = False
    device: str = ""
    section: int = 0


class Array(_Strict, frozen=True, tag="array"):
    """A numpy array, or a numpy scalar: little-endian bytes in C order, or, of a `fortran` array, in Fortran's."""

    dtype: str
    shape: list[int]
    offset: int
    scalar: bool = False
    writable: bool = True
    section: int = 0
    fortran: bool = False


class Column(_Strict, frozen=True, tag="column"):
    """A column of a table, or one level of its index.

    `data`: an Array (of numbers; of the int64 behind moments; of codes, where there are `categories`), a range, or a
    list of cells.
    """

    dtype: str
    data: Value
    name: Value = None
    categories: Column | None = None
    ordered: bool = False


class Table(_Strict, frozen=True, tag="table"):
    """A pandas DataFrame, Series (one column) or Index (none). `index`, `labels`: a column for each level."""

    type: Literal["frame", "series", "index"]
    index: list[Column]
    columns: list[Column] = []
    labels: list[Column] = []


class Ref(_Strict, frozen=True, tag="ref"):
    """An object that stays where it is. `mine`: with the sender; else the receiver gets back its own."""

    id: int
    mine: bool
    type: str = ""
    callable: bool = False


class Leaf(_Strict, frozen=True, tag="leaf"):
    """A leaf tensor of the receiver's own."""

    id: int


class Sent(_Strict, frozen=True, tag="sent"):
    """The n-th tensor of this request, or of the request that this replies to."""

    index: int


class Given(_Strict, frozen=True, tag="given"):
    """The n-th list, set, dict, array or table of the request that this replies to, itself.

    It stands for each at most once, so that no answer is much larger than its question.
    """

    index: int


class Out(_Strict, frozen=True, tag="out"):
    """The n-th differentiable output of this reply."""

    index: int


Value: TypeAlias = (
    bool
    | int
    | float
    | str
    | Bytes
    | BigInt
    | Complex
    | Exact
    | Items
    | Named
    | Mapping
    | Slice
    | Name
    | Tensor
    | Array
    | Table
    | Ref
    | Leaf
    | Sent
    | Given
    | Out
    | None
)


class Change(_Strict, frozen=True, tag="change"):
    """The n-th tensor of the request was changed in place: its content, its `.grad`, or both.

    `content` is an Out where autograd has recorded the change. `graded`: `gradient` is the new `.grad`.
    """

    index: int
    content: Tensor | Out | None = None
    gradient: Tensor | None = None
    graded: bool = False


class Request(_Strict, frozen=True, tag="request"):
    """Do `op` with these arguments. `grad`: whether autograd records.

    `release`: references no longer held here, and how often each had come. `touched`: leaves of the sender's own that
    changed. `written`: leaves of the receiver's own that the sender changed. `sections`: bytes of each large piece of
    the payload, of which the n-th is section n; section 0 is what lies before them.
    """

    id: int
    op: str
    args: list[Value] = []
    kwargs: dict[str, Value] = {}
    grad: bool = True
    release: list[tuple[int, int]] = []
    touched: list[Tensor] = []
    written: list[Tensor] = []
    sections: list[int] = []


class Return(_Strict, frozen=True, tag="return"):
    """A request's result.

    `node` names the graph kept for `outputs`; `leaves` the owned leaves it reaches that the receiver knows;
    `sink`: it reaches others too. `changes`: tensors of the request that changed in place. `contents`: lists, dicts,
    sets and arrays of the request that changed, by index. The rest is as in a Request.
    """

    id: int
    value: Value = None
    node: int = 0
    outputs: list[Tensor] = []
    leaves: list[int] = []
    sink: bool = False
    changes: list[Change] = []
    contents: list[tuple[int, Value]] = []
    release: list[tuple[int, int]] = []
    touched: list[Tensor] = []
    written: list[Tensor] = []
    sections: list[int] = []


class Raise(_Strict, frozen=True, tag="raise"):
    """A request's exception, as text. `reason` is a finding's reason.

    `bases`: names of the type's own bases, nearest first. `origin`: the exception is the receiver's own, raised when
    it was called back; its number.
    """

    id: int
    type: str
    message: str
    trace: str = ""
    reason: Literal["exception", "missing_name", "out_of_memory", "limit"] = "exception"
    bases: list[str] = []
    origin: int = 0


Reply: TypeAlias = Return | Raise
Message: TypeAlias = Request | Return | Raise
