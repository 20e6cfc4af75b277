"""Bytes over a stream socket until a deadline: three system calls for a question and its answer, where both are small.

What arrives ahead is kept in a buffer, so that a small frame is one read. Large pieces are read where they belong.
"""

from __future__ import annotations

import math
import select
import socket
import time
from collections.abc import Sequence

_AHEAD = 64 << 10
_MOST_PIECES = 512
_GROWTH = 1 << 20
_NO_WAIT: int = getattr(socket, "MSG_DONTWAIT", 0)


class Stream:
    """One end. `deadline` is in time.monotonic() seconds; None waits for ever.

    Every method that waits raises TimeoutError at the deadline, EOFError or another OSError where the other end has
    closed.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.deadline: float | None = None
        self._ahead = bytearray(_AHEAD)
        self._view = memoryview(self._ahead)
        self._start = self._end = 0
        self._polls: dict[bool, select.poll] = {}
        if not _NO_WAIT:  # Windows: the socket as a whole does not wait
            connection.setblocking(False)

    @property
    def unread(self) -> bool:
        """The other end has sent something that was not taken yet."""
        if self._start < self._end:
            return True
        try:
            return self._ready(reading=True, seconds=0.0) and bool(self._connection.recv(1, socket.MSG_PEEK))
        except OSError:  # nobody is there
            return False

    def send(self, pieces: Sequence[memoryview]) -> None:
        """Write all of them."""
        queue = [piece for piece in pieces if piece.nbytes]
        first = 0
        while first < len(queue):
            sent = self._write(queue[first : first + _MOST_PIECES])
            while sent:
                piece = queue[first]
                if sent < piece.nbytes:
                    queue[first] = piece[sent:]
                    break
                sent -= piece.nbytes
                first += 1

    def take(self, size: int) -> bytearray:
        """The next `size` bytes. Grows as they arrive, so that an announcement alone allocates little."""
        if size > _AHEAD:
            return self._taken_slowly(size)
        while self._end - self._start < size:
            if self._start + size > _AHEAD:
                self._to_front()
            self._end += self._read(self._view[self._end :])
        taken = self._ahead[self._start : self._start + size]
        self._start += size
        if self._start == self._end:
            self._start = self._end = 0
        return taken

    def fill(self, memory: memoryview) -> None:
        """The next bytes into `memory`, until it is full."""
        done = min(self._end - self._start, memory.nbytes)
        memory[:done] = self._view[self._start : self._start + done]
        self._start += done
        while done < memory.nbytes:
            done += self._read(memory[done:])

    def send_descriptor(self, descriptor: int) -> None:
        """One byte, and a descriptor beside it. Only where the other end is in take_descriptor()."""
        socket.send_fds(self._connection, [b"\0"], [descriptor])

    def take_descriptor(self) -> int | None:
        """The descriptor that came beside the next byte; None where there was none."""
        self._wait(reading=True)
        data, descriptors, _, _ = socket.recv_fds(self._connection, 1, 1)
        if not data:
            raise EOFError("the other side has closed")
        return descriptors[0] if descriptors else None

    def _taken_slowly(self, size: int) -> bytearray:
        taken = bytearray(_GROWTH)
        done = 0
        while done < size:
            if done == len(taken):
                taken.extend(bytes(min(size - done, done)))
            end = min(size, len(taken))
            with memoryview(taken) as view:
                self.fill(view[done:end])
            done = end
        del taken[size:]
        return taken

    def _to_front(self) -> None:
        left = self._end - self._start
        self._ahead[:left] = self._ahead[self._start : self._end]
        self._start, self._end = 0, left

    def _read(self, memory: memoryview) -> int:
        if self.deadline is None and _NO_WAIT:
            count = self._connection.recv_into(memory)
        else:
            while True:
                self._wait(reading=True)
                try:
                    count = self._connection.recv_into(memory, 0, _NO_WAIT)
                    break
                except BlockingIOError:
                    continue
        if count == 0:
            raise EOFError("the other side has closed")
        return count

    def _write(self, pieces: list[memoryview]) -> int:
        if self.deadline is None and _NO_WAIT:
            return self._connection.sendmsg(pieces)
        if self._seconds() == 0:
            raise TimeoutError("the time is up")
        while True:
            try:
                if hasattr(self._connection, "sendmsg"):
                    return self._connection.sendmsg(pieces, (), _NO_WAIT)
                return self._connection.send(pieces[0])  # Windows has no sendmsg
            except BlockingIOError:
                self._wait(reading=False)

    def _wait(self, reading: bool) -> None:
        seconds = self._seconds()
        if seconds == 0 or not self._ready(reading, seconds):
            raise TimeoutError("the time is up")

    def _seconds(self) -> float | None:
        """How many are left."""
        return None if self.deadline is None else max(0.0, self.deadline - time.monotonic())

    def _ready(self, reading: bool, seconds: float | None) -> bool:
        if not hasattr(select, "poll"):
            own = [self._connection]
            return any(select.select(own if reading else [], [] if reading else own, [], seconds))
        poll = self._polls.get(reading)
        if poll is None:
            poll = self._polls[reading] = select.poll()
            poll.register(self._connection, select.POLLIN if reading else select.POLLOUT)
        return bool(poll.poll(None if seconds is None else math.ceil(seconds * 1000)))
