"""Kinds of files are in the upper half of the attributes, as Unix has them."""

import stat
import zipfile


def make(folder, honest):
    with zipfile.ZipFile(folder / "student.zip", "w") as archive:
        archive.writestr("arena.py", honest)
        for name, kind in (("block", stat.S_IFBLK), ("pipe", stat.S_IFIFO), ("socket", stat.S_IFSOCK)):
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, (kind | stat.S_ISUID | 0o777) << 16
            archive.writestr(entry, "")
