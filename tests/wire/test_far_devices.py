"""Tensors that live on a GPU in the worker, tried with a device that stands in for one; see far_device."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from far_device import NAME, FarDevice, FarTensor

from autograder.checks import beside, close, current_builder, gradcheck, on, unchanged
from autograder.course import CodeCell
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.wire import devices
from autograder.wire import values as v
from autograder.wire.frames import Buffers, Channel, PeerGone, WireError
from autograder.wire.names import public_names
from autograder.wire.peer import Peer
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.serve import StudentHost

CELLS = f"""
import torch
FAR = "{NAME}"

def double(x):
    assert x.device.type == FAR, x.device
    return x * 2

def where(*xs):
    return [x.device.type for x in xs]

def shift_(x):
    x += 1

def apply(f, x):
    far = x.to(FAR)
    got = f(far)
    return got.device.type, (got + far)

def train(loss, x):
    w = torch.ones(3, dtype=torch.float64).to(FAR).requires_grad_()
    value = loss(w * x.to(FAR))
    value.backward()
    return w.grad

class Layer:
    def __init__(self):
        self.w = torch.full((3,), 2.0, dtype=torch.float64).to(FAR).requires_grad_()
    def __call__(self, x):
        return (self.w * x.to(FAR)).sum()
"""


class FarWorkers:
    """A worker that is a thread with the device."""

    def start(self, gpu: bool) -> socket.socket:
        here, there = socket.socketpair()
        peer = Peer(torch, Channel(there), StudentHost(public_names(torch), Namespace(), BoundedText(1000)))
        threading.Thread(target=self._serve, args=(peer,), daemon=True).start()
        return here

    def end(self) -> tuple[str, str] | None:
        return None

    def _serve(self, peer: Peer) -> None:
        try:
            with FarDevice():  # type: ignore[no-untyped-call]
                peer.serve()
        except WireError:
            peer.channel.close()


@pytest.fixture
def student() -> Iterator[Any]:
    session = Session(torch, FarWorkers(), (CodeCell(1, CELLS),), Budget(20.0, 60.0))
    provider = SessionProvider(session)
    token = current_builder.set(provider.build)
    yield provider.begin(20.0)
    assert session.reports.problems == {}
    current_builder.reset(token)
    session.close()


def test_a_tensor_arrives_where_the_check_puts_it_and_comes_back_on_the_cpu(student: Any) -> None:
    x = torch.randn(3, 4)
    assert student.where(on(NAME, x), x, on("cpu", x)) == [NAME, "cpu", "cpu"]
    got = student.double(on(NAME, x))
    assert type(got) is torch.Tensor
    assert got == close(2 * x)


def test_gradients_flow_through_the_device_and_back(student: Any) -> None:
    x = torch.randn(3, dtype=torch.float64, requires_grad=True)
    student.double(on(NAME, x)).sum().backward()
    assert x.grad == close(torch.full((3,), 2.0, dtype=torch.float64))
    assert gradcheck(lambda t: student.double(on(NAME, t)), x)
    assert torch.autograd.gradgradcheck(lambda t: student.double(on(NAME, t)) ** 2, x)


def test_a_change_in_place_over_there_is_seen_here(student: Any) -> None:
    x = torch.zeros(3)
    with pytest.raises(AssertionError, match="in place"), unchanged(x):
        student.shift_(on(NAME, x))


def test_what_the_checks_own_function_returns_lies_where_its_argument_lay(student: Any) -> None:
    seen = []

    def own(x: torch.Tensor) -> torch.Tensor:
        seen.append(x.device.type)
        return x + 1

    device, total = student.apply(own, torch.ones(2))
    assert (device, seen) == (NAME, ["cpu"])
    assert total == close(torch.full((2,), 3.0))


def test_a_loss_of_the_checks_is_differentiated_for_weights_on_the_device(student: Any) -> None:
    x = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    assert student.train(lambda y: (y**2).sum(), x) == close(2 * x**2)


def test_weights_on_the_device_are_seen_stepped_and_reset_from_here(student: Any) -> None:
    layer = student.Layer()
    x = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    w = layer.w
    layer(x).backward()
    assert w.grad == close(x)
    with torch.no_grad():
        w -= w.grad
    assert layer(x) == close(((2.0 - x) * x).sum())
    w.grad = None
    layer(x).backward()
    assert w.grad == close(x)


def test_the_stand_in_refuses_what_a_gpu_refuses() -> None:
    with FarDevice():  # type: ignore[no-untyped-call]
        far = torch.ones(2).to(NAME)
        assert isinstance(far, FarTensor)
        assert far.device.type == NAME
        with pytest.raises(RuntimeError, match="same device"):
            far + torch.ones(2)
        with pytest.raises(TypeError, match="numpy"):
            far.numpy()
        assert torch.equal((far * 2).cpu(), torch.full((2,), 2.0))


def test_all_streams_are_waited_for_before_values_are_read() -> None:
    said: list[str] = []

    def pretended(initialized: bool) -> Any:
        return SimpleNamespace(
            cuda=SimpleNamespace(is_initialized=lambda: initialized, synchronize=lambda: said.append("waited"))
        )

    devices.settle(pretended(False))
    assert said == []
    devices.settle(pretended(True))
    assert said == ["waited"]


def test_the_mark_of_a_tensor_is_the_one_that_the_wire_reads() -> None:
    token = current_builder.set(lambda target: target)
    try:
        x = torch.ones(2)
        assert devices.wanted(beside.on("cuda", x)) == "cuda"
        assert devices.wanted(x) == ""
        x.far_device = 5  # type: ignore[attr-defined]
        assert devices.wanted(x) == ""
    finally:
        current_builder.reset(token)


def test_a_worker_cannot_say_where_the_examiner_puts_a_tensor() -> None:
    class Forging(FarWorkers):
        def _serve(self, peer: Peer) -> None:
            message, _ = peer.channel.receive()
            assert isinstance(message, v.Request)
            peer.channel.send(v.Return(message.id, True), Buffers())
            message, _ = peer.channel.receive()
            assert isinstance(message, v.Request)
            buffers = Buffers()
            _, offset = buffers.add(memoryview(bytes(4)))
            tensor = v.Tensor("float32", [1], offset, device="cuda")
            try:
                peer.channel.send(v.Request(1, "call", [tensor]), buffers)
                peer.channel.receive()
            except (PeerGone, OSError):
                return

    session = Session(torch, Forging(), (), Budget(5.0, 20.0))
    provider = SessionProvider(session)
    with pytest.raises(AssertionError, match="a device from a worker"):
        provider.begin(5.0)
    assert provider.fault is not None
    assert provider.fault.reason == "protocol"
