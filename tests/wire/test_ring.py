"""Large pieces go through memory that both ends see. Whatever a worker does to it, the examiner has its own bytes."""

from __future__ import annotations

import fcntl
import gc
import mmap
import os
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.checks import Failure
from autograder.examiner.host import ExaminerHost
from autograder.wire import values as v
from autograder.wire.frames import LARGE, MAGIC, PREFIX, RING_MAGIC, Allowance, Channel, PeerGone, PeerLate, WireError
from autograder.wire.peer import Peer
from autograder.wire.ring import RING_BYTES, SLOT_BYTES, SLOTS, Ring, Shares, sealed_memory
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.serve import StudentHost

SECONDS = 20.0
SIZES = [LARGE - 1, LARGE, LARGE + 1, SLOT_BYTES - 1, SLOT_BYTES, SLOT_BYTES + 1, RING_BYTES - 1, RING_BYTES]
SIZES += [RING_BYTES + 1, RING_BYTES + SLOT_BYTES, 2 * RING_BYTES + 7, 9_999_999]

pytestmark = pytest.mark.skipif(not hasattr(os, "memfd_create"), reason="no sealed memory here")


def frame(message: Any, payload: bytes = b"", size: int | None = None) -> bytes:
    header = msgspec.msgpack.encode(message)
    return PREFIX.pack(MAGIC, len(header), len(payload) if size is None else size) + header + payload


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def open_here() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@contextmanager
def honest(cell: str, shares: Shares = Shares.OFFERS) -> Iterator[Peer]:
    """An examiner's peer, and a worker that has run `cell`."""
    here, there = socket.socketpair()
    names = Namespace()
    names.run(0, "import torch\nimport numpy as np\n" + cell)
    serving = Peer(torch, Channel(there, Shares.ACCEPTS), StudentHost({}, names, BoundedText(100)))

    def serve() -> None:
        with suppress(WireError):
            serving.serve()
        serving.channel.close()

    thread = threading.Thread(target=serve)
    thread.start()
    peer = Peer(torch, Channel(here, shares), ExaminerHost(torch, lambda name: name))
    peer.channel.allow(Allowance(messages=10**9, plain_bytes=1 << 40, tensor_bytes=1 << 40))
    peer.channel.deadline = time.monotonic() + SECONDS
    try:
        yield peer
    finally:
        peer.channel.close()
        thread.join()


class Worker:
    """What a hostile worker has: the socket, and the shared memory once it was handed over."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection
        self.descriptor = -1

    def skip(self, size: int) -> bytes:
        """The next bytes that the examiner sends."""
        got = b""
        while len(got) < size:
            piece = self.connection.recv(size - len(got))
            if not piece:
                raise OSError("closed")
            got += piece
        return got

    def take(self) -> memoryview:
        """Take the memory as an honest worker does."""
        assert PREFIX.unpack(self.skip(PREFIX.size)) == (RING_MAGIC, 0, 0)
        self.connection.sendall(b"?")
        _, (self.descriptor,), _, _ = socket.recv_fds(self.connection, 1, 1)
        self.connection.sendall(b"y")
        return memoryview(mmap.mmap(self.descriptor, RING_BYTES))

    def question(self) -> None:
        """Read a question whose one argument has two slots."""
        _, header, _ = PREFIX.unpack(self.skip(PREFIX.size))
        self.skip(header + 2)


@contextmanager
def hostile(act: Callable[[Worker], None], seconds: float = SECONDS) -> Iterator[Peer]:
    """An examiner's peer, and at its other end a worker that only does `act`, then closes."""
    here, there = socket.socketpair()
    worker = Worker(there)

    def run() -> None:
        with suppress(OSError, WireError):
            act(worker)
            there.shutdown(socket.SHUT_WR)
            while there.recv(1 << 16):
                pass

    thread = threading.Thread(target=run)
    thread.start()
    peer = Peer(torch, Channel(here, Shares.OFFERS), ExaminerHost(torch, lambda name: name))
    peer.channel.deadline = time.monotonic() + seconds
    peer.channel.allow(Allowance())
    try:
        yield peer
    finally:
        peer.channel.close()
        thread.join()
        there.close()
        if worker.descriptor >= 0:
            os.close(worker.descriptor)


