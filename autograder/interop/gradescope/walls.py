"""The strongest walls that can be had inside somebody else's container, and plain words about them.

Gradescope runs an autograder as root in a container without rights over the kernel. Where that kernel offers Landlock
and seccomp, the walls are ours, with a user id of its own for the submission. Where it does not, that user id alone is
left: it keeps the submission from the checks, the results and the grader, and from nothing else.
"""

from __future__ import annotations

import contextlib
import os
import sys
from functools import partial

from autograder.course import Assignment
from autograder.errors import AutograderError
from autograder.examiner.client import Examiner
from autograder.grading.attempt import Grader, open_grader
from autograder.grading.imports import imported_modules
from autograder.sandbox.levels import LEVELS, offers
from autograder.sandbox.place import OwnMachine
from autograder.sandbox.slots import FIRST_UID
from autograder.sandbox.walled import WalledSandbox

USER_ALONE = "user id alone"
WORDS = {
    "uid": "a locked process with a user id of its own",
    "process": "a locked process",
    USER_ALONE: "a user id of its own, and no more than that: this container's kernel offers no locks",
}
_BECOME = (
    "import os, sys; uid = int(sys.argv[1]); os.setgroups([]); os.setresgid(uid, uid, uid); "
    "os.setresuid(uid, uid, uid); os.execv(sys.argv[2], sys.argv[2:])"
)


def open_walled(assignment: Assignment) -> Grader:
    """A grader behind the strongest walls that were tried here and held.

    Raises:
        AutograderError: there are none; or as open_grader().
    """
    offered = {offer.level for offer in offers() if offer.missing is None}
    for level in reversed(LEVELS):
        if level in offered and level in WORDS:
            with contextlib.suppress(_NotHere):
                return _tried(assignment, level)
    if os.geteuid() != 0:
        raise AutograderError(
            "cannot-grade-here",
            "nothing keeps a submission from the checks here",
            why="This kernel offers no locks to this container, and without root there is no other user to become.",
            fix="run the autograder as root, or where `autograder doctor` finds walls",
        )
    return _by_user_alone(assignment)


class _NotHere(Exception):
    """These walls do not hold, or cannot be put up."""


def _tried(assignment: Assignment, level: str) -> Grader:
    try:
        grader = open_grader(assignment, isolation=level, gpus=0)
    except AutograderError as error:
        if error.code != "sandbox-failed":
            raise
        raise _NotHere from error
    try:
        grader.require_walls()
    except AutograderError as error:
        grader.close()
        if error.code != "walls-broken":
            raise
        raise _NotHere from error
    return grader


def _by_user_alone(assignment: Assignment) -> Grader:
    # The one slot that is leased here gives the worker's folder to this same user.
    become = (sys.executable, "-I", "-S", "-c", _BECOME, str(FIRST_UID))
    sandbox = WalledSandbox(
        partial(OwnMachine, level=USER_ALONE, own_uids=True, before=become),
        preload=assignment.manifest.environment.preload,
        likely=imported_modules(assignment.notebook),
        walls=False,
        data=assignment.data,
    )
    try:
        return Grader(assignment, sandbox, Examiner(assignment))
    except BaseException:
        sandbox.close()
        raise
