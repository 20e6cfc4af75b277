"""How a session goes on after what can end a worker."""

from __future__ import annotations

import socket
import threading
import time
from typing import Any

import pytest
import torch
from transports import ThreadWorkers

from autograder.checks import Failure
from autograder.course import CodeCell
from autograder.examiner.devices import Lost
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.wire.frames import Channel
from autograder.wire.peer import Peer


class Counting(ThreadWorkers):
    """Thread workers that say how many were started, and what is said to have ended the last."""

    killed: tuple[str, str] | None = None

    def end(self) -> tuple[str, str] | None:
        return self.killed


def session(*cells: str, workers: Any = None, cell: float = 5.0, total: float = 30.0) -> Session:
    numbered = tuple(CodeCell(n, source) for n, source in enumerate(("import torch, time", *cells)))
    return Session(torch, workers or Counting(), numbered, Budget(cell, total))


def test_one_worker_serves_every_check_that_does_not_end_it() -> None:
    workers = Counting()
    provider = SessionProvider(session("def f(x): return x", workers=workers))
    for number in range(3):
        assert provider.begin(5.0).f(number) == number
    assert len(workers.peers) == 1


def test_after_a_time_out_a_fresh_worker_has_the_cells_run_again() -> None:
    workers = Counting()
    provider = SessionProvider(session("def slow(): time.sleep(2)\ndef f(): return 1", workers=workers))
    student = provider.begin(0.2)
    with pytest.raises(Failure) as caught:
        student.slow()
    assert caught.value.reason == "timeout"
    with pytest.raises(Failure):
        student.f()
    assert provider.fault is not None
    assert provider.begin(5.0).f() == 1
    assert provider.fault is None
    assert len(workers.peers) == 2


def test_what_the_sandbox_says_ended_the_worker_is_the_finding() -> None:
    workers = Counting()
    provider = SessionProvider(session("def f(): return 1", workers=workers))
    student = provider.begin(5.0)
    function = student.f
    workers.killed = ("out_of_memory", "your code used more than 1 MB")
    workers.peers[-1].channel._socket.shutdown(socket.SHUT_RDWR)
    with pytest.raises(Failure, match="more than 1 MB") as caught:
        function()
    assert caught.value.reason == "out_of_memory"


def test_a_check_that_is_cut_off_while_it_waits_does_not_spoil_the_next() -> None:
    class Cut(BaseException):
        pass

    workers = Counting()
    provider = SessionProvider(session("def back(f): return f()\ndef f(): return 1", workers=workers))
    student = provider.begin(5.0)

    def cut() -> None:
        raise Cut

    with pytest.raises(Cut):
        student.back(cut)
    assert provider.begin(5.0).f() == 1
    assert len(workers.peers) == 2


def test_a_cell_that_takes_too_long_is_left_out_and_the_rest_counts() -> None:
    provider = SessionProvider(session("time.sleep(9)\ndef g(): pass", "def f(): return 1", cell=0.3))
    student = provider.begin(5.0)
    assert student.f() == 1
    with pytest.raises(Failure, match="cell 1, which defines it") as caught:
        student.g()
    assert caught.value.reason == "missing_name"


def test_when_the_whole_time_is_up_the_rest_is_a_time_out() -> None:
    provider = SessionProvider(session("def slow(): time.sleep(9)", total=0.5))
    with pytest.raises(Failure, match="whole submission"):
        provider.begin(5.0).slow()
    with pytest.raises(Failure) as caught:
        provider.begin(5.0)
    assert caught.value.reason == "timeout"


def test_no_worker_at_all_is_the_platforms_fault() -> None:
    class Dead:
        def start(self, gpu: bool) -> socket.socket:
            here, there = socket.socketpair()
            there.close()
            return here

        def end(self) -> tuple[str, str] | None:
            return None

    with pytest.raises(Lost):
        session(workers=Dead()).begin(5.0)


