"""The image as it was really built, and small ones built here from a wheel made on the spot."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.sandbox.engine import build, image
from autograder.sandbox.engine.build import build_image
from autograder.sandbox.engine.find import Engine
from autograder.sandbox.engine.image import FOLDER, Image, find_image, images, versions_inside

PINNED = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def test_the_image_holds_what_the_lock_says(engine: Engine, grading_image: Image) -> None:
    inside = {re.sub(r"[-_.]+", "-", name): version for name, version in versions_inside(engine, grading_image).items()}
    locked: dict[str, set[str]] = {}
    for name, version in PINNED.findall((FOLDER / "requirements.lock").read_text(encoding="utf-8")):
        locked.setdefault(name, set()).add(version)
    inside.pop("python")
    assert {"torch", "numpy", "matplotlib", "pandas", "scikit-learn", "safetensors", "msgspec"} <= set(inside)
    assert all(version in locked[name] for name, version in inside.items())
    assert "pip" not in inside
    assert "autograder" not in inside


def test_the_image_is_for_nobody_in_particular_and_opens_no_device_by_itself(
    engine: Engine, grading_image: Image
) -> None:
    settings = engine.client.images.get(grading_image.id).attrs["Config"]
    assert settings["User"] == "10001:10001"
    assert "NVIDIA_VISIBLE_DEVICES=void" in settings["Env"]
    assert "NVIDIA_DRIVER_CAPABILITIES=compute,utility" in settings["Env"]


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A recipe of one wheel that is made here. Returns the folder of wheels; the recipe is the installed one's."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    wheel = wheels / "leaf-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("leaf.py", "COLOUR = 'green'\n")
        archive.writestr("leaf-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: leaf\nVersion: 1.0\n")
        archive.writestr("leaf-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr("leaf-1.0.dist-info/RECORD", "leaf.py,,\n")
    folder = tmp_path / "recipe"
    folder.mkdir()
    shutil.copy(FOLDER / "Dockerfile", folder)
    digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "requirements.lock").write_text(f"leaf==1.0 --hash=sha256:{digest}\n", encoding="utf-8")
    for module in (build, image):
        monkeypatch.setattr(module, "FOLDER", folder)
    return wheels


def remove(engine: Engine, name: str) -> None:
    engine.client.images.remove(name, force=True)


def test_an_image_is_built_offline_once_and_found_again_by_its_content(
    engine: Engine, grading_image: Image, small: Path
) -> None:
    base = grading_image.base
    said: list[str] = []
    first, built = build_image(engine, base=base, wheels=small, tag="autograder-test:leaf", progress=said.append)
    try:
        assert built
        assert any(line.lower().startswith("step ") for line in said)
        assert first.fits
        assert first.base == base
        assert "autograder-test:leaf" in first.tags
        assert find_image(engine).id == first.id
        inside = versions_inside(engine, first)
        assert inside["leaf"] == "1.0"
        again, built = build_image(engine, base=base, wheels=small)
        assert (again.id, built) == (first.id, False)
        assert not engine.client.images.list(filters={"dangling": True, "label": "autograder.stage"})
        changed = small.parent / "recipe" / "requirements.lock"
        changed.write_text(changed.read_text(encoding="utf-8") + "# another\n", encoding="utf-8")
        assert [one.fits for one in images(engine) if one.id == first.id] == [False]
        with pytest.raises(AutograderError) as error:
            find_image(engine)
        assert error.value.code == "no-image"
        assert error.value.fix == "autograder image build"
    finally:
        for name in first.tags:
            remove(engine, name)


def test_a_wheel_with_another_content_than_the_lock_says_is_refused(
    engine: Engine, grading_image: Image, small: Path
) -> None:
    with zipfile.ZipFile(small / "leaf-1.0-py3-none-any.whl", "a") as archive:
        archive.writestr("leaf.pth", "import os\n")
    with pytest.raises(AutograderError) as error:
        build_image(engine, base=grading_image.base, wheels=small)
    assert error.value.code == "image-build-failed"
    assert "DO NOT MATCH THE HASHES" in error.value.why


def test_a_folder_without_wheels_is_refused_with_the_command_that_fills_it(
    engine: Engine, grading_image: Image, small: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(AutograderError) as error:
        build_image(engine, base=grading_image.base, wheels=empty)
    assert error.value.code == "no-wheels"
    assert "pip download" in error.value.fix
