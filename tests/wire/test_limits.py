"""What a worker can make the examiner do and keep is bounded, whatever it sends."""

from __future__ import annotations

import fcntl
import gc
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
import torch
from pair import asking, round_trip

from autograder.checks import Failure
from autograder.course import CodeCell
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.wire import values as v
from autograder.wire.frames import (
    MAGIC,
    MAX_HEADER,
    PREFIX,
    Allowance,
    Channel,
    PeerGone,
    PeerLate,
    TooMuch,
    Unsendable,
    WireError,
)
from autograder.wire.peer import Peer


def frame(message: Any, payload: bytes = b"") -> bytes:
    header = msgspec.msgpack.encode(message)
    return PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload


@contextmanager
def worker(write: Callable[[socket.socket], None], seconds: float = 20.0, **limits: int) -> Iterator[Peer]:
    """The examiner's peer, and at its other end a worker that only does `write`, then closes."""
    with asking() as (peer, far):
        peer.channel.deadline = time.monotonic() + seconds
        peer.channel.allow(Allowance(**limits))

        def run() -> None:
            try:
                write(far._socket)
                far._socket.shutdown(socket.SHUT_WR)
                while far._socket.recv(1 << 16):  # so that the examiner's own sending never fails
                    pass
            except OSError:
                return

        writer = threading.Thread(target=run)
        writer.start()
        try:
            yield peer
        finally:
            peer.channel.close()
            writer.join()


def sends(*frames: bytes) -> Callable[[socket.socket], None]:
    def write(connection: socket.socket) -> None:
        for one in frames:
            connection.sendall(one)

    return write


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


LEN = v.Request(id=1, op="len", args=[v.Ref(1, mine=False)])


class Box:
    """An object of the check's."""

    def __len__(self) -> int:
        return 3


# messages and bytes ---------------------------------------------------------------------------------------------------


def test_more_messages_than_one_check_allows_are_too_much() -> None:
    with (
        worker(sends(frame(LEN) * 60), messages=50) as peer,
        pytest.raises(TooMuch, match="sent more than 50 messages in one check"),
    ):
        peer.operate("call", Box())


def test_answers_count_as_messages_too() -> None:
    with worker(sends(*(frame(v.Return(id=n, value=n)) for n in range(1, 30))), messages=20) as peer:
        for number in range(1, 21):
            assert peer.operate("find", "f") == number
        with pytest.raises(TooMuch, match="messages"):
            peer.operate("find", "f")


def test_another_turn_has_its_own_allowance() -> None:
    with worker(sends(*(frame(v.Return(id=n, value=n)) for n in range(1, 30))), messages=10) as peer:
        for number in range(1, 30):
            if number % 10 == 0:
                peer.channel.allow(Allowance(messages=10))
            assert peer.operate("find", "f") == number


def test_more_bytes_than_one_check_allows_are_refused_when_they_are_announced() -> None:
    text = frame(v.Return(id=1, value="x" * (1 << 20)))
    with worker(sends(text[:32]), plain_bytes=1 << 20) as peer, pytest.raises(TooMuch, match="1 MB of values outside"):
        peer.operate("find", "f")
    tensors = frame(v.Return(id=1), bytes(2 << 20))
    with worker(sends(tensors[:-1]), tensor_bytes=1 << 20) as peer, pytest.raises(TooMuch, match="1 MB of tensors"):
        peer.operate("find", "f")


def test_a_frame_is_never_larger_than_its_bound() -> None:
    with worker(sends(PREFIX.pack(MAGIC, MAX_HEADER + 1, 0))) as peer, pytest.raises(WireError, match="too much"):
        peer.operate("find", "f")


# what the examiner keeps ----------------------------------------------------------------------------------------------


def test_objects_handed_over_are_bounded() -> None:
    refs = v.Items("list", [v.Ref(n, mine=True) for n in range(200)])
    with (
        worker(sends(frame(v.Return(id=1, value=refs))), objects=100) as peer,
        pytest.raises(TooMuch, match="made the check hold more than 100 objects at once"),
    ):
        peer.operate("find", "f")