BIG = torch.arange(2 * SLOT_BYTES // 4, dtype=torch.int32)
PIECE = v.Tensor("int32", [2 * SLOT_BYTES // 4], 0, section=1)


def result(value: v.Value = PIECE, sections: tuple[int, ...] = (2 * SLOT_BYTES,)) -> bytes:
    """An answer whose large pieces follow."""
    return frame(v.Return(id=1, value=value, sections=list(sections)), size=sum(sections))


# whole ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shares", [Shares.OFFERS, Shares.NOTHING])
def test_pieces_of_every_length_come_back_as_they_were(shares: Shares) -> None:
    with honest("def same(*x): return x", shares) as peer:
        same = peer.operate("find", "same")
        for size in SIZES:
            sent = torch.empty(size, dtype=torch.uint8).random_()
            (back,) = peer.operate("call", same, sent)
            assert torch.equal(back, sent)
            assert not peer.channel.unread
        assert (peer.channel._ring is not None) == (shares is Shares.OFFERS)


tensors = st.builds(
    lambda dtype, size, turned: (
        torch.empty(size, 2).bernoulli(0.5).to(dtype).T.contiguous().T
        if turned
        else torch.empty(size, 2).bernoulli(0.5).to(dtype)
    ),
    st.sampled_from([torch.bool, torch.int8, torch.float16, torch.float32, torch.complex128]),
    st.sampled_from([0, 1, 1000, LARGE // 8, LARGE // 2, LARGE, 3 * LARGE]),
    st.booleans(),
)
arrays = st.builds(
    lambda kind, size: np.ones(size, kind), st.sampled_from(["bool", "int16", "float64"]), st.sampled_from([3, LARGE])
)


@settings(max_examples=40, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(given=st.lists(st.one_of(tensors, arrays, st.integers(), st.text(max_size=5)), max_size=5))
def test_large_and_small_values_cross_together(given: list[Any]) -> None:
    with honest("def same(*x): return list(x)") as peer:
        back = peer.operate("call", peer.operate("find", "same"), *given, given)
        assert len(back) == len(given) + 1
        for one, other in zip([*given, *given], [*back[:-1], *back[-1]], strict=True):
            if isinstance(one, torch.Tensor):
                assert (one.dtype, one.shape) == (other.dtype, other.shape)
                assert torch.equal(one, other)
            elif isinstance(one, np.ndarray):
                assert one.dtype == other.dtype
                assert np.array_equal(one, other)
            else:
                assert one == other


def test_large_tensors_are_each_of_their_own_memory_and_may_be_written_to() -> None:
    with honest("def two(x): return x + 1, x + 2") as peer:
        one, other = peer.operate("call", peer.operate("find", "two"), torch.zeros(LARGE))
        one.zero_()
        assert float(other.sum()) == 2 * LARGE
        assert one.untyped_storage().data_ptr() != other.untyped_storage().data_ptr()


def test_gradients_of_large_tensors_cross() -> None:
    with honest("def f(x): return (x * x).sum() + x.sum() * 0") as peer:
        x = torch.rand(LARGE, dtype=torch.float64, requires_grad=True)
        peer.operate("call", peer.operate("find", "f"), x * 1).backward()
        assert x.grad is not None
        assert torch.equal(x.grad, 2 * x.detach())


def test_a_small_connection_shares_no_memory_and_one_large_answer_makes_it() -> None:
    with honest("def make(n): return torch.ones(n)") as peer:
        make = peer.operate("find", "make")
        before = open_here()
        peer.operate("call", make, 10)
        assert open_here() == before
        for _ in range(3):
            assert float(peer.operate("call", make, LARGE).sum()) == LARGE
        assert peer.channel._ring is not None


def test_nothing_is_left_of_the_memory_when_both_ends_have_closed() -> None:
    before = open_here()
    for _ in range(3):
        with honest("def f(x): return x") as peer:
            peer.operate("call", peer.operate("find", "f"), torch.ones(LARGE))
        del peer
    gc.collect()
    assert open_here() == before


def test_large_calls_do_not_pile_up() -> None:
    with honest("def f(x): return x + 1") as peer:
        f = peer.operate("find", "f")
        peer.operate("call", f, torch.ones(8 << 20))
        before = resident_mb()
        gc.disable()
        try:
            for _ in range(20):
                peer.operate("call", f, torch.ones(8 << 20))
        finally:
            gc.enable()
        assert resident_mb() - before < 150


# a worker that has the memory -----------------------------------------------------------------------------------------


def test_what_was_received_does_not_change_with_the_memory() -> None:
    stop = threading.Event()

    def act(worker: Worker) -> None:
        memory = worker.take()
        worker.question()
        memory[: 2 * SLOT_BYTES] = bytes([1]) * (2 * SLOT_BYTES)
        worker.connection.sendall(result() + b"ff")
        byte = 0
        while not stop.wait(0.001):
            byte = (byte + 1) % 256
            memory[:] = bytes([byte]) * RING_BYTES

    with hostile(act) as peer:
        found = peer.operate("call", BIG)
        seen = found.clone()
        time.sleep(0.1)
        assert torch.equal(found, seen)
        stop.set()


def test_bytes_that_change_while_they_are_read_are_a_bool_all_the_same() -> None:
    stop = threading.Event()

    def act(worker: Worker) -> None:
        memory = worker.take()
        worker.question()
        thread = threading.Thread(target=scribble, args=(memory,))
        thread.start()
        size = 64 * SLOT_BYTES
        worker.connection.sendall(result(v.Tensor("bool", [size], 0, section=1), (size,)) + b"f" * 64)
        thread.join()

    def scribble(memory: memoryview) -> None:
        while not stop.is_set():
            memory[:] = os.urandom(16) * (RING_BYTES // 16)

    with hostile(act) as peer:
        found = peer.operate("call", BIG)
        stop.set()
        assert int(found.view(torch.uint8).max()) <= 1


def test_a_worker_can_neither_shrink_nor_grow_nor_seal_the_memory() -> None:
    refused: list[int] = []

    def act(worker: Worker) -> None:
        worker.take()
        again = os.open(f"/proc/self/fd/{worker.descriptor}", os.O_RDWR)
        for descriptor in (worker.descriptor, again):
            for size in (0, 4096, RING_BYTES - 1, RING_BYTES + 1, 1 << 40):
                try:
                    os.ftruncate(descriptor, size)
                except PermissionError:
                    refused.append(size)
            try:
                fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE)
            except PermissionError:
                refused.append(-1)
        os.close(again)
        worker.question()
        worker.connection.sendall(frame(v.Return(id=1, value=7)))

    with hostile(act) as peer:
        assert peer.operate("call", BIG) == 7
        assert len(refused) == 12


def test_holes_in_the_memory_and_a_closed_descriptor_are_bytes_like_others() -> None:
    def act(worker: Worker) -> None:
        memory = worker.take()
        worker.question()
        memory[:] = bytes([5]) * RING_BYTES
        memory.obj.madvise(mmap.MADV_REMOVE)  # type: ignore[attr-defined]
        memory.release()
        os.close(worker.descriptor)
        worker.descriptor = -1
        worker.connection.sendall(result() + b"ff")

    with hostile(act) as peer:
        assert int(peer.operate("call", BIG).sum()) == 0


def test_words_that_no_memory_was_written_for_give_what_lies_there() -> None:
    def act(worker: Worker) -> None:
        worker.take()
        worker.question()
        worker.connection.sendall(result() + b"ff")

    with hostile(act) as peer:
        assert torch.equal(peer.operate("call", BIG), BIG)  # what it had been sent itself


@pytest.mark.parametrize("words", [b"fx", b"rr", b"\0", b"yf", frame(v.Return(id=1, value=7))[:2]])
def test_other_words_between_two_pieces_are_a_wire_error(words: bytes) -> None:
    def act(worker: Worker) -> None:
        worker.take()
        worker.question()
        worker.connection.sendall(result() + words)

    with hostile(act) as peer, pytest.raises(WireError, match="word"):
        peer.operate("call", BIG)


def test_more_words_than_pieces_are_no_answer_to_the_next_question() -> None:
    def act(worker: Worker) -> None:
        worker.take()
        worker.question()
        worker.connection.sendall(result() + b"f" * 40)

    with hostile(act) as peer:
        peer.operate("call", BIG)
        assert peer.channel.unread
        with pytest.raises(WireError, match="prefix"):
            peer.operate("find", "f")


@pytest.mark.parametrize("words", [b"r" * 200, b"f" * 10, b"rrx"])
def test_slots_that_are_freed_before_they_were_read_harm_nobody_but_the_worker(words: bytes) -> None:
    def act(worker: Worker) -> None:
        worker.take()
        worker.connection.sendall(words)

    with hostile(act) as peer, pytest.raises(WireError):
        peer.operate("call", torch.zeros(20 * SLOT_BYTES, dtype=torch.uint8))


def test_a_worker_that_never_frees_a_slot_meets_the_deadline() -> None:
    def act(worker: Worker) -> None:
        worker.take()
        time.sleep(1)

    with hostile(act, seconds=0.4) as peer, pytest.raises(PeerLate):
        peer.operate("call", torch.zeros((SLOTS + 1) * SLOT_BYTES, dtype=torch.uint8))


def test_an_announcement_of_much_that_never_comes_takes_no_memory() -> None:
    size = 500 << 20

    def act(worker: Worker) -> None:
        worker.take()
        worker.question()
        worker.connection.sendall(result(v.Tensor("uint8", [size], 0, section=1), (size,)) + b"f")
        time.sleep(1)

    before = resident_mb()
    with hostile(act, seconds=0.5) as peer:
        with pytest.raises(PeerLate):
            peer.operate("call", BIG)
        assert resident_mb() - before < 60


def test_a_worker_that_dies_between_two_pieces_has_ended() -> None:
    def act(worker: Worker) -> None:
        worker.take()
        worker.question()
        worker.connection.sendall(result() + b"f")

    with hostile(act) as peer, pytest.raises(PeerGone):
        peer.operate("call", BIG)


# a worker that will not take it ---------------------------------------------------------------------------------------


def test_a_worker_that_refuses_the_memory_is_spoken_to_without() -> None:
    asked: list[int] = []

    def act(worker: Worker) -> None:
        assert PREFIX.unpack(worker.skip(PREFIX.size))[0] == RING_MAGIC
        worker.connection.sendall(b"?")
        worker.skip(1)
        worker.connection.sendall(b"n")
        for number in (1, 2):
            magic, header, payload = PREFIX.unpack(worker.skip(PREFIX.size))
            assert magic == MAGIC
            worker.skip(header + payload)
            asked.append(payload)
            worker.connection.sendall(frame(v.Return(id=number, value=number)))

    before = open_here()
    with hostile(act) as peer:
        assert peer.operate("call", BIG) == 1
        assert peer.operate("call", BIG) == 2
        assert asked == [2 * SLOT_BYTES] * 2
    assert open_here() == before


@pytest.mark.parametrize("words", [b"", b"x", b"n", b"?", frame(v.Return(id=1, value=7))])
def test_a_worker_that_answers_the_offer_wrongly_is_at_fault(words: bytes) -> None:
    before = open_here()
    with (
        hostile(lambda worker: worker.connection.sendall(words)) as peer,
        pytest.raises(WireError),
    ):
        peer.operate("call", BIG)
    assert open_here() == before


def test_a_worker_that_says_nothing_to_the_offer_meets_the_deadline() -> None:
    before = open_here()
    with hostile(lambda _: time.sleep(0.8), seconds=0.3) as peer, pytest.raises(PeerLate):
        peer.operate("call", BIG)
    assert open_here() == before


def test_descriptors_of_a_workers_are_never_received() -> None:
    def act(worker: Worker) -> None:
        with tempfile.TemporaryFile() as file:
            file.truncate(RING_BYTES)
            read, write = os.pipe()
            own = sealed_memory()
            assert own is not None
            sent = [file.fileno(), read, write, own] * 20
            worker.skip(PREFIX.size)
            socket.send_fds(worker.connection, [b"?"], sent)
            _, (worker.descriptor,), _, _ = socket.recv_fds(worker.connection, 1, 1)
            socket.send_fds(worker.connection, [b"y"], sent)
            worker.question()
            os.pwrite(worker.descriptor, bytes([3]) * RING_BYTES, 0)
            os.pwrite(own, bytes([9]) * RING_BYTES, 0)
            for byte in result() + b"ff":
                socket.send_fds(worker.connection, [bytes([byte])], sent)
            for descriptor in (read, write, own):
                os.close(descriptor)

    before = open_here()
    with hostile(act) as peer:
        found = peer.operate("call", BIG)
        assert int(found.view(torch.uint8).max()) == 3
        peer.channel.close()
    assert open_here() == before


def test_memory_that_a_worker_offers_is_a_wire_error() -> None:
    def act(worker: Worker) -> None:
        own = sealed_memory()
        assert own is not None
        socket.send_fds(worker.connection, [PREFIX.pack(RING_MAGIC, 0, 0) + b"y"], [own])
        os.close(own)

    with hostile(act) as peer, pytest.raises(WireError, match="prefix"):
        peer.operate("find", "f")


# lies about large pieces ----------------------------------------------------------------------------------------------

L = LARGE


@pytest.mark.parametrize(
    ("value", "sections", "size"),
    [
        (None, [L - 1], L - 1),
        (None, [-L], L),
        (None, [L, L], L),
        (None, [1 << 62, 1 << 62], L),
        (None, [(1 << 63) - 1, L], L),
        (v.Tensor("int8", [L], 0, section=2), [L], L),
        (v.Tensor("int8", [L], 0, section=-1), [L], L),
        (v.Tensor("int8", [L], 16, section=1), [L], L),
        (v.Tensor("int8", [L - 16], 16, section=1), [L], L),
        (v.Tensor("int8", [L + 1], 0, section=1), [L], L),
        (v.Tensor("int64", [L], 0, section=1), [L], L),
        (v.Tensor("int8", [16], 0), [L], L),
        (v.Items("list", [v.Tensor("int8", [L], 0, section=1)] * 2), [L, L], 2 * L),
        (v.Items("list", [v.Array("int8", [L], 0, section=1)] * 2), [L, L], 2 * L),
        (v.Array("int8", [L // 2], L // 2, section=1), [L], L),
        (v.Array("int8", [L], 0, section=3), [L], L),
    ],
)
def test_pieces_that_contradict_their_frame_are_a_wire_error(value: v.Value, sections: list[int], size: int) -> None:
    whole = frame(v.Return(id=1, value=value, sections=sections), bytes(size))
    with hostile(lambda worker: worker.connection.sendall(whole)) as peer, pytest.raises(WireError):
        peer.operate("find", "f")


number = st.sampled_from([0, 1, 2, -1, L, L - 1, 2 * L, 16, 1 << 40, (1 << 63) - 1])
piece = st.one_of(
    st.builds(lambda n, at, part: v.Tensor("uint8", [n], at, section=part), number, number, st.integers(-1, 3)),
    st.builds(lambda n, at, part: v.Array("bool", [n], at, section=part), number, number, st.integers(-1, 3)),
)


@settings(max_examples=60, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(st.lists(piece, max_size=4), st.lists(number, max_size=3), st.sampled_from([0, 100, L, 2 * L, 3 * L]))
def test_any_pieces_are_a_value_or_an_error_of_the_students(
    pieces: list[v.Value], sections: list[int], size: int
) -> None:
    whole = frame(v.Return(id=1, value=v.Items("list", pieces), sections=sections), bytes(size))
    with hostile(lambda worker: worker.connection.sendall(whole)) as peer, suppress(WireError, Failure):
        peer.operate("find", "f")


# the worker's end -----------------------------------------------------------------------------------------------------


def test_a_ring_is_made_of_nothing_but_memory_of_its_size() -> None:
    before = open_here()
    read, write = os.pipe()
    os.close(write)
    with tempfile.TemporaryFile() as file:
        file.truncate(RING_BYTES - 1)
        for descriptor in (read, os.dup(file.fileno())):
            with pytest.raises((OSError, ValueError)):
                Ring(descriptor)
    assert open_here() == before
