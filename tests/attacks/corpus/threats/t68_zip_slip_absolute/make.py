"""A zip with the other names that lead out."""

import zipfile


def make(folder, honest):
    with zipfile.ZipFile(folder / "student.zip", "w") as archive:
        archive.writestr("arena.py", honest)
        archive.writestr("/tmp/owned-by-zip-slip", "x")
        archive.writestr("..\\..\\owned", "x")
        archive.writestr("C:/owned", "x")
