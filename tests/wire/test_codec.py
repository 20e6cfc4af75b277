from __future__ import annotations

import math
from collections import Counter, OrderedDict, defaultdict, namedtuple
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pair import decoded, round_trip

from autograder.wire import values as v
from autograder.wire.frames import Unsendable, WireError

DTYPES = [
    *(torch.bool, torch.uint8, torch.int8, torch.uint16, torch.int16, torch.uint32, torch.int32, torch.uint64),
    *(torch.int64, torch.float8_e4m3fn, torch.float8_e5m2, torch.float16, torch.bfloat16, torch.float32),
    *(torch.float64, torch.complex64, torch.complex128),
]
text = st.text(st.characters(codec="utf-8"))
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.integers(min_value=1 << 62, max_value=1 << 300),
    st.floats(),
    st.complex_numbers(),
    text,
    st.binary(),
)
Pair = namedtuple("Pair", "left right")
hashable = st.one_of(st.integers(), text, st.binary(), st.tuples(st.integers(), text))
nested = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(hashable, inner, max_size=4),
        st.dictionaries(hashable, inner, max_size=4).map(OrderedDict),
        st.dictionaries(hashable, st.integers(), max_size=4).map(Counter),
        st.builds(Pair, inner, inner),
        st.builds(defaultdict, st.sampled_from([None, int, list]), st.dictionaries(hashable, inner, max_size=3)),
        st.sets(hashable, max_size=4),
        st.frozensets(hashable, max_size=4),
    ),
    max_leaves=20,
)


def alike(one: Any, other: Any) -> bool:
    """Equality of type and value in which NaN equals NaN and the zeros differ."""
    if type(one) is not type(other):
        return False
    if isinstance(one, float):
        return (math.isnan(one) and math.isnan(other)) or (
            one == other and math.copysign(1, one) == math.copysign(1, other)
        )
    if isinstance(one, complex):
        return alike(one.real, other.real) and alike(one.imag, other.imag)
    if isinstance(one, defaultdict) and one.default_factory is not other.default_factory:
        return False
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, dict):
        return list(one) == list(other) and all(alike(one[key], other[key]) for key in one)
    return bool(one == other)


def bits(tensor: torch.Tensor) -> bytes:
    return tensor.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()


@settings(max_examples=150, deadline=None)
@given(nested)
def test_plain_values_come_back_as_they_were(value: Any) -> None:
    assert alike(round_trip(value), value)


@pytest.mark.parametrize("value", [slice(None), slice(1, None, -2), range(5), range(9, 0, -3), ..., torch.Size([2, 3])])
def test_slices_ranges_and_sizes_come_back(value: Any) -> None:
    assert round_trip(value) == value
    assert type(round_trip(value)) is type(value)


@pytest.mark.parametrize("value", [torch.float32, torch.bool, torch.bfloat16, torch.device("cpu")])
def test_dtypes_and_devices_come_back(value: Any) -> None:
    assert round_trip(value) == value


def test_lone_surrogates_cross_as_their_escape() -> None:
    assert round_trip("a\ud800b") == "a\\ud800b"


def test_an_ordered_dict_keeps_the_order_that_it_was_given() -> None:
    value = OrderedDict.fromkeys("abc", 0)
    value.move_to_end("a")
    assert list(round_trip(value)) == ["b", "c", "a"]


def test_a_named_tuple_of_a_class_that_is_not_known_here_has_its_fields() -> None:
    def made(name: str, fields: list[str]) -> Any:
        return decoded(v.Named(name, fields, [1, 2]))

    point = made("Point", ["x", "y"])
    assert point == (1, 2)
    assert repr(point._replace(y=3)) == "Point(x=1, y=3)"
    assert type(made("Point", ["x", "y"])) is type(point)
    for fields in (
        ["x", "x"],
        ["x"],
        ["x", "_y"],
        ["x", "class"],
        ["x", "1"],
        ["x", "a b"],
        ["x", "y" * 65],
        ["fi", "ﬁ"],
    ):
        with pytest.raises(WireError):
            made("Point", fields)
    with pytest.raises(WireError):
        made("Po int", ["x", "y"])


def test_what_torch_returns_under_names_keeps_them() -> None:
    found = round_trip(torch.tensor([[3.0, 5.0]]).max(dim=1))
    assert found.values.tolist() == [5.0]
    assert found.indices.tolist() == [1]


@pytest.mark.parametrize("fields", [["_0", "b"], ["é" * 70, "b"]])
def test_a_named_tuple_whose_fields_cannot_cross_is_a_tuple(fields: list[str]) -> None:
    odd = type("Odd", (tuple,), {"_fields": tuple(fields)})
    assert type(round_trip(odd((1, 2)))) is tuple


def test_many_classes_of_named_tuples_in_one_message_are_refused() -> None:
    many = v.Items("list", [v.Named(f"P{n}", ["x"], [n]) for n in range(300)])
    with pytest.raises(WireError, match="more than 200 classes"):
        decoded(many)


