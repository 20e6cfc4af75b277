"""Lines for the grader that may come from any thread at any time, such as that a node has joined."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import click

Show = Callable[[str], None]


class Notices:
    """Shows lines on stderr, or through whatever has the screen at the moment."""

    def __init__(self) -> None:
        self._show: Show = lambda line: click.echo(line, err=True)
        self._heard: list[Show] = []

    def __call__(self, line: str) -> None:
        """Show `line`."""
        self._show(line)
        for hear in self._heard:
            hear(line)

    def heard_by(self, hear: Show) -> None:
        """Tell `hear` every line too."""
        self._heard.append(hear)

    @contextlib.contextmanager
    def shown_by(self, show: Show) -> Iterator[None]:
        """Within, `show` has the screen."""
        before, self._show = self._show, show
        try:
            yield
        finally:
            self._show = before
