"""The examiner's half of the connection: what a worker may ask of the check's objects, and what errors become here."""

from __future__ import annotations

import operator
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.checks import Failure, student_error
from autograder.wire import values as v
from autograder.wire.frames import Unsendable, WireError
from autograder.wire.handle import Handle
from autograder.wire.peer import Peer

_TORCH_MODULES = (
    "",
    ".nn.functional",
    ".nn",
    ".optim",
    ".optim.lr_scheduler",
    ".nn.init",
    ".nn.utils",
    ".linalg",
    ".special",
    ".utils.data",
    ".Tensor",
)
_OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": lambda function, /, *args, **kwargs: function(*args, **kwargs),
    "iter": iter,
    "next": next,
    "len": len,
    "contains": operator.contains,
    "getitem": operator.getitem,
    "enter": lambda manager: manager.__enter__(),
    "exit": lambda manager: manager.__exit__(None, None, None),
}
_CLOSED = (
    types.ModuleType,
    types.FrameType,
    types.CodeType,
    types.TracebackType,
    type,
)
"""Never handed across: through these, everything else of this process could be reached."""
_CALL_ONLY = (types.FunctionType, types.MethodType, types.BuiltinFunctionType, types.GeneratorType)
_PROTOCOL_ERRORS = (StopIteration, IndexError, KeyError)
"""How an iterable or a container says no; nobody's fault."""


class StudentHandle(Handle):
    """An object of the student's. Using it as a plain value is a finding, not an error of the check's."""

    __slots__ = ()

    def __bool__(self) -> bool:
        message = f"an object of type {self._type} came back where a plain value (a tensor, a number, True) is due"
        raise Failure(message, "wrong_type")

    def __repr__(self) -> str:
        return f"<the student's {self._type}>"


class ExaminerHost:
    """Guards the check's objects against the worker."""

    def __init__(self, torch: Any, missing: Callable[[str], str]) -> None:
        self._torch = torch
        self._missing = missing
        self._exposed: dict[int, Any] = {}
        self.callback_error: BaseException | None = None
        """The first error that the check's own code raised when the student's code called it."""

    def perform(self, op: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Do for the worker what may be done to an object that the check has passed to it, and nothing else."""
        if not args or self._exposed.get(id(args[0])) is not args[0]:
            raise WireError("an operation on an object that was never passed to the student's code")
        if op == "getattr" and len(args) == 2 and isinstance(args[1], str):
            return self._attribute(args[0], args[1])
        operation = _OPERATIONS.get(op)
        if operation is None:
            raise TypeError(f"objects of the check cannot be asked for {op}")
        result = operation(*args, **kwargs)
        return result

    def expose(self, obj: Any) -> v.Value:
        """Public functions and classes of torch's cross by name; other objects by a guarded reference."""
        path = self.torch_name(obj)
        if path is not None:
            return v.Name("torch", path)
        if isinstance(obj, _CLOSED) or not (isinstance(obj, _CALL_ONLY) or callable(obj) or _is_safe(type(obj))):
            raise Unsendable(f"an object of type {type(obj).__name__} cannot be passed to student code")
        self._exposed[id(obj)] = obj
        return None

    def named(self, path: str) -> Any:
        """A worker has no names to give."""
        raise WireError(f"a name from a worker: {path[:80]!r}")

    def failure(self, request: int, error: BaseException) -> v.Raise:
        """What student code learns of an error in the check's code: its type."""
        if isinstance(error, WireError) or not isinstance(error, Exception):
            raise error
        if not isinstance(error, _PROTOCOL_ERRORS) and self.callback_error is None and not _bad_call(error):
            self.callback_error = error
        return v.Raise(request, type(error).__name__, "raised by the object that the check passed in")

    def raised(self, reply: v.Raise) -> BaseException:
        """A student's exception, as a finding."""
        if reply.reason == "missing_name":
            return Failure(self._missing(reply.message), "missing_name")
        error = student_error(reply.type, reply.message, reply.trace)
        if reply.reason != "exception":
            error.reason = reply.reason
        return error

    def handle(self, peer: Peer, ref: v.Ref) -> Handle:
        """A student's object."""
        return StudentHandle(peer, ref.id, ref.type[:100], ref.callable)

    def _attribute(self, obj: Any, name: str) -> Any:
        if name.startswith("_") or isinstance(obj, _CALL_ONLY) or not _is_safe(type(obj)):
            raise AttributeError(name)
        value = getattr(obj, name)
        if isinstance(value, _CLOSED):
            raise AttributeError(name)
        owner = next((c for c in type(obj).__mro__ if name in vars(c)), type(obj))
        if not _is_safe(owner):
            raise AttributeError(name)
        return value

    def torch_name(self, obj: Any) -> str | None:
        """The dotted name under which torch offers `obj`, or None."""
        name = getattr(obj, "__name__", None)
        if not isinstance(name, str) or name.startswith("_") or not callable(obj):
            return None
        for module in _TORCH_MODULES:
            found: Any = self._torch
            for part in filter(None, module.split(".")):
                found = getattr(found, part)
            if getattr(found, name, None) is obj:
                return f"torch{module}.{name}"
        return None


def _is_safe(kind: type) -> bool:
    """Whether attributes that `kind` defines may be asked for: an author's class, or torch's training objects.

    Classes of libraries are not: a DataFrame's methods write files and evaluate text.
    """
    module = kind.__module__
    if module.split(".")[0] == "torch":
        return module.startswith(("torch.nn.", "torch.optim", "torch.utils.data"))
    file = getattr(sys.modules.get(module), "__file__", None)
    if file is None:
        return False
    path = Path(file).resolve()
    trusted = (Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), Path(__file__).resolve().parent.parent)
    return not any(path.is_relative_to(folder) for folder in trusted)


def _bad_call(error: Exception) -> bool:
    """The student's code called with the wrong arguments: the error arose at the call, not inside."""
    trace = error.__traceback__
    depth = 0
    while trace is not None:
        depth += 1
        trace = trace.tb_next
    return isinstance(error, (TypeError, AttributeError)) and depth <= 4
