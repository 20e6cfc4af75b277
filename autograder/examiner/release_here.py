"""Where a notebook's release lies: beside the notebook, in whichever program it was opened. And unpacking one."""

from __future__ import annotations

import os
import stat
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

MAX_BYTES = 512 << 20
MAX_FILES = 2000


class NoRelease(Exception):
    """There are no public checks to run. `steps`: what to do, one of them."""

    def __init__(self, what: str, steps: tuple[str, ...] = ()) -> None:
        super().__init__(what)
        self.what = what
        self.steps = steps


def find_release(names: Mapping[str, Any], chosen: Path | None = None) -> Path:
    """The folder that holds public/: the one that was chosen, else where the notebook lies.

    Args:
        names: the notebook's, among which some programs say where it lies.

    Raises:
        NoRelease: with what to do in this program.
    """
    places = [chosen] if chosen is not None else list(_places(names))
    for place in places:
        if (place / "public").is_dir():
            return place
    raise _nothing(places[0])


def _places(names: Mapping[str, Any]) -> Iterator[Path]:
    yield Path.cwd()
    for said in (names.get("__vsc_ipynb_file__"), os.environ.get("JPY_SESSION_NAME")):  # VS Code, Jupyter Server
        if isinstance(said, str) and said and "\0" not in said:
            yield Path(said).parent


def _nothing(here: Path) -> NoRelease:
    beside = sorted(path.parent for path in here.glob("*/public") if path.is_dir())[:3]
    zips = sorted(path.name for path in here.glob("*.zip"))[:3]
    steps = [f"go to the folder of the release: `%cd {path.name}`" for path in beside]
    steps += [f'unpack the release: `check.setup("{name}")`' for name in zips]
    if in_colab():
        what = (
            "Colab has this notebook and not the files that came with it: the public checks lie in the folder public."
        )
        upload = 'drag the release\'s zip into the file panel on the left, then run `check.setup("NAME.zip")`'
        drive = "or keep the release in your Drive: `from google.colab import drive; drive.mount('/content/drive')`, "
        steps += [upload, f'{drive}then `check.setup("/content/drive/MyDrive/FOLDER")`']
    else:
        what = f"There are no public checks here: `{here}` has no folder `public`."
        steps.append("keep the notebook in the folder that you were given, beside `public`, and open it from there")
        steps.append('or say where that folder is, or its zip: `check.setup("PATH")`')
    return NoRelease(what, tuple(steps))


def in_colab() -> bool:
    """Whether this is a notebook of Google's Colab."""
    return "google.colab" in sys.modules


def unpack(path: Path, into: Path) -> Path:
    """Unpack a release's zip into `into`; files that are there stay as they are. Returns the release's folder.

    Raises:
        NoRelease: it is no zip, holds no public checks, or what could do harm.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            base = _base(entries)
            if len(entries) > MAX_FILES or sum(e.file_size for e in entries) > MAX_BYTES:
                raise NoRelease(f"`{path.name}` is too large to be a release.")
            for entry in entries:
                _refuse(entry, path)
            for entry in entries:
                target = into / entry.filename
                if entry.is_dir() or target.exists():
                    continue
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as file:
                    target.write_bytes(file.read(MAX_BYTES))
    except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError) as error:
        raise NoRelease(f"`{path.name}` cannot be unpacked: {error}.") from error
    return into / base


def _base(entries: list[zipfile.ZipInfo]) -> str:
    """The folder within the zip that holds public/."""
    found = {name.partition("public/")[0] for name in (e.filename for e in entries) if "public/test_" in name}
    if not found:
        raise NoRelease("This zip holds no release: there is no `public/test_….py` in it.")
    return min(found, key=len)


def _refuse(entry: zipfile.ZipInfo, path: Path) -> None:
    name = entry.filename
    parts = PurePosixPath(name).parts
    linked = stat.S_ISLNK(entry.external_attr >> 16)
    if linked or ".." in parts or name.startswith("/") or "\\" in name or ":" in name or not name.isprintable():
        raise NoRelease(f"`{path.name}` is not unpacked: it holds a name or a link that leads out of it.")
