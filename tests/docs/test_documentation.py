"""What the documentation shows is run here as it stands there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

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


def write(folder: Path, files: dict[str, str]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with the assignment that docs/writing-an-assignment.md writes."""
    root = tmp_path_factory.mktemp("course")
    write(root / "assignments" / "01-first-layer", blocks("writing-an-assignment.md"))
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
    write(root / "assignments" / "02-standardize", files)
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


TOUR = """
title = "What the other examples of the page ask for"
exercise = [
    {name = "softmax", title = "Softmax", points = 1},
    {name = "relu", title = "The rectifier", points = 1},
    {name = "distances", title = "Distances", points = 2},
    {name = "train", title = "A training loop", points = 3, defines = ["train", "MLP"]},
]
"""
RIGHT = """
# %%
import torch
from torch import nn

# %%
#| exercise: softmax
def softmax(x):
    # BEGIN SOLUTION
    return (x - x.logsumexp(-1, keepdim=True)).exp()
    # END SOLUTION

# %%
#| exercise: relu
def relu(x):
    # BEGIN SOLUTION
    return x.relu()
    # END SOLUTION

# %%
#| exercise: distances
def distances(x, y):
    # BEGIN SOLUTION
    return (x.unsqueeze(1) - y.unsqueeze(0)).pow(2).sum(2)
    # END SOLUTION

# %%
#| exercise: train
def MLP(inputs, hidden, classes):
    # BEGIN SOLUTION
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))
    # END SOLUTION

def train(model, optimizer, loader, epochs):
    # BEGIN SOLUTION
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()
    # END SOLUTION
"""


def test_the_other_examples_on_checks_accept_the_right_answer_and_not_the_stub(tmp_path: Path) -> None:
    shown = blocks("writing-checks.md")
    hidden = {f"hidden/test_{block}.py": shown[block] for block in ("properties", "structure")}
    write(tmp_path / "assignments" / "03-tour", {"assignment.toml": TOUR, "notebook.py": RIGHT, **hidden})
    done = autograder("verify", "03", "--seeds", "2", "--mutants", "0", "--json", course=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_checks_on_a_gpu_declare_their_devices() -> None:
    names: dict[str, object] = {}
    exec(blocks("writing-checks.md")["gpu"], names)
    specs = [getattr(value, "__autograder_check__", None) for value in names.values()]
    assert [spec.gpu for spec in specs if spec is not None] == ["prefer"]


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
