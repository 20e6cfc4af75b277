"""Whatever a worker sends, the examiner gets a value, a student's error, or one WireError; soon and in little room."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time
import tracemalloc
from typing import Any

import msgspec
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from pair import asking

from autograder.checks import Failure
from autograder.wire import values as v
from autograder.wire.frames import MAGIC, PREFIX, Buffers, Channel, PeerGone, PeerLate, WireError
from autograder.wire.peer import Peer

FORGED = (WireError, Failure)


def frame(message: Any, payload: bytes = b"") -> bytes:
    header = msgspec.msgpack.encode(message)
    return PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload


def answer(*frames: bytes, ask: Any = None, seconds: float = 20.0) -> Any:
    """What the examiner makes of these bytes when it asks for something, the worker having closed behind them."""
    with asking() as (peer, far):
        peer.channel.deadline = time.monotonic() + seconds
        connection: socket.socket = far._socket
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)

        def send() -> None:
            try:
                connection.sendall(b"".join(frames))
                connection.shutdown(socket.SHUT_WR)
            except OSError:
                return

        sender = threading.Thread(target=send)
        sender.start()
        try:
            return ask(peer) if ask is not None else peer.operate("find", "f")
        finally:
            peer.channel.close()
            sender.join()


def with_tensor(peer: Peer) -> Any:
    """Ask with arguments of the kinds that an answer can refer to."""
    inputs = [torch.ones(2, requires_grad=True), torch.ones(3), [1, 2], {"a": 1}, lambda x: x]
    found: Any = peer.operate("call", *inputs)
    if type(found) is torch.Tensor and found.requires_grad:
        torch.autograd.backward(found.sum())
    return found


TENSOR = v.Tensor("float32", [2], 0)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_are_a_wire_error(junk: bytes) -> None:
    with pytest.raises(WireError):
        answer(junk)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200))
def test_random_bytes_behind_a_true_prefix_are_a_wire_error(junk: bytes) -> None:
    with pytest.raises(WireError):
        answer(PREFIX.pack(MAGIC, len(junk), 0) + junk)


VALID = frame(
    v.Return(
        id=1,
        value=v.Items("list", [v.Out(0), v.Sent(1), TENSOR, v.Mapping([("a", 1.5)]), v.Array("int8", [4], 16)]),
        node=3,
        outputs=[v.Tensor("float32", [2, 2], 0, [1, 2])],
        sink=True,
        changes=[v.Change(index=1, content=v.Tensor("float32", [3], 0))],
        contents=[(0, v.Items("list", [3]))],
        touched=[v.Tensor("float32", [1], 0, owned=7, gradient=v.Tensor("float32", [1], 16), grad=True)],
    ),
    bytes(range(64)),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(VALID) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_mutated_answer_is_a_value_or_an_error_of_the_students(edits: list[tuple[int, int]]) -> None:
    mutated = bytearray(VALID)
    for place, byte in edits:
        mutated[place] = byte
    with contextlib.suppress(*FORGED):
        answer(bytes(mutated), ask=with_tensor)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(VALID) - 1))
def test_a_truncated_answer_is_a_worker_that_ended(length: int) -> None:
    with pytest.raises(PeerGone):
        answer(VALID[:length], ask=with_tensor)


number = st.one_of(st.integers(-2, 9), st.sampled_from([-(1 << 63), (1 << 63) - 1, 1 << 40, 1 << 62, 16, 64]))
dtype = st.sampled_from(["float32", "bool", "int64", "complex128", "float8_e5m2", "bfloat16", "nonsense", "__class__"])
tensor = st.builds(
    v.Tensor,
    dtype=dtype,
    shape=st.lists(number, max_size=4),
    offset=number,
    strides=st.none() | st.lists(number, max_size=4),
    grad=st.booleans(),
    leaf=st.booleans(),
    owned=st.none() | number,
    gradient=st.none() | st.builds(v.Tensor, dtype=dtype, shape=st.lists(number, max_size=2), offset=number),
    parameter=st.booleans(),
)
classes = st.sampled_from(["", "list", "int", "ValueError", "Popen", "__import__"]) | st.text(max_size=3)
leafy = st.one_of(
    st.none(),
    st.integers(-(1 << 63), (1 << 63) - 1),
    st.text(max_size=3),
    st.builds(v.Bytes, st.binary(max_size=3)),
    st.builds(v.BigInt, st.text("0123456789abcdef-xX_ ", max_size=9)),
    st.builds(v.Complex, st.floats(), st.floats()),
    st.builds(v.Name, st.sampled_from(["dtype", "device", "ellipsis", "torch"]), st.text(max_size=9)),
    st.builds(v.Name, st.just("class"), classes),
    st.builds(
        v.Array, dtype, st.lists(number, max_size=3), number, st.booleans(), st.booleans(), st.just(0), st.booleans()
    ),
    st.builds(v.Ref, id=number, mine=st.booleans(), type=st.text(max_size=3), callable=st.booleans()),
    st.builds(v.Leaf, number),
    st.builds(v.Sent, number),
    st.builds(v.Given, number),
    st.builds(v.Out, number),
    tensor,
)
names = st.text("xyμ_1 ", max_size=3) | st.sampled_from(["class", "a" * 65])
mappings = st.sampled_from(["dict", "counter", "ordered", "default"])
value = st.recursive(
    leafy,
    lambda inner: st.one_of(
        st.builds(v.Items, st.sampled_from(["list", "tuple", "set", "frozenset", "size"]), st.lists(inner, max_size=4)),
        st.builds(v.Mapping, st.lists(st.tuples(inner, inner), max_size=3), mappings, classes),
        st.builds(v.Named, names, st.lists(names, max_size=3), st.lists(inner, max_size=3)),
        st.builds(v.Slice, inner, inner, inner, st.booleans()),
    ),
    max_leaves=8,
)
returns = st.builds(
    v.Return,
    id=st.just(1),
    value=value,
    node=number,
    outputs=st.lists(tensor, max_size=2),
    leaves=st.lists(number, max_size=2),
    sink=st.booleans(),
    changes=st.lists(
        st.builds(v.Change, number, st.none() | tensor | st.builds(v.Out, number), st.none() | tensor, st.booleans()),
        max_size=2,
    ),
    contents=st.lists(st.tuples(number, value), max_size=2),
    release=st.lists(st.tuples(number, number), max_size=2),
    touched=st.lists(tensor, max_size=2),
    written=st.lists(tensor, max_size=2),
)
requests = st.builds(
    v.Request,
    id=number,
    op=st.sampled_from(["call", "getattr", "iter", "next", "backward", "accumulate", "setattr", "find", "load", "x"]),
    args=st.lists(value | st.builds(v.Ref, id=st.just(1), mine=st.just(False)), max_size=4),
    kwargs=st.dictionaries(st.text(max_size=3), value, max_size=2),
    grad=st.booleans(),
    release=st.lists(st.tuples(number, number), max_size=2),
    touched=st.lists(tensor, max_size=1),
    written=st.lists(tensor, max_size=1),
)
raises = st.builds(
    v.Raise,
    id=st.just(1),
    type=st.sampled_from(["ValueError", "SystemExit", "BaseException", "UnicodeDecodeError", "ExceptionGroup", "é"]),
    message=st.text(max_size=5),
    reason=st.sampled_from(["exception", "missing_name", "out_of_memory", "limit"]),
    bases=st.lists(st.sampled_from(["ValueError", "KeyboardInterrupt", "OSError", "object"]), max_size=3),
    origin=number,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(returns | requests | raises, min_size=1, max_size=3), st.integers(0, 96))
def test_well_formed_nonsense_is_a_value_or_an_error_of_the_students(messages: list[Any], size: int) -> None:
    payload = bytes(index * 37 % 256 for index in range(size))
    with contextlib.suppress(*FORGED):
        answer(*[frame(message, payload) for message in messages], ask=with_tensor)


@pytest.mark.parametrize("sizes", [(1 << 31, 0), (0, 1 << 60), (0, 1 << 40), (1 << 31, (1 << 64) - 1)])
def test_an_announcement_of_much_is_refused_and_allocates_nothing(sizes: tuple[int, int]) -> None:
    tracemalloc.start()
    with pytest.raises(WireError, match="announces too much"):
        answer(PREFIX.pack(MAGIC, *sizes))
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_an_announcement_of_what_may_come_and_never_does_allocates_little() -> None:
    tracemalloc.start()
    header = msgspec.msgpack.encode(v.Return(id=1))
    with pytest.raises(PeerGone):
        answer(PREFIX.pack(MAGIC, len(header), 512 << 20) + header + b"x" * 1000)
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_deep_nesting_is_refused() -> None:
    deep: v.Value = 1
    for _ in range(100):
        deep = v.Items("list", [deep])
    with pytest.raises(WireError, match="nested"):
        answer(frame(v.Return(id=1, value=deep)))
    raw = (
        b"\x83\xa1k\xa6return\xa2id\x01\xa5value"
        + b"\x83\xa1k\xa5items\xa4type\xa4list\xa5items\x91" * 100_000
        + b"\x01"
    )
    with pytest.raises(WireError):
        answer(PREFIX.pack(MAGIC, len(raw), 0) + raw)


def test_an_unknown_field_is_refused() -> None:
    raw = msgspec.msgpack.encode({"k": "return", "id": 1, "value": None, "more": 1})
    with pytest.raises(WireError, match="header"):
        answer(PREFIX.pack(MAGIC, len(raw), 0) + raw)


@pytest.mark.parametrize(
    "forged",
    [
        v.Tensor("float32", [3], 0),
        v.Tensor("float32", [-1], 0),
        v.Tensor("float32", [1 << 62, 1 << 62], 0),
        v.Tensor("float32", [1 << 40], 0),
        v.Tensor("float32", [0, 1 << 62], 0),
        v.Tensor("float32", [2], 16),
        v.Tensor("float32", [1], 1),
        v.Tensor("float32", [2], -16),
        v.Tensor("float32", [1] * 40, 0),
        v.Tensor("float32", [2], 0, []),
        v.Tensor("object", [1], 0),
        v.Tensor("Tensor", [1], 0),
        v.Array("object", [1], 0),
        v.Array("float32", [1 << 50], 0),
        v.Array("float32", [2], 0, True),
        v.Items("set", [v.Items("list", [])]),
        v.Items("size", ["a"]),
        v.Items("size", [1.5]),
        v.Mapping([(v.Mapping([]), 1)]),
        v.Slice(1, "a", None, True),
        v.Slice(1, 2, 0, True),
        v.BigInt("0x"),
        v.BigInt("f" * 30_000),
        v.Name("dtype", "__class__"),
        v.Name("dtype", "load"),
        v.Name("device", "nonsense"),
        v.Name("device", "a\0b"),
        v.Name("torch", "torch.load"),
        v.Ref(1, mine=False),
        v.Leaf(1),
        v.Sent(0),
        v.Sent(-1),
        v.Out(0),
        v.Tensor("int64", [1], 0, owned=3),
        v.Tensor("float32", [1], 0, owned=3, gradient=v.Tensor("float32", [2], 0)),
        v.Tensor("float32", [1], 0, owned=3, gradient=v.Tensor("float64", [1], 0)),
    ],
)
def test_a_value_that_contradicts_itself_is_refused(forged: Any) -> None:
    with pytest.raises(WireError):
        answer(frame(v.Return(id=1, value=forged), bytes(8)))


def test_strange_strides_give_the_values_all_the_same() -> None:
    for strides in ([1 << 62, 1], [-4, 1], [1, 1], [7, 1 << 40], [0, 0]):
        forged = v.Tensor("int8", [2, 2], 0, strides)
        got = answer(frame(v.Return(id=1, value=forged), bytes([1, 1, 1, 1])))
        assert got.tolist() == [[1, 1], [1, 1]]
    single = answer(frame(v.Return(id=1, value=v.Tensor("int8", [1, 2], 0, [(1 << 64) - 1, 1])), bytes(2)))
    assert single.shape == (1, 2)


def test_a_bool_is_zero_or_one_whatever_its_byte() -> None:
    payload = bytes([255, 0, 2]) + bytes(13) + bytes([255])
    got = answer(
        frame(v.Return(id=1, value=v.Items("list", [v.Tensor("bool", [3], 0), v.Array("bool", [1], 16)])), payload)
    )
    assert got[0].sum() == 2
    assert got[1].astype(int).sum() == 1


def test_keys_made_to_collide_are_refused_at_once() -> None:
    prime = (1 << 61) - 1
    keys: list[v.Value] = [v.BigInt(hex(prime * n)) for n in range(100, 50_100)]
    start = time.process_time()
    with pytest.raises(WireError, match="collide"):
        answer(frame(v.Return(id=1, value=v.Items("set", [*keys, *range(50_000)]))))
    with pytest.raises(WireError, match="collide"):
        answer(frame(v.Return(id=1, value=v.Mapping([(key, None) for key in keys]))))
    assert time.process_time() - start < 60


def test_a_reply_to_another_question_is_refused() -> None:
    with pytest.raises(WireError, match="not asked"):
        answer(frame(v.Return(id=2)))


def test_a_second_reply_is_refused_when_the_next_question_is_asked() -> None:
    def twice(peer: Peer) -> None:
        assert peer.operate("find", "f") == 1
        peer.operate("find", "g")

    with pytest.raises(WireError, match="not asked"):
        answer(frame(v.Return(id=1, value=1)), frame(v.Return(id=1, value=2)), ask=twice)


def test_a_reply_that_never_comes_is_late() -> None:
    with asking() as (peer, _):
        peer.channel.deadline = time.monotonic() + 0.1
        with pytest.raises(PeerLate):
            peer.operate("find", "f")
        assert not peer.in_step


def test_a_worker_that_does_not_read_is_late() -> None:
    with asking() as (peer, _):
        peer.channel.deadline = time.monotonic() + 0.3
        with pytest.raises(PeerLate, match="does not read"):
            peer.operate("call", torch.zeros(4 << 20))


def test_requests_without_end_meet_the_deadline() -> None:
    flood = frame(v.Request(id=1, op="iter", args=[v.Ref(1, mine=False)]))
    with asking() as (peer, far):
        peer.channel.deadline = time.monotonic() + 0.5
        going = True

        def send() -> None:
            try:
                while going:
                    far._socket.sendall(flood * 50)
                    far._socket.recv(1 << 16)
            except OSError:
                return

        sender = threading.Thread(target=send)
        sender.start()
        with pytest.raises(PeerLate):
            peer.operate("call", iter([1]))
        going = False
        peer.channel.close()
        far.close()
        sender.join()


def test_calls_within_calls_without_end_are_refused() -> None:
    def again(peer: Peer) -> Any:
        def back() -> Any:
            return peer.operate("call", back)

        return back()

    request = frame(v.Request(id=1, op="call", args=[v.Ref(1, mine=False)]))
    with pytest.raises(WireError, match="never come to an end"):
        answer(request * 40, ask=again)


def with_lists(peer: Peer) -> Any:
    return peer.operate("call", [[1], [2]])


@pytest.mark.parametrize(
    ("value", "contents"),
    [
        (v.Given(3), []),
        (v.Given(-1), []),
        (v.Items("list", [v.Given(1), v.Given(1)]), []),
        (None, [(0, v.Items("list", [v.Given(0)]))]),
        (None, [(1, v.Given(0))]),
    ],
)
def test_an_argument_comes_back_once_and_never_inside_itself(
    value: v.Value, contents: list[tuple[int, v.Value]]
) -> None:
    with pytest.raises(WireError):
        answer(frame(v.Return(id=1, value=value, contents=contents)), ask=with_lists)


def test_an_argument_that_comes_back_is_the_one_that_was_sent() -> None:
    given = [[1], [2]]
    reply = frame(v.Return(id=1, value=v.Items("tuple", [v.Given(0), v.Given(2)])))
    found = answer(reply, ask=lambda peer: peer.operate("call", given))
    assert found[0] is given
    assert found[1] is given[1]


@pytest.mark.parametrize(
    "op", ["find", "load", "setattr", "delattr", "setitem", "deepcopy", "str", "hello", "find_torch"]
)
def test_a_worker_may_not_ask_for_what_only_the_examiner_may(op: str) -> None:
    class Mine:
        pass

    request = v.Request(id=1, op=op, args=[v.Ref(1, mine=False), "x", "y"])
    with asking() as (peer, far):
        far._socket.sendall(frame(request) + frame(v.Return(id=1, value=5)))
        assert peer.operate("call", Mine()) == 5
        far.receive()
        refused, _ = far.receive()
        assert isinstance(refused, v.Raise)
        assert refused.type == "TypeError"


def test_a_worker_may_not_operate_on_what_it_was_not_given() -> None:
    for args in ([v.Ref(9, mine=False)], [v.Ref(1, mine=True)], ["text", "format"], [], [v.Items("list", [])]):
        with pytest.raises(WireError):
            answer(frame(v.Request(id=1, op="getattr", args=args)), ask=lambda peer: peer.operate("call", len))  # type: ignore[arg-type]


def test_a_graph_is_no_object_and_an_object_is_no_graph() -> None:
    def callback(x: torch.Tensor) -> torch.Tensor:
        return x * 2

    call = v.Request(id=1, op="call", args=[v.Ref(1, mine=False), v.Tensor("float32", [1], 0, grad=True)])
    as_object = v.Request(id=2, op="call", args=[v.Ref(2, mine=False)])
    as_graph = v.Request(id=2, op="backward", args=[1, v.Items("list", [None]), False, v.Items("list", [])])
    for second in (as_object, as_graph):
        with pytest.raises(WireError, match="never issued"):
            answer(frame(call, bytes(4)), frame(second), ask=lambda peer: peer.operate("call", callback))


@pytest.mark.parametrize(
    "args",
    [
        [2],
        [2, None, False, v.Items("list", [])],
        [2, v.Items("list", []), False, v.Items("list", [])],
        [2, v.Items("list", [TENSOR, TENSOR]), False, v.Items("list", [])],
        [2, v.Items("list", ["a"]), False, v.Items("list", [])],
        [2, v.Items("list", [v.Tensor("float64", [1], 0)]), False, v.Items("list", [])],
        [2, v.Items("list", [v.Tensor("float32", [1], 0)]), False, v.Items("list", ["a"])],
        [2, v.Items("list", [TENSOR]), False, 5],
    ],
)
def test_a_forged_backward_is_refused(args: list[Any]) -> None:
    call = v.Request(id=1, op="call", args=[v.Ref(1, mine=False), v.Tensor("float32", [1], 0, grad=True)])
    backward = v.Request(id=2, op="backward", args=args)
    with pytest.raises(WireError):
        answer(
            frame(call, bytes(16)), frame(backward, bytes(16)), ask=lambda peer: peer.operate("call", lambda x: x * 2)
        )


@pytest.mark.parametrize(
    "gradient",
    [
        1,
        v.Items("list", []),
        v.Items("list", [None, None]),
        v.Items("list", ["a"]),
        v.Items("list", [v.Tensor("float32", [3], 0)]),
        v.Items("list", [v.Tensor("float64", [2], 0)]),
    ],
)
def test_gradients_that_do_not_fit_are_refused(gradient: Any) -> None:
    forward = v.Return(id=1, value=v.Out(0), node=1, outputs=[TENSOR])

    def ask(peer: Peer) -> None:
        peer.operate("call", torch.ones(2, requires_grad=True)).sum().backward()

    with pytest.raises(WireError):
        answer(frame(forward, bytes(8)), frame(v.Return(id=2, value=gradient), bytes(16)), ask=ask)


def test_a_forged_exception_becomes_no_exception_that_the_examiner_acts_on() -> None:
    for name in ("SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "Failed", "x" * 10_000):
        with pytest.raises(Failure):
            answer(frame(v.Raise(1, name, "m" * 100_000, "t" * 100_000, bases=["BaseException"] * 1000)))


def test_both_ends_sending_much_at_once_is_late_and_no_deadlock() -> None:
    here, there = socket.socketpair()
    with here, there:
        one, other = Channel(here), Channel(there)
        one.deadline = other.deadline = time.monotonic() + 0.5
        big = v.Return(id=1, value=v.Bytes(bytes(4 << 20)))
        late: list[BaseException] = []

        def send(channel: Channel) -> None:
            try:
                channel.send(big)
            except PeerLate as error:
                late.append(error)

        threads = [threading.Thread(target=send, args=(channel,)) for channel in (one, other)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(late) == 2


def test_partial_writes_and_reads_keep_a_large_frame_whole() -> None:
    here, there = socket.socketpair()
    with here, there:
        for end in (here, there):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        buffers = Buffers()
        pieces = [bytes([n % 256]) * (1000 + n) for n in range(700)]
        offsets = [buffers.add(memoryview(piece)) for piece in pieces]
        sender = threading.Thread(target=Channel(here).send, args=(v.Return(id=1), buffers))
        sender.start()
        _, payload = Channel(there).receive()
        sender.join()
        assert all(payload.small[at : at + len(p)] == p for (_, at), p in zip(offsets, pieces, strict=True))


def test_descriptors_beside_a_frame_are_not_received() -> None:
    with asking() as (peer, far):
        reader, writer = socket.socketpair()
        with reader, writer:
            socket.send_fds(far._socket, [frame(v.Return(id=1, value=7))], [writer.fileno()])
            assert peer.operate("find", "f") == 7


def test_the_prefix_is_what_the_documentation_says() -> None:
    raw = frame(v.Return(id=1), b"abc")
    magic, header, payload = struct.unpack("<IIQ", raw[:16])
    assert (magic, payload, len(raw)) == (MAGIC, 3, 16 + header + 3)
