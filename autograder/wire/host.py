"""What differs between the two ends of a connection: what is done, what may cross, and what errors become."""

from __future__ import annotations

from typing import Any, Protocol

from autograder.wire import values as v
from autograder.wire.handle import Handle, Operates


class Host(Protocol):
    """What differs between the two ends."""

    def perform(self, op: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Do an operation that the other end asked for."""

    def expose(self, obj: Any, /) -> v.Value:
        """How an object that is no plain value crosses without a reference, or None: by reference.

        Raises:
            Unsendable: it may not cross at all.
        """

    def dropped(self, obj: Any, /) -> None:
        """The other end no longer holds a reference to `obj`."""

    def named(self, path: str) -> Any:
        """The public object of torch's that the other end named."""

    def place(self, tensor: Any, device: str) -> Any:
        """`tensor` on the device that the other end named for it.

        Raises:
            WireError: that is not the other end's to say.
        """

    def failure(self, request: int, error: BaseException) -> v.Raise:
        """`error`, raised by perform(), as the other end may see it. Raises what must end the connection."""

    def raised(self, reply: v.Raise) -> BaseException:
        """The exception to raise here for one that was raised there."""

    def handle(self, peer: Operates, ref: v.Ref) -> Handle:
        """A handle for an object that stays at the other end."""
