"""What student code may reach from the objects that a check passes to it: nothing but what they are passed for."""

from __future__ import annotations

import functools
import gc
import io
import itertools
import random
import site
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pandas as pd
import pytest
import torch
from transports import AcrossTheWire

from autograder.wire.frames import Unsendable

SECRET = "the hidden labels"
PROBE = """
def reach(thing, *path):
    for part in path:
        thing = thing.__getattr__(part) if not part.startswith('__') else thing._peer.operate('getattr', thing, part)
    return thing
def operate(thing, op, *args, **kwargs):
    return thing._peer.operate(op, thing, *args, **kwargs)
def attempt(thing, *path):
    try:
        reach(thing, *path)
    except AttributeError:
        return "refused"
    return "reached"
"""


class Author:
    kind = "author's"

    def __init__(self) -> None:
        self.seen = [1, 2]
        self.module = torch
        self.period = pd.Period("2026")
        self.path = Path("/etc/passwd")
        self._labels = torch.ones(3)
        self.function = lambda: 5

    def method(self) -> int:
        return 7

    def __len__(self) -> int:
        return 3

    @property
    def shown(self) -> int:
        return 9


def generator() -> Generator[int, None, None]:
    hidden = SECRET
    yield len(hidden)


@pytest.fixture
def student(wire: AcrossTheWire) -> Any:
    return wire.student(PROBE)


def test_the_authors_own_public_attributes_are_shown(student: Any) -> None:
    thing = Author()
    assert student.reach(thing, "seen") == [1, 2]
    assert student.reach(thing, "kind") == "author's"
    assert student.reach(thing, "shown") == 9
    assert student.operate(thing.method, "call") == 7


@pytest.mark.parametrize(
    "name",
    [
        "__class__",
        "__dict__",
        "__init__",
        "_labels",
        "__getattribute__",
        "__reduce__",
        "__module__",
        "__doc__",
        "module",
        "path",
        "period",
        "nonsense",
        "__subclasshook__",
        "__sizeof__",
        "__str__",
        "__len__",
    ],
)
def test_of_an_authors_object_nothing_else_is_reached(student: Any, name: str) -> None:
    assert student.attempt(Author(), name) == "refused"


def test_a_library_that_is_installed_for_one_user_is_no_authors(student: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[Author.__module__], "__file__", f"{site.getusersitepackages()}/library.py")
    with pytest.raises(Unsendable):
        student.attempt(Author(), "seen")


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (lambda: lambda: SECRET, ["__globals__", "__code__", "__closure__", "__defaults__", "__dict__", "__wrapped__"]),
        (lambda: Author().method, ["__self__", "__func__", "__globals__", "seen", "kind"]),
        (generator, ["gi_frame", "gi_code", "send", "throw", "close", "gi_yieldfrom"]),
        (lambda: functools.partial(max, SECRET), ["func", "args", "keywords"]),
        (lambda: functools.lru_cache(max), ["__wrapped__", "cache_info", "cache_parameters"]),
        (lambda: iter([1]), ["__reduce__", "__setstate__", "__length_hint__"]),
        (lambda: itertools.count(), ["__reduce__"]),
        (lambda: torch.nn.Linear(2, 2).eval().forward, ["__self__", "__func__"]),
        (lambda: np.vectorize(abs), ["pyfunc", "__call__", "cache"]),
        (lambda: io.StringIO(SECRET).read, ["__self__"]),
    ],
    ids=[
        "function",
        "method",
        "generator",
        "partial",
        "cached",
        "iterator",
        "count",
        "forward",
        "vectorize",
        "builtin",
    ],
)
def test_what_can_only_be_called_or_iterated_shows_no_attributes(student: Any, make: Any, names: list[str]) -> None:
    thing = make()
    for name in names:
        assert student.attempt(thing, name) == "refused", name


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (
            lambda: torch.nn.Linear(2, 2),
            ["__dict__", "_parameters", "_modules", "register_forward_hook", "to", "compile"],
        ),
        (lambda: torch.nn.Linear(2, 2), ["share_memory", "register_buffer", "get_submodule", "type", "to_empty"]),
        (
            lambda: torch.optim.SGD([torch.ones(1)]),
            ["state", "register_step_post_hook", "__setstate__", "profile_hook_step"],
        ),
        (
            lambda: torch.utils.data.Subset(torch.utils.data.TensorDataset(torch.ones(3)), [0]),
            ["dataset", "indices", "__getitems__"],
        ),
        (
            lambda: torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(3))),
            ["dataset", "sampler", "batch_sampler", "collate_fn", "worker_init_fn", "generator", "_get_iterator"],
        ),
        (lambda: torch.utils.data.TensorDataset(torch.ones(3)), ["tensors"]),
    ],
    ids=["module", "module too", "optimizer", "subset", "loader", "data set"],
)
def test_of_torchs_objects_only_what_training_needs_is_shown(student: Any, make: Any, names: list[str]) -> None:
    thing = make()
    for name in names:
        assert student.attempt(thing, name) == "refused", name


