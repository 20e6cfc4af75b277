"""The grader would read one file, and whoever unpacks the zip by hand another."""

import zipfile


def make(folder, honest):
    with zipfile.ZipFile(folder / "student.zip", "w") as archive:
        archive.writestr("arena.py", "increment = None")
        archive.writestr("ARENA.py", honest)
        archive.writestr("caf\u00e9.txt", "1")
        archive.writestr("cafe\u0301.txt", "2")
