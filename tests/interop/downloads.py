"""Downloads of learning platforms, in their layouts, with made-up people."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

SLUG = "01-sums"


def notebook(text: str = "x = 1") -> bytes:
    cell: dict[str, object] = {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": text,
    }
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()


def in_folder(root: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def in_zip(path: Path, files: Mapping[str, bytes]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


CANVAS = {
    "lovelaceada_1001_50001_01-sums.ipynb": notebook("ada = 1"),
    "lovelaceada_1001_50002_helpers.py": b"y = 1\n",
    "o'neil-šmídzoë_LATE_1002_50003_01-sums-2.ipynb": notebook("zoe = 2"),
    "van_der_bergeva_1003_50004_my_01_02_sums.ipynb": notebook("eva = 3"),
    "smithjohn_1004_50005_01-sums.ipynb": notebook("john = 4"),
    "smithjohn_LATE_1005_50006_01-sums.ipynb": notebook("john = 5"),
    "hopper-murraygrace_1006_50007_work.zip": b"PK\x05\x06" + bytes(18),
    "hopper-murraygrace_1006_50008_report.pdf": b"%PDF",
    "wordsonly_1007_text.html": b"<p>My answer</p>",
    "pagebloch_1008_50009_sums.html": b"<html></html>",
    "no platform wrote this.txt": b"",
}
MOODLE = {
    "Ada Lovelace_2001_assignsubmission_file/01-sums.ipynb": notebook("ada = 1"),
    "Ada Lovelace_2001_assignsubmission_file/data/words.csv": b"a,b\n",
    "Zoë O'Neil-Šmíd_2002_assignsubmission_file_/01-sums.ipynb": notebook("zoe = 2"),
    "Eva van_der_Berg_2003_assignsubmission_file_01-sums.ipynb": notebook("eva = 3"),
    "John Smith_2004_assignsubmission_file/01-sums.ipynb": notebook("john = 4"),
    "John Smith_2005_assignsubmission_file/01-sums.ipynb": notebook("john = 5"),
    "John Smith_2005_assignsubmission_onlinetext/onlinetext.html": b"<p>hello</p>",
}
WORKSHEET = """\
Kennung,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Zuletzt geändert (Abgabe)
Teilnehmer/in2001,Ada Lovelace,ada@uni.example,Abgegeben,-,"Friday, 20 November 2026, 2:00 PM"
Teilnehmer/in2002,Zoë O'Neil-Šmíd,zoe@uni.example,Abgegeben,-,"Saturday, 21 November 2026, 9:05 AM"
"""


def _text(name: str, user: str) -> bytes:
    return f"Name: {name} ({user})\r\nAssignment: Sums_and_means\r\nDate Submitted: Friday\r\n".encode()


BLACKBOARD = {
    "Sums_and_means_ada_l_attempt_2026-11-19-10-00-00_01-sums.ipynb": notebook("ada = 0"),
    "Sums_and_means_ada_l_attempt_2026-11-19-10-00-00.txt": _text("Ada Lovelace", "ada_l"),
    "Sums_and_means_ada_l_attempt_2026-11-20-13-59-59_01-sums.ipynb": notebook("ada = 1"),
    "Sums_and_means_ada_l_attempt_2026-11-20-13-59-59.txt": _text("Ada Lovelace", "ada_l"),
    "Sums_and_means_zoe.on_attempt_2026-11-21-09-05-00_01-sums.ipynb": notebook("zoe = 2"),
    "Sums_and_means_zoe.on_attempt_2026-11-21-09-05-00.txt": _text("Zoë O'Neil-Šmíd", "zoe.on"),
    "Sums_and_means_e_van_der_berg_attempt_2026-11-20-09-00-00_01-sums.ipynb": notebook("eva = 3"),
}
BRIGHTSPACE = {
    "397063-2557369 - Ada Lovelace - Nov 19, 2026 1000 AM/01-sums.ipynb": notebook("ada = 0"),
    "397063-2557369 - Ada Lovelace - Nov 20, 2026 159 PM/01-sums.ipynb": notebook("ada = 1"),
    "397064-2557369 - Zoë O'Neil - Šmíd - Nov 21, 2026 926 PM - 01-sums.ipynb": notebook("zoe = 2"),
    "397065-2557369 - John Smith - Nov 20, 2026 1205 AM/01-sums.ipynb": notebook("john = 4"),
    "397066-2557369 - John Smith - Nov 20, 2026 1205 PM/01-sums.ipynb": notebook("john = 5"),
    "index.html": b"<html></html>",
}
NBGRADER = {
    "submitted/ada/01-sums/01-sums.ipynb": notebook("ada = 1"),
    "submitted/ada/01-sums/timestamp.txt": b"2026-11-20 13:59:59.123456 UTC",
    "submitted/ada/02-other/02-other.ipynb": notebook("other"),
    "submitted/zoe_o-neil/01-sums/01-sums.ipynb": notebook("zoe = 2"),
    "submitted/zoe_o-neil/01-sums/timestamp.txt": b"2026-11-21 09:05:00 UTC",
    "gradebook.db": b"SQLite",
}
INBOUND = {
    "ada+01-sums+2026-11-19 10:00:00.000000 UTC+xyz/01-sums.ipynb": notebook("ada = 0"),
    "ada+01-sums+2026-11-20 13:59:59.000000 UTC+abc/01-sums.ipynb": notebook("ada = 1"),
    "ada+01-sums+2026-11-20 13:59:59.000000 UTC+abc/timestamp.txt": b"2026-11-20 13:59:59.000000 UTC",
    "zoe+01-sums+2026-11-21 09:05:00.000000 UTC/01-sums.ipynb": notebook("zoe = 2"),
}
GRADESCOPE_METADATA = """\
---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '3001'
    :email: ada@uni.example
  - :name: "Zoë O'Neil-Šmíd"
    :sid: '3002'
    :email: zoe@uni.example
  :created_at: 2026-11-20 13:59:59.000000000 Z
  :score: 3.0
  :status: processed
  :results: &1
    tests: []
  :history:
  - :id: 100
    :created_at: 2026-11-19 10:00:00.000000000 Z
    :results: *1
submission_102:
  :submitters:
  - :name: John Smith
    :sid: 3004
    :email: john@uni.example
  :created_at: 2026-11-21 09:05:00.000000000 Z
submission_103:
  :submitters: []
"""
GRADESCOPE = {
    "assignment_77_export/submission_metadata.yml": GRADESCOPE_METADATA.encode(),
    "assignment_77_export/submission_101/01-sums.ipynb": notebook("pair = 1"),
    "assignment_77_export/submission_102/01-sums.ipynb": notebook("john = 4"),
    "assignment_77_export/submission_103/01-sums.ipynb": notebook("nobody"),
}
EACH = {
    "canvas": CANVAS,
    "moodle": MOODLE,
    "blackboard": BLACKBOARD,
    "brightspace": BRIGHTSPACE,
    "nbgrader": NBGRADER,
    "gradescope": GRADESCOPE,
}
