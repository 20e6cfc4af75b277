"""Answers what the examiner asks of the student's code: run a cell, find a name, call, get, differentiate."""

from __future__ import annotations

import asyncio
import builtins
import copy
import importlib
import operator
import socket
import sys
import traceback
from collections.abc import Callable
from typing import Any

from autograder.wire import recorder
from autograder.wire import values as v
from autograder.wire.clock import Doing
from autograder.wire.encode import plain_text
from autograder.wire.frames import Channel, PeerGone, Unsendable, WireError
from autograder.wire.handle import BINARY, ORDER, UNARY, Handle, Operates
from autograder.wire.peer import Peer
from autograder.wire.ring import Shares
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.modes import Modes
from autograder.worker.originals import Originals

MAX_TEXT = 4_000
_MAX_FRAMES = 20


class MissingName(Exception):
    """The submission defines no such name."""


class _FarHandle(Handle):
    """An object of the check's, in student hands: true, as any object is."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return True


class _Far:
    """An exception that arose in the check's own object."""

    number = 0


def _far_error(kind: type[Exception], reply: v.Raise) -> BaseException:
    try:
        error = type(reply.type, (_Far, kind), {})(reply.message)
    except TypeError:  # one that takes other arguments, such as UnicodeDecodeError
        return RuntimeError(reply.message)
    error.number = reply.origin
    return error  # type: ignore[no-any-return]