def test_objects_let_go_make_room_for_others() -> None:
    replies = [
        frame(v.Return(id=n, value=v.Items("list", [v.Ref(n * 1000 + i, mine=True) for i in range(40)])))
        for n in range(1, 20)
    ]
    with worker(sends(*replies), objects=100) as peer:
        for _ in replies:
            assert len(peer.operate("find", "f")) == 40


def test_objects_handed_over_and_dropped_within_one_frame_do_not_pile_up() -> None:
    contents: list[tuple[int, v.Value]] = [
        (0, v.Items("list", [v.Ref(n * 1000 + i, mine=True) for i in range(50)])) for n in range(20)
    ]
    with worker(sends(frame(v.Return(id=1, contents=contents))), objects=100) as peer, pytest.raises(TooMuch):
        peer.operate("call", [1])


def test_objects_of_the_check_that_a_worker_collects_are_bounded() -> None:
    again = v.Request(id=1, op="iter", args=[v.Ref(1, mine=False)])
    with worker(sends(frame(again) * 200), objects=100) as peer, pytest.raises(TooMuch, match="100 objects"):
        peer.operate("call", _Endless())


class _Endless:
    def __iter__(self) -> Iterator[int]:
        return iter([1])


def test_leaves_handed_over_are_bounded() -> None:
    leaves = [v.Tensor("float32", [0], 0, grad=True, owned=n) for n in range(200)]
    with worker(sends(frame(v.Return(id=1, touched=leaves))), objects=100) as peer, pytest.raises(TooMuch):
        peer.operate("find", "f")


def test_graphs_that_a_worker_makes_the_check_keep_are_bounded() -> None:
    call = v.Request(id=1, op="call", args=[v.Ref(1, mine=False), v.Tensor("float32", [1 << 18], 0, grad=True)])

    def write(connection: socket.socket) -> None:
        threading.Thread(target=connection.recv, args=(64 << 20, socket.MSG_WAITALL), daemon=True).start()
        connection.sendall(frame(call, bytes(1 << 20)) * 8)

    with worker(write, graph_bytes=4 << 20) as peer, pytest.raises(TooMuch, match="keep graphs of more than 4 MB"):
        peer.operate("call", lambda x: x * 2)
    empty = v.Request(id=1, op="call", args=[v.Ref(1, mine=False), v.Tensor("float32", [0], 0, grad=True)])
    with worker(sends(frame(empty) * 200), objects=100) as peer, pytest.raises(TooMuch, match="objects"):
        peer.operate("call", lambda x: x * 2)


def test_errors_of_the_checks_own_objects_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.examiner.host._MAX_ERRORS", 20)

    def raising() -> None:
        raise ValueError("the check's own")

    call = v.Request(id=1, op="call", args=[v.Ref(1, mine=False)])
    with worker(sends(frame(call) * 50)) as peer, pytest.raises(TooMuch, match="raise more than 20 errors"):
        peer.operate("call", raising)


@pytest.mark.parametrize(
    "value",
    [
        v.Items("list", [v.Tensor("bool", [1 << 20], 0)] * 200),
        v.Items("list", [v.Tensor("int8", [1 << 17], 0, [8])] * 200),
        v.Items("list", [v.Tensor("float32", [1 << 18], 0, owned=n, grad=True) for n in range(200)]),
        v.Items("list", [v.Array("bool", [1 << 20], 0)] * 200),
    ],
    ids=["bools", "strides", "leaves", "arrays"],
)
def test_tensors_that_share_a_few_bytes_do_not_become_many(value: v.Value) -> None:
    before = resident_mb()
    with worker(sends(frame(v.Return(id=1, value=value), bytes(1 << 20)))) as peer:
        with pytest.raises(WireError, match="together are larger than their frame"):
            peer.operate("find", "f")
        assert resident_mb() - before < 100


def test_a_range_that_no_list_could_hold_is_refused() -> None:
    for endless in (v.Slice(0, 10**9, 1, True), v.Slice(v.BigInt("ffffffffffffffffffff"), 0, -1, True)):
        with worker(sends(frame(v.Return(id=1, value=endless)))) as peer, pytest.raises(WireError, match="range"):
            peer.operate("find", "f")
    with pytest.raises(Unsendable, match="range"):
        round_trip(range(10**7))
    assert round_trip(range(0, 10**9, 10**6)) == range(0, 10**9, 10**6)


