"""Length-prefixed frames over a stream socket: a strict header, then raw bytes in a buffer that the reader owns.

A frame is `magic, header length, payload length` (little-endian u32, u32, u64), the header (MessagePack of a
`Message`), and the payload. Both lengths are bounded before anything is allocated.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

import msgspec

from autograder.wire.stream import Stream
from autograder.wire.values import Message, Raise, Request, Return

MAGIC = 0x31574741
PREFIX = struct.Struct("<IIQ")
MAX_HEADER = 16 << 20
MAX_PAYLOAD = 512 << 20
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
    """The payload of a frame being written: pieces, each aligned to 64 bytes."""

    def __init__(self) -> None:
        self.pieces: list[memoryview] = []
        self.size = 0

    def add(self, piece: memoryview) -> int:
        """Append `piece` and return its offset.

        Raises:
            Unsendable: the payload would be larger than a frame may be.
        """
        padding = -self.size % ALIGN
        if self.size + padding + piece.nbytes > MAX_PAYLOAD:
            raise Unsendable(f"more than {MAX_PAYLOAD >> 20} MB of tensors in one call")
        if padding:
            self.pieces.append(memoryview(bytes(padding)))
            self.size += padding
        offset = self.size
        if piece.nbytes:
            self.pieces.append(piece)
            self.size += piece.nbytes
        return offset


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Request | Return | Raise)  # made ahead of every fork: it takes 2 ms


class Channel:
    """One end of a connection. `deadline` is in time.monotonic() seconds; None waits for ever."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._stream = Stream(connection)
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
        try:
            header = _ENCODER.encode(message)
        except (UnicodeEncodeError, TypeError, OverflowError) as error:
            raise Unsendable(f"something that cannot be written down: {type(error).__name__}") from error
        if len(header) > MAX_HEADER:
            raise Unsendable(f"a value of more than {MAX_HEADER >> 20} MB outside tensors")
        payload = buffers.pieces if buffers is not None else []
        size = buffers.size if buffers is not None else 0
        try:
            self._stream.send([memoryview(PREFIX.pack(MAGIC, len(header), size) + header), *payload])
        except TimeoutError as error:
            raise PeerLate("the other side does not read") from error
        except (OSError, EOFError) as error:
            raise PeerGone("the other side has closed") from error

    def receive(self) -> tuple[Message, bytearray]:
        """Read one frame: its message, and its payload in a buffer of the reader's own.

        Raises:
            WireError: not a frame of this protocol. PeerGone, PeerLate, TooMuch: as named.
        """
        try:
            return self._receive()
        except TimeoutError as error:
            raise PeerLate("the other side does not answer") from error
        except (OSError, EOFError) as error:
            raise PeerGone("the other side has closed") from error

    @property
    def unread(self) -> bool:
        """The other side has sent something that was not received yet."""
        return self._stream.unread

    def close(self) -> None:
        """Close the socket; the other side sees the end."""
        self._socket.close()

    def _receive(self) -> tuple[Message, bytearray]:
        magic, header_size, payload_size = PREFIX.unpack(self._stream.take(PREFIX.size))
        if magic != MAGIC or header_size > MAX_HEADER or payload_size > MAX_PAYLOAD:
            raise WireError("a frame's prefix is not of this protocol, or announces too much")
        if self.allowance is not None:
            self._count(self.allowance, header_size, payload_size)
        try:
            message = _DECODER.decode(self._stream.take(header_size))
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, OverflowError) as error:
            raise WireError(f"a frame's header is no message: {type(error).__name__}") from error
        payload = self._stream.take(payload_size)
        self.bytes_received += PREFIX.size + header_size + payload_size
        return message, payload

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