class StudentHost:
    """The worker's half of the connection."""

    def __init__(self, names: dict[str, Any], namespace: Namespace, output: BoundedText) -> None:
        self._names = names
        self._namespace = namespace
        self._output = output
        self.times: Callable[[], list[float]] = list
        """Seconds that student code has run, when the walls began to be built (on the machine's clock), and for how
        long."""
        self._operations = _operations() | {
            "hello": lambda: True,
            "load": self._load,
            "find": self._find,
            "has": lambda name, exercise="": name in self._namespace.after(name, exercise),
            "assign": self._namespace.assign,
            "remove": self._namespace.remove,
            "restore": self._namespace.restore,
            "defaults": Modes(names).restore,
            "printed": self._output.take,
            "find_torch": self.named,
            "module": importlib.import_module,
            "trace": _record,
            "times": self._times,
        }

    def perform(self, op: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Do one operation on the student's objects."""
        operation = self._operations.get(op)
        if operation is None:
            raise WireError(f"no operation is called {op!r}")
        return operation(*args, **kwargs)

    def expose(self, _: Any, /) -> v.Value:
        """Every object of the student's may be referred to."""
        return None

    def dropped(self, _: Any, /) -> None:
        """Nothing is to be done about it."""

    def named(self, path: str) -> Any:
        """A public object of torch's, such as `torch.optim.SGD`, as it was before student code ran."""
        if path not in self._names:
            raise WireError("only public names of torch's can be asked for")
        return self._names[path]

    def place(self, tensor: Any, device: str) -> Any:
        """A tensor of the check's, where the check says that the student's code gets it."""
        return tensor.to(device)

    def failure(self, request: int, error: BaseException) -> v.Raise:
        """The student's exception as text: their own lines, nothing of ours."""
        if isinstance(error, WireError):
            raise error
        if isinstance(error, MissingName):
            return v.Raise(request, "NameError", str(error), reason="missing_name")
        message = _text(error)
        if isinstance(error, Unsendable):
            return v.Raise(request, "ValueError", message, reason="limit")
        memory = isinstance(error, MemoryError) or "can't allocate memory" in message or "out of memory" in message
        return v.Raise(
            id=request,
            type=plain_text(type(error).__name__)[:200],
            message=message,
            trace=_trace(error),
            reason="out_of_memory" if memory else "exception",
            bases=[plain_text(base.__name__)[:200] for base in type(error).__mro__[1:-1]],
            origin=error.number if isinstance(error, _Far) else 0,
        )

    def raised(self, reply: v.Raise) -> BaseException:
        """An exception of the check's object, as the builtin exception that it was or derived from."""
        for name in (reply.type, *reply.bases):
            kind = getattr(builtins, name, None)
            if isinstance(kind, type) and issubclass(kind, Exception):
                return _far_error(kind, reply)
        return RuntimeError(reply.message)

    def handle(self, peer: Operates, ref: v.Ref) -> Handle:
        """An object that stays with the check."""
        return _FarHandle(peer, ref.id, ref.type, ref.callable)

    def _load(self, number: int, source: str, exercise: str = "") -> dict[str, str]:
        """Run one cell: what it printed, and how it stopped where it did. The names are kept as an exercise left them
        where one is given."""
        error: v.Raise | None = None
        try:
            self._namespace.run(number, source)
        except WireError:
            raise
        except BaseException as stopped:
            error = self.failure(0, stopped)
        if exercise:
            self._namespace.keep(exercise)
        output = self._output.take()
        if error is None:
            return {"output": output}
        return {"output": output, "type": error.type, "message": error.message, "trace": error.trace}

    def _times(self) -> list[float]:
        return self.times()

    def _find(self, name: str, exercise: str = "") -> Any:
        names = self._namespace.after(name, exercise)
        if name not in names:
            raise MissingName(name)
        return names[name]


def _record(on: bool, lines: bool = False) -> dict[str, Any] | None:
    """Begin to record what torch does for the student's code, or end it: what was recorded, as evidence."""
    if not on:
        return recorder.stop()
    recorder.start(sys.modules["torch"], lines)
    return None


def _operations() -> dict[str, Callable[..., Any]]:
    table: dict[str, Callable[..., Any]] = {
        "call": lambda function, /, *args, **kwargs: function(*args, **kwargs),
        "getattr": getattr,
        "setattr": setattr,
        "delattr": delattr,
        "iter": iter,
        "next": next,
        "len": len,
        "contains": operator.contains,
        "getitem": operator.getitem,
        "setitem": operator.setitem,
        "delitem": operator.delitem,
        "enter": lambda manager: manager.__enter__(),
        "exit": lambda manager: manager.__exit__(None, None, None),
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
        "str": lambda obj: str(obj)[:MAX_TEXT],
        "repr": lambda obj: repr(obj)[:MAX_TEXT],
        "eq": operator.eq,
        "isinstance": isinstance,
        "issubclass": issubclass,
        "ancestry": lambda obj: _lineage(type(obj)),
        "lineage": lambda kind: _lineage(kind) if isinstance(kind, type) else [],
        "bool": bool,
        "format": format,
        "await": lambda obj: asyncio.run(_awaited(obj)),
        "float": float,
        "int": int,
    }
    symbols = {"and": "and_", "or": "or_"}
    for name in (*BINARY, *ORDER, *UNARY):
        table[name] = getattr(operator, symbols.get(name, name))
    return table


async def _awaited(obj: Any) -> Any:
    return await obj


def _lineage(kind: type) -> list[str]:
    """The type and those that it derives from, by module and name."""
    return [f"{one.__module__}.{one.__qualname__}" for one in kind.__mro__]


def _text(error: BaseException) -> str:
    try:
        return plain_text(str(error))[:MAX_TEXT]
    except BaseException as broken:
        return f"({type(broken).__name__} while the message was made)"


def _trace(error: BaseException) -> str:
    """The frames that lie in the student's own cells and files, innermost last."""
    try:
        frames = traceback.extract_tb(error.__traceback__)
        own = [f for f in frames if f.filename.startswith("<cell ") or not f.filename.startswith(_NOT_STUDENTS)]
        lines = [f"{_place(f)}\n    {f.line}" for f in own[-_MAX_FRAMES:]]
        if isinstance(error, SyntaxError) and error.text:
            lines.append(f"line {error.lineno}\n    {error.text.strip()}")
        return plain_text("\n".join(lines))[:MAX_TEXT]
    except BaseException as broken:
        return f"({type(broken).__name__} while the trace was made)"


def _place(frame: traceback.FrameSummary) -> str:
    where = frame.filename.strip("<>") if frame.filename.startswith("<cell ") else frame.filename.rsplit("/", 1)[-1]
    inside = "" if frame.name == "<module>" else f", in {frame.name}"
    return f"{where}, line {frame.lineno}{inside}"


_NOT_STUDENTS = (sys.prefix, sys.base_prefix, __file__.rsplit("/", 2)[0], "<")


def serve(
    originals: Originals, connection: socket.socket, output_limit: int, walls: tuple[float, float] = (0.0, 0.0)
) -> None:
    """Answer on `connection` until the examiner closes it. `walls`: when they began to be built, and for how long."""
    output = BoundedText(output_limit)
    sys.stdout = sys.stderr = output
    namespace = Namespace()
    namespace.install()
    package = sys.modules["autograder"]
    package.check = lambda *_: None  # type: ignore[attr-defined]  # released notebooks call it; no checks here
    host = StudentHost(originals.names, namespace, output)
    peer = Peer(originals.torch, Channel(connection, Shares.ACCEPTS), host)
    host.times = lambda: [peer.clock.seconds(Doing.PERFORMING), *walls]
    try:
        peer.serve()
    except PeerGone:
        return
