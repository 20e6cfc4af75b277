from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_daemon import FakeDaemon

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine, find_engine
from autograder.sandbox.engine.image import RECIPE_LABEL, find_image, images, recipe


def held(name: str, built_from: str, created: str) -> dict[str, Any]:
    labels = {RECIPE_LABEL: built_from, "autograder.base": "debian", "autograder.version": "0.1.0"}
    return {"Id": f"sha256:{name}", "RepoTags": [], "Size": 1, "Created": created, "Config": {"Labels": labels}}


def answering() -> Engine:
    engine = find_engine()
    assert engine is not None
    return engine


def test_the_newest_image_that_fits_is_used_whatever_else_is_held(socket_path: Path) -> None:
    daemon = FakeDaemon(
        images=[
            held("older", recipe(), "2026-01-01T00:00:00Z"),
            held("newest", "of-another-autograder", "2026-03-01T00:00:00Z"),
            held("newer", recipe(), "2026-02-01T00:00:00Z"),
        ]
    )
    with daemon.listening(socket_path):
        engine = answering()
        assert find_image(engine).id == "sha256:newer"
        assert [image.id for image in images(engine)] == ["sha256:newer", "sha256:older", "sha256:newest"]


def test_an_image_of_another_autograder_is_not_used(socket_path: Path) -> None:
    daemon = FakeDaemon(images=[held("old", "of-another-autograder", "2026-03-01T00:00:00Z")])
    with daemon.listening(socket_path), pytest.raises(AutograderError) as error:
        find_image(answering())
    assert error.value.code == "no-image"
    assert "other versions of the libraries" in error.value.what


def test_an_engine_that_goes_away_is_the_platforms_fault_in_plain_words(socket_path: Path) -> None:
    with FakeDaemon().listening(socket_path):
        engine = answering()
    engine.client.api.close()
    with pytest.raises(AutograderError) as error:
        images(engine)
    assert error.value.code == "engine-failed"
    assert "docker info" in error.value.fix
