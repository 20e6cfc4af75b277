"""Every kind of value, nested anyhow, comes back from a live worker as what it was."""

from __future__ import annotations

import socket
import threading
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_codec import DTYPES, Pair, alike, bits, hashable, scalars

from autograder.examiner.host import ExaminerHost
from autograder.wire.frames import Allowance, Channel, WireError
from autograder.wire.peer import Peer
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.serve import StudentHost


@pytest.fixture(scope="module")
def worker() -> Iterator[Peer]:
    here, there = socket.socketpair()
    names = Namespace()
    names.run(0, "def same(value): return value\ndef wrap(*args, **kwargs): return [args, kwargs]")
    serving = Peer(torch, Channel(there), StudentHost({}, names, BoundedText(100)))

    def serve() -> None:
        try:
            serving.serve()
        except WireError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with here, there:
        peer = Peer(torch, Channel(here), ExaminerHost(torch, lambda name: name))
        peer.channel.allow(Allowance(messages=10**9, plain_bytes=1 << 40, tensor_bytes=1 << 40))
        yield peer
        peer.channel.close()
        thread.join(5)


shapes = st.lists(st.integers(0, 3), max_size=3)
tensors = st.builds(lambda dtype, shape: torch.empty(shape).bernoulli(0.5).to(dtype), st.sampled_from(DTYPES), shapes)
arrays = st.builds(
    lambda name, shape: np.ones(shape).astype(name),
    st.sampled_from(["bool", "int8", "uint16", "int64", "float16", "float32", "float64", "complex64"]),
    shapes,
)
others = st.one_of(
    st.builds(slice, st.none() | st.integers(), st.none() | st.integers(), st.none() | st.integers()),
    st.builds(range, st.integers(-9, 9), st.integers(-9, 9), st.integers(1, 4)),
    st.just(...),
    st.sampled_from(DTYPES),
    st.just(torch.device("cpu")),
    st.builds(torch.Size, shapes),
    st.sampled_from([np.float32(1.5), np.int8(-3), np.bool_(True), np.complex64(1j)]),
)
values = st.recursive(
    scalars | tensors | arrays | others,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(hashable, inner, max_size=3),
        st.dictionaries(hashable, inner, max_size=3).map(OrderedDict),
        st.builds(Pair, inner, inner),
        st.sets(hashable, max_size=3),
        st.frozensets(hashable, max_size=3),
    ),
    max_leaves=12,
)


def like(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        same = type(one) is type(other) and one.dtype == other.dtype and one.shape == other.shape
        return bool(same and bits(one) == bits(other))
    if isinstance(one, np.ndarray):
        same = type(other) is np.ndarray and one.dtype == other.dtype and one.shape == other.shape
        return bool(same and one.tobytes() == other.tobytes())
    if type(one) in (list, tuple, torch.Size, Pair):
        return type(one) is type(other) and len(one) == len(other) and all(map(like, one, other))
    if isinstance(one, dict):
        return type(other) is type(one) and list(one) == list(other) and all(like(one[key], other[key]) for key in one)
    return alike(one, other)


@settings(max_examples=200, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(value=values)
def test_every_value_comes_back_as_it_was(worker: Peer, value: Any) -> None:
    assert like(worker.operate("call", worker.operate("find", "same"), value), value)
    wrapped = worker.operate("call", worker.operate("find", "wrap"), value, other=value)
    assert like(wrapped, [(value,), {"other": value}])
    assert worker.in_step
