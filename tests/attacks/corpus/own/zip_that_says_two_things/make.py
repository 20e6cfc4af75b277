"""Readers by the directory and readers by the stream would see two submissions."""

import io
import zipfile


def make(folder, honest):
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("arena.py", honest)
    content = plain.getvalue()
    first = content.index(b"arena.py")
    (folder / "student.zip").write_bytes(content[:first] + b"other.py" + content[first + 8 :])
