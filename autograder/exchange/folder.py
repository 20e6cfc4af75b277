"""The folder exchange: one folder that students and instructors reach, such as a mounted share.

{root}/{slug}/outbound/{time}-{version}/{slug}/     releases, and {slug}.zip beside
{root}/{slug}/inbound/{student}+{time}+{random}.zip  submissions: a drop box
{root}/{slug}/feedback/{student}/{key}/              feedback on one package
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from autograder.errors import AutograderError, Place
from autograder.exchange import publishing
from autograder.exchange.inbound import Arrival, arrived_at, inbound, not_collecting
from autograder.exchange.landing import write_new
from autograder.exchange.names import Rooms, claim, file_name, prefix, rooms
from autograder.exchange.package import Package
from autograder.exchange.receipt import Receipt, local_time, utc_time
from autograder.exchange.transport import Returned, Standing
from autograder.grading import folder as plain
from autograder.grading import paths
from autograder.grading.paths import Refused

MAX_PAGE_BYTES = 32 << 20
MAX_SUMMARY_BYTES = 1 << 20


class FolderExchange:
    """A Transport and a Desk over the folder at `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root.expanduser().absolute()

    # The student's side

    def ready(self, slug: str) -> None:
        """Whether the exchange is there and collects the assignment.

        Raises:
            AutograderError: `no-exchange`, `not-collecting`.
        """
        self._rooms(slug)

    def submit(self, package: Package) -> Receipt:
        """Write the package into the drop box, whole or not at all, read it back, and say when it arrived.

        Raises:
            AutograderError: `no-exchange`, `not-collecting`, `not-handed-in`.
        """
        manifest = package.manifest
        place = self._rooms(manifest.slug)
        path = place.inbound / file_name(manifest.student, datetime.now(UTC))
        try:
            write_new(path, package.content)
            with os.fdopen(plain.open_file(path), "rb") as file:
                info = os.fstat(file.fileno())
                lies_there = hashlib.sha256(file.read()).hexdigest()
        except (OSError, Refused) as error:
            why = error.message if isinstance(error, Refused) else error.strerror
            raise _not_handed_in(path, f"The system says: {why}.") from error
        if lies_there != package.sha256:
            raise _not_handed_in(path, "What was read back is not what was written.")
        received = arrived_at(info)
        return Receipt(
            slug=manifest.slug,
            version=manifest.version,
            student=manifest.student,
            sha256=lies_there,
            digest=manifest.digest,
            received=utc_time(received),
            local=local_time(received),
            attempt=_count(place, path.name, manifest.student),
            place=path.name,
            exchange=str(self.root),
            files=manifest.files,
        )

    def receipts(self, slug: str, student: str) -> tuple[Receipt, ...] | None:
        """As the drop box shows it; None where it may not be listed, as is usual for students."""
        self._rooms(slug)
        try:
            found = [a for a in inbound(self.root, slug) if a.student == student]
            return tuple(receipt for arrival in found if (receipt := self._receipt(arrival)) is not None)
        except AutograderError as error:
            if isinstance(error.__cause__, PermissionError):
                return None
            raise

    def standing(self, receipt: Receipt) -> Standing:
        """Read what the receipt names once more. Its owner may do so even where the drop box cannot be listed."""
        path = self._rooms(receipt.slug).inbound / receipt.place
        said = claim(receipt.place)
        if said is None or said.student != receipt.student:
            return Standing.GONE  # no name that a submission of this student's could have
        try:
            path.lstat()
        except FileNotFoundError:
            return Standing.GONE
        except OSError:
            return Standing.UNSEEN
        try:
            content = plain.read_file(path, paths.MAX_TOTAL_BYTES)
        except Refused as refused:
            return Standing.UNSEEN if isinstance(refused.__cause__, PermissionError) else Standing.CHANGED
        return Standing.SAME if hashlib.sha256(content).hexdigest() == receipt.sha256 else Standing.CHANGED

    def feedback(self, slug: str, receipts: Sequence[Receipt]) -> tuple[Returned, ...]:
        """What came back on these packages, in their order."""
        self._rooms(slug)
        found = []
        for receipt in receipts:
            place = publishing.feedback_folder(self.root, slug, receipt.student, receipt.sha256)
            try:
                page = plain.read_file(place / publishing.PAGE, MAX_PAGE_BYTES)
                summary = plain.read_file(place / publishing.SUMMARY, MAX_SUMMARY_BYTES)
                at = datetime.fromtimestamp((place / publishing.SUMMARY).stat().st_mtime, UTC)
            except (Refused, OSError):
                continue  # none yet
            found.append(Returned(receipt, page, summary, utc_time(at)))
        return tuple(found)

    # The instructor's side

    def publish(self, release: Path) -> Path:
        """As publishing.publish()."""
        return publishing.publish(self.root, release)

    def inbound(self, slug: str) -> Iterator[Arrival]:
        """As inbound.inbound()."""
        return inbound(self.root, slug)

    def give_back(self, slug: str, student: str, sha256: str, page: bytes, summary: bytes) -> Path:
        """As publishing.give_back()."""
        return publishing.give_back(self.root, slug, student, sha256, page, summary)

    def _rooms(self, slug: str) -> Rooms:
        place = rooms(self.root, slug)
        if not self.root.is_dir():
            raise AutograderError(
                "no-exchange",
                "the exchange is not there",
                where=Place(str(self.root)),
                why="It is a folder that your course shares, and this machine does not see it.",
                fix="mount the share, name another with --exchange DIR, or make a file to upload with --save FILE.zip",
            )
        if not place.inbound.is_dir():
            raise not_collecting(slug, place.inbound)
        return place

    def _receipt(self, arrival: Arrival) -> Receipt | None:
        manifest = arrival.manifest
        if manifest is None or manifest.student != arrival.student:
            return None
        try:
            content = plain.read_file(arrival.path, paths.MAX_TOTAL_BYTES)
        except Refused:
            return None
        return Receipt(
            slug=manifest.slug,
            version=manifest.version,
            student=manifest.student,
            sha256=hashlib.sha256(content).hexdigest(),
            digest=manifest.digest,
            received=utc_time(arrival.arrived),
            local=local_time(arrival.arrived),
            attempt=arrival.attempt,
            place=arrival.path.name,
            exchange=str(self.root),
            files=manifest.files,
        )


def _count(place: Rooms, own: str, student: str) -> int | None:
    """Which of the student's files this is, by name and so by time; None where the drop box may not be listed."""
    begins = prefix(student)
    try:
        with os.scandir(place.inbound) as listing:
            names = [e.name for e in listing if e.name.startswith(begins) and claim(e.name) is not None]
    except PermissionError:
        return None
    return sum(name <= own for name in names)


def _not_handed_in(path: Path, why: str) -> AutograderError:
    return AutograderError(
        "not-handed-in",
        "the submission could not be written into the exchange",
        where=Place(str(path.parent)),
        why=f"{why} Nothing was handed in.",
        fix="try again; if the deadline is near, write a file with --save FILE.zip and send that",
    )