def test_strides_add_little_to_what_a_frame_takes() -> None:
    spread = v.Tensor("int8", [64 << 20], 0, [8])
    before = resident_mb()
    with worker(sends(frame(v.Return(id=1, value=spread), bytes(64 << 20)))) as peer:
        assert peer.operate("find", "f").stride() == (1,)
    assert resident_mb() - before < 400


def test_a_frame_of_nothing_but_small_parts_takes_a_bounded_amount() -> None:
    pairs = b"\x92\xc0\xc0" * 5_000_000  # the worst known: three bytes become seventy
    head = b"\x83\xa1k\xa6return\xa2id\x01\xa7release\xdd" + (5_000_000).to_bytes(4)
    before = resident_mb()
    peak: list[float] = []
    done = threading.Event()

    def watch() -> None:
        while not done.wait(0.01):
            peak.append(resident_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    raw = head + pairs.replace(b"\xc0", b"\x01")
    with worker(sends(PREFIX.pack(MAGIC, len(raw), 0) + raw)) as peer, pytest.raises(WireError, match="let go"):
        peer.operate("find", "f")
    done.set()
    watcher.join()
    assert max(peak) - before < 600


def test_what_came_is_gone_when_nobody_holds_it_without_the_garbage_collector() -> None:
    replies = [
        frame(v.Return(id=n, value=v.Items("list", [v.Tensor("int8", [8 << 20], 0)])), bytes(8 << 20))
        for n in range(1, 41)
    ]
    with worker(sends(*replies)) as peer:
        before = resident_mb()
        gc.disable()
        try:
            for _ in replies:
                peer.operate("call", [1], torch.ones(3))
        finally:
            gc.enable()
        assert resident_mb() - before < 100


# the socket -----------------------------------------------------------------------------------------------------------


def test_bytes_that_drip_in_do_not_outlive_the_deadline() -> None:
    whole = frame(v.Return(id=1, value="x" * 100_000))

    def drip(connection: socket.socket) -> None:
        for byte in whole:
            connection.send(bytes([byte]))
            time.sleep(0.001)

    with worker(drip, seconds=0.3) as peer, pytest.raises(PeerLate):
        peer.operate("find", "f")


def test_a_worker_that_reads_in_drips_does_not_outlive_the_deadline() -> None:
    def sip(connection: socket.socket) -> None:
        for _ in range(500):
            connection.recv(1)
            time.sleep(0.001)

    with worker(sip, seconds=0.3) as peer, pytest.raises(PeerLate):
        peer.operate("call", torch.zeros(4 << 20))


def test_a_socket_that_the_worker_makes_non_blocking_changes_nothing_here() -> None:
    def loose(connection: socket.socket) -> None:
        flags = fcntl.fcntl(connection, fcntl.F_GETFL)
        fcntl.fcntl(connection, fcntl.F_SETFL, flags | os.O_NONBLOCK | os.O_ASYNC)
        time.sleep(0.1)
        for piece in (frame(v.Return(id=1, value=7))[n : n + 7] for n in range(0, 80, 7)):
            connection.send(piece)
            time.sleep(0.01)

    with worker(loose) as peer:
        assert peer.operate("find", "f") == 7


@pytest.mark.parametrize("how", [socket.SHUT_RD, socket.SHUT_WR, socket.SHUT_RDWR])
def test_a_socket_that_the_worker_half_closes_is_a_worker_that_ended(how: int) -> None:
    with asking() as (peer, far):
        far._socket.shutdown(how)
        with pytest.raises(PeerGone):
            peer.operate("call", torch.zeros(8))


@pytest.mark.skipif(not hasattr(socket, "MSG_OOB"), reason="no urgent data here")
def test_urgent_data_is_an_error_of_the_students_or_nothing() -> None:
    def urgent(connection: socket.socket) -> None:
        whole = frame(v.Return(id=1, value=7))
        try:
            connection.send(whole[:10], socket.MSG_OOB)
        except OSError:  # a kernel without it
            connection.send(whole[:10])
        connection.send(whole[10:])

    with worker(urgent) as peer, suppress(WireError):
        assert peer.operate("find", "f") == 7


def test_descriptors_sent_along_do_not_pile_up() -> None:
    def open_here() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    replies = [frame(v.Return(id=n, value=n)) for n in range(1, 51)]
    with asking() as (peer, far):
        read, write = os.pipe()
        before = open_here()
        for number, reply in enumerate(replies, 1):
            for at in range(0, len(reply), 9):
                socket.send_fds(far._socket, [reply[at : at + 9]], [read, write] * 50)
            assert peer.operate("find", "f") == number
        assert open_here() == before
        os.close(read)
        os.close(write)


def test_a_storm_of_calls_back_meets_the_deadline() -> None:
    def storm(connection: socket.socket) -> None:
        while True:
            connection.sendall(frame(LEN) * 20)
            connection.recv(1 << 16)

    with worker(storm, seconds=0.5) as peer, pytest.raises(PeerLate):
        peer.operate("call", Box())


def test_a_channel_without_an_allowance_takes_what_comes() -> None:
    here, there = socket.socketpair()
    with here, there:
        channel = Channel(here)
        there.sendall(frame(LEN) * 300)
        for _ in range(300):
            channel.receive()


# what the student is told ---------------------------------------------------------------------------------------------


class _Skewed:
    """A worker whose gradients are of another shape than the inputs."""

    def start(self, gpu: bool = False) -> socket.socket:
        here, there = socket.socketpair()
        threading.Thread(target=self._run, args=(there,), daemon=True).start()
        return here

    def end(self) -> tuple[str, str] | None:
        return None

    def _run(self, connection: socket.socket) -> None:
        answers = {
            "find": (v.Return(0, v.Ref(1, mine=True)), b""),
            "call": (v.Return(0, v.Out(0), node=3, outputs=[v.Tensor("float32", [2], 0)]), bytes(8)),
            "backward": (v.Return(0, v.Items("list", [v.Tensor("float32", [3], 0)])), bytes(12)),
        }
        channel = Channel(connection)
        try:
            while True:
                request, _ = channel.receive()
                assert isinstance(request, v.Request)
                reply, payload = answers.get(request.op, (v.Return(0, v.Mapping([])), b""))
                connection.sendall(frame(msgspec.structs.replace(reply, id=request.id), payload))
        except (WireError, OSError):
            connection.close()


def test_a_gradient_that_does_not_fit_is_a_finding_of_the_protocol() -> None:
    provider = SessionProvider(Session(torch, _Skewed(), (CodeCell(1, "x = 1"),), Budget(20.0, 60.0)))
    out = provider.begin(20.0).f(torch.ones(2, requires_grad=True))
    with pytest.raises(Failure, match="does not fit its input"):
        out.sum().backward()
    assert provider.fault is not None
    assert provider.fault.reason == "protocol"


class _Stormy:
    """A worker that runs its cells as it should, and then asks without end."""

    def start(self, gpu: bool = False) -> socket.socket:
        here, there = socket.socketpair()
        threading.Thread(target=self._run, args=(there,), daemon=True).start()
        return here

    def end(self) -> tuple[str, str] | None:
        return None

    def _run(self, connection: socket.socket) -> None:
        channel = Channel(connection)
        try:
            while True:
                request, _ = channel.receive()
                assert isinstance(request, v.Request)
                if request.op == "call":
                    connection.sendall(frame(LEN) * 300)
                    while connection.recv(1 << 16):
                        pass
                found: v.Value = v.Ref(1, mine=True) if request.op == "find" else v.Mapping([])
                channel.send(v.Return(id=request.id, value=found))
        except (WireError, OSError):
            connection.close()


def test_a_worker_that_sends_too_much_is_a_finding_of_that_check_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("autograder.examiner.session.Allowance", lambda: Allowance(messages=100))
    provider = SessionProvider(Session(torch, _Stormy(), (CodeCell(1, "x = 1"),), Budget(20.0, 60.0)))
    with pytest.raises(Failure, match="your code sent more than 100 messages in one check") as caught:
        provider.begin(20.0).f(Box())
    assert caught.value.reason == "limit"
    assert provider.fault is caught.value
    assert provider.begin(20.0).f is not None
    assert provider.fault is None
