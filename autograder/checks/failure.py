"""The two exceptions that are findings against a student.

AssertionError
└── Failure                 the check found something wrong
    └── StudentError        the student's code raised; also an instance of the builtin type it raised
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache

NEVER = frozenset({"SystemExit", "KeyboardInterrupt", "GeneratorExit", "BaseException", "BaseExceptionGroup"})
"""Builtin types that a student's error must not become: the examiner would act on them."""


declared: ContextVar[dict[str, type[StudentError]] | None] = ContextVar("declared", default=None)
"""Exception classes of the student's that the present check has looked up, by name: what it may catch."""


class Failure(AssertionError):
    """A finding against the student.

    Args:
        message: for the student: symptom, likely cause, next step; never a hidden value.
        reason: a value of `autograder.course.Reason`, as a string.
    """

    def __init__(self, message: str, reason: str = "wrong_answer") -> None:
        AssertionError.__init__(self, message)
        self.message = message
        self.reason = reason

    def __str__(self) -> str:
        return self.message


class StudentError(Failure):
    """An exception that the student's code raised. Make one with `student_error()`.

    Attributes:
        type_name: the exception's own name, such as "ValueError".
        trace: the student's lines that led to it, as text.
    """

    def __init__(self, type_name: str, message: str, trace: str = "") -> None:
        Failure.__init__(self, message, "exception")
        self.type_name = type_name
        self.trace = trace

    @property
    def words(self) -> str:
        """As the last line of a traceback has it."""
        return f"{self.type_name}: {self.message}" if self.message else self.type_name

    def __str__(self) -> str:
        # A check that is a notebook's cell asks for what the exception says of itself there.
        return self.words if declared.get() is None else self.message


def student_error(type_name: str, message: str, trace: str = "", ancestry: tuple[str, ...] = ()) -> StudentError:
    """A StudentError that is also an instance of the builtin exception it stands for.

    Args:
        type_name: name of the raised type.
        message: its text.
        trace: the student's own lines.
        ancestry: names of the type's base classes, nearest first; the first builtin among them is used where
            `type_name` is no builtin, so that `pytest.raises(ValueError)` catches a student's own subclass.
    """
    known = declared.get() or {}
    for name in (type_name, *ancestry):
        mixed = known.get(name) or _mixed(name)
        if mixed is not None:
            return mixed(type_name, message, trace)
    return StudentError(type_name, message, trace)


def exception_class(name: str, ancestry: Sequence[str]) -> type[StudentError]:
    """What stands here for an exception class of the student's: what their code raises of it is an instance, until the
    check has ended.

    Args:
        name: as the class calls itself.
        ancestry: names of its base classes, nearest first.
    """
    known = declared.get()
    if known is None:
        known = {}
        declared.set(known)
    if name not in known:
        bases = (known.get(base) or _mixed(base) for base in ancestry)
        parent = next((base for base in bases if base is not None), StudentError)
        known[name] = type(name, (parent,), {"__module__": __name__})
    return known[name]


@cache
def _mixed(name: str) -> type[StudentError] | None:
    """The class that is both StudentError and the builtin `name`, or None where `name` is not allowed."""
    builtin = getattr(builtins, name, None)
    if name in NEVER or not (isinstance(builtin, type) and issubclass(builtin, Exception)):
        return None
    if issubclass(builtin, BaseExceptionGroup):
        return None
    if issubclass(StudentError, builtin):
        return StudentError
    return type(name, (StudentError, builtin), {"__module__": __name__})
