"""The rehearsal of examiners runs real checks, none of which belongs to an assignment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch

from autograder.examiner.plugin import ExaminerPlugin, collect
from autograder.examiner.rehearsal import CHECKS, rehearse
from autograder.wire.graph import make_attach

CHECK = "from autograder.checks import check\n@check('f')\ndef test_f(student): assert student.f() == 1\n"


def test_checks_of_the_rehearsal_end_as_they_should_and_are_listed_nowhere(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "test_own.py").write_text(CHECK, encoding="utf-8")
    ends: dict[str, bool] = {}

    class Noted(ExaminerPlugin):
        def run(self, name: str) -> Any:
            ending = super().run(name)
            ends[name] = ending.error is None and ending.fault is None
            return ending

    plugin = Noted()

    def then(_: pytest.Session) -> None:
        make_attach(torch)
        before = set(Path("/proc/self/fd").iterdir())
        rehearse(torch, plugin)
        assert not set(Path("/proc/self/fd").iterdir()) - before

    collect(plugin, [hidden], then, besides=CHECKS)
    assert list(plugin.checks) == ["test_f"]
    wrong = ends.pop("test_rehearsal_of_mistakes")
    assert not wrong
    assert len(ends) == 4
    assert all(ends.values())
