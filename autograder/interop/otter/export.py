"""An assignment for otter-grader: autograder.zip for `otter run` and `otter grade`, and a folder for students."""

from __future__ import annotations

import json

from autograder.build import prepare
from autograder.build.write import read_folder
from autograder.course import Assignment
from autograder.interop.otter.inside import CHECKS
from autograder.interop.otter.student import student_files
from autograder.interop.otter.tests_files import cases_of, test_file
from autograder.interop.wheel import own_wheel
from autograder.interop.zips import zip_bytes

_SETUP = """\
#!/usr/bin/env bash
# Run once, as root, when the image that grades is built.
set -euo pipefail
cd /autograder/source
python3 -m venv .venv
.venv/bin/python -m pip install --quiet -r requirements.txt
"""
_RUN = """\
#!/usr/bin/env bash
cd /autograder
exec source/.venv/bin/python source/run_otter.py
"""
_START = """\
from otter.run.run_autograder import main

if __name__ == "__main__":
    main("/autograder")
"""


def otter_files(assignment: Assignment) -> dict[str, bytes]:
    """autograder.zip and the students' folder student/, by POSIX path.

    The zip holds the hidden checks. The same assignment and autograder give the same bytes.

    Raises:
        AutograderError: whatever an author has to mend before the assignment builds.
    """
    ready = prepare(assignment)
    cases = cases_of(assignment)
    files = {f"student/{name}": content for name, content in student_files(assignment, ready.files, cases).items()}
    wheel, content = own_wheel()
    requires = (f"./{wheel}[grader]", "otter-grader>=7.0", *assignment.manifest.environment.requires, "")
    inside = {
        "otter_config.json": json.dumps({"lang": "python", "show_stdout": False}, indent=1).encode() + b"\n",
        "requirements.txt": "\n".join(requires).encode(),
        "run_autograder": _RUN.encode(),
        "run_otter.py": _START.encode(),
        "setup.sh": _SETUP.encode(),
        wheel: content,
    }
    for exercise in dict.fromkeys(case.check.exercise for case in cases):
        own = [case for case in cases if case.check.exercise == exercise]
        inside[f"tests/{exercise}.py"] = test_file(assignment, exercise, own)
    for name, kept in read_folder(assignment.root).items():
        if name.startswith(("public/", "hidden/")):
            inside[f"tests/{CHECKS}/{assignment.slug}/{name}"] = kept
        if name.startswith("public/data/"):
            inside[f"files/{name}"] = kept
    files["autograder.zip"] = zip_bytes(inside, executable=("setup.sh", "run_autograder"))
    return files
