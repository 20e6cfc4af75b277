"""Numbers that one holder has at a time, over threads and processes, whatever becomes of the holder."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import AutograderError
from autograder.sandbox.leases import Leases

HOLD = """
import sys, time
from pathlib import Path
from autograder.sandbox.leases import Leases
lease = Leases("things", 2, Path(sys.argv[1])).lease()
print(lease.number, flush=True)
time.sleep(60)
"""


def hold(folder: Path) -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_the_lowest_free_number_is_given_and_given_again_when_it_is_back(tmp_path: Path) -> None:
    leases = Leases("things", 3, tmp_path)
    first, second = leases.lease(), leases.lease()
    assert (first.number, second.number) == (0, 1)
    first.release()
    first.release()
    assert leases.lease().number == 0
    assert leases.lease().number == 2


def test_more_than_there_are_is_an_error(tmp_path: Path) -> None:
    leases = Leases("things", 1, tmp_path)
    held = leases.lease()
    with pytest.raises(AutograderError, match="all 1 of") as refused:
        leases.lease()
    assert refused.value.code == "all-leased"
    held.release()


def test_a_number_of_another_process_is_not_given_and_comes_back_with_its_death(tmp_path: Path) -> None:
    process, number = hold(tmp_path)
    leases = Leases("things", 2, tmp_path)
    mine = leases.lease()
    assert (number, mine.number, mine.abandoned) == (0, 1, False)
    process.send_signal(signal.SIGKILL)
    process.wait()
    left = leases.lease()
    assert (left.number, left.abandoned) == (0, True)
    left.release()
    assert not leases.lease().abandoned


def test_a_link_in_the_place_of_a_lock_is_refused(tmp_path: Path) -> None:
    leases = Leases("things", 1, tmp_path)
    (tmp_path / "things" / "0").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic links"):
        leases.lease()
    assert not (tmp_path / "elsewhere").exists()
