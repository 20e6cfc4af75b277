"""The examiner's end of the wire in a session: what breaks there is a finding, and what matters is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from autograder.checks import Failure
from autograder.wire.effects import Changed
from autograder.wire.frames import WireError
from autograder.wire.handle import Handle
from autograder.wire.peer import Peer

if TYPE_CHECKING:
    from autograder.examiner.session import Session

_SILENT = frozenset(("hello", "load", "printed", "restore", "times", "trace"))
"""Operations that run nothing of the student's, or whose output is told otherwise."""


class SessionPeer(Peer):
    """A peer whose broken connection is a finding."""

    session: Session

    def operate(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """As Peer.operate; what the student's code has printed meanwhile is printed here, where that is wanted."""
        try:
            found = super().operate(op, *args, **kwargs)
        finally:
            if self.session.echoes and op not in _SILENT:
                self._echo()
        if op in ("find", "getattr") and isinstance(found, Handle):
            self.session.objections.named(found, args[-1])
        return found

    def _echo(self) -> None:
        """Print here what the student's code has printed there."""
        if self.session.fault is None and self.in_step:
            text = super().operate("printed")
            print(text if isinstance(text, str) else "", end="")

    def _may_change(self, changed: Changed) -> bool:
        if self.session.witness is not None and changed.op != "backward":
            self.session.witness.changed(changed.argument)
        return self.session.objections.may_change(changed)

    def misled(self, what: str) -> Exception:
        """A finding."""
        return self.session.broke(WireError(what))

    def _ask(self, *args: Any) -> Any:
        if self.session.fault is not None:
            raise self.session.fault
        witness, op = self.session.witness, args[0]
        name = args[1][0] if op == "find" else ""
        try:
            found = super()._ask(*args)
        except WireError as error:
            raise self.session.broke(error) from error
        except Failure as failure:
            if witness is not None:
                witness.raised(op, name, failure)
            raise
        if witness is not None:
            witness.came(op, name, found)
        return found
