from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
import torch

from autograder.course import CodeCell
from autograder.errors import AutograderError
from autograder.examiner.session import Budget, Session
from autograder.examiner.student import SessionProvider
from autograder.examiner.workers import SandboxWorkers
from autograder.sandbox.own import OwnSandbox, _accept

CELLS = """
import os, sys, torch, helper
def f(x): return x * helper.FACTOR
def ask():
    try: return input("your name? ")
    except EOFError: return "nobody there"
def where(): return os.getcwd()
def sees(): return sorted(m for m in sys.modules if m.startswith("autograder"))
def end(): os._exit(0)
def ones(): return torch.ones(2)
torch.set_default_dtype(torch.float64)
torch.set_default_device("meta")
torch.set_grad_enabled(False)
"""


def test_a_students_own_process_answers_as_a_walled_one_does(tmp_path: Path) -> None:
    (tmp_path / "helper.py").write_text("FACTOR = 3", encoding="utf-8")
    sandbox = OwnSandbox(tmp_path)
    session = Session(torch, SandboxWorkers(sandbox), (CodeCell(1, CELLS),), Budget(60.0, 120.0))
    try:
        student = SessionProvider(session).begin(30.0)
        x = torch.ones(2, requires_grad=True)
        student.f(x).sum().backward()
        assert x.grad is not None
        assert x.grad.tolist() == [3, 3]
        assert student.ones().dtype is torch.float32, "what a cell sets for all of torch is not a check's"
        assert student.ones().tolist() == [1, 1]
        assert student.ask() == "nobody there"
        assert Path(student.where()) == tmp_path.resolve()
        assert not [name for name in student.sees() if "worker" not in name and "wire" not in name and "." in name]
    finally:
        session.close()
        sandbox.close()


def test_a_stranger_that_connects_first_is_turned_away() -> None:
    class Running:
        def poll(self) -> int | None:
            return None

        def kill(self) -> None:
            raise AssertionError("the process was to go on")

    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()

        def connect() -> None:
            with socket.create_connection(address) as stranger:
                stranger.sendall(b"wrong" * 20)
                with socket.create_connection(address) as friend:
                    friend.sendall(b"token\n")
                    friend.recv(1)

        thread = threading.Thread(target=connect)
        thread.start()
        with _accept(server, b"token\n", Running()) as accepted:  # type: ignore[arg-type]
            accepted.sendall(b"!")
        thread.join()


def test_a_process_that_ends_at_once_is_an_error_with_its_fix() -> None:
    class Ended:
        def poll(self) -> int | None:
            return 1

        def kill(self) -> None:
            return

    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        pytest.raises(AutograderError, match="did not start"),
    ):
        _accept(server, b"token\n", Ended())  # type: ignore[arg-type]
