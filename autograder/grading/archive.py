"""Zip files from strangers: the directory is read strictly, sizes are bounded before anything is unpacked.

Nothing is written to disk and nested archives stay closed.
Layout: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
"""

from __future__ import annotations

import stat
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from autograder.grading import paths
from autograder.grading.paths import shown, unsafe

MAX_RATIO = 250
RATIO_FROM_BYTES = 32 * 2**20
"""Below this size a file of zeros is no bomb, however well it packs."""
MAX_LISTED = 100_000
MAX_DIRECTORY_BYTES = 64 * 2**20

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_STORED, _DEFLATED = 0, 8
_AGAIN = "Zip the folder again with your system's own zip command and hand that in."


@dataclass(frozen=True)
class Entry:
    """One line of a zip's directory."""

    name: str
    raw_name: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    mode: int
    offset: int

    @property
    def is_folder(self) -> bool:
        """Folders are entries whose name ends with a slash."""
        return self.name.endswith("/")


def list_entries(file: BinaryIO, *, at_most: int = MAX_LISTED) -> tuple[Entry, ...]:
    """The directory of the zip, in its order. Folders' names end with "/".

    Raises:
        Refused: the bytes are no plain zip, or entries overlap, or there are more than `at_most`.
    """
    size = file.seek(0, 2)
    end_at, end = _end_record(file, size)
    _, disk, start_disk, on_disk, count, length, start, _ = end
    if disk or start_disk or on_disk != count:
        raise unsafe(f"The zip is one part of several. {_AGAIN}")
    if count > at_most:
        raise unsafe(
            f"The zip holds {count} entries; at most {at_most} are read. Leave out what the task does not need."
        )
    if length > MAX_DIRECTORY_BYTES or start + length != end_at:
        raise unsafe(f"The zip's directory is damaged or is not where it should be. {_AGAIN}")
    file.seek(start)
    directory = file.read(length)
    entries: list[Entry] = []
    at = 0
    for _ in range(count):
        entry, at = _entry(directory, at)
        entries.append(entry)
    if at != length:
        raise unsafe(f"The zip's directory holds more than it declares. {_AGAIN}")
    _refuse_overlaps(entries, start)
    return tuple(entries)


def _end_record(file: BinaryIO, size: int) -> tuple[int, tuple[bytes, int, int, int, int, int, int, int]]:
    tail_at = max(0, size - _END.size - 0xFFFF)
    file.seek(tail_at)
    tail = file.read(_END.size + 0xFFFF)
    found = tail.rfind(b"PK\x05\x06")
    if found < 0 or len(tail) - found < _END.size:
        raise unsafe(f"The zip is cut off or damaged: it has no directory. {_AGAIN}")
    end = _END.unpack_from(tail, found)
    if found + _END.size + end[7] != len(tail):
        raise unsafe(f"The zip has bytes after its end. {_AGAIN}")
    if tail[max(0, found - 20) :].startswith(b"PK\x06\x07"):
        raise unsafe(f"The zip is in the form for archives over 4 GB, which is not read. {_AGAIN}")
    return tail_at + found, end


def _entry(directory: bytes, at: int) -> tuple[Entry, int]:
    if len(directory) - at < _CENTRAL.size:
        raise unsafe(f"The zip's directory is cut off. {_AGAIN}")
    fields = _CENTRAL.unpack_from(directory, at)
    magic, made, _, flags, method, _, _, crc, packed, size, name_len, extra_len, comment_len, disk, _, attrs, offset = (
        fields
    )
    begin = at + _CENTRAL.size
    raw = directory[begin : begin + name_len]
    end = begin + name_len + extra_len + comment_len
    if magic != b"PK\x01\x02" or end > len(directory) or disk:
        raise unsafe(f"The zip's directory is damaged. {_AGAIN}")
    name = _name(raw, flags)
    if not made >> 8:
        name = name.replace("\\", "/")  # made on Windows, by programs that do not know of the standard's slashes
    return Entry(name, raw, flags, method, crc, packed, size, attrs >> 16, offset), end


