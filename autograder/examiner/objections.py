"""What speaks against a check that would pass: an argument that came back changed, answers that were sent ahead."""

from __future__ import annotations

from typing import Any
from weakref import WeakKeyDictionary

from autograder.checks import Failure
from autograder.checks.properties import mutation
from autograder.wire.effects import Changed
from autograder.wire.handle import Handle

_UNNAMED = frozenset(("function", "method", "builtin_function_or_method"))


class Objections:
    """Decides for one check after the other what of its own values the student's code may change."""

    def __init__(self) -> None:
        self.first: Failure | None = None
        self._in_place = False
        self._names: WeakKeyDictionary[Handle, str] = WeakKeyDictionary()

    def begin(self, in_place: bool) -> None:
        """Another check begins. `in_place`: it asks for arguments to be changed."""
        self.first = None
        self._in_place = in_place

    def named(self, handle: Handle, name: str) -> None:
        """By which name the check got hold of an object of the student's."""
        self._names[handle] = name

    def may_change(self, changed: Changed) -> bool:
        """Whether an argument that the student's code changed in place is to change here. If not, that is noted.

        Where it may not, the check goes on with the argument as it was: its own reference has not seen the change.
        """
        if changed.op == "backward":
            return False  # gradients, which nobody asks to have changed, and which may be the check's own
        if self._in_place:
            return True
        self.note(mutation.changed_in_place(self._name_of(changed.target), changed.argument))
        mutation.report(changed.value)
        return False

    def reshaped(self, count: int) -> None:
        """So often, parameters that the check had got hold of were given another shape: empty, they equal nothing."""
        if count and not self._in_place:
            self.note(Failure("a parameter of your model changed its shape while it was used", "wrong_type"))

    def note(self, failure: Failure) -> None:
        """This speaks against the present check."""
        if self.first is None:
            self.first = failure

    def _name_of(self, target: Any) -> str:
        if not isinstance(target, Handle):
            return "your code"
        name = self._names.get(target, target._type)
        return "your function" if name in _UNNAMED else name
