"""`grade --isolation` and what `doctor` says of the levels, in real processes."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from real_command import run
from tiny_course import RIGHT, make_course, notebook

from autograder.cli import main
from autograder.sandbox.engine.image import Image
from autograder.sandbox.levels import offers
from autograder.sandbox.place import OwnMachine
from autograder.sandbox.walled import WalledSandbox

WALLED = [offer.level for offer in offers() if offer.missing is None and offer.level != "container"]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_course(tmp_path_factory.mktemp("isolation"))
    (root / "ann.ipynb").write_text(notebook(*RIGHT), encoding="utf-8")
    return root


@pytest.mark.parametrize("level", WALLED)
def test_the_isolation_asked_for_is_used_and_recorded(course: Path, level: str) -> None:
    done = run(course, "grade", "01", "ann.ipynb", "--json", "--again", "--isolation", level)
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert (verdict["isolation"], verdict["points"]) == (level, 6)


def test_the_strongest_is_used_unless_told_otherwise(course: Path) -> None:
    done = run(course, "grade", "01", "ann.ipynb", "--json", "--again")
    (verdict,) = json.loads(done.stdout)["verdicts"]
    strongest = [offer.level for offer in offers() if offer.missing is None][-1]
    assert verdict["isolation"] == strongest


def test_no_walls_have_to_be_asked_for_twice(course: Path) -> None:
    for half in (["--isolation", "none"], ["--i-trust-submissions"]):
        done = run(course, "grade", "01", "ann.ipynb", *half)
        assert done.returncode == 2
        assert "the gradebook included" in done.stderr
    done = run(course, "grade", "01", "ann.ipynb", "--json", "--isolation", "none", "--i-trust-submissions")
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert (verdict["isolation"], verdict["points"]) == ("none", 6)
    assert "no walls" in done.stderr


def test_a_container_without_an_engine_is_refused_with_what_to_install(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{course}/no-engine.sock")
    done = run(course, "grade", "01", "ann.ipynb", "--isolation", "container")
    assert done.returncode == 1
    assert "does not offer isolation by container" in done.stderr
    assert "autograder image build" in done.stderr


def test_a_batch_is_graded_in_a_container(course: Path, grading_image: Image) -> None:
    done = run(course, "grade", "01", "ann.ipynb", "--json", "--again")
    assert done.returncode == 0, done.stderr
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert (verdict["isolation"], verdict["points"]) == ("container", 6)


def test_grading_does_not_start_where_the_walls_do_not_hold(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_sandbox(preload: tuple[str, ...], **_: object) -> WalledSandbox:
        return WalledSandbox(partial(OwnMachine, level="process"), preload=preload, walls=False)

    monkeypatch.setattr("autograder.grading.attempt.open_sandbox", open_sandbox)
    done = CliRunner().invoke(main, ["grade", "01", str(course / "ann.ipynb"), "--again", "--course", str(course)])
    assert done.exit_code == 1
    assert "walls of this machine (isolation: process) do not hold: read the checks" in done.output


def test_doctor_tells_what_each_level_needs(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{course}/no-engine.sock")
    document = json.loads(run(course, "doctor", "--quick", "--json").stdout)
    levels = {level["level"]: level["missing"] for level in document["levels"]}
    assert list(levels) == ["process", "uid", "container"]
    assert levels["process"] is None
    assert levels["container"]["fix"] == "install Docker or Podman, then: autograder image build"
    assert document["isolation"] == WALLED[-1]
    assert document["walls"] == {}


def test_doctor_tries_every_level_with_every_attack(course: Path) -> None:
    done = run(course, "doctor")
    assert done.returncode == 0, done.stdout + done.stderr
    for level in WALLED:
        assert level in done.stdout
    assert "ALLOWED" not in done.stdout
    assert "The walls hold." in done.stdout
