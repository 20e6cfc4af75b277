"""The image that zygotes run in: what it must be built from, which one is at hand, and what it holds."""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine, speaking_to
from autograder.sandbox.engine.leftovers import OWNER_LABEL, owner

if TYPE_CHECKING:
    from docker.models.images import Image as EngineImage
    from docker.types import Ulimit

FOLDER = Path(__file__).resolve().parent
RECIPE = ("Dockerfile", "requirements.lock")
"""What an image is built from, besides its base; in FOLDER."""
RECIPE_LABEL = "autograder.recipe"
BASE_LABEL = "autograder.base"
VERSION_LABEL = "autograder.version"
NAME = "autograder-worker"
DEFAULT_BASE = "python:3.12-slim"
PYTHON = "/opt/worker/bin/python"
_OPEN_FILES = 4096
_PROCESSES = 4096  # of one user on the whole machine; how many a container may have is limited apart from this
_TELL = (
    "import json, platform; "
    "from importlib.metadata import distributions; "
    "print(json.dumps({'python': platform.python_version(), **{d.name.lower(): d.version for d in distributions()}}))"
)


@dataclass(frozen=True)
class Image:
    """An image as the engine holds it.

    Args:
        id: `sha256:…` of its configuration, which names all of its content. Recorded with every attempt.
        digest: under which a registry knows it; "" where it came from none.
        size: bytes.
        created: when, in ISO 8601.
        version: the autograder that built it.
        fits: it was built from the recipe of the installed autograder.
    """

    id: str
    digest: str
    tags: tuple[str, ...]
    size: int
    created: str
    base: str
    version: str
    fits: bool

    def as_dict(self) -> dict[str, object]:
        """The image as plain values, for `--json`."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def recipe() -> str:
    """A digest of what the installed autograder builds its image from."""
    digest = hashlib.sha256()
    for name in RECIPE:
        content = (FOLDER / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def images(engine: Engine) -> list[Image]:
    """Every image of ours that the engine holds, those that fit first, newest first."""
    from docker.errors import ImageNotFound

    wanted, found = recipe(), []
    with speaking_to(engine):
        for listed in engine.client.api.images(filters={"label": RECIPE_LABEL}):
            with contextlib.suppress(ImageNotFound):  # removed since
                found.append(described(engine.client.images.get(listed["Id"]), wanted))
    return sorted(sorted(found, key=lambda i: i.created, reverse=True), key=lambda i: not i.fits)


def find_image(engine: Engine) -> Image:
    """The image to grade in: the newest that fits the installed autograder.

    Raises:
        AutograderError: `no-image`, with the command that builds it; `engine-failed`.
    """
    held = images(engine)
    if held and held[0].fits:
        return held[0]
    raise AutograderError(
        "no-image",
        f"{engine.kind} holds no image of this autograder's"
        + (": the one it holds was built for other versions of the libraries" if held else ""),
        why="Submissions are graded inside an image that holds the libraries they may import.",
        fix="autograder image build",
    )


def versions_inside(engine: Engine, image: Image) -> dict[str, str]:
    """Python and the libraries of an image, by name, as the image itself tells.

    Raises:
        AutograderError: `image-unusable`, where no container of it can be run.
    """
    from docker.errors import DockerException

    try:
        said: bytes = engine.client.containers.run(
            image.id,
            [PYTHON, "-I", "-c", _TELL],
            network_mode="none",
            read_only=True,
            cap_drop=["ALL"],
            ulimits=ulimits(),
            labels={OWNER_LABEL: owner()},
            remove=True,
        )
    except DockerException as error:
        raise AutograderError(
            "image-unusable",
            f"{engine.kind} cannot run a container of the image {(*image.tags, image.id)[0]}",
            why=str(getattr(error, "explanation", None) or error),
            fix=f"try `{engine.kind} run --rm {image.id} true`, and mend what it complains of",
        ) from error
    versions: dict[str, str] = json.loads(said)
    return dict(sorted(versions.items()))


def ulimits() -> list[Ulimit]:
    """Limits of every container of ours. Where none are given, Podman asks for more than it may always give."""
    from docker.types import Ulimit

    limits = {"core": 0, "nofile": _OPEN_FILES, "nproc": _PROCESSES}
    return [Ulimit(name=name, soft=limit, hard=limit) for name, limit in limits.items()]


def described(found: EngineImage, wanted: str) -> Image:
    """An image in our words. `wanted`: the recipe that it must be built from to fit."""
    attributes: dict[str, Any] = found.attrs
    labels = (attributes.get("Config") or {}).get("Labels") or {}
    digests = attributes.get("RepoDigests") or [""]
    return Image(
        id=str(attributes["Id"]) if ":" in str(attributes["Id"]) else f"sha256:{attributes['Id']}",
        digest=str(digests[0]),
        tags=tuple(found.tags),
        size=int(attributes.get("Size", 0)),
        created=str(attributes.get("Created", "")),
        base=str(labels.get(BASE_LABEL, "")),
        version=str(labels.get(VERSION_LABEL, "")),
        fits=labels.get(RECIPE_LABEL) == wanted,
    )
