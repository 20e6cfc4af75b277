"""JSON in front of a zip, and a zip's end with another end in its comment."""

import io
import zipfile


def make(folder, honest):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("arena.py", honest)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("arena.py", "raise SystemExit")
        archive.comment = inner.getvalue()[-200:]
    (folder / "student.zip").write_bytes(b'{"cells": [], "x": "' + other.getvalue() + b'"}')
