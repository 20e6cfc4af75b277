"""Length-prefixed frames over a stream socket: a strict header, then raw bytes in memory that the reader owns.

A frame is `magic, header length, payload length` (little-endian u32, u32, u64), the header (MessagePack of a
`Message`), and the payload: small pieces in one, then the large ones, each by itself, whose sizes the message tells.
Both lengths are bounded before anything is allocated. Where both ends share memory, the large pieces go through that.
"""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec
from msgspec import structs

from autograder.wire.ring import OutOfStep, Ring, Shares, hand_over, sealed_memory, take_over
from autograder.wire.stream import Stream
from autograder.wire.values import Message, Raise, Request, Return

MAGIC = 0x31574741
RING_MAGIC = 0x52574741
"""Of a prefix that announces shared memory, and no frame."""
PREFIX = struct.Struct("<IIQ")
MAX_HEADER = 16 << 20
MAX_PAYLOAD = 512 << 20
LARGE = 128 << 10
"""Bytes of a piece that travels by itself, and becomes a tensor of its own memory."""
ALIGN = 64


class WireError(Exception):
    """The other side sent something that is no message of this protocol, or too much of it."""


class PeerGone(WireError):
    """The other side has closed: its process ended."""


class PeerLate(WireError):
    """The other side did not answer before the deadline."""


class TooMuch(WireError):
    """The other side went beyond its allowance. The text goes on from "your code", for people."""


class Unsendable(ValueError):
    """A value of this side's that may not cross: too large, too deep, or of no kind that can."""


@dataclass(frozen=True)
class Allowance:
    """What one end takes from the other in one turn, which is a check: a bound on the work and the memory of its own
    that the other can cause."""

    messages: int = 250_000
    plain_bytes: int = 256 << 20
    """Of headers: all that is no tensor or array. Each may become some 25 bytes in memory."""
    tensor_bytes: int = 2 << 30
    objects: int = 50_000
    """Objects of either end that are referred to at once: handles, graphs, leaves, and objects lent."""
    graph_bytes: int = 2 << 30
    """Payloads of the requests whose graphs are kept."""


class Buffers:
    """The payload of a frame being written: small pieces, each aligned to 64 bytes, and large ones."""

    def __init__(self) -> None:
        self.pieces: list[memoryview] = []
        self.size = 0
        """Bytes of the small pieces, with what lies between them."""
        self.large: list[memoryview] = []
        self.total = 0
        """Bytes of all."""

    def add(self, piece: memoryview) -> tuple[int, int]:
        """Append `piece`: its section and the offset there. Section 0 is that of the small pieces.

        Raises:
            Unsendable: the payload would be larger than a frame may be.
        """
        padding = -self.size % ALIGN if piece.nbytes < LARGE else 0
        self.total += padding + piece.nbytes
        if self.total > MAX_PAYLOAD:
            raise Unsendable(f"more than {MAX_PAYLOAD >> 20} MB of tensors in one call")
        if piece.nbytes >= LARGE:
            self.large.append(piece)
            return len(self.large), 0
        if padding:
            self.pieces.append(memoryview(bytes(padding)))
            self.size += padding
        offset = self.size
        if piece.nbytes:
            self.pieces.append(piece)
            self.size += piece.nbytes
        return 0, offset


class Payload(NamedTuple):
    """The bytes of one frame, in memory of the reader's own."""

    small: bytearray
    large: list[Any]
    """What `Channel.room` made, each; None once somebody has taken it."""
    size: int


_NOTHING = Buffers()
_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Request | Return | Raise)  # made ahead of every fork: it takes 2 ms


_BROKEN = (OSError, EOFError, OutOfStep)
"""What the socket and the ring raise."""


def _broken(error: BaseException, late: str) -> WireError:
    """What it means for the connection; `late` is said where the time was up."""
    if isinstance(error, TimeoutError):
        return PeerLate(late)
    if isinstance(error, OutOfStep):
        return WireError("a word between two pieces that is none")
    return PeerGone("the other side has closed")


