"""A zip as zip-slip wants it."""

import zipfile


def make(folder, honest):
    with zipfile.ZipFile(folder / "student.zip", "w") as archive:
        archive.writestr("arena.py", honest)
        archive.writestr("../../../../../../tmp/owned-by-zip-slip", "x")