def test_tools_of_the_libraries_are_used_as_far_as_they_are_tools(student: Any) -> None:
    assert student.operate(io.StringIO("a b").read, "call") == "a b"
    assert student.operate(random.Random(1).random, "call") == random.Random(1).random()
    assert student.attempt(np.random.default_rng(1), "bit_generator") == "refused"
    assert student.attempt(random.Random(1), "__class__") == "refused"
    shape = Mock()
    shape.area.return_value = 7
    assert student.operate(shape.area, "call") == 7
    for name in ("configure_mock", "mock_add_spec", "attach_mock", "reset_mock", "side_effect", "mock_calls", "_spec"):
        assert student.attempt(shape, name) == "refused", name


@pytest.mark.parametrize(
    ("make", "name", "arguments"),
    [
        (lambda: np.random.default_rng(1), "random", (2 * 10**8,)),
        (lambda: np.random.RandomState(1), "permutation", (10**9,)),
        (lambda: random.Random(1), "getrandbits", (2**31 - 1,)),
        (lambda: io.BytesIO(), "truncate_to", (10**9,)),
    ],
    ids=["Generator", "RandomState", "Random", "BytesIO"],
)
def test_a_tool_gives_no_more_than_the_examiner_can_spare(
    wire: AcrossTheWire, make: Any, name: str, arguments: tuple[Any, ...]
) -> None:
    found = wire.finding(
        lambda student: student.ask(make(), name, *arguments),
        "def ask(tool, name, n):\n"
        "    if name != 'truncate_to': return getattr(tool, name)(n)\n"
        "    tool.seek(n)\n"
        "    tool.write(b'x')\n",
    )
    assert found.reason == "limit"
    assert found.message == "Your code asked an object of the check's for more than 256 MB at once"


def test_a_tool_used_wrongly_is_an_error_of_the_students(wire: AcrossTheWire) -> None:
    found = wire.finding(
        lambda student: student.draw(np.random.default_rng(1)), "def draw(rng): return rng.integers(5, 2)"
    )
    assert (found.reason, found.outcome) == ("exception", "failed")


def test_torchs_objects_show_what_training_needs(student: Any) -> None:
    model = torch.nn.Sequential(torch.nn.Linear(2, 2))
    assert student.reach(model, "training") is True
    assert [name for name, _ in student.operate(model.named_parameters, "call")] == ["0.weight", "0.bias"]
    loader = torch.utils.data.DataLoader(torch.utils.data.TensorDataset(torch.ones(3)), batch_size=2)
    assert student.operate(loader, "len") == 2
    assert student.operate(torch.utils.data.TensorDataset(torch.ones(3)), "getitem", 0)[0].item() == 1


@pytest.mark.parametrize(
    "thing",
    [
        np,
        Author,
        sys._getframe(),
        test_torchs_objects_show_what_training_needs.__code__,
        pd.Period("2026"),
        Path("/"),
        ValueError("x"),
        object(),
        torch.Generator(),
        io.TextIOWrapper(io.BytesIO()),
    ],
    ids=lambda thing: type(thing).__name__,
)
def test_modules_classes_frames_files_and_libraries_objects_are_not_passed_at_all(student: Any, thing: Any) -> None:
    with pytest.raises(Unsendable):
        student.attempt(thing)


def test_a_traceback_is_not_passed_and_an_error_crosses_as_text(wire: AcrossTheWire) -> None:
    student = wire.student(
        "def look(f):\n    try: f()\n    except BaseException as e:\n"
        "        return type(e).__name__, str(e), e.__cause__, e.__context__, [a for a in dir(e) if 'secret' in a]"
    )

    def fail() -> None:
        error = RuntimeError(SECRET)
        error.secret = SECRET  # type: ignore[attr-defined]
        raise error

    name, message, cause, context, more = student.look(fail)
    assert (name, cause, context, more) == ("RuntimeError", None, None, [])
    assert SECRET not in message


@pytest.mark.parametrize(
    "op", ["setattr", "delattr", "setitem", "delitem", "copy", "deepcopy", "str", "float", "add", "lt"]
)
def test_the_checks_objects_cannot_be_changed_or_shown(wire: AcrossTheWire, op: str) -> None:
    student = wire.student(PROBE)
    thing = Author()
    with pytest.raises(TypeError):
        student.operate(thing, op, "seen", 5)
    assert thing.seen == [1, 2]


def test_getattr_takes_no_default_and_no_odd_names(wire: AcrossTheWire) -> None:
    student = wire.student(PROBE)
    for arguments in (("nonsense", 5), (5,), (b"kind",), ()):
        with pytest.raises(TypeError):
            student.operate(Author(), "getattr", *arguments)


def test_what_was_not_passed_cannot_be_guessed(wire: AcrossTheWire) -> None:
    for number in (0, 2, 99, -1):
        found = wire.finding(
            lambda student, n=number: student.guess(lambda: SECRET, n),  # type: ignore[misc]
            "from autograder.wire.handle import Handle\n"
            "def guess(thing, number): return Handle(thing._peer, number, 'x', True)()",
        )
        assert SECRET not in found.message + found.detail
        assert found.points == 0


def test_what_the_worker_has_dropped_is_held_no_longer(wire: AcrossTheWire) -> None:
    student = wire.student("def use(thing): return len(thing.seen)\ndef nothing(): pass")
    near = student._session._peer
    for _ in range(5):
        assert student.use(Author()) == 2
    gc.collect()
    student.nothing()
    assert near.kept <= 1
