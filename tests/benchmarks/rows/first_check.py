"""How long it takes from `pip install` in a fresh Python to a first green check, downloads of torch left out."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from row import Bound, Row

ROOT = Path(__file__).resolve().parents[3]
SLUG, EXERCISE = "01-tensors", "dot_ops"
ANSWER = "return (w * x).sum()"


def measure() -> list[Row]:
    """A new environment, this package's wheel by pip, torch lent, and `autograder check` on an answered exercise."""
    with TemporaryDirectory() as made:
        place = Path(made)
        folder = answered(place / SLUG)
        wheel = build_wheel(place)
        began = time.perf_counter()
        python = environment(place / "venv")
        created = time.perf_counter()
        install(python, wheel)
        installed = time.perf_counter()
        packages = json.loads(_said([str(python), "-m", "pip", "list", "--format=json"]))
        lend_torch(python)
        lent = time.perf_counter()
        subprocess.run([*check_in(python), "--exercise", EXERCISE], cwd=folder, check=True, capture_output=True)
        checked = time.perf_counter()
    figures = {
        "venv": created - began,
        "install": installed - created,
        "check": checked - lent,
        "packages": float(len([p for p in packages if p["name"] not in ("pip", "setuptools")])),
    }
    total = figures["venv"] + figures["install"] + figures["check"]
    how = (
        f"venv {figures['venv']:.1f} s, pip install of the wheel and its {figures['packages']:.0f} packages "
        f"{figures['install']:.1f} s with their downloads, `autograder check` {figures['check']:.1f} s; torch was lent"
    )
    return [Bound(60.0, " s").row("student: from pip install to the first green check", total, how, figures)]


def answered(folder: Path) -> Path:
    """A copy of the release with one exercise answered."""
    shutil.copytree(ROOT / "release" / SLUG, folder)
    path = folder / f"{SLUG}.ipynb"
    text = path.read_text(encoding="utf-8")
    stub = json.dumps(f'raise NotImplementedError("{EXERCISE}")')[1:-1]
    assert text.count(stub) == 1
    path.write_text(text.replace(stub, ANSWER), encoding="utf-8")
    return folder


def build_wheel(place: Path) -> Path:
    """This tree's wheel."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = place.glob("*.whl")
    return wheel


def environment(place: Path) -> Path:
    """A fresh environment's Python."""
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    return place / ("Scripts" if sys.platform == "win32" else "bin") / "python"


def install(python: Path, wheel: Path) -> None:
    """As a student does."""
    subprocess.run([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", str(wheel)], check=True)


def lend_torch(python: Path) -> None:
    """Put this environment's packages (torch, and what else the release asks for) behind the fresh one's own."""
    own = Path(_said([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())
    (own / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n")


def check_in(python: Path) -> list[str]:
    """The command in that environment."""
    return [str(python), "-m", "autograder", "check", f"{SLUG}.ipynb"]


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout
