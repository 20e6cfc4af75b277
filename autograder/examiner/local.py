"""A student in this process: the notebook's own names, for `check("...")` in the notebook. Nothing is graded here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from types import BuiltinFunctionType, FrameType, FunctionType
from typing import Any

import torch

from autograder.checks import Failure
from autograder.checks.spec import Gpu
from autograder.course import Device
from autograder.examiner.arguments import CallWatch
from autograder.examiner.devices import Gpus, device_of
from autograder.examiner.globals import LocalGlobals
from autograder.wire import recorder


class LocalStudent:
    """The notebook's names as attributes. As across the wire, those of functions and classes are looked up once."""

    def __init__(self, here: LocalGlobals, source: tuple[str, ...], watch: CallWatch | None = None) -> None:
        self.__dict__["_here"] = here
        self.__dict__["_watch"] = watch
        self.__dict__["_known"] = {}
        self.__dict__["__autograder_source__"] = source
        self.__dict__["__autograder_trace__"] = Recording()
        self.__dict__["__autograder_globals__"] = lambda exercise: here

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        if name in self._known:
            return self._known[name]
        found = self._here.get(name)
        if not isinstance(found, (BuiltinFunctionType, FunctionType, type)):
            return found
        watched = self._watch is not None and isinstance(found, FunctionType)
        self._known[name] = self._watch.wrapped(found, name) if watched else found
        return self._known[name]


class Recording:
    """Records what torch does in this process between two calls: theirs and the check's cannot be told apart."""

    def __init__(self) -> None:
        self._block = ExitStack()

    def __call__(self, on: bool, lines: bool = False) -> dict[str, Any] | None:
        """Begin, or end: what was recorded."""
        if on:
            recorder.start(torch, lines)
            self._block.enter_context(recorder.recorded())
            return None
        self._block.close()
        return recorder.stop()


class LocalProvider:
    """Gives every check the same names; nothing can break in between."""

    fault: Failure | None = None
    callback_error: BaseException | None = None
    build: Callable[[Any], Any] | None = None
    device = Device.CPU

    def __init__(self, names: dict[str, Any], source: tuple[str, ...]) -> None:
        self._here = LocalGlobals(names)
        self._source = source
        self._names = names
        self._watch = CallWatch()

    def begin(self, seconds: float, gpu: Gpu = False, in_place: bool = False) -> LocalStudent:
        """The student as they are now. `seconds` is held by the plug-in alone. `in_place`: they may change arguments.

        Raises:
            NoGpu: the check needs a GPU, and there is none.
        """
        del seconds
        self.device = device_of(gpu, Gpus.OWN if gpu and torch.cuda.is_available() else Gpus.NONE)
        self._watch.first = None
        if in_place:
            return LocalStudent(self._here, self._source)
        self._watch.begin(self._names)
        return LocalStudent(self._here, self._source, self._watch)

    def end(self) -> None:
        """The check is over."""
        self._here.restore()
        self._watch.end()

    @property
    def objection(self) -> Failure | None:
        """An argument that came back changed."""
        return self._watch.first

    def is_students(self, frame: FrameType) -> bool:
        """Whether a frame runs the notebook's code."""
        return frame.f_globals is self._names
