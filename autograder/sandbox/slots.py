"""What each worker has for itself while it lives: cores, and where rights allow a user id."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import time
from pathlib import Path

from autograder.sandbox.leases import Lease, Leases

FIRST_UID = 61_184
"""systemd keeps 61184 to 65519 for users made on the fly: no person and no service has one of these."""
MOST_SLOTS = 512
_END_SECONDS = 10.0


class Slots:
    """Numbered slots, leased from all that this user runs on this machine: two batches side by side share none."""

    def __init__(self, jobs: int, *, own_uids: bool) -> None:
        """`jobs`: how many workers run at a time."""
        self._own_uids = own_uids
        self._cores = tuple(sorted(os.sched_getaffinity(0)))
        self._share = max(1, len(self._cores) // jobs)
        self._leases = Leases("slots", MOST_SLOTS)

    def lease(self) -> Lease:
        """A slot of one's own, to be released when nothing of its worker is left.

        Raises:
            AutograderError: `all-leased`.
        """
        slot = self._leases.lease()
        if slot.abandoned and self._own_uids:
            _end_all_of(FIRST_UID + slot.number)
        return slot

    def uid(self, slot: Lease) -> int | None:
        """The user and group id of the slot; None where workers run as their zygote does."""
        return FIRST_UID + slot.number if self._own_uids else None

    def cores(self, slot: Lease) -> tuple[int, ...]:
        """The cores of the slot: however many threads a worker starts, its neighbours' cores stay theirs."""
        first = slot.number * self._share % len(self._cores)
        return tuple(self._cores[(first + i) % len(self._cores)] for i in range(self._share))


def _end_all_of(uid: int) -> None:
    """End what runs as that user, and wait until it is gone: workers of a supervisor that was killed outlive it by some
    milliseconds, in which their zygote may begin another."""
    end = time.monotonic() + _END_SECONDS
    while _ended_some_of(uid) and time.monotonic() < end:
        pass


def _ended_some_of(uid: int) -> bool:
    """Whether there was anything to end."""
    found = False
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _owner(entry) == uid:
            with contextlib.suppress(OSError):  # it has ended since
                pidfd = os.pidfd_open(int(entry.name))
                try:
                    if _owner(entry) == uid:
                        signal.pidfd_send_signal(pidfd, signal.SIGKILL)
                        select.select([pidfd], [], [], _END_SECONDS)
                        found = True
                finally:
                    os.close(pidfd)
    return found


def _owner(process: Path) -> int | None:
    """Not the owner of its folder, which is root's for a process that is not dumpable. A zombie runs as nobody."""
    try:
        status = (process / "status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    return None if "\nState:\tZ" in status else int(status.partition("\nUid:\t")[2].split("\t")[0])
