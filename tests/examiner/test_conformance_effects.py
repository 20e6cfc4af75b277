"""What student code does to its arguments, and what kinds of values come back: the same on both transports.

PYTEST_DONT_REWRITE: the examiner runs checks with plain assertions.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from transports import AcrossTheWire, Transport

from autograder.checks import Failure, close, unchanged
from autograder.course import Outcome, Reason


@pytest.mark.parametrize(
    "body",
    [
        "x += 1",
        "x[0] = 9",
        "x.data[0] = 9",
        "x.numpy()[0] = 9",
        "x.mul_(1)",
        "x.t_()",
        "x.unsqueeze_(0)",
        "x.resize_(1)",
    ],
)
def test_a_tensor_changed_in_place_is_seen_as_changed(transport: Transport, body: str) -> None:
    student = transport.student(f"def f(x):\n    {body}")
    x, twin = torch.arange(4.0).reshape(2, 2), torch.arange(4.0).reshape(2, 2)
    exec(body, {"x": twin})
    with pytest.raises(Failure, match="in place"), unchanged(x):
        student.f(x)
    assert x.shape == twin.shape
    assert torch.equal(x, twin)


def test_a_change_that_is_undone_is_seen_by_the_version(transport: Transport) -> None:
    student = transport.student("def f(x):\n    x += 1\n    x -= 1\ndef g(x): return x + 1")
    x = torch.zeros(3)
    student.g(x)
    assert x._version == 0
    student.f(x)
    assert x._version > 0


@pytest.mark.parametrize(
    ("body", "value", "after"),
    [
        ("v.sort()", [3, 1, 2], [1, 2, 3]),
        ("v.append(4)", [3], [3, 4]),
        ("v[0].append(1)", [[], 2], [[1], 2]),
        ("v['a'] = 5", {"a": 1, "b": 2}, {"a": 5, "b": 2}),
        ("v.pop('a')", {"a": 1}, {}),
        ("v['in'].add(3)", {"in": {1}}, {"in": {1, 3}}),
        ("v[(1, 2)][0] = 1", {(1, 2): [0], (3,): [0]}, {(1, 2): [1], (3,): [0]}),
    ],
)
def test_lists_dicts_and_sets_changed_in_place_are_changed_here_too(
    transport: Transport, body: str, value: Any, after: Any
) -> None:
    student = transport.student(f"def f(v):\n    {body}")
    value = copy.deepcopy(value)
    assert student.f(value) is None
    assert value == after


def test_an_array_changed_in_place_is_changed_here_too(transport: Transport) -> None:
    student = transport.student("def f(a): a[0] = 7\ndef g(a): return a + 1")
    array = np.zeros(3)
    with unchanged(array):
        student.g(array)
    with pytest.raises(Failure, match="in place"), unchanged(array):
        student.f(array)
    assert array.tolist() == [7, 0, 0]
    fixed = np.zeros(3)
    fixed.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        student.f(fixed)


def test_an_argument_that_is_returned_is_itself(transport: Transport) -> None:
    student = transport.student("def f(x, y): return y, [x], x + 0")
    x, y = torch.ones(2), torch.ones(3)
    first, (second,), third = student.f(x, y)
    assert first is y
    assert second is x
    assert third is not x


def test_expanded_arguments_cannot_be_written_to(transport: Transport) -> None:
    student = transport.student("def f(x): x += 1")
    with pytest.raises(RuntimeError, match="single memory location"):
        student.f(torch.zeros(1).expand(3))


def test_layouts_come_as_they_are(transport: Transport) -> None:
    student = transport.student("def f(x): return x.is_contiguous(), x.stride(), x.t()")
    contiguous, stride, back = student.f(torch.arange(6).reshape(2, 3).t())
    assert (contiguous, stride) == (False, (1, 3))
    assert back.is_contiguous()


VALUES: list[tuple[str, Any]] = [
    ("None", None),
    ("True", True),
    ("10 ** 40", 10**40),
    ("1.5", 1.5),
    ("1j", 1j),
    ("'é\\n'", "é\n"),
    ("b'ab'", b"ab"),
    ("{'a': [1, (2, {3})]}", {"a": [1, (2, {3})]}),
    ("slice(1, 2)", slice(1, 2)),
    ("range(3)", range(3)),
    ("torch.float16", torch.float16),
    ("torch.ones(2).shape", torch.Size([2])),
    ("...", ...),
]


@pytest.mark.parametrize(("source", "value"), VALUES)
def test_plain_values_cross_both_ways(transport: Transport, source: str, value: Any) -> None:
    student = transport.student(f"value = {source}\ndef f(x): return x\ndef same(x): return x == value")
    assert student.value == value
    assert type(student.value) is type(value)
    assert student.f(value) == value
    assert student.same(value) is True


def test_tensors_of_no_elements_and_no_dimensions_cross(transport: Transport) -> None:
    student = transport.student("def f(x): return x, torch.tensor(3), torch.zeros(0, 4)")
    empty, scalar, made = student.f(torch.zeros(2, 0))
    assert (empty.shape, scalar.item(), made.shape) == ((2, 0), 3, (0, 4))


def test_arrays_and_their_scalars_are_comparable(transport: Transport) -> None:
    student = transport.student("import numpy as np\ndef f(a): return a * 2, a.sum(), np.float32(3), a > 1")
    doubled, total, single, mask = student.f(np.arange(3.0))
    assert (doubled, total, single) == close((np.array([0.0, 2.0, 4.0]), 3.0, 3.0))
    assert mask.dtype == bool


def test_named_results_of_torch_compare_as_tuples(transport: Transport) -> None:
    student = transport.student("def f(x): return torch.max(x, dim=0)")
    values, indices = student.f(torch.tensor([[1.0, 5.0], [2.0, 3.0]]))
    assert student.f(torch.tensor([1.0, 2.0])) == close((torch.tensor(2.0), torch.tensor(1)))
    assert values.tolist() == [2, 5]
    assert indices.tolist() == [1, 0]


def test_frames_of_pandas_are_read_by_column(transport: Transport) -> None:
    student = transport.student("import pandas\ndef f(): return pandas.DataFrame({'a': [1.0, 2.0], 'b': [3, 4]})")
    frame = student.f()
    assert frame["a"].to_numpy() == close(np.array([1.0, 2.0]))
    assert len(frame) == 2


def test_printing_disturbs_nothing(transport: Transport, capsys: pytest.CaptureFixture[str]) -> None:
    student = transport.student("def f(x):\n    print('2 passed', flush=True)\n    return x")
    assert student.f(1) == 1


LIARS = """
class Equal:
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __bool__(self): return True
    def __hash__(self): return 0
    def __float__(self): return 3.0
    __array__ = property(lambda self: 1 / 0)