def _name(raw: bytes, flags: int) -> str:
    """Without the flag the standard says cp437, as Windows writes it; but macOS writes UTF-8 and leaves the flag off.
    What is neither keeps its bytes as surrogates, which no rule lets pass."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("utf-8", "surrogateescape") if flags & _UTF8 else raw.decode("cp437")


def _refuse_overlaps(entries: list[Entry], directory_at: int) -> None:
    """Entries that share bytes are how a small zip unpacks to petabytes."""
    free_from = 0
    for entry in sorted(entries, key=lambda e: e.offset):
        if entry.offset < free_from:
            raise unsafe(f"Entries of the zip overlap ({shown(entry.name)}): this is how a zip bomb is built. {_AGAIN}")
        free_from = entry.offset + _LOCAL.size + len(entry.raw_name) + entry.packed
    if free_from > directory_at:
        raise unsafe(f"An entry of the zip runs into its directory. {_AGAIN}")


def read_files(file: BinaryIO, prefix: str = "") -> tuple[tuple[str, bytes], ...]:
    """Names (POSIX, relative to `prefix`) and contents of the zip's files, sorted. Hidden files and caches left out.

    Raises:
        Refused: with reason unsafe_archive, naming the entry.
    """
    whole = list_entries(file)
    entries = [e for e in whole if e.name.startswith(prefix) and (not prefix or e.name != prefix)]
    if len(entries) > paths.MAX_ENTRIES:
        raise unsafe(f"The zip holds {len(entries)} entries; at most {paths.MAX_ENTRIES} are read.")
    for entry in entries:
        _refuse_name(entry)
        _refuse_kind(entry)
    files = [e for e in entries if not e.is_folder]
    _refuse_clashes(files, [e for e in entries if e.is_folder])
    _refuse_bombs(files)
    wanted = [e for e in files if not paths.ignored(PurePosixPath(e.name[len(prefix) :]))]
    return tuple(sorted((e.name[len(prefix) :], read_entry(file, e)) for e in wanted))


def read_checked(file: BinaryIO, entry: Entry, limit: int = paths.MAX_FILE_BYTES) -> bytes:
    """The content of one entry on its own, after the same refusals as read_files() but for its name, which is not used.

    Raises:
        Refused: with reason unsafe_archive.
    """
    _refuse_kind(entry)
    _refuse_bombs([entry], limit)
    return read_entry(file, entry, limit)


def _refuse_clashes(files: list[Entry], folders: list[Entry]) -> None:
    twice = paths.clash([e.name for e in files], [e.name.rstrip("/") for e in folders])
    if twice is not None:
        first, second = (shown(name) for name in twice)
        raise unsafe(f"The zip holds two entries for one name: {first} and {second}. Keep one and zip again.")


def _refuse_name(entry: Entry) -> None:
    fault = paths.name_fault(entry.name.removesuffix("/"))
    if fault:
        raise unsafe(f"The zip holds an unsafe name: {shown(entry.name)} {fault}. {_AGAIN}")


def _refuse_kind(entry: Entry) -> None:
    name = shown(entry.name)
    kind = stat.S_IFMT(entry.mode)
    if kind == stat.S_IFLNK:
        raise unsafe(f"The zip holds a link: {name}. Put the file itself in its place.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR) or (kind and (kind == stat.S_IFDIR) != entry.is_folder):
        raise unsafe(f"The zip holds something that is no plain file: {name}. {_AGAIN}")
    if entry.flags & _ENCRYPTED:
        raise unsafe(f"The zip is encrypted ({name}). Zip it again without a password.")
    if entry.method not in (_STORED, _DEFLATED):
        raise unsafe(f"The zip packs {name} in an unusual way (method {entry.method}). {_AGAIN}")
    if entry.is_folder and (entry.size or entry.packed > 2):
        raise unsafe(f"The zip gives the folder {name} a content. {_AGAIN}")


def _refuse_bombs(files: list[Entry], limit: int = paths.MAX_FILE_BYTES) -> None:
    total = sum(e.size for e in files)
    packed = sum(e.packed for e in files)
    for entry in files:
        if entry.size > limit:
            measured = f"{entry.size >> 20} MB unpacked; at most {limit >> 20} MB are read"
            raise unsafe(f"{shown(entry.name)} is {measured}. Leave it out.")
    if total > paths.MAX_TOTAL_BYTES:
        most = paths.MAX_TOTAL_BYTES >> 20
        raise unsafe(f"The zip is {total >> 20} MB unpacked; at most {most} MB are read. Leave data and models out.")
    if total > RATIO_FROM_BYTES and total > MAX_RATIO * max(1, packed):
        raise unsafe(f"The zip unpacks to {total // max(1, packed)} times its size: it looks like a zip bomb.")


def read_entry(file: BinaryIO, entry: Entry, limit: int = paths.MAX_FILE_BYTES) -> bytes:
    """The content of one entry; its size and checksum must be the declared ones.

    Raises:
        Refused: with reason unsafe_archive.
    """
    name = shown(entry.name)
    if entry.size > limit or entry.packed > limit + 2**20:
        raise unsafe(f"{name} is {entry.size >> 20} MB; at most {limit >> 20} MB are read. Leave it out.")
    file.seek(entry.offset)
    head = file.read(_LOCAL.size)
    if len(head) < _LOCAL.size or head[:4] != b"PK\x03\x04":
        raise unsafe(f"The zip is damaged at {name}. {_AGAIN}")
    fields = _LOCAL.unpack(head)
    raw_name = file.read(fields[9])
    if raw_name != entry.raw_name or fields[2] & _ENCRYPTED or fields[3] != entry.method:
        raise unsafe(f"The zip says two different things about {name}. {_AGAIN}")
    file.seek(fields[10], 1)
    content = _unpack(file.read(entry.packed), entry, name)
    if len(content) != entry.size:
        raise unsafe(f"{name} in the zip does not have the size that it declares. {_AGAIN}")
    if zlib.crc32(content) != entry.crc:
        raise unsafe(f"{name} in the zip is damaged: its checksum is wrong. {_AGAIN}")
    return content


def _unpack(packed: bytes, entry: Entry, name: str) -> bytes:
    if len(packed) != entry.packed:
        raise unsafe(f"The zip is cut off inside {name}. {_AGAIN}")
    if entry.method == _STORED:
        return packed
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # One byte more than declared is enough to see a lie, and bounds what a bomb can take.
        content = stream.decompress(packed, entry.size + 1)
        if not stream.eof and len(content) == entry.size:
            content += stream.decompress(stream.unconsumed_tail, 1)
    except zlib.error as error:
        raise unsafe(f"{name} in the zip cannot be unpacked ({error}). {_AGAIN}") from error
    if stream.unused_data or (not stream.eof and len(content) <= entry.size):
        raise unsafe(f"{name} in the zip does not end where it should. {_AGAIN}")
    return content
