"""The probe of the walls tells walls from none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.examiner.client import Examiner
from autograder.grading.selftest import bare_examiner, probe_walls, require_walls
from autograder.sandbox.levels import offers, open_sandbox


@pytest.fixture(scope="module")
def examiner() -> Iterator[Examiner]:
    with bare_examiner() as made:
        yield made


@pytest.mark.parametrize("level", [offer.level for offer in offers() if offer.missing is None])
def test_every_level_that_the_machine_offers_refuses_every_attack(examiner: Examiner, level: str) -> None:
    sandbox = open_sandbox(isolation=level)
    try:
        probed = probe_walls(examiner, sandbox)
    finally:
        sandbox.close()
    assert [p for p in probed if not p.refused] == []
    require_walls(probed, level)


def test_where_walls_are_missing_grading_does_not_start_and_nothing_is_left(examiner: Examiner) -> None:
    before = _kernel_objects()
    sandbox = open_sandbox(isolation="none")
    try:
        probed = probe_walls(examiner, sandbox)
    finally:
        sandbox.close()
    assert _kernel_objects() <= before
    assert not Path("/dev/shm/autograder-probe").exists()
    through = {p.name for p in probed if not p.refused}
    assert {"read the checks", "start a process", "run a program", "read the password file"} <= through
    with pytest.raises(AutograderError, match="do not hold: read the checks") as refused:
        require_walls(probed, "none")
    assert refused.value.code == "walls-broken"


def _kernel_objects() -> set[tuple[str, str]]:
    """Shared memory that nobody is attached to: key and number of each."""
    rows = (line.split() for line in Path("/proc/sysvipc/shm").read_text().splitlines()[1:])
    return {(row[0], row[1]) for row in rows if row[6] == "0"}