class Posing(Equal):
    __class__ = torch.Tensor
class Sub(torch.Tensor):
    @classmethod
    def __torch_function__(cls, *args, **kwargs): return True
    def __eq__(self, other): return True
    def __sub__(self, other): return torch.zeros(())
    def allclose(self, other): return True
class Int(int):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
    __hash__ = int.__hash__
class Array(__import__('numpy').ndarray):
    def __eq__(self, other): return True
    def __array_ufunc__(self, *args, **kwargs): return True
class Odd:
    def __len__(self): return -5
    def __iter__(self): return 7
    def __bool__(self): return 3
    @property
    def shape(self): raise RuntimeError("no")
make = {
    "equal": Equal,
    "posing": Posing,
    "subclass": lambda: torch.zeros(2).as_subclass(Sub),
    "int": lambda: Int(1),
    "array": lambda: __import__('numpy').zeros(2).view(Array),
    "odd": Odd,
    "none": lambda: None,
    "type": lambda: Equal,
    "nan": lambda: torch.full((2,), float("nan")),
    "empty": lambda: torch.zeros(0),
    "inf": lambda: torch.full((2,), float("inf")),
    "long": lambda: torch.zeros(2, dtype=torch.int64),
}
def lie(kind): return make[kind]()
"""


@pytest.mark.parametrize(
    "kind", ["equal", "posing", "subclass", "int", "array", "odd", "none", "type", "nan", "empty", "inf", "long"]
)
def test_no_object_passes_for_the_right_answer(wire: AcrossTheWire, kind: str) -> None:
    def check(student: Any) -> None:
        got = student.lie(kind)
        assert got == close(torch.full((2,), 5.0))

    found = wire.finding(check, LIARS)
    assert (found.outcome, found.points) == (Outcome.FAILED, 0)
    if kind in ("nan", "inf"):
        assert found.reason == Reason.NOT_FINITE


@pytest.mark.parametrize("kind", ["equal", "posing", "odd"])
def test_an_object_where_a_truth_is_due_is_a_finding(wire: AcrossTheWire, kind: str) -> None:
    def check(student: Any) -> None:
        assert student.lie(kind)

    def compare(student: Any) -> None:
        assert student.lie(kind) == 5

    found = wire.finding(check, LIARS)
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.WRONG_TYPE)
    assert wire.finding(compare, LIARS).outcome == Outcome.FAILED


USES: list[Callable[[Any], Any]] = [len, list, float, int, lambda o: o.shape, lambda o: o + 1, lambda o: o[0]]


@pytest.mark.parametrize("use", USES)
def test_odd_protocols_break_nothing(wire: AcrossTheWire, use: Callable[[Any], Any]) -> None:
    def check(student: Any) -> None:
        got = use(student.lie("odd"))
        assert got == 4

    judged = wire.judgement(check, LIARS)
    assert judged.finding.points == 0
    assert judged.finding.outcome == Outcome.FAILED or judged.doubt


def test_strings_are_text_and_nothing_else(transport: Transport) -> None:
    student = transport.student("def f(): return '<b>{0.__class__}</b>\\x1b[31m'")
    assert student.f() == "<b>{0.__class__}</b>\x1b[31m"


@pytest.mark.parametrize("want", [torch.ones(2), 0.25, np.ones(2), [1.0], "text", None])
def test_an_object_that_is_compared_with_a_value_is_named_as_the_wrong_type(wire: AcrossTheWire, want: Any) -> None:
    def by_close(student: Any) -> None:
        assert student.lie("equal") == close(want)

    def bare(student: Any) -> None:
        assert student.lie("equal") == want

    for check in (by_close, bare):
        found = wire.finding(check, LIARS)
        assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.WRONG_TYPE)
        assert "n object of type Equal" in found.message
