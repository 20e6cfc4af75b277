"""42.zip, small: nested archives stay closed, and a file of zeros is no bomb until it is a large one."""

import io
import zipfile


def packed(name, content, times):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(times):
            archive.writestr(f"{number}{name}", content)
    return made.getvalue()


def make(folder, honest):
    inner = packed(".bin", bytes(32 << 20), 4)
    (folder / "student.zip").write_bytes(packed(".zip", packed(".zip", inner, 10), 10))
