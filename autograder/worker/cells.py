"""The notebook's cells, run top to bottom in one namespace that is `__main__`."""

from __future__ import annotations

import ast
import asyncio
import inspect
import io
import linecache
import sys
import types
from itertools import zip_longest
from typing import Any

FILE_NAME = "<cell {}>"
_MISSING = object()
_FUTURE = annotations.compiler_flag


class BoundedText(io.TextIOBase):
    """What student code prints: kept up to `limit` characters, counted beyond."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: list[str] = []
        self._size = 0

    def write(self, text: str) -> int:
        """Keep what still fits of `text`."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        room = self._limit - self._size
        if room > 0:
            self._kept.append(text[:room])
        self._size += len(text)
        return len(text)

    def writable(self) -> bool:
        """Text can be written."""
        return True

    def take(self) -> str:
        """What was kept since the last take."""
        text = "".join(self._kept)
        if self._size > self._limit:
            text += f"\n[{self._size - self._limit} more characters]"
        self._kept, self._size = [], 0
        return text


class Namespace:
    """The student's global names."""

    def __init__(self) -> None:
        self._future = 0
        self._kept: dict[str, dict[str, Any]] = {}
        self._before: dict[str, Any] = {}
        self.module = types.ModuleType("__main__")
        self.names: dict[str, Any] = self.module.__dict__
        self.names["get_ipython"] = _NoShell
        self.names["display"] = lambda *objects, **_: print(*objects)

    def keep(self, exercise: str) -> None:
        """Keep the names as they are now, for checks that look at them as this exercise left them."""
        self._kept[exercise] = dict(self.names)

    def after(self, name: str, exercise: str) -> dict[str, Any]:
        """The names as the exercise left them, where they were kept and no check has changed this one; else as they
        are."""
        return self.names if name in self._before else self._kept.get(exercise, self.names)

    def assign(self, name: str, value: Any) -> None:
        """Give the name another object, until `restore`."""
        self._before.setdefault(name, self.names.get(name, _MISSING))
        self.names[name] = value

    def remove(self, name: str) -> None:
        """Take the name away, until `restore`."""
        self._before.setdefault(name, self.names.get(name, _MISSING))
        self.names.pop(name, None)

    def restore(self) -> None:
        """Put back what checks have changed."""
        for name, value in self._before.items():
            if value is _MISSING:
                self.names.pop(name, None)
            else:
                self.names[name] = value
        self._before.clear()

    def install(self) -> None:
        """Become `__main__`, so that dataclasses, inspect and pickle find what the cells define."""
        sys.modules["__main__"] = self.module

    def run(self, number: int, source: str) -> None:
        """Run one cell. Whatever it raises is the caller's to report."""
        filename = FILE_NAME.format(number)
        self._show(filename, source)
        tree = ast.parse(source, filename)
        code = compile(tree, filename, "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | self._future, dont_inherit=True)
        self._future |= code.co_flags & _FUTURE  # as in a notebook, they hold for the cells below too
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(types.FunctionType(code, self.names)())
        else:
            exec(code, self.names)  # noqa: S102  running student code is what a worker is for

    @staticmethod
    def _show(filename: str, source: str) -> None:
        """Have tracebacks and inspect find the source. Parts of one cell have their lines in their places."""
        before = linecache.cache.get(filename)
        known = before[2] if before is not None and len(before) == 4 else []
        lines = source.splitlines(keepends=True)
        lines = [new if new.strip() else old for new, old in zip_longest(lines, known, fillvalue="\n")]
        linecache.cache[filename] = (len(source), None, lines, filename)


class _NoShell:
    """Stands for IPython's shell, of which there is none: magics do nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *_, **__: None