class Channel:
    """One end of a connection. `deadline` is in time.monotonic() seconds; None waits for ever."""

    def __init__(self, connection: socket.socket, shares: Shares = Shares.NOTHING) -> None:
        self._socket = connection
        self._stream = Stream(connection)
        self._shares = shares
        self._ring: Ring | None = None
        self._wants_ring = False
        self.room: Callable[[int], tuple[Any, memoryview]] = _plain_room
        """Makes memory of that many bytes for a large piece, and the view through which it is filled."""
        self.bytes_received = 0
        self.allowance: Allowance | None = None
        self._messages = self._plain_bytes = self._tensor_bytes = 0

    @property
    def deadline(self) -> float | None:
        """When sending and receiving give up."""
        return self._stream.deadline

    @deadline.setter
    def deadline(self, deadline: float | None) -> None:
        self._stream.deadline = deadline

    def allow(self, allowance: Allowance) -> None:
        """Take no more than this from now on: another turn begins."""
        self.allowance = allowance
        self._messages = self._plain_bytes = self._tensor_bytes = 0

    def send(self, message: Message, buffers: Buffers | None = None) -> None:
        """Write one frame.

        Raises:
            Unsendable: the header is too large, or cannot be written. PeerGone, PeerLate: as named.
        """
        payload = buffers or _NOTHING
        if payload.large:
            message = structs.replace(message, sections=[piece.nbytes for piece in payload.large])
        try:
            header = _ENCODER.encode(message)
        except (UnicodeEncodeError, TypeError, OverflowError) as error:
            raise Unsendable(f"something that cannot be written down: {type(error).__name__}") from error
        if len(header) > MAX_HEADER:
            raise Unsendable(f"a value of more than {MAX_HEADER >> 20} MB outside tensors")
        try:
            self._send(header, payload)
        except _BROKEN as error:
            raise _broken(error, "the other side does not read") from error

    def receive(self) -> tuple[Message, Payload]:
        """Read one frame: its message, and its payload in memory of the reader's own.

        Raises:
            WireError: not a frame of this protocol. PeerGone, PeerLate, TooMuch: as named.
        """
        try:
            return self._receive()
        except _BROKEN as error:
            raise _broken(error, "the other side does not answer") from error

    @property
    def unread(self) -> bool:
        """The other side has sent something that was not received yet."""
        return self._stream.unread

    def close(self) -> None:
        """Close the socket; the other side sees the end."""
        self._socket.close()
        self._ring = None

    def _send(self, header: bytes, payload: Buffers) -> None:
        if self._wants_ring or payload.large:
            self._offer_ring()
        prefix = memoryview(PREFIX.pack(MAGIC, len(header), payload.total) + header)
        if self._ring is None or not payload.large:
            self._stream.send([prefix, *payload.pieces, *payload.large])
            return
        self._stream.send([prefix, *payload.pieces])
        self._ring.write(payload.large, self._stream)

    def _offer_ring(self) -> None:
        if self._shares is not Shares.OFFERS or self._ring is not None:
            return
        memory = sealed_memory()
        if memory is not None:
            self._stream.send([memoryview(PREFIX.pack(RING_MAGIC, 0, 0))])
            self._ring = hand_over(memory, self._stream)
        if self._ring is None:
            self._shares = Shares.NOTHING
        self._wants_ring = False

    def _receive(self) -> tuple[Message, Payload]:
        magic, header_size, payload_size = PREFIX.unpack(self._stream.take(PREFIX.size))
        while magic == RING_MAGIC and self._shares is Shares.ACCEPTS:
            self._ring = take_over(self._stream)
            magic, header_size, payload_size = PREFIX.unpack(self._stream.take(PREFIX.size))
        if magic != MAGIC or header_size > MAX_HEADER or payload_size > MAX_PAYLOAD:
            raise WireError("a frame's prefix is not of this protocol, or announces too much")
        if self.allowance is not None:
            self._count(self.allowance, header_size, payload_size)
        try:
            message = _DECODER.decode(self._stream.take(header_size))
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, OverflowError) as error:
            raise WireError(f"a frame's header is no message: {type(error).__name__}") from error
        self.bytes_received += PREFIX.size + header_size + payload_size
        if isinstance(message, Raise) or not message.sections:
            return message, Payload(self._stream.take(payload_size), [], payload_size)
        small = payload_size - sum(message.sections)
        if small < 0 or min(message.sections) < LARGE:
            raise WireError("large pieces that are small, or more than their frame")
        return message, Payload(self._stream.take(small), self._large(message.sections), payload_size)

    def _large(self, sections: list[int]) -> list[Any]:
        """The large pieces. Memory is taken as they arrive: an announcement alone touches none of it."""
        rooms = [self.room(size) for size in sections]
        if self._ring is not None:
            self._ring.read([view for _, view in rooms], self._stream)
        else:
            self._wants_ring = self._shares is Shares.OFFERS
            for _, view in rooms:
                self._stream.fill(view)
        return [memory for memory, _ in rooms]

    def _count(self, allowed: Allowance, header_size: int, payload_size: int) -> None:
        self._messages += 1
        self._plain_bytes += header_size
        self._tensor_bytes += payload_size
        if self._messages > allowed.messages:
            raise TooMuch(f"sent more than {allowed.messages:,} messages in one check")
        if self._plain_bytes > allowed.plain_bytes:
            raise TooMuch(f"sent more than {allowed.plain_bytes >> 20} MB of values outside tensors in one check")
        if self._tensor_bytes > allowed.tensor_bytes:
            raise TooMuch(f"sent more than {allowed.tensor_bytes >> 20} MB of tensors in one check")


def _plain_room(size: int) -> tuple[bytearray, memoryview]:
    memory = bytearray(size)
    return memory, memoryview(memory)
