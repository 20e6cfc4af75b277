"""What a check gets hold of: the student of one session, and whoever hands one to each check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.checks import Failure
from autograder.checks.spec import Gpu
from autograder.course import Device
from autograder.examiner.globals import FarGlobals
from autograder.examiner.session import Session
from autograder.wire.handle import Handle

_FUNCTIONS_AND_CLASSES = ("builtin_function_or_method", "function", "type")


class Student:
    """What one check sees of a submission: its names as attributes.

    A name that stands for a function or a class is looked up once: each time would cost a question.
    """

    def __init__(self, session: Session) -> None:
        self.__dict__["_session"] = session
        self.__dict__["_known"] = {}
        self.__dict__["__autograder_source__"] = session.source
        self.__dict__["__autograder_modules__"] = session.modules
        self.__dict__["__autograder_weights__"] = session.weights
        self.__dict__["__autograder_trace__"] = session.trace
        self.__dict__["__autograder_globals__"] = lambda exercise: FarGlobals(session, exercise)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._known:
            return self._known[name]
        found = self._session.find(name)
        if isinstance(found, Handle) and found._type in _FUNCTIONS_AND_CLASSES:
            self._known[name] = found
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError("a check cannot change the student's names")


class SessionProvider:
    """A student in another process, for the plug-in."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.build: Callable[[Any], Any] | None = session.build

    def begin(self, seconds: float, gpu: Gpu = False, in_place: bool = False) -> Student:
        """A student whose cells have run."""
        self._session.begin(seconds, gpu, in_place)
        return Student(self._session)

    def end(self) -> None:
        """The check is over."""
        self._session.end()

    @property
    def objection(self) -> Failure | None:
        """Why the check may not pass."""
        return self._session.objections.first

    @property
    def device(self) -> Device:
        """Where they have run."""
        return self._session.device

    @property
    def fault(self) -> Failure | None:
        """What broke the connection."""
        return self._session.fault

    @property
    def callback_error(self) -> BaseException | None:
        """What the check's code raised in a call back."""
        return self._session.callback_error
