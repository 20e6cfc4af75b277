"""Builds the grading image without an image registry: Debian itself becomes the base, wheels come from the index.

Run by make. Every step is kept by its content: a second run looks, and does nothing. Where this machine does not let
us, it says why and leaves the tests that need a container to be skipped.
"""

from __future__ import annotations

import contextlib
import hashlib
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

from docker.errors import APIError, ImageNotFound
from real_engine import HERE, NoEngine, answering, named

from autograder.errors import AutograderError
from autograder.sandbox.engine.find import Engine
from autograder.sandbox.engine.image import FOLDER, find_image, images

_PACKAGES = "python3,python3-venv,ca-certificates"
_TRIM = (
    "--variant=minbase",
    "--dpkgopt=path-exclude=/usr/share/doc/*",
    "--dpkgopt=path-exclude=/usr/share/man/*",
    "--dpkgopt=path-exclude=/usr/share/locale/*",
    "--aptopt=Apt::Install-Recommends false",
)
_PYTHON = "/usr/bin/python3"
"""Debian's own, of the release that the base is made of: the wheels must fit the base's Python to the last digit."""


def main(stamp: Path) -> None:
    """Say what was done, and how long it took; touch `stamp` once the image is at hand."""
    try:
        with answering() as engine, named(engine):
            try:
                _prepare(engine)
            except subprocess.CalledProcessError as failed:
                if _is_ours(engine):
                    raise
                raise NoEngine(f"{engine.kind} at {engine.socket} builds no image: {failed}") from failed
        stamp.touch()
    except NoEngine as why:
        print(f"the tests that need a container will be skipped: {why}")


def _prepare(engine: Engine) -> None:
    try:
        print(f"the grading image is at hand: {find_image(engine).id}")
        return
    except AutograderError as missing:
        print(missing.what, flush=True)
    if _is_ours(engine):
        _remove_outdated(engine)
    release = _release()
    if release is None or shutil.which("mmdebstrap") is None or not Path(_PYTHON).exists():
        _timed("image", sys.executable, "-m", "autograder", "image", "build")
        return
    wheels = HERE / "wheels"
    try:
        base = _base(engine, release)
        _wheelhouse(wheels)
        _timed("image", sys.executable, "-m", "autograder", "image", "build", "--base", base, "--wheels", str(wheels))
    finally:
        shutil.rmtree(wheels, ignore_errors=True)  # gigabytes, of no use once the image stands


def _is_ours(engine: Engine) -> bool:
    return Path(engine.socket).is_relative_to(HERE)


def _remove_outdated(engine: Engine) -> None:
    """Gigabytes, which only tests have used."""
    for image in images(engine):
        with contextlib.suppress(APIError):  # a container uses it at this moment
            engine.client.images.remove(image.id, force=True)


def _release() -> str | None:
    """The code name of this Debian."""
    try:
        system = platform.freedesktop_os_release()
    except OSError:
        return None
    return system.get("VERSION_CODENAME") if system.get("ID") == "debian" else None


def _base(engine: Engine, release: str) -> str:
    recipe = hashlib.sha256(repr((release, _PACKAGES, _TRIM, platform.machine())).encode()).hexdigest()
    name = f"autograder-debian:{release}-{recipe[:12]}"
    try:
        engine.client.images.get(name)
    except ImageNotFound:
        archive = HERE / "base.tar"
        try:
            _timed("base", "mmdebstrap", "--quiet", *_TRIM, f"--include={_PACKAGES}", release, str(archive))
            repository, _, tag = name.partition(":")
            engine.client.api.import_image_from_file(str(archive), repository=repository, tag=tag)
        finally:
            archive.unlink(missing_ok=True)
    return name


def _wheelhouse(wheels: Path) -> None:
    """pip's own configuration says where packages come from; the hashes say which they are."""
    with_pip = HERE / "pip"
    _timed("pip", _PYTHON, "-m", "venv", "--clear", str(with_pip))
    try:
        options = ["-qq", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--require-hashes"]
        lock = str(FOLDER / "requirements.lock")
        pip = str(with_pip / "bin" / "pip")
        _timed("wheels", pip, "download", *options, "--dest", str(wheels), "--requirement", lock)
    finally:
        shutil.rmtree(with_pip, ignore_errors=True)


def _timed(what: str, *command: str) -> None:
    before = time.monotonic()
    subprocess.run(command, check=True)
    print(f"{what}: {time.monotonic() - before:.0f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
