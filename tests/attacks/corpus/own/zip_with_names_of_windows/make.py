"""Names that mean nothing here and much elsewhere."""

import zipfile


def make(folder, honest):
    with zipfile.ZipFile(folder / "student.zip", "w") as archive:
        archive.writestr("arena.py", honest)
        archive.writestr("-rf", "x")
        for name in ("..\\..\\secret.txt", "C:\\Windows\\x", "a\x07b", "CON"):
            entry = zipfile.ZipInfo("x")
            entry.filename = name
            archive.writestr(entry, "x")
