"""Which task goes to which node, and what becomes of it when the node is gone. Sends nothing itself."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace

from autograder.course import Finding
from autograder.errors import AutograderError
from autograder.grading.engines.engine import Done, Task
from autograder.grading.engines.node import Begun, Finished, Known, News, Ready, Returned
from autograder.grading.losing import lost_verdict

_MOST_RETURNS = 3
"""How often a task that had not begun is moved from a dying node to another one before that costs it a try."""

Send = Callable[[tuple[tuple[int, Task], ...]], None]


@dataclass
class Ticket:
    """A task on its way."""

    number: int
    task: Task
    found: Callable[[Finding], None] | None
    started: Callable[[str], None] | None
    future: Future[Done] = field(default_factory=Future)
    begun: bool = False
    returns: int = 0
    forgotten: bool = False


@dataclass
class Member:
    """A node that takes part. `send` hands it numbered tasks, from any thread, and never waits."""

    name: str
    slots: int
    gpus: float
    ready: Ready
    send: Send
    cancel: Callable[[], None]
    running: dict[int, Ticket] = field(default_factory=dict)

    @property
    def room(self) -> int:
        """How many more tasks it takes: half as many again as it has slots, so that none waits for the network."""
        return self.slots + (self.slots + 1) // 2 - len(self.running)

    @property
    def load(self) -> float:
        """Tasks for each slot."""
        return len(self.running) / self.slots


class Dispatch:
    """Tasks in the order in which they came, each to the member with the least to do. Safe to use from several threads.

    What it tells others (`send`, callbacks, futures) it tells without its lock, so they may ask it for more.
    """

    def __init__(self, assignment: str, version: str) -> None:
        self._assignment = assignment
        self._version = version
        self._numbers = itertools.count()
        self._lock = threading.Lock()
        self._waiting: deque[Ticket] = deque()
        self._members: dict[str, Member] = {}
        self._dead: AutograderError | None = None

    def submit(
        self, task: Task, found: Callable[[Finding], None] | None, started: Callable[[str], None] | None
    ) -> Future[Done]:
        """See Engine.

        Raises:
            AutograderError: what `fail` was told.
        """
        ticket = Ticket(next(self._numbers), task, found, started)
        with self._lock:
            if self._dead is not None:
                raise self._dead
            self._waiting.append(ticket)
        self._assign()
        return ticket.future

    def join(self, member: Member) -> None:
        """From now on there is `member` too."""
        with self._lock:
            self._members[member.name] = member
        self._assign()

    def leave(self, name: str, why: str) -> int:
        """That member is gone: how many tasks it had. Those that had begun are lost; the others go elsewhere."""
        with self._lock:
            member = self._members.pop(name, None)
            if member is None:
                return 0
            tickets = list(member.running.values())
            ended = [t for t in tickets if t.begun or t.returns >= _MOST_RETURNS or t.forgotten]
            again = [t for t in tickets if t not in ended]
            for ticket in again:
                ticket.returns += 1
            self._waiting.extendleft(reversed(again))
        for ticket in ended:
            self._end(ticket, member, self._lost(ticket.task, member, why))
        self._assign()
        return len(tickets)

    def hear(self, name: str, news: Iterable[News]) -> None:
        """What that member says."""
        for one in news:
            with self._lock:
                member = self._members.get(name)
                ticket = member.running.get(one.number) if member is not None else None
            if member is not None and ticket is not None:
                self._heard(member, ticket, one)
        self._assign()

    def cancel(self) -> None:
        """Forget the tasks that have not begun."""
        with self._lock:
            forgotten, members = list(self._waiting), list(self._members.values())
            self._waiting.clear()
            for ticket in itertools.chain.from_iterable(member.running.values() for member in members):
                ticket.forgotten = True
        for ticket in forgotten:
            ticket.future.cancel()
        for member in members:
            member.cancel()

    def fail(self, error: AutograderError) -> None:
        """Nobody will come any more: end every task, and those that come from now on, with `error`."""
        with self._lock:
            self._dead = error
            left = [*self._waiting, *itertools.chain.from_iterable(m.running.values() for m in self._members.values())]
            self._waiting.clear()
            self._members.clear()
        for ticket in left:
            if ticket.begun or ticket.future.set_running_or_notify_cancel():
                ticket.future.set_exception(error)

    def members(self) -> tuple[Member, ...]:
        """Those that get tasks."""
        with self._lock:
            return tuple(self._eligible())

    def wanted(self) -> int:
        """How many slots would be of use now: one for each task."""
        with self._lock:
            return len(self._waiting) + sum(len(member.running) for member in self._members.values())

    def _eligible(self) -> Sequence[Member]:
        """All, or those with a GPU where a check wants one: what is found must not depend on where one landed."""
        members = list(self._members.values())
        with_gpus = [member for member in members if member.gpus]
        wanted = any(check.gpu for member in members[:1] for check in member.ready.checks)
        return with_gpus if wanted and with_gpus else members

    def _assign(self) -> None:
        """Hand out what waits, as far as there is room."""
        sent: dict[str, list[tuple[int, Task]]] = {}
        with self._lock:
            members = {member.name: member for member in self._eligible()}
            kept: deque[Ticket] = deque()
            while self._waiting and any(member.room > 0 for member in members.values()):
                ticket = self._waiting.popleft()
                member = _choice(members, ticket.task.avoid)
                if member is None:
                    kept.append(ticket)
                else:
                    member.running[ticket.number] = ticket
                    sent.setdefault(member.name, []).append((ticket.number, ticket.task))
            self._waiting.extendleft(reversed(kept))
        for name, tasks in sent.items():
            members[name].send(tuple(tasks))

    def _heard(self, member: Member, ticket: Ticket, news: News) -> None:
        match news:
            case Begun():
                ticket.begun = ticket.begun or ticket.future.set_running_or_notify_cancel()
                if ticket.started is not None:
                    ticket.started(f"{member.name}, {news.place}")
            case Known():
                if ticket.found is not None:
                    ticket.found(news.finding)
            case Finished():
                self._end(ticket, member, replace(news.done, place=member.name))
            case Returned(why=""):
                with self._lock:
                    del member.running[ticket.number]
                    if not ticket.forgotten:
                        self._waiting.appendleft(ticket)
                if ticket.forgotten:
                    ticket.future.cancel()
            case Returned():
                self._end(ticket, member, self._lost(ticket.task, member, news.why))

    def _end(self, ticket: Ticket, member: Member, done: Done) -> None:
        with self._lock:
            member.running.pop(ticket.number, None)
        if ticket.begun or ticket.future.set_running_or_notify_cancel():
            ticket.future.set_result(done)

    def _lost(self, task: Task, member: Member, why: str) -> Done:
        """All checks that were asked for, lost at that member."""
        verdict = lost_verdict(
            task.submission,
            member.ready.checks,
            f"{member.name}: {why}",
            assignment=self._assignment,
            version=self._version,
            isolation=member.ready.isolation,
            seed=task.seed,
            only=task.only,
        )
        return Done(verdict, member.name, member.ready.versions)


def _choice(members: dict[str, Member], avoid: frozenset[str]) -> Member | None:
    """The one with the least to do that has room, and is not to be avoided, unless all are."""
    possible = [m for m in members.values() if m.name not in avoid] or list(members.values())
    return min((m for m in possible if m.room > 0), key=lambda m: m.load, default=None)
