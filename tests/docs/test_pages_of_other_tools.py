"""The commands that docs/otter.md and docs/gradescope.md show can be given."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from autograder.cli import main

ROOT = Path(__file__).resolve().parents[2]
SHOWN = [
    (page, line)
    for page in ("otter.md", "gradescope.md")
    for line in re.findall(r"^    autograder (.+)$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE)
]


def command_of(words: list[str]) -> tuple[click.Command, list[str]]:
    found: click.Command = main
    context = click.Context(main)
    while isinstance(found, click.Group):
        name = words.pop(0)
        inner = found.get_command(context, name)
        assert inner is not None, name
        found = inner
    return found, words


@pytest.mark.parametrize(("page", "line"), SHOWN)
def test_every_command_of_the_page_is_understood(page: str, line: str) -> None:
    command, words = command_of(shlex.split(line))
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options, page


def test_every_option_of_the_gradescope_export_is_on_its_page() -> None:
    page = (ROOT / "docs" / "gradescope.md").read_text(encoding="utf-8")
    command, _ = command_of(["export", "gradescope"])
    own = {"--minutes", "--hidden", "--no-leaderboard", "--pip"}
    offered = {o for parameter in command.params for o in (*parameter.opts, *parameter.secondary_opts)}
    assert own <= offered
    assert all(f"`{option}" in page for option in own)
