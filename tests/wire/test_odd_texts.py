"""Texts that UTF-8 cannot hold, wherever student code can put one: none ends the worker."""

from __future__ import annotations

import socket
import threading

import pytest
import torch

from autograder.checks import Failure
from autograder.examiner.host import ExaminerHost
from autograder.wire.frames import Channel, WireError
from autograder.wire.peer import Peer
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.serve import StudentHost

STUDENT = r"""
class Odd(Exception): pass
class Name(type):
    @property
    def __name__(cls): return "N\ud800"
class Thing(metaclass=Name): pass
class Text(str):
    def __getitem__(self, key): return self
class Failing(Exception, metaclass=type("Named", (type,), {})):
    def __str__(self): return Text("odd \ud800" * 2)
def message(): raise ValueError("half \ud800 of a character")
def long(): raise Failing
def line(): exec(compile("raise ValueError('x')", "half\ud800.py", "exec"))
def thing(): return Thing()
def back(f):
    try: f(**{"\ud800": 1})
    except UnicodeEncodeError: return "refused"
    except ValueError: return "refused"
def twice(): return ["\ud800", {"\udfff": 1}]
"""


def test_half_characters_cross_as_escapes_and_the_worker_goes_on() -> None:
    here, there = socket.socketpair()
    names = Namespace()
    names.run(0, STUDENT)
    serving = Peer(torch, Channel(there), StudentHost({}, names, BoundedText(100)))

    def serve() -> None:
        try:
            serving.serve()
        except WireError:
            return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with here:
        peer = Peer(torch, Channel(here), ExaminerHost(torch, lambda name: name))

        def call(name: str, *args: object) -> object:
            return peer.operate("call", peer.operate("find", name), *args)

        with pytest.raises(Failure, match=r"half \\ud800 of"):
            call("message")
        with pytest.raises(Failure, match="odd"):
            call("long")
        with pytest.raises(Failure):
            call("line")
        assert r"\ud800" in repr(call("thing"))
        assert call("back", lambda: 1) == "refused"
        assert call("twice") == [r"\ud800", {r"\udfff": 1}]
        peer.channel.close()
    thread.join(5)
    there.close()
