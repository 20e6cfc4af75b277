"""The autograder zip that an instructor uploads to Gradescope."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

import msgspec

from autograder.build import prepare
from autograder.build.write import read_folder
from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.interop.gradescope.settings import FILE, LONGEST_MINUTES, Settings
from autograder.interop.wheel import own_wheel
from autograder.interop.zips import zip_bytes

_SETUP = """\
#!/usr/bin/env bash
# Gradescope runs this once, as root, when it builds the image of this autograder.
set -euo pipefail
cd "${AUTOGRADER_ROOT:-/autograder}/source"

usable() { command -v "$1" >/dev/null && "$1" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))'; }
found=""
for candidate in ${AUTOGRADER_PYTHON:-python3.13 python3.12 python3.11 python3}; do
    if usable "$candidate" 2>/dev/null; then found="$candidate"; break; fi
done
if [ -z "$found" ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq python3 python3-venv
    if usable python3; then found=python3; fi
fi
if [ -z "$found" ]; then
    echo "Python 3.11 or newer is needed: choose Ubuntu 24.04 as the base image of this autograder." >&2
    exit 1
fi

"$found" -m venv .venv
# shellcheck disable=SC2086
.venv/bin/python -m pip install --quiet @PIP@ ${AUTOGRADER_PIP:-} './@WHEEL@[grader]' -r requirements.txt
chmod -R go-rwx assignment
"""
_RUN = """\
#!/usr/bin/env bash
# Gradescope runs this for each submission. Python is told to take nothing from the environment or this folder.
root="${AUTOGRADER_ROOT:-/autograder}"
exec "${AUTOGRADER_PYTHON:-$root/source/.venv/bin/python}" -I -m autograder.interop.gradescope.run "$root"
"""


def gradescope_zip(assignment: Assignment, settings: Settings, pip: Sequence[str] = ()) -> bytes:
    """The zip. The same assignment, settings and autograder give the same bytes.

    It holds the hidden checks, and is for nobody but Gradescope and the instructors.

    Args:
        assignment: one that builds.
        settings: how it is graded there.
        pip: further arguments of `pip install` in setup.sh, such as where to find PyTorch without CUDA.

    Raises:
        AutograderError: `bad-minutes`; or whatever an author has to mend before the assignment builds.
    """
    if not 1 <= settings.minutes <= LONGEST_MINUTES:
        raise AutograderError(
            "bad-minutes",
            f"Gradescope grades for 1 to {LONGEST_MINUTES:g} minutes, not for {settings.minutes:g}",
            fix="give --minutes what the assignment's settings there say; 10 is their default",
        )
    prepare(assignment)
    wheel, content = own_wheel()
    told = " ".join(shlex.quote(argument) for argument in pip)
    setup = _SETUP.replace("@WHEEL@", wheel).replace("@PIP@", told)
    files = {
        "setup.sh": setup.encode(),
        "run_autograder": _RUN.encode(),
        "requirements.txt": "\n".join((*assignment.manifest.environment.requires, "")).encode(),
        FILE: msgspec.json.encode(settings) + b"\n",
        wheel: content,
    }
    for name, kept in read_folder(assignment.root).items():
        files[f"assignment/{assignment.slug}/{name}"] = kept
    return zip_bytes(files, executable=("setup.sh", "run_autograder"))
