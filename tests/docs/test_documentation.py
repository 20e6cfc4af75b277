"""What the documentation shows is run here as it stands there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```\w+ file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(page: str) -> dict[str, str]:
    """The fenced blocks of a page that name a file."""
    return dict(BLOCK.findall((ROOT / "docs" / page).read_text(encoding="utf-8")))


def autograder(*arguments: str, course: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "autograder", *arguments]
    return subprocess.run(command, cwd=course, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the assignment that docs/writing-an-assignment.md writes."""
    root = tmp_path_factory.mktemp("course")
    for name, content in blocks("writing-an-assignment.md").items():
        path = root / "assignments" / "01-first-layer" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    return root


def test_the_assignment_of_the_guide_verifies_green(course: Path) -> None:
    done = autograder("verify", "01", "--json", course=course)
    assert done.returncode == 0, done.stdout + done.stderr
    (assignment,) = json.loads(done.stdout)["assignments"]
    kinds = [proof["kind"] for proof in assignment["proofs"]]
    assert kinds.count("specimen") == len([name for name in blocks("writing-an-assignment.md") if "specimens" in name])
    assert all(proof["kept"] for proof in assignment["proofs"])


def test_the_assignment_of_the_guide_builds_and_keeps_its_secrets(course: Path) -> None:
    done = autograder("build", "01", course=course)
    assert done.returncode == 0, done.stderr
    released = (course / "release" / "01-first-layer" / "01-first-layer.ipynb").read_text(encoding="utf-8")
    assert "zeros_like" not in released
    assert 'NotImplementedError(\\"relu\\")' in released
    assert "return torch.tensor(0.0)" in released


def test_the_checks_of_the_page_on_checks_are_python_that_declares_checks() -> None:
    names: dict[str, object] = {}
    exec(blocks("writing-checks.md")["example"], names)
    declared = [value for value in names.values() if hasattr(value, "__autograder_check__")]
    assert len(declared) == 2


def test_the_checks_on_a_gpu_declare_their_devices() -> None:
    names: dict[str, object] = {}
    exec(blocks("writing-checks.md")["gpu"], names)
    specs = [getattr(value, "__autograder_check__", None) for value in names.values()]
    assert [spec.gpu for spec in specs if spec is not None] == ["prefer", True]


def test_every_verb_that_the_readme_shows_exists() -> None:
    from autograder.cli import main

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = set(re.findall(r"^    autograder (\w+)", text, re.MULTILINE))
    assert isinstance(main, click.Group)
    assert shown == set(main.list_commands(click.Context(main)))


def test_every_link_in_the_documentation_leads_somewhere() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    for page in pages:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
