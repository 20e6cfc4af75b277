"""What the real nbgrader hands in and collects is what we collect."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from downloads import in_folder, notebook

from autograder.interop.collect import Asked, Collection, Fate, Wanted, collect

pytest.importorskip("nbgrader")


def nbgrader(*arguments: str, home: Path) -> None:
    environment = {
        **os.environ,
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_PREFER_ENV_PATH": "0",
    }
    command = [sys.executable, "-m", "nbgrader", *arguments, "--course=c", f"--Exchange.root={home / 'exchange'}"]
    done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


def collected(place: Path, to: Path) -> Collection:
    return collect(Asked(place, to, wanted=Wanted("01-sums")))


def test_handed_in_by_nbgrader_itself_and_collected_from_its_exchange_and_its_course(tmp_path: Path) -> None:
    exchange = tmp_path / "exchange" / "c"
    in_folder(exchange / "outbound" / "01-sums", {"01-sums.ipynb": notebook("released")})
    (exchange / "inbound").mkdir()
    exchange.chmod(0o755)
    (exchange / "inbound").chmod(0o733)
    in_folder(tmp_path / "01-sums", {"01-sums.ipynb": notebook("mine"), "helpers.py": b"y = 1\n"})
    nbgrader("submit", "01-sums", "--student=ada_l", home=tmp_path)
    (exchange / "inbound").chmod(0o755)
    inbound = collected(exchange / "inbound", tmp_path / "from-inbound")

    (ada,) = inbound.students
    assert (inbound.platform, ada.key, ada.files) == ("nbgrader", "ada_l", ("01-sums.ipynb", "helpers.py"))
    assert ada.moment is not None
    assert timedelta(0) <= datetime.now(UTC) - ada.moment < timedelta(hours=1)
    assert sorted(file.fate for file in inbound.files) == [Fate.COLLECTED, Fate.COLLECTED, Fate.PLATFORM, Fate.PLATFORM]

    in_folder(tmp_path, {"source/01-sums/01-sums.ipynb": notebook()})
    nbgrader("collect", "01-sums", home=tmp_path)
    course = collected(tmp_path / "submitted", tmp_path / "from-course")
    assert [(s.key, s.moment, s.files) for s in course.students] == [(ada.key, ada.moment, ada.files)]
    assert (tmp_path / "from-course" / "ada_l" / "01-sums.ipynb").read_bytes() == notebook("mine")
