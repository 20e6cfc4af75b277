from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading import archive, paths
from autograder.grading.paths import Refused


@dataclass
class Item:
    """One entry, every field of which may lie."""

    name: bytes
    content: bytes = b""
    method: int = 8
    flags: int = 0x800
    mode: int = stat.S_IFREG | 0o644
    size: int | None = None
    crc: int | None = None
    local_name: bytes | None = None
    at: int | None = None


def craft(*items: Item, tail: bytes = b"", count: int | None = None) -> bytes:
    """A zip, byte by byte."""
    body, directory = b"", b""
    for item in items:
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = deflate.compress(item.content) + deflate.flush() if item.method == 8 else item.content
        size = len(item.content) if item.size is None else item.size
        crc = zlib.crc32(item.content) if item.crc is None else item.crc
        local = item.name if item.local_name is None else item.local_name
        at = len(body) if item.at is None else item.at
        common = struct.pack("<4H3L", item.flags, item.method, 0, 0x21, crc, len(packed), size)
        body += b"PK\x03\x04" + struct.pack("<H", 20) + common + struct.pack("<2H", len(local), 0) + local + packed
        directory += b"PK\x01\x02" + struct.pack("<2H", 0x314, 20) + common
        directory += struct.pack("<5H2L", len(item.name), 0, 0, 0, 0, item.mode << 16, at) + item.name
    number = len(items) if count is None else count
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, number, number, len(directory), len(body), 0)
    return body + directory + end + tail


def read(content: bytes) -> dict[str, bytes]:
    return dict(archive.read_files(io.BytesIO(content)))


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as caught:
        read(content)
    assert caught.value.reason == "unsafe_archive"
    assert "\n" not in caught.value.message
    assert caught.value.message.isprintable()
    return caught.value.message


@given(st.dictionaries(st.text("abcé", min_size=1, max_size=8), st.binary(max_size=200), max_size=6))
def test_a_plain_zip_is_read_as_it_was_written(files: dict[str, bytes]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(f"answers/{name}.txt", content)
    assert read(buffer.getvalue()) == {f"answers/{name}.txt": content for name, content in files.items()}


def test_stored_entries_folders_and_names_without_the_utf8_flag_are_read() -> None:
    items = (Item(b"a/", mode=stat.S_IFDIR), Item("a/é.txt".encode(), b"hello", method=0, flags=0))
    assert read(craft(*items)) == {"a/é.txt": b"hello"}


def test_streamed_entries_with_a_data_descriptor_are_read() -> None:
    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.written += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("a.txt", b"x" * 1000)
    assert read(pipe.written) == {"a.txt": b"x" * 1000}


def test_caches_and_hidden_files_are_left_out() -> None:
    names = [b"__MACOSX/._a.ipynb", b".DS_Store", b"x/__pycache__/a.pyc", b".ipynb_checkpoints/a.ipynb", b"x/a.txt"]
    assert list(read(craft(*(Item(name, b"1") for name in names)))) == ["x/a.txt"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (b"../evil.py", ".."),
        (b"a/../../evil.py", ".."),
        (b"/etc/passwd", "absolute"),
        (b"a\\..\\evil.py", "backslash"),
        (b"C:evil.py", "drive letter"),
        (b"a//b", "empty part"),
        (b"./b", "empty part"),
        (b"", "empty"),
        (b"a\0b.py", "control"),
        (b"a\x1b[31mb.py", "control"),
        (b"a\nb.py", "control"),
        (b"x" * 256, "255"),
        (b"\xff\xfe.py", "UTF-8"),
        (b"/".join([b"d"] * 40), "deep"),
    ],
)
def test_a_name_that_could_escape_is_refused(name: bytes, why: str) -> None:
    assert why in refusal(craft(Item(b"ok.ipynb", b"{}"), Item(name, b"x")))


@given(st.text(max_size=40))
def test_a_name_that_is_let_through_stays_inside(name: str) -> None:
    if paths.name_fault(name) == "":
        parts = name.split("/")
        assert ".." not in parts
        assert "" not in parts
        assert "\0" not in name
        assert "\\" not in name


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK])
def test_links_and_devices_are_refused(kind: int) -> None:
    message = refusal(craft(Item(b"a.ipynb", b"/etc/passwd", mode=kind | 0o777)))
    assert ("link" in message) == (kind == stat.S_IFLNK)


