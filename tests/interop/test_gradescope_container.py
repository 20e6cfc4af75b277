"""The autograder zip in a real container as Gradescope has them: root without rights, with and without Landlock."""

from __future__ import annotations

import io
import json
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from export_course import ANSWERS, HEAD, SLUG, make_course, notebook

from autograder.cli.export import export
from autograder.sandbox.engine.find import Engine

ROOT = Path(__file__).resolve().parents[2]
IMAGE = "autograder-gradescope-test"
NO_LANDLOCK = {
    "defaultAction": "SCMP_ACT_ALLOW",
    "syscalls": [
        {
            "names": ["landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"],
            "action": "SCMP_ACT_ERRNO",
            "errnoRet": 38,
        }
    ],
}
ATTACK = """
import os

seen = []
for attempt in (
    lambda: os.listdir("/autograder/source/assignment"),
    lambda: open("/autograder/results/results.json", "w"),
    lambda: open("/autograder/source/settings.json", "w"),
    lambda: open("/proc/1/mem", "rb"),
    lambda: open("/proc/1/environ", "rb").read(1),
    lambda: os.kill(1, 0),
    lambda: os.setuid(0),
):
    try:
        attempt()
        seen.append(attempt)
    except OSError:
        pass

def double(x):
    return x if not seen else 2 * x
"""


def _skeleton() -> bytes:
    """An image of empty folders: what is in them comes from this machine, read-only."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, mode in (("usr", 0o755), ("tmp", 0o1777), ("etc", 0o755), ("proc", 0o755), ("dev", 0o755)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.mode = tarfile.DIRTYPE, mode
            archive.addfile(entry)
        for name in ("bin", "lib", "lib64", "sbin"):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = tarfile.SYMTYPE, f"usr/{name}"
            archive.addfile(entry)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def image(running_engine: Engine) -> Iterator[str]:
    if not Path("/lib64").is_symlink():
        pytest.skip("this machine keeps its libraries outside of /usr, which is all that the container gets")
    running_engine.client.api.import_image_from_data(_skeleton(), repository=IMAGE)
    yield IMAGE
    running_engine.client.images.remove(IMAGE, force=True)


@pytest.fixture(scope="module")
def autograder_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    course = make_course(tmp_path_factory.mktemp("course"))
    file = tmp_path_factory.mktemp("zip") / "autograder.zip"
    done = CliRunner().invoke(export, ["gradescope", "01", "--course", str(course), "--out", str(file)])
    assert done.exit_code == 0, done.output
    return file


def graded(
    engine: Engine, image: str, folder: Path, autograder_zip: Path, cells: tuple[str, ...], *options: str
) -> Any:
    with zipfile.ZipFile(autograder_zip) as archive:
        archive.extractall(folder / "source")
    (folder / "submission").mkdir()
    (folder / "submission" / f"{SLUG}.ipynb").write_text(notebook(*cells))
    (folder / "results").mkdir()
    python = Path(sys.base_prefix).resolve()
    mounts = {str(path): {"bind": str(path), "mode": "ro"} for path in {Path("/usr"), python, Path(sys.prefix), ROOT}}
    engine.client.containers.run(
        image,
        ["/bin/bash", "/autograder/source/run_autograder"],
        remove=True,
        network_mode="none",
        volumes=mounts | {str(folder): {"bind": "/autograder", "mode": "rw"}},
        environment={"AUTOGRADER_PYTHON": sys.executable, "OMP_NUM_THREADS": "1"},
        security_opt=list(options),
    )
    return json.loads((folder / "results" / "results.json").read_text())


def points(document: Any) -> float:
    scores: list[float] = [test.get("score", 0) for test in document["tests"]]
    return sum(scores)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "walls"),
    [
        pytest.param((), "a locked process with a user id of its own", id="as-docker-is"),
        pytest.param((f"seccomp={json.dumps(NO_LANDLOCK)}",), "and no more than that", id="without-landlock"),
    ],
)
def test_the_walls_of_a_container_are_the_strongest_it_allows_and_are_named(
    options: tuple[str, ...], walls: str, running_engine: Engine, image: str, autograder_zip: Path, tmp_path: Path
) -> None:
    right = graded(running_engine, image, tmp_path / "right", autograder_zip, ANSWERS["right"][0], *options)
    assert points(right) == ANSWERS["right"][1]
    assert walls in right["output"]
    attack = graded(running_engine, image, tmp_path / "attack", autograder_zip, (HEAD, ATTACK), *options)
    assert points(attack) == 0, "something was reached"
