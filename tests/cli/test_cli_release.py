"""`release`: an assignment is handed out and tagged once it is proven, and only then."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from real_command import run

IDENTITY = ("-c", "user.name=Author", "-c", "user.email=author@example.org")
SLUG = "01-one"
TOML = 'title = "One"\n[[exercise]]\nname = "one"\ntitle = "One more"\npoints = 1\n'
NOTEBOOK = """\
# %%
from autograder import check

# %%
#| exercise: one
def one(number):
    # BEGIN SOLUTION
    return number + 1
    # END SOLUTION
"""
CHECK = """\
from autograder.checks import check


@check("one")
def test_one(student):
    assert student.one(1) == 2
    assert student.one(5) == 6
"""


def git(course: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *IDENTITY, *arguments], cwd=course, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in (("NAME", "Author"), ("EMAIL", "author@example.org")):
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    monkeypatch.delenv("AUTOGRADER_EXCHANGE", raising=False)
    root = tmp_path / "course"
    assignment = root / "assignments" / SLUG
    (assignment / "public").mkdir(parents=True)
    (assignment / "assignment.toml").write_text(TOML)
    (assignment / "notebook.py").write_text(NOTEBOOK)
    (assignment / "public" / "test_one.py").write_text(CHECK)
    (root / ".gitignore").write_text("tmp/\n__pycache__/\n")
    (tmp_path / "exchange").mkdir()
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "begin")
    return root


def test_what_is_proven_is_handed_out_and_tagged(course: Path) -> None:
    exchange = course.parent / "exchange"
    (course / "course.toml").write_text(f'exchange = "{exchange}"\n')
    uncommitted = run(course, "release", "01", "--seeds", "1")
    assert uncommitted.returncode == 1
    assert "error[not-committed]" in uncommitted.stderr
    assert f"release/{SLUG}" in uncommitted.stderr
    assert list(exchange.iterdir()) == []
    git(course, "add", ".")
    git(course, "commit", "-qm", "built")
    done = run(course, "release", "01", "--seeds", "1", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["verified"].startswith("green")
    assert git(course, "tag").split() == [told["tag"]] == [f"{SLUG}/{told['version']}"]
    given = Path(told["place"])
    assert given.is_relative_to(exchange)
    built = course / "release" / SLUG
    assert {p.name: p.read_bytes() for p in given.glob("*.*")} == {p.name: p.read_bytes() for p in built.glob("*.*")}
    about = json.loads((given / "assignment.json").read_text())
    assert about["exchange"] == str(exchange)
    assert "autograder submit" in (given / "README.md").read_text()


def test_what_does_not_keep_its_promises_is_not_handed_out(course: Path) -> None:
    specimen = course / "assignments" / SLUG / "specimens" / "right_but_it_is_not.py"
    specimen.parent.mkdir()
    specimen.write_text('"""Promised to be right."""\n# fails: nothing\n\n\ndef one(number):\n    return number\n')
    refused = run(course, "release", "01", "--seeds", "1", "--no-tag", "--exchange", str(course.parent / "exchange"))
    assert refused.returncode == 1
    assert "error[not-proven]" in refused.stderr
    assert "right_but_it_is_not" in refused.stdout
    assert list((course.parent / "exchange").iterdir()) == []
    assert git(course, "tag") == ""


def test_an_address_that_is_none_is_told_before_minutes_are_spent(course: Path) -> None:
    refused = run(course, "release", "01", "--exchange", "https://example.org/inbox")
    assert refused.returncode == 1
    assert "error[no-such-transport]" in refused.stderr
    assert not (course / "release").exists()