@pytest.mark.parametrize(
    "names",
    [
        (b"a.py", b"a.py"),
        (b"a.py", b"A.PY"),
        ("é.py".encode(), "e\u0301.py".encode()),
        (b"a", b"a/b.py"),
        (b"A/x.py", b"a/y.py"),
    ],
)
def test_two_entries_for_one_name_are_refused(names: tuple[bytes, ...]) -> None:
    assert "one name" in refusal(craft(*(Item(name, b"x") for name in names)))


def test_an_encrypted_zip_is_refused() -> None:
    assert "password" in refusal(craft(Item(b"a.py", b"x", flags=0x801)))


def test_a_method_that_is_not_deflate_is_refused() -> None:
    assert "method 12" in refusal(craft(Item(b"a.py", b"x", method=12)))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    zeros = bytes(40 * 2**20)
    assert "bomb" in refusal(craft(Item(b"a.bin", zeros)))
    assert "at most 64 MB" in refusal(craft(Item(b"a.bin", b"x", size=2**31)))
    many = [Item(f"{n}.bin".encode(), b"x" * 100, size=60 * 2**20) for n in range(10)]
    assert "at most 512 MB" in refusal(craft(*many))


def test_entries_that_share_bytes_are_refused() -> None:
    assert "overlap" in refusal(craft(Item(b"a", b"x" * 1000), Item(b"b", b"x" * 1000, at=0)))


@pytest.mark.parametrize("size", [0, 10, 999, 1001, 5000])
def test_a_size_that_is_not_the_declared_one_is_refused(size: int) -> None:
    for method in (0, 8):
        message = refusal(craft(Item(b"a.py", b"y" * 1000, method=method, size=size, crc=zlib.crc32(b"y" * size))))
        assert "size" in message or "end" in message


def test_a_wrong_checksum_and_a_second_name_are_refused() -> None:
    assert "checksum" in refusal(craft(Item(b"a.py", b"x", crc=1)))
    assert "two different things" in refusal(craft(Item(b"a.py", b"x", local_name=b"b.py")))


def test_too_many_entries_are_refused() -> None:
    assert "2001 entries" in refusal(craft(*(Item(b"%d" % n) for n in range(2001))))
    assert "directory" in refusal(craft(Item(b"a"), count=2))


def test_a_damaged_zip_is_refused() -> None:
    whole = craft(Item(b"a.py", b"x" * 5000), Item(b"b.py", b"y"))
    assert "cut off" in refusal(whole[:-30])
    assert "after its end" in refusal(whole + b"junk")
    assert "directory" in refusal(b"junk" + whole)


def test_a_zip_inside_stays_closed() -> None:
    inner = craft(Item(b"../evil", b"x"))
    assert read(craft(Item(b"inner.zip", inner))) == {"inner.zip": inner}


@given(st.data())
def test_flipped_bytes_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(
        craft(Item(b"a.py", b"hello" * 9), Item(b"b/", mode=stat.S_IFDIR), Item(b"b/c.py", b"z", method=0))
    )
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        read(bytes(content))


@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_refused(content: bytes) -> None:
    assert refusal(b"PK\x03\x04" + content + b".")


def test_what_old_windows_wrote_is_read_as_it_was_meant() -> None:
    """Backslashes between folders, and names in cp437; the same rules hold for what comes of them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in ("work/L0sung.ipynb", "work/data/a.csv"):
            entry = zipfile.ZipInfo(name)
            entry.create_system = 0
            file.writestr(entry, b"{}")
    whole = packed.getvalue().replace(b"L0sung", b"L\x94sung")
    windows = whole.replace(b"work/", b"work\\").replace(b"data/", b"data\\")
    assert archive.read_files(io.BytesIO(windows)) == (("work/L\u00f6sung.ipynb", b"{}"), ("work/data/a.csv", b"{}"))
    with pytest.raises(Refused, match="leads out"):
        archive.read_files(io.BytesIO(windows.replace(b"work\\", b"..\\k\\")))
