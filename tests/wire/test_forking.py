"""Children that are forked ahead of their jobs: each job is done once, whatever becomes of a child that waits."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = str(Path(__file__).parents[2])
ZYGOTE = """
import os, socket, sys
from autograder.wire import forking

control = socket.socket(fileno=int(sys.argv[1]))
ours = [1, 2, 3]

def next_job():
    job, descriptors, _, _ = socket.recv_fds(control, 1 << 20, 1)
    return (job, descriptors[0]) if job else None

def answer(pidfd):
    socket.send_fds(control, [b"-"], [pidfd])

def work(job, descriptor):
    if job == b"raise":
        raise ValueError("as asked")
    said = socket.socket(fileno=descriptor)
    said.sendall(f"{job.decode()} {os.getpid()} {os.getppid()} {ours}".encode())
    if job == b"stay":
        said.recv(1)
    os._exit(0)

def rehearse():
    ours.append(4)

forking.fork_for_each(control, next_job, answer, work, rehearse)
"""


class Zygote:
    """One that runs, and the socket to it."""

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-c", ZYGOTE, str(theirs.fileno())],
                env={"PYTHONPATH": ROOT},
                pass_fds=[theirs.fileno()],
                stderr=subprocess.PIPE,
            )

    def ask(self, job: str) -> tuple[socket.socket, int]:
        """The connection to the child that does it, and its pidfd."""
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(self.control, [job.encode()], [theirs.fileno()])
        _, descriptors, _, _ = socket.recv_fds(self.control, 100, 1)
        return ours, descriptors[0]

    def children(self) -> set[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return {int(pid) for pid in children.split()}


@pytest.fixture
def zygote() -> Iterator[Zygote]:
    made = Zygote()
    yield made
    made.control.close()
    assert made.process.wait(20) == 0


def words(connection: socket.socket) -> list[str]:
    with connection:
        return connection.recv(1000).decode().split(" ", 3)


def ended(pidfd: int) -> bool:
    done = bool(select.select([pidfd], [], [], 20)[0])
    os.close(pidfd)
    return done


def test_each_job_gets_a_child_of_its_own_which_the_pidfd_names(zygote: Zygote) -> None:
    seen = set()
    for number in range(6):
        connection, pidfd = zygote.ask(str(number))
        job, pid, parent, _ = words(connection)
        assert (job, int(parent)) == (str(number), zygote.process.pid)
        assert ended(pidfd)
        seen.add(pid)
    assert len(seen) == 6


def test_what_pays_only_for_many_comes_after_the_first_three(zygote: Zygote) -> None:
    heaps = []
    for _ in range(5):
        connection, pidfd = zygote.ask("go")
        heaps.append(words(connection)[3])
        assert ended(pidfd)
    assert heaps == ["[1, 2, 3]"] * 3 + ["[1, 2, 3, 4]"] * 2


def test_a_job_is_done_though_the_child_that_waited_for_it_was_killed(zygote: Zygote) -> None:
    connection, pidfd = zygote.ask("first")
    words(connection)
    assert ended(pidfd)
    for _ in range(3):
        for pid in zygote.children():
            with contextlib.suppress(ProcessLookupError):  # the one before may be on its way out
                waiting = os.pidfd_open(pid)
                signal.pidfd_send_signal(waiting, signal.SIGKILL)
                assert ended(waiting)
        connection, pidfd = zygote.ask("second")
        assert words(connection)[0] == "second"
        assert ended(pidfd)


def test_a_child_that_fails_says_so_and_the_next_one_works(zygote: Zygote) -> None:
    connection, pidfd = zygote.ask("raise")
    assert connection.recv(1) == b""
    assert ended(pidfd)
    assert words(zygote.ask("again")[0])[0] == "again"
    assert zygote.process.stderr is not None
    assert b"as asked" in os.read(zygote.process.stderr.fileno(), 10_000)


def test_the_child_that_waits_ends_with_the_process_that_forked_it(zygote: Zygote) -> None:
    words(zygote.ask("go")[0])
    pidfds = [os.pidfd_open(pid) for pid in zygote.children()]
    os.kill(zygote.process.pid, signal.SIGKILL)
    assert all(ended(pidfd) for pidfd in pidfds)
    zygote.process.wait()
    zygote.process = subprocess.Popen(["true"])


def test_children_at_work_outlive_the_control_socket(zygote: Zygote) -> None:
    connection, pidfd = zygote.ask("stay")
    assert connection.recv(1000).startswith(b"stay")
    zygote.control.close()
    assert zygote.process.wait(20) == 0
    assert not select.select([pidfd], [], [], 0)[0]
    connection.close()
    assert ended(pidfd)
