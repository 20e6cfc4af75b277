"""A student across the wire and a student in this process, behind one face: what every conformance test runs on."""

from __future__ import annotations

import socket
import textwrap
import threading
from collections.abc import Callable
from typing import Any, Protocol

import torch

from autograder.checks import CheckSpec, current_builder, explain
from autograder.course import CodeCell, Finding
from autograder.examiner.judge import CheckInfo, Ending, judge
from autograder.examiner.judgement import Judgement
from autograder.examiner.local import LocalProvider
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.wire.frames import Channel, WireError
from autograder.wire.names import public_names
from autograder.wire.peer import Peer
from autograder.wire.ring import Shares
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.serve import StudentHost

SECONDS = 20.0


class Transport(Protocol):
    """Gives students, and judges checks of them."""

    def student(self, *cells: str) -> Any:
        """A student whose notebook has these cells, who may change arguments in place."""

    def finding(self, check: Callable[[Any], Any], *cells: str, in_place: bool = False) -> Finding:
        """What the check says of such a student."""

    def close(self) -> None:
        """End what was started."""


class ThreadWorkers:
    """Workers that are threads of this process: no walls, and soon there."""

    def __init__(self) -> None:
        self.peers: list[Peer] = []

    def start(self, gpu: bool) -> socket.socket:
        here, there = socket.socketpair()
        host = StudentHost(public_names(torch), Namespace(), BoundedText(1000))
        peer = Peer(torch, Channel(there, Shares.ACCEPTS), host)
        self.peers.append(peer)
        threading.Thread(target=_serve, args=(peer,), daemon=True).start()
        return here

    def end(self) -> tuple[str, str] | None:
        return None


def _serve(peer: Peer) -> None:
    try:
        peer.serve()
    except WireError:
        peer.channel.close()


class AcrossTheWire:
    """The real session, peers and hosts, over a socket."""

    def __init__(self) -> None:
        self.workers = ThreadWorkers()
        self._sessions: list[Session] = []

    def student(self, *cells: str) -> Any:
        return self._provider(*cells).begin(SECONDS, in_place=True)

    def finding(self, check: Callable[[Any], Any], *cells: str, in_place: bool = False) -> Finding:
        return self.judgement(check, *cells, in_place=in_place).finding

    def judgement(self, check: Callable[[Any], Any], *cells: str, in_place: bool = False) -> Judgement:
        provider = self._provider(*cells)
        ending = _run(check, provider.begin(SECONDS, in_place=in_place))
        ending.fault = provider.fault
        ending.callback_error = provider.callback_error
        provider.end()
        ending.objection = provider.objection
        return judge(_info(check), ending)

    def close(self) -> None:
        for session in self._sessions:
            session.close()

    def _provider(self, *cells: str) -> SessionProvider:
        numbered = tuple(CodeCell(n, textwrap.dedent(c)) for n, c in enumerate(("import torch", *cells)))
        session = Session(torch, self.workers, numbered, Budget(SECONDS, 10 * SECONDS))
        self._sessions.append(session)
        provider = SessionProvider(session)
        current_builder.set(provider.build)
        return provider


class InProcess:
    """The notebook's names in this process, as in `check("...")`."""

    def student(self, *cells: str) -> Any:
        return self._provider(*cells).begin(SECONDS, in_place=True)

    def finding(self, check: Callable[[Any], Any], *cells: str, in_place: bool = False) -> Finding:
        provider = self._provider(*cells)
        ending = _run(check, provider.begin(SECONDS, in_place=in_place))
        provider.end()
        ending.objection = provider.objection
        return judge(_info(check), ending, provider.is_students).finding

    def close(self) -> None:
        return

    def _provider(self, *cells: str) -> LocalProvider:
        names = Namespace()
        for number, cell in enumerate(("import torch", *cells)):
            try:
                names.run(number, textwrap.dedent(cell))
            except Exception as error:
                names.names.setdefault("__stopped__", error)  # as in a notebook, the next cell runs all the same
        current_builder.set(None)
        return LocalProvider(names.names, cells)


def _info(check: Callable[[Any], Any]) -> CheckInfo:
    return CheckInfo("test_it", CheckSpec("it", 2.0), False, check.__code__.co_filename)


def _run(check: Callable[[Any], Any], student: Any) -> Ending:
    explain.clear()
    ending = Ending()
    try:
        ending.result = check(student)
    except BaseException as error:
        ending.error = error
    return ending
