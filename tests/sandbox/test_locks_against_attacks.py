"""Every attack of `attacks.py` is refused by the real kernel, and leaves the zygote, the grader and the files alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import attacks
import pytest
from locked import Zygote

REFUSALS = {"EPERM", "EACCES", "ENOSYS", "EXDEV", "EBADF", "EROFS"}
KINDS = {
    "reading": attacks.READING,
    "writing": attacks.WRITING,
    "processes": attacks.PROCESSES,
    "kernel": attacks.KERNEL,
}
ALL = [(kind, name) for kind, snippets in KINDS.items() for name in snippets]
HARMLESS = [(kind, name) for kind, names in attacks.HARMLESS_WITHOUT_LOCKS.items() for name in names]


@dataclass(frozen=True)
class Scene:
    """A zygote, and around its work folder what belongs to others."""

    zygote: Zygote
    secret: Path
    neighbour: Path
    names: dict[str, Any]

    def restore(self) -> None:
        """What an attack without locks may have changed."""
        self.secret.write_text("the labels")
        self.secret.chmod(0o644)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    base = tmp_path_factory.mktemp("batch")
    outside, neighbour, work = (base / name for name in ("outside", "neighbour", "work"))
    for folder in (outside, neighbour, work):
        folder.mkdir()
    secret = outside / "secret"
    secret.write_text("the labels")
    (neighbour / "answer.txt").write_text("42")
    with secret.open() as held:
        os.set_inheritable(held.fileno(), True)
        zygote = Zygote(work, inherit=held.fileno())
        names = {"SECRET": str(secret), "OUTSIDE": str(outside), "NEIGHBOUR": str(neighbour)}
        yield Scene(zygote, secret, neighbour, names | {"PARENT": os.getpid(), "INHERITED": held.fileno()})
        zygote.close()


@pytest.mark.parametrize(("kind", "name"), ALL)
def test_an_attack_is_refused(scene: Scene, kind: str, name: str) -> None:
    report = scene.zygote.run(KINDS[kind][name], scene.names)
    assert "OSError" in report.raised, report
    assert report.errno in REFUSALS or "gaierror" in report.raised, report
    assert report.status == 0
    assert scene.secret.read_text() == "the labels"
    assert scene.secret.stat().st_mode & 0o777 == 0o644
    assert sorted(p.name for p in scene.secret.parent.iterdir()) == ["secret"]
    assert (scene.neighbour / "answer.txt").read_text() == "42"


@pytest.mark.parametrize("name", attacks.EXHAUSTING)
def test_exhausting_the_machine_is_an_exception(scene: Scene, name: str) -> None:
    snippet, expected = attacks.EXHAUSTING[name]
    report = scene.zygote.run(snippet, memory_bytes=256 << 20)
    assert expected in report.raised, report


@pytest.mark.parametrize(("kind", "name"), HARMLESS)
def test_the_same_attack_succeeds_without_the_locks(scene: Scene, kind: str, name: str) -> None:
    report = scene.zygote.run(KINDS[kind][name], scene.names, locked=False)
    scene.restore()
    for left in [*scene.zygote.work.iterdir(), scene.secret.parent / "new", scene.secret.parent / "x"]:
        left.unlink(missing_ok=True)
    assert report.answer is not None, report
