"""The dtypes that cross, and the bounds that both directions share."""

from __future__ import annotations

MAX_DEPTH = 64
MAX_NODES = 1_000_000
ITEM_SIZES = {
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
ARRAY_DTYPES = frozenset(name for name in ITEM_SIZES if not name.startswith(("bfloat", "float8")))


def is_long(numbers: range) -> bool:
    """Whether it has more numbers than a value may have parts: whoever lists it would run out of memory."""
    return bool(numbers[MAX_NODES:])