def test_subclasses_of_plain_types_cross_as_the_plain_type() -> None:
    class Sly(int):
        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = int.__hash__

    class Loud(str):
        def __str__(self) -> str:
            return "other"

    class Odd(dict[str, int]):
        def items(self) -> Any:
            return [("x", 0)]

    class Short(list[int]):
        def __iter__(self) -> Any:
            return iter(())

    assert type(round_trip(Sly(3))) is int
    assert round_trip(Sly(3)) == 3
    assert round_trip(Loud("told")) == "told"
    assert round_trip(Odd(a=1)) == {"a": 1}
    assert round_trip(Short([1, 2])) == [1, 2]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_tensors_of_every_dtype_and_layout_keep_bits_shape_and_strides(dtype: torch.dtype, data: st.DataObject) -> None:
    shape = data.draw(st.lists(st.integers(0, 4), max_size=4))
    order = data.draw(st.permutations(range(len(shape))))
    size = torch.empty((), dtype=dtype).element_size()
    raw = data.draw(st.binary(min_size=math.prod(shape) * size, max_size=math.prod(shape) * size))
    if dtype is torch.bool:
        raw = bytes(byte & 1 for byte in raw)
    flat = torch.frombuffer(bytearray(raw), dtype=dtype) if raw else torch.empty(0, dtype=dtype)
    tensor = flat.reshape(shape).permute(order)
    back = round_trip(tensor)
    assert (back.dtype, back.shape, bits(back)) == (tensor.dtype, tensor.shape, bits(tensor))
    if tensor.numel():
        assert [s for s, n in zip(back.stride(), back.shape, strict=True) if n > 1] == [
            s for s, n in zip(tensor.stride(), tensor.shape, strict=True) if n > 1
        ]


def test_slices_and_expansions_of_tensors_keep_their_values_and_their_kind_of_memory() -> None:
    base = torch.arange(24.0).reshape(4, 6)
    for tensor in (base[::2, 1::2], base[:, ::3].T, base[1], base[:1].expand(3, 6), torch.ones(1, 1).expand(2, 2)):
        back = round_trip(tensor)
        assert torch.equal(back, tensor)
        assert [s == 0 for s in back.stride()] == [s == 0 for s in tensor.stride()]
    with pytest.raises(RuntimeError, match="single memory location"):
        round_trip(base[:1].expand(3, 6)).add_(1)


def test_overlapping_windows_keep_their_values() -> None:
    windows = torch.arange(8.0).unfold(0, 3, 1)
    assert torch.equal(round_trip(windows), windows)


def test_lazily_conjugated_negated_sparse_and_inference_tensors_cross_as_dense_values() -> None:
    z = torch.tensor([1 + 2j, 3 - 4j])
    assert torch.equal(round_trip(z.conj()), z.conj().resolve_conj())
    assert torch.equal(round_trip(z.conj().imag), z.conj().imag)
    assert torch.equal(round_trip(torch.eye(3).to_sparse()), torch.eye(3))
    with torch.inference_mode():
        made = torch.ones(3) * 2
    assert torch.equal(round_trip(made), torch.full((3,), 2.0))


def test_tensors_without_values_are_refused_in_words() -> None:
    def sent(x: torch.Tensor) -> torch.Tensor:
        round_trip(x)
        return x.sum()

    for attempt in (
        lambda: torch.func.grad(sent)(torch.ones(3)),
        lambda: torch.vmap(sent)(torch.ones(3, 2)),
        lambda: round_trip(torch.empty(3, device="meta")),
    ):
        with pytest.raises(Unsendable, match="holds no values"):
            attempt()


def test_what_came_is_writable_and_owns_its_bytes() -> None:
    one = round_trip([torch.zeros(3), torch.zeros(3), np.zeros(3)])
    one[0] += 1
    one[2] += 1
    assert one[1].tolist() == [0, 0, 0]
    assert one[2].tolist() == [1, 1, 1]


@pytest.mark.parametrize("name", ["bool", "int8", "uint16", "uint64", "float16", "float32", "float64", "complex64"])
@pytest.mark.parametrize("shape", [(), (0,), (2, 0, 3), (3,), (2, 3)])
def test_arrays_come_back(name: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape)).reshape(shape).astype(name)
    back = round_trip(array)
    assert type(back) is np.ndarray
    assert (back.dtype, back.shape, back.tobytes()) == (array.dtype, array.shape, array.tobytes())


def test_arrays_of_other_orders_and_classes_cross_as_plain_arrays() -> None:
    array = np.arange(6.0).reshape(2, 3)
    for odd in (array.T, array[::-1], array.astype(">f8"), np.asfortranarray(array), np.ma.masked_array(array)):
        back = round_trip(odd)
        assert type(back) is np.ndarray
        assert np.array_equal(back, np.asarray(odd))


@pytest.mark.parametrize("name", ["bool", "int16", "float64"])
@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 4), (2, 0, 3), (1, 3), (3,)])
def test_arrays_keep_the_order_of_their_elements_in_memory(name: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape)).reshape(shape).astype(name)
    for ordered in (array, np.asfortranarray(array), array.T):
        back = round_trip(ordered)
        assert np.array_equal(back, ordered)
        assert (back.flags.c_contiguous, back.flags.f_contiguous) == (
            ordered.flags.c_contiguous,
            ordered.flags.f_contiguous,
        )
        assert back.ravel(order="K").tolist() == ordered.ravel(order="K").tolist()


def test_arrays_that_must_not_be_written_to_stay_so() -> None:
    array = np.zeros(3)
    array.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        round_trip(array)[0] = 1


@pytest.mark.parametrize("value", [np.float32(1.5), np.float64(2.5), np.bool_(True), np.int8(-3), np.complex64(1j)])
def test_array_scalars_keep_their_type(value: Any) -> None:
    back = round_trip(value)
    assert type(back) is type(value)
    assert back == value


def test_containers_that_contain_themselves_or_have_no_end_are_refused() -> None:
    loop: list[Any] = []
    loop.append(loop)
    deep: Any = 0
    for _ in range(70):
        deep = [deep]
    for endless in (loop, deep, [0] * 1_000_001):
        with pytest.raises(Unsendable):
            round_trip(endless)


def test_what_is_larger_than_a_frame_is_refused_before_it_is_copied() -> None:
    with pytest.raises(Unsendable, match="larger than"):
        round_trip(torch.empty(1).expand(1 << 40))
    with pytest.raises(Unsendable, match="larger than"):
        round_trip(np.broadcast_to(np.zeros(1), (1 << 40,)))
