"""`autograder image`, as a user runs it: without an engine, with one that holds no image, and with the real one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from fake_daemon import FakeDaemon
from real_command import run

from autograder.sandbox.engine.find import Engine
from autograder.sandbox.engine.image import RECIPE_LABEL, Image

OLD = {
    "Id": "sha256:" + "a" * 64,
    "RepoTags": ["autograder-worker:old"],
    "Size": 6 << 30,
    "Created": "2026-01-02T03:04:05Z",
    "Config": {
        "Labels": {RECIPE_LABEL: "of-another", "autograder.base": "python:3.12-slim", "autograder.version": "0.0.1"}
    },
}


@pytest.fixture
def socket_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "docker.sock"
    monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
    return path


@pytest.mark.parametrize("verb", ["show", "build"])
def test_without_an_engine_the_way_to_one_is_said(tmp_path: Path, socket_path: Path, verb: str) -> None:
    done = run(tmp_path, "image", verb)
    assert done.returncode == 1
    assert done.stderr.startswith("error[no-engine]")
    assert "docker.io" in done.stderr


def test_an_engine_without_an_image_that_fits_is_shown_with_the_command_that_builds_one(
    tmp_path: Path, socket_path: Path
) -> None:
    with FakeDaemon(images=[OLD]).listening(socket_path):
        done = run(tmp_path, "image", "show")
        as_json = run(tmp_path, "image", "show", "--json")
    assert done.returncode == as_json.returncode == 1
    assert "docker 28.3.0" in done.stdout
    assert "autograder-worker:old: of another autograder" in done.stdout
    assert "fix: autograder image build" in done.stdout
    document = json.loads(as_json.stdout)
    assert document["fits"] is False
    assert document["build"] == "autograder image build"
    assert document["images"][0]["id"] == OLD["Id"]


def test_a_base_that_cannot_be_fetched_is_named(tmp_path: Path, socket_path: Path) -> None:
    with FakeDaemon().listening(socket_path):
        done = run(tmp_path, "image", "build", "--base", "python:3.12-slim", "--json")
    error = json.loads(done.stdout)["error"]
    assert done.returncode == 1
    assert error["code"] == "no-base-image"
    assert "no route to the registry" in error["why"]
    assert "--base" in error["fix"]


def test_the_real_image_is_shown_with_what_it_holds(tmp_path: Path, grading_image: Image) -> None:
    done = run(tmp_path, "image", "show")
    assert done.returncode == 0, done.stderr
    assert grading_image.id in done.stdout
    assert "fits this autograder" in done.stdout
    document = json.loads(run(tmp_path, "image", "show", "--json").stdout)
    assert document["fits"] is True
    assert document["build"] is None
    assert document["versions"]["torch"]


def test_an_image_that_is_there_is_not_built_again(tmp_path: Path, engine: Engine, grading_image: Image) -> None:
    done = run(tmp_path, "image", "build", "--base", grading_image.base, "--json")
    assert done.returncode == 0, done.stdout
    document = json.loads(done.stdout)
    assert document["built"] is False
    assert document["image"]["id"] == grading_image.id