def test_a_worker_that_lies_about_its_cells_is_only_noted() -> None:
    class Lying:
        def start(self, gpu: bool) -> socket.socket:
            here, there = socket.socketpair()
            threading.Thread(target=_lie, args=(there,), daemon=True).start()
            return here

        def end(self) -> tuple[str, str] | None:
            return None

    lied = session("x = 1", workers=Lying())
    lied.begin(5.0)
    assert "none" in lied.reports.problems[0]
    assert len(lied.reports.problems[1]) < 5_000


def _lie(connection: socket.socket) -> None:
    class Host:
        def perform(self, op: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
            return {"type": "x" * 10**6} if op == "load" and args[0] else True

        def __getattr__(self, name: str) -> Any:
            return lambda *_: None

    try:
        Peer(torch, Channel(connection), Host()).serve()
    except Exception:
        connection.close()


def test_reports_of_cells_are_bounded() -> None:
    made = session("print('x' * 100_000)", "raise ValueError('y' * 100_000)", "1 +")
    made.begin(5.0)
    assert len(made.reports.outputs[1]) < 2_000
    assert len(made.reports.problems[2]) < 5_000
    assert made.reports.problems[3].startswith("SyntaxError")


def test_many_deaths_leave_the_other_checks_their_chance() -> None:
    workers = Counting()
    provider = SessionProvider(session("def f(): return 1", workers=workers))
    start = time.monotonic()
    for _ in range(20):
        function = provider.begin(5.0).f
        workers.peers[-1].channel._socket.shutdown(socket.SHUT_RDWR)
        with pytest.raises(Failure):
            function()
    assert provider.begin(5.0).f() == 1
    assert time.monotonic() - start < 30


AHEAD = """
import struct, msgspec, socket
from autograder.wire import values as v
def answer_ahead(number, value):
    header = msgspec.msgpack.encode(v.Return(id=number, value=value))
    CONNECTION.sendall(struct.pack("<IIQ", 0x31574741, len(header), 0) + header)
def lie(number):
    answer_ahead(number, 42)
    return 0
def f(): return 1
"""


class Forging(Counting):
    """Workers whose student code has got hold of their connection."""

    def start(self, gpu: bool) -> socket.socket:
        here = super().start(gpu)
        namespace = self.peers[-1].host._namespace  # type: ignore[attr-defined]
        namespace.names["CONNECTION"] = self.peers[-1].channel._socket
        return here


def test_an_answer_that_was_sent_ahead_is_found_at_the_end_of_its_own_check() -> None:
    workers = Forging()
    made = session(AHEAD, workers=workers)
    provider = SessionProvider(made)
    lie = provider.begin(5.0).lie
    assert made._peer is not None
    assert lie(made._peer.calls + 1) == 42
    assert provider.fault is None
    provider.end()
    assert provider.objection is not None
    assert provider.objection.reason == "protocol"
    assert provider.begin(5.0).f() == 1
    assert len(workers.peers) == 2
    provider.end()
    assert provider.objection is None


def test_what_comes_between_two_checks_is_no_answer_in_the_second() -> None:
    workers = Forging()
    made = session(AHEAD, workers=workers)
    provider = SessionProvider(made)
    assert provider.begin(5.0).f() == 1
    provider.end()
    assert made._peer is not None
    names = workers.peers[-1].host._namespace.names  # type: ignore[attr-defined]
    names["answer_ahead"](made._peer.calls + 1, 42)
    assert provider.begin(5.0).f() == 1
    assert len(workers.peers) == 2


def test_a_check_that_was_cut_off_has_no_last_word() -> None:
    workers = Counting()
    provider = SessionProvider(session("def back(f): return f()\ndef f(): return 1", workers=workers))
    student = provider.begin(5.0)

    def cut() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        student.back(cut)
    provider.end()
    assert (provider.objection, provider.fault) == (None, None)
    assert provider.begin(5.0).f() == 1


def test_why_a_name_is_missing_is_found_fast_among_many_empty_lines() -> None:
    made = session("\n" * 100_000 + "raise ValueError\nname = 1")
    student = SessionProvider(made).begin(5.0)
    with pytest.raises(Failure, match="cell 1, which defines it"):
        student.name()
