"""One compressed block, named by 1,500 entries of the directory."""

import io
import struct
import zipfile


def make(folder, honest):
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("arena.py", honest)
        archive.writestr("block", bytes(300_000))
    content = plain.getvalue()
    end = content.rindex(b"PK\x05\x06")
    (count, size, start) = struct.unpack_from("<HLL", content, end + 10)
    directory = content[start : start + size]
    second = directory.index(b"PK\x01\x02", 4)
    line = directory[second:]
    lines = b"".join(line.replace(b"block", b"b%04d" % number) for number in range(1500))
    whole = directory[:second] + lines
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1501, 1501, len(whole), start, 0)
    (folder / "student.zip").write_bytes(content[:start] + whole + tail)
