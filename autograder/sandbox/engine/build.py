"""Building the image: a stream of the recipe and of wheels at hand goes to the engine, its progress comes back."""

from __future__ import annotations

import hashlib
import importlib.metadata
import re
import tarfile
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine, speaking_to
from autograder.sandbox.engine.image import (
    BASE_LABEL,
    DEFAULT_BASE,
    FOLDER,
    NAME,
    RECIPE,
    RECIPE_LABEL,
    VERSION_LABEL,
    Image,
    described,
    recipe,
)

if TYPE_CHECKING:
    from docker.models.images import Image as EngineImage

_CHUNK = 1 << 20
_BLOCK = tarfile.BLOCKSIZE
_LAST_LINES = 15
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_STAGE_LABEL = "autograder.stage"


def build_image(
    engine: Engine,
    *,
    base: str = DEFAULT_BASE,
    wheels: Path | None = None,
    tag: str | None = None,
    progress: Callable[[str], None] = lambda line: None,
) -> tuple[Image, bool]:
    """The image of the installed autograder on `base`, and whether it had to be built.

    Its tag is made of its content: one that exists has this recipe and this base, and nothing is done. With `wheels`, a
    folder of them, the build has no network at all.

    Args:
        tag: a further name for it.
        progress: called with each line that the engine says.

    Raises:
        AutograderError: `no-base-image`, `no-wheels`, `image-build-failed`, `engine-failed`.
    """
    from docker.errors import ImageNotFound

    with speaking_to(engine):
        base_image = _base(engine, base, progress)
        content = hashlib.sha256(f"{recipe()} {base_image.id}".encode()).hexdigest()
        name = f"{NAME}:{content[:16]}"
        built = False
        try:
            image = engine.client.images.get(name)
        except ImageNotFound:
            _build(engine, name, base, wheels, progress)
            image = engine.client.images.get(name)
            built = True
        if tag is not None:
            image.tag(*_name_and_tag(tag))
            image.reload()
        return described(image, recipe()), built


def _base(engine: Engine, base: str, progress: Callable[[str], None]) -> EngineImage:
    from docker.errors import APIError, ImageNotFound

    try:
        return engine.client.images.get(base)
    except ImageNotFound:
        progress(f"fetching {base}")
    try:
        return engine.client.images.pull(*_name_and_tag(base))
    except APIError as error:
        raise AutograderError(
            "no-base-image",
            f"{engine.kind} holds no image {base}, and could not fetch it",
            why=str(error.explanation or error),
            fix="connect this machine to an image registry, or name a base that it holds: "
            "autograder image build --base IMAGE",
        ) from error


def _name_and_tag(image: str) -> tuple[str, str]:
    """`registry:5000/python:3.12` is its name and `3.12`; without a tag it is `latest`, not all there are."""
    name, colon, tag = image.rpartition(":")
    return (name, tag) if colon and "/" not in tag else (image, "latest")


def _build(engine: Engine, name: str, base: str, wheels: Path | None, progress: Callable[[str], None]) -> None:
    files = [(part, FOLDER / part) for part in RECIPE] + _wheels(wheels)
    labels = {
        RECIPE_LABEL: recipe(),
        BASE_LABEL: base,
        VERSION_LABEL: importlib.metadata.version("autograder"),
    }
    said = engine.client.api.build(
        fileobj=cast(Any, _tar(files)),  # a stream: gigabytes of wheels are not copied into a temporary file first
        custom_context=True,
        tag=name,
        labels=labels,
        buildargs={"BASE_IMAGE": base},
        network_mode="none" if wheels else None,
        rm=True,
        forcerm=True,
        decode=True,
    )
    last: deque[str] = deque(maxlen=_LAST_LINES)
    try:
        for message in said:
            for line in _COLOUR.sub("", str(message.get("stream", ""))).splitlines():
                if line.strip():
                    last.append(line.rstrip())
                    progress(line.rstrip())
            if "error" in message:
                raise _failed("\n  ".join([*last, str(message["error"]).strip()]))
    finally:
        # The first stage holds the wheels and the libraries a second time: gigabytes that nobody asks for again.
        engine.client.images.prune(filters={"dangling": True, "label": _STAGE_LABEL})


def _wheels(folder: Path | None) -> list[tuple[str, Path]]:
    if folder is None:
        return []
    found = sorted(folder.glob("*.whl"))
    if not found:
        raise AutograderError(
            "no-wheels",
            f"there is no wheel in {folder}",
            why="The build has no network when wheels are given, so they must all be there.",
            fix=f"pip download --only-binary :all: --no-deps --require-hashes -d {folder} -r {FOLDER / RECIPE[1]}",
        )
    return [(f"wheels/{path.name}", path) for path in found]


def _tar(files: list[tuple[str, Path]]) -> Iterator[bytes]:
    """A tar archive of `files`, piece by piece, with nothing in it that depends on when or by whom it is made."""
    for name, path in files:
        with path.open("rb") as content:
            header = tarfile.TarInfo(name)
            header.size = path.stat().st_size
            header.mode = 0o644
            yield header.tobuf()
            left = header.size
            while left and (chunk := content.read(min(_CHUNK, left))):
                left -= len(chunk)
                yield chunk
            yield bytes(-header.size % _BLOCK)
    yield bytes(2 * _BLOCK)


def _failed(why: str) -> AutograderError:
    return AutograderError(
        "image-build-failed",
        "the image could not be built",
        why=why,
        fix="where the package index cannot be reached: download the wheels elsewhere and give --wheels DIR",
    )
