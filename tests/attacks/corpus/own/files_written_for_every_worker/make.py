"""Zeros pack well, and some noise beside them keeps the zip from looking like a bomb."""

import random
import zipfile


def make(folder, honest):
    deaths = "".join("\n# %%\nimport os\n\nos._exit(0)\n" for _ in range(150))
    with zipfile.ZipFile(folder / "student.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("arena.py", honest + deaths)
        archive.writestr("noise", random.Random(1).randbytes(3 << 20), zipfile.ZIP_STORED)
        for number in range(6):
            archive.writestr(f"zeros{number}", bytes(60 << 20))
