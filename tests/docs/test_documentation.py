"""What the documentation shows is run here as it stands there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
import torch

from autograder.checks import Rng

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


STANDARDIZE = """
title = "Standardize"

[[exercise]]
name = "standardize"
title = "Each row with mean 0 and variance 1"
points = 4
"""
SPECIMEN = """# fails: {fails}


def standardize(x, eps=1e-5):
    return {body}
"""


def specimens_of_the_table() -> dict[str, str]:
    """The specimens of the worked example in docs/writing-checks.md, by name."""
    page = (ROOT / "docs" / "writing-checks.md").read_text(encoding="utf-8")
    rows: list[tuple[str, str]] = re.findall(r"^\| `(\w+)` \| `(.+?)` \| .* \|$", page, re.MULTILINE)
    return {
        name: SPECIMEN.format(fails="nothing" if name.startswith("right") else "standardize", body=body)
        for name, body in rows
        if "eps" in body
    }


def proven(root: Path, checks: str) -> dict[str, Any]:
    """The worked example with the checks of one of its blocks, verified."""
    shown = blocks("writing-checks.md")
    files = {"assignment.toml": STANDARDIZE, "notebook.py": shown["standardize/notebook.py"]}
    files["hidden/test_standardize.py"] = shown[checks]
    files |= {f"specimens/{name}.py": source for name, source in specimens_of_the_table().items()}
    for name, content in files.items():
        path = root / "assignments" / "02-standardize" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    done = autograder("verify", "02", "--seeds", "3", "--json", course=root)
    assert done.stdout, done.stderr
    (assignment,) = json.loads(done.stdout)["assignments"]
    assert isinstance(assignment, dict)
    return assignment


def test_the_naive_check_lets_as_many_wrong_answers_pass_as_the_page_says(tmp_path: Path) -> None:
    found = proven(tmp_path, "naive/hidden/test_standardize.py")
    wrong = [proof for proof in found["proofs"] if proof["fails"]]
    mutants = found["mutants"]
    page = " ".join((ROOT / "docs" / "writing-checks.md").read_text(encoding="utf-8").split())
    said = re.search(r"naive check lets (\d+) of the (\d+) pass, and (\d+) of the (\d+) mutants", page)
    assert said is not None
    passed = sum(not proof["caught"] for proof in wrong)
    assert [int(n) for n in said.groups()] == [passed, len(wrong), mutants["survived"], mutants["counted"]]
    assert not found["green"]


def test_the_checks_of_the_worked_example_tell_the_truth(tmp_path: Path) -> None:
    found = proven(tmp_path, "standardize/hidden/test_standardize.py")
    assert found["green"], found["headline"]
    assert found["mutants"]["survived"] == 0
    assert found["redundant"] == []
    assert len(found["proofs"]) == 3 + 1 + 9 + found["mutants"]["counted"]


@pytest.mark.parametrize("block", ["tolerance", "properties"])
def test_the_shorter_examples_on_checks_accept_the_right_answer(block: str) -> None:
    names: dict[str, Any] = {}
    exec(blocks("writing-checks.md")[block], names)
    right = SimpleNamespace(
        cross_entropy=torch.nn.functional.cross_entropy, softmax=lambda x: x.softmax(-1), relu=lambda x: x.clamp(min=0)
    )
    checks = [value for value in names.values() if hasattr(value, "__autograder_check__")]
    assert checks
    for test in checks:
        test(right, Rng(b"documentation"))


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
