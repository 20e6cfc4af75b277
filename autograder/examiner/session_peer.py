"""The examiner's end of the wire in a session: what breaks there is a finding, and what matters is noted."""

from __future__ import annotations

import sys
from typing import Any, Protocol

from autograder.checks import Failure
from autograder.examiner.behaviour import Witness
from autograder.examiner.objections import Objections
from autograder.wire.effects import Changed
from autograder.wire.frames import Channel, WireError
from autograder.wire.handle import Handle
from autograder.wire.host import Host
from autograder.wire.peer import Peer

_SILENT = frozenset(("defaults", "hello", "load", "printed", "restore", "times", "trace"))
"""Operations that run nothing of the student's, or whose output is told otherwise."""


class Present(Protocol):
    """What a session keeps of the present check."""

    echoes: bool
    """What the student's code prints is printed here too."""
    fault: Failure | None
    """How the connection broke."""
    objections: Objections
    witness: Witness | None
    """Notes how the student's code behaves, where that is asked for."""

    def broke(self, error: WireError) -> Failure:
        """Note that the connection is of no use any more, and say so as a finding."""


class SessionPeer(Peer):
    """A peer whose broken connection is a finding."""

    def __init__(self, torch: Any, channel: Channel, host: Host, session: Present) -> None:
        super().__init__(torch, channel, host)
        self._session = session

    def operate(self, op: str, *args: Any, **kwargs: Any) -> Any:
        """As Peer.operate; what the student's code has printed meanwhile is printed here, where that is wanted."""
        try:
            found = super().operate(op, *args, **kwargs)
        finally:
            if self._session.echoes and op not in _SILENT:
                self._echo()
        if op in ("find", "getattr") and isinstance(found, Handle):
            self._session.objections.named(found, args[-1])
        return found

    def _echo(self) -> None:
        """Print here what the student's code has printed there."""
        if self._session.fault is None and self.in_step:
            text = super().operate("printed")
            sys.stdout.write(text if isinstance(text, str) else "")  # print() may be another's, in a check

    def _may_change(self, changed: Changed) -> bool:
        if self._session.witness is not None and changed.op != "backward":
            self._session.witness.changed(changed.argument)
        return self._session.objections.may_change(changed)

    def misled(self, what: str) -> Exception:
        """A finding."""
        return self._session.broke(WireError(what))

    def _ask(self, *args: Any) -> Any:
        if self._session.fault is not None:
            raise self._session.fault
        witness, op = self._session.witness, args[0]
        name = args[1][0] if op == "find" else ""
        try:
            found = super()._ask(*args)
        except WireError as error:
            raise self._session.broke(error) from error
        except Failure as failure:
            if witness is not None:
                witness.raised(op, name, failure)
            raise
        if witness is not None:
            witness.came(op, name, found)
        return found
