"""A zip as `zip --symlinks` makes it."""

import stat
import zipfile


def make(folder, honest):
    with zipfile.ZipFile(folder / "student.zip", "w") as archive:
        archive.writestr("arena.py", honest)
        link = zipfile.ZipInfo("labels.txt")
        link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
