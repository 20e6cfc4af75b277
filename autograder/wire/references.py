"""Which objects each end may refer to at the other. Sendings are counted: a reference on its way is never lost."""

from __future__ import annotations

from collections import deque
from typing import Any


class Issued:
    """Own objects that the other end may refer to."""

    def __init__(self) -> None:
        self._objects: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._sent: dict[int, int] = {}
        self._next = 1

    def __len__(self) -> int:
        return len(self._objects)

    def issue(self, obj: Any) -> int:
        """A reference to `obj` that is now being sent. The same object keeps the same one."""
        number = self._numbers.get(id(obj))
        if number is None:
            number = self._next
            self._next += 1
            self._objects[number] = obj
            self._numbers[id(obj)] = number
            self._sent[number] = 0
        self._sent[number] += 1
        return number

    def get(self, ref: int) -> Any:
        """The object behind `ref`; None where none was issued."""
        return self._objects.get(ref)

    def number(self, obj: Any) -> int | None:
        """The reference under which the other end knows `obj`."""
        return self._numbers.get(id(obj))

    def release(self, ref: int, count: int) -> Any:
        """The other end has dropped `ref`, having received it `count` times. The object, if it is let go by this."""
        if ref not in self._sent:
            return None
        self._sent[ref] -= count
        if self._sent[ref] > 0:
            return None  # it was sent again meanwhile
        del self._sent[ref]
        obj = self._objects.pop(ref)
        del self._numbers[id(obj)]
        return obj


class Held:
    """The other end's references that something here holds."""

    def __init__(self) -> None:
        self._received: dict[int, int] = {}
        self._dropped: deque[tuple[int, int]] = deque()

    def receive(self, ref: int) -> None:
        """One more time, `ref` has come."""
        self._received[ref] = self._received.get(ref, 0) + 1

    def drop(self, ref: int) -> None:
        """Nothing here holds `ref` any more. Called from finalizers, so at any moment."""
        count = self._received.pop(ref, 0)
        if count:
            self._dropped.append((ref, count))

    @property
    def untold(self) -> int:
        """How many were dropped without the other end knowing."""
        return len(self._dropped)

    def take(self, most: int = 100_000) -> list[tuple[int, int]]:
        """What the next message is to tell the other end: references, and how often each had come."""
        return [self._dropped.popleft() for _ in range(min(most, len(self._dropped)))]
