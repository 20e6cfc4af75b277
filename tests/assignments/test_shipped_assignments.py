"""The assignments that we ship prove themselves: reference, stub, and every specimen."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COURSE = Path(__file__).resolve().parents[2]
SLUGS = sorted(path.parent.name for path in (COURSE / "assignments").glob("*/assignment.toml"))


@pytest.mark.parametrize("slug", SLUGS)
def test_an_assignment_verifies_green(slug: str) -> None:
    command = [sys.executable, "-m", "autograder", "verify", slug, "--seeds", "2", "--json"]
    done = subprocess.run(command, cwd=COURSE, capture_output=True, text=True, timeout=1500, check=False)
    (assignment,) = json.loads(done.stdout)["assignments"]
    broken = {proof["name"]: proof["problems"] for proof in assignment["proofs"] if not proof["kept"]}
    assert broken == {}
    assert done.returncode == 0
    kinds = [proof["kind"] for proof in assignment["proofs"]]
    specimens = list((COURSE / "assignments" / slug / "specimens").glob("*.py"))
    assert kinds.count("reference") == 2
    assert kinds.count("stub") == 1
    assert kinds.count("specimen") == len(specimens) > 20


def test_there_are_assignments() -> None:
    assert {"01-tensors", "04-softmax-classifier"} <= set(SLUGS)
