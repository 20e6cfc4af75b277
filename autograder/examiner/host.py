"""The examiner's half of the connection: what a worker may ask of the check's objects, and what errors become here."""

from __future__ import annotations

import operator
from collections.abc import Callable
from types import FunctionType
from typing import Any

import msgspec

from autograder.checks import Failure, StudentError, student_error
from autograder.examiner import guard, tools
from autograder.examiner.guard import attribute, may_be_passed
from autograder.examiner.handle import StudentHandle
from autograder.wire import values as v
from autograder.wire.frames import TooMuch, Unsendable, WireError
from autograder.wire.handle import Handle, Operates
from autograder.wire.names import name_of


def _itself(function: Any) -> Any:
    """A copy of a function is the function, in Python. One may hang on a model, as a hook, that is copied."""
    if type(function) is not FunctionType:
        raise TypeError("objects of the check cannot be copied")
    return function


_OPERATIONS: dict[str, Callable[..., Any]] = {
    "call": lambda function, /, *args, **kwargs: function(*args, **kwargs),
    "iter": iter,
    "next": next,
    "len": len,
    "contains": operator.contains,
    "getitem": operator.getitem,
    "enter": lambda manager: manager.__enter__(),
    "exit": lambda manager: manager.__exit__(None, None, None),
    "copy": _itself,
    "deepcopy": _itself,
}
_SAYS_NO: dict[str, tuple[type[Exception], ...]] = {
    "next": (StopIteration,),
    "getitem": (IndexError, KeyError),
    "getattr": (AttributeError,),
    "tool": (Exception,),
}
"""How an iterator, a container or an object says that there is no such thing, nobody's fault; and a library's tool that
it cannot do what the student's code asked of it."""
_MAX_TEXT = 4_000
_MAX_NAME = 200
_MAX_BASES = 20
_MAX_ERRORS = 10_000


class ExaminerHost:
    """Guards the check's objects against the worker."""

    def __init__(self, torch: Any, missing: Callable[[str], str]) -> None:
        self._torch = torch
        self._missing = missing
        self._exposed: dict[int, Any] = {}
        self._errors: list[Exception] = []
        self._operation = ""

    def begin(self) -> None:
        """Another check begins."""
        self._errors.clear()

    @property
    def callback_error(self) -> Exception | None:
        """What the check's own code raised when the student's code called it: the first finding, or the first error."""
        findings = [e for e in self._errors if isinstance(e, AssertionError) and not isinstance(e, StudentError)]
        return next(iter(findings or self._errors), None)

    def perform(self, op: str, args: list[Any], kwargs: dict[str, Any]) -> Any:
        """Do for the worker what may be done to an object that the check has passed to it, and nothing else."""
        if not args or self._exposed.get(id(args[0])) is not args[0]:
            raise WireError("an operation on an object that was never passed to the student's code")
        try:
            if op == "getattr" and len(args) == 2 and type(args[1]) is str and not kwargs:
                return attribute(self._torch, args[0], args[1])
            operation = _OPERATIONS.get(op)
            if operation is None:
                raise TypeError(f"objects of the check cannot be asked for {op}")
            if op == "call" and tools.is_method(args[0]):
                op = "tool"
                return tools.called(*args, **kwargs)
            return operation(*args, **kwargs)
        finally:
            self._operation = op  # last of all: operations may be nested, and failure() asks about this one

    def expose(self, obj: Any, /) -> v.Value:
        """Public functions and classes of torch's cross by name; other objects by a guarded reference."""
        path = self.torch_name(obj)
        if path is not None:
            return v.Name("torch", path)
        if not may_be_passed(self._torch, obj):
            raise Unsendable(f"an object of type {type(obj).__name__} cannot be passed to student code")
        self._exposed[id(obj)] = obj
        return None

    def dropped(self, obj: Any, /) -> None:
        """The worker holds it no longer."""
        self._exposed.pop(id(obj), None)

    def named(self, path: str) -> Any:
        """A worker has no names to give."""
        raise WireError(f"a name from a worker: {path[:80]!r}")

    def place(self, tensor: Any, device: str) -> Any:
        """Nothing of a worker's is put anywhere but into this memory."""
        raise WireError(f"a device from a worker: {device[:80]!r}")

    def failure(self, request: int, error: BaseException) -> v.Raise:
        """What student code learns of an error in the check's code: its type."""
        if isinstance(error, WireError) or not isinstance(error, Exception):
            raise error
        bases = [base.__name__ for base in type(error).__mro__[1:-1]]
        reply = v.Raise(request, type(error).__name__, "raised by the object that the check passed in", bases=bases)
        if isinstance(error, _SAYS_NO.get(self._operation, ())) or _bad_call(error):
            return reply
        if isinstance(error, Unsendable) and self._operation == "getattr":
            return v.Raise(request, "AttributeError", "it cannot be had from here")
        if len(self._errors) >= _MAX_ERRORS:  # each keeps alive what the worker sent
            raise TooMuch(f"made the check's objects raise more than {_MAX_ERRORS:,} errors in one check")
        self._errors.append(error)
        return msgspec.structs.replace(reply, origin=len(self._errors))

    def raised(self, reply: v.Raise) -> BaseException:
        """A student's exception, as a finding; or the check's own, which has passed through the student's code."""
        if 1 <= reply.origin <= len(self._errors):
            return self._errors[reply.origin - 1]
        if reply.reason == "missing_name":
            return Failure(self._missing(reply.message[:_MAX_NAME]), "missing_name")
        bases = tuple(base[:_MAX_NAME] for base in reply.bases[:_MAX_BASES])
        error = student_error(reply.type[:_MAX_NAME], reply.message[:_MAX_TEXT], reply.trace[:_MAX_TEXT], bases)
        if reply.reason != "exception":
            error.reason = reply.reason
        return error

    def handle(self, peer: Operates, ref: v.Ref) -> Handle:
        """A student's object."""
        return StudentHandle(peer, ref.id, ref.type[:100], ref.callable)

    def torch_name(self, obj: Any) -> str | None:
        """The dotted name under which torch offers `obj`, or None."""
        return name_of(self._torch, obj)


def _bad_call(error: Exception) -> bool:
    """The student's code used the object wrongly: the error arose in this file, not in the check's code."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    inside = trace is not None and trace.tb_frame.f_code.co_filename in (__file__, guard.__file__)
    return inside and isinstance(error, (TypeError, AttributeError))
