"""Real frames, notebooks, archives and cells to begin from, and mutations that know how each is built."""

from __future__ import annotations

import contextlib
import copy
import io
import json
import random
import socket
import struct
import tarfile
import threading
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pandas
import torch

from autograder.examiner.host import ExaminerHost
from autograder.wire.frames import MAGIC, PREFIX, Channel, WireError
from autograder.wire.names import public_names
from autograder.wire.peer import Peer
from autograder.worker.cells import BoundedText, Namespace
from autograder.worker.serve import StudentHost

SLUG = "04-softmax-classifier"
RELEASE = Path(__file__).resolve().parents[2] / "release" / SLUG

STUDENT = """
import torch, numpy
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(2, 2)
    def forward(self, x):
        return self.layer(x)
def same(*values): return values
def double(x): return x * 2
def change(x, items):
    x.add_(1)
    items.append("more")
def back(f, n): return [f(torch.ones(2)) for _ in range(n)]
def count(): yield from range(3)
def fail(): raise ValueError("no")
def exact():
    import datetime, decimal, fractions
    return [decimal.Decimal("1.5"), fractions.Fraction(1, 3), datetime.datetime(2026, 1, 2), datetime.timedelta(1)]
def tables(rows):
    import pandas
    when = pandas.DatetimeIndex(["2026-01-01", None], tz="Europe/Vienna")
    size = pandas.Categorical(["s", "l"], ordered=True)
    columns = {"n": [1, 2], "x": [0.5, None], "t": ["a", None], "when": when, "size": size}
    frame = pandas.DataFrame(columns, index=["p", "q"])
    rows.insert(0, "new", 1)
    return frame, frame["t"], frame.columns, frame.set_index(["n", "t"])["x"]
def collected(items):
    from collections import Counter, OrderedDict, defaultdict, namedtuple
    point = namedtuple("Point", "x y")(1, torch.ones(2))
    return point, Counter("aab"), OrderedDict(a=1), defaultdict(list, b=[2]), items, items[1]
def mixed(): return {"a": (1, 2.5, None), b"b": {3, 4}, "c": [slice(1, 2), range(3), 1j, 1 << 70, numpy.ones(2), ...]}
"""


class _Recording:
    """A socket that keeps what it sends, message by message."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.sent: list[bytes] = []

    def sendmsg(self, pieces: list[memoryview]) -> int:
        whole = b"".join(pieces)
        self._connection.sendall(whole)
        self.sent.append(whole)
        return len(whole)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


def frames() -> list[bytes]:
    """What a real worker sends, and what a real examiner sends, in a session that uses everything once."""
    here, there = socket.socketpair()
    near, far = _Recording(here), _Recording(there)
    names = Namespace()
    names.run(0, STUDENT)
    serving = Peer(torch, Channel(far), StudentHost(public_names(torch), names, BoundedText(100)))  # type: ignore[arg-type]

    def serve() -> None:
        try:
            serving.serve()
        except WireError:
            return

    thread = threading.Thread(target=serve)
    thread.start()
    peer = Peer(torch, Channel(near), ExaminerHost(torch, lambda name: name))  # type: ignore[arg-type]

    def find(name: str) -> Any:
        return peer.operate("find", name)

    x = torch.ones(2, requires_grad=True)
    find("same")(x, torch.arange(6).reshape(2, 3).T, [1, "two"], {"k": torch.tensor(True)})
    find("double")(x).sum().backward()
    items = [1]
    find("change")(torch.zeros(3), items)
    find("back")(lambda t: t * 3, 2)
    list(find("count")())
    find("mixed")()
    find("exact")()
    find("collected")([1, {"a": [2]}])
    find("tables")(pandas.DataFrame({"a": [1, 2]}))
    model = find("Net")()
    (model(x) ** 2).sum().backward()
    sgd = peer.operate("find_torch", "torch.optim.SGD")(model.parameters(), lr=0.1)
    sgd.step()
    with contextlib.suppress(AssertionError):
        find("fail")()
    peer.channel.close()
    thread.join()
    there.close()
    return far.sent + near.sent


_INTS = (-1, 0, 1, 2, 7, 16, 64, 255, 1 << 16, 1 << 31, 1 << 40, 1 << 62, (1 << 63) - 1, -(1 << 63), (1 << 64) - 1)
_WORDS = [
    *("return", "request", "raise", "tensor", "ref", "leaf", "sent", "out", "items", "dict", "list", "set", "size"),
    *("table", "column", "frame", "series", "index", "exact", "decimal", "category", "object", "Int64", "range"),
    *("call", "next", "backward", "accumulate", "float32", "bool", "complex128", "__class__", "torch.load", ""),
]


def mutated_frames(data: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """The frames of `data` with one to four lies: in a header, a prefix, a payload, in their order."""
    whole = list(_split(data)) or [rng.choice(others)]
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(whole))
        kind = rng.randrange(10)
        if kind < 5:
            whole[at] = _in_header(whole[at], rng, others)
        elif kind == 5:
            whole[at] = _flipped(whole[at], rng)
        elif kind == 6:
            whole.insert(at, rng.choice(others))
        elif kind == 7:
            whole[at] = whole[at][: rng.randrange(len(whole[at]) + 1)]
        elif kind == 8:
            rng.shuffle(whole)
        else:
            whole[at] = _in_prefix(whole[at], rng)
    return b"".join(in_step(whole[:8]) if rng.random() < 0.8 else whole[:8])


def in_step(whole: list[bytes]) -> list[bytes]:
    """The frames with answers numbered as the questions will be, so that more than the first is looked at."""
    found, number = [], 1
    for frame in whole:
        try:
            magic, size, payload = PREFIX.unpack(frame[: PREFIX.size])
            tree = msgspec.msgpack.decode(frame[PREFIX.size : PREFIX.size + size])
            if isinstance(tree, dict) and tree.get("k") in ("return", "raise"):
                header = msgspec.msgpack.encode({**tree, "id": number})
                frame = PREFIX.pack(magic, len(header), payload) + header + frame[PREFIX.size + size :]
                number += 1
        except (msgspec.MsgspecError, struct.error, TypeError, ValueError):
            pass  # it is no frame any more
        found.append(frame)
    return found


def _split(data: bytes) -> Any:
    while len(data) >= PREFIX.size:
        _, header, payload = PREFIX.unpack(data[: PREFIX.size])
        size = min(PREFIX.size + header + payload, len(data))
        yield data[:size]
        data = data[size:]


def _in_header(frame: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    _, size, _ = PREFIX.unpack(frame[: PREFIX.size].ljust(PREFIX.size, b"\0"))
    payload = frame[PREFIX.size + size :]
    try:
        tree = msgspec.msgpack.decode(frame[PREFIX.size : PREFIX.size + size])
        donor = rng.choice(others)
        _, donor_size, _ = PREFIX.unpack(donor[: PREFIX.size])
        donated = msgspec.msgpack.decode(donor[PREFIX.size : PREFIX.size + donor_size])
    except (msgspec.MsgspecError, ValueError):
        return _flipped(frame, rng)
    spots, gifts = _spots(tree), _spots(donated)
    if spots and gifts:
        holder, key = rng.choice(spots)
        gift_holder, gift_key = rng.choice(gifts)
        holder[key] = rng.choice(
            (rng.choice(_INTS), rng.choice(_WORDS), None, 1.5, copy.deepcopy(gift_holder[gift_key]))
        )
        if rng.random() < 0.1:
            for _ in range(rng.choice((3, 70))):
                holder[key] = {"k": "items", "type": "list", "items": [holder[key]]}
        if rng.random() < 0.1 and isinstance(holder, list):
            holder.extend([holder[key]] * rng.choice((1, 300)))
        if rng.random() < 0.1 and isinstance(holder, dict):
            del holder[key]
    try:
        header = msgspec.msgpack.encode(tree)
    except (OverflowError, RecursionError):
        return frame
    payload = rng.choice((payload, payload, payload[: len(payload) // 2], payload * 2, bytes(64)))
    return PREFIX.pack(MAGIC, len(header), len(payload)) + header + payload


def _spots(tree: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    stack = [tree]
    while stack:
        node = stack.pop()
        keys: Any = node.keys() if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
        for key in keys:
            found.append((node, key))
            stack.append(node[key])
    return found


def _in_prefix(frame: bytes, rng: random.Random) -> bytes:
    fields = list(struct.unpack("<IIQ", frame[:16].ljust(16, b"\0")))
    which = rng.randrange(3)
    fields[which] = (fields[which] + rng.choice(_INTS)) % (1 << (64 if which == 2 else 32))
    return struct.pack("<IIQ", *fields) + frame[16:]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    if not data:
        return data
    changed = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        changed[rng.randrange(len(changed))] = rng.choice((0, 1, 0x7F, 0x80, 0xFF, rng.randrange(256)))
    return bytes(changed)


# notebooks and cells --------------------------------------------------------------------------------------------------

CELLS = (
    "import torch\n%matplotlib inline\nx = 1",
    "%%time\ndef softmax(x):\n    return x",
    "def f(a):\n    !ls\n    %time y = a\n    return a",
    "files = !ls\n!pip install torch \\\n  numpy\nprint(files)",
    "np.dot?\n?print\nx = '''\n%time\n!ls\n'''",
    "%%writefile helpers.py\ndef g():\n    return 5",
    "%%bash\necho $HOME",
    "  x = 1\n  y = 2",
    "class A:\n    def f(self):\n        try:\n            return f'{self}'\n        finally:\n            pass",
    "match x:\n    case [a, b]: pass\nawait f()",
    "<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other",
    "!echo it's (\ny = (10\n% 3)",
)
_ODD = {
    *("%%capture", "%lsmagic", "\t", "\\", "'''", '"""', "x = [", ")", "\r", "\x0c", "\u2028", "\x1b[31m"),
    *("%time", "!", "%", "%%", "?", "@f", "\ufeff", "f'{", "if x:", "é = 1", "finally:", "try:"),
}
_LINES = sorted({line for cell in CELLS for line in cell.split("\n")} | _ODD)


def notebooks() -> list[bytes]:
    """The exercises of a release; notebooks of formats 4, 3, 2 and 1; and scripts."""
    cells = [{"cell_type": "code", "source": s, "metadata": {}, "outputs": [], "execution_count": 1} for s in CELLS]
    cells.insert(1, {"cell_type": "markdown", "source": ["# Title\n", "%time"], "metadata": {}})
    cells[2]["metadata"] = {"autograder": {"exercise": "softmax"}, "tags": ["a"]}
    cells[2]["source"] = ["x = 1\n", "y = 2"]
    four = {"cells": cells, "metadata": {"kernelspec": {"name": "python3"}}, "nbformat": 4, "nbformat_minor": 5}
    old = [{"cell_type": "code", "input": s, "language": "python", "outputs": [], "metadata": {}} for s in CELLS[:4]]
    three = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": old}]}
    released = json.loads((RELEASE / f"{SLUG}.ipynb").read_bytes())
    released["cells"] = [cell for cell in released["cells"] if "autograder" in cell["metadata"]]
    found = [json.dumps(tree).encode() for tree in (released, four, three)]
    found += [json.dumps(three | {"nbformat": n, "cells": old}).encode() for n in (1, 2)]
    script = "# ---\n# jupyter:\n#   jupytext:\n#     x: &a [1, *a]\n# ---\n\n"
    script += "\n\n".join(f'# %% autograder={{"exercise": "f"}}\n{cell}' for cell in CELLS)
    script += '\n\n# %% [markdown]\n"""\n# Title\n"""\n# %% [raw]\nraw\n'
    return [*found, script.encode(), b"x = 1\n"]


def mutated_notebook(data: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """A notebook with lies in its tree, or a script with other lines."""
    try:
        tree, donated = json.loads(data), json.loads(rng.choice(others[:5]))
    except (ValueError, RecursionError):
        return mutated_cell(data.decode("utf-8", "replace"), rng).encode("utf-8", "surrogatepass")
    for _ in range(rng.randint(1, 4)):
        spots, gifts = _spots(tree), _spots(donated)
        if not spots or not gifts:
            break
        holder, key = rng.choice(spots)
        gift_holder, gift_key = rng.choice(gifts)
        gift = copy.deepcopy(gift_holder[gift_key])  # or else the tree might come to hold itself
        holder[key] = rng.choice((rng.choice(_INTS), None, True, 1e999, "code", [gift], {"cells": gift}, gift, gift))
        if rng.random() < 0.3 and isinstance(holder[key], str):
            holder[key] = mutated_cell(holder[key], rng)
        if rng.random() < 0.1 and isinstance(holder, dict):
            del holder[key]
    try:
        raw = json.dumps(tree).encode()
    except (ValueError, RecursionError):
        return data
    return _flipped(raw, rng) if rng.random() < 0.1 else raw


def mutated_cell(text: str, rng: random.Random) -> str:
    """A cell in which lines were added, doubled, taken out, cut, indented or swapped."""
    lines = text.split("\n")
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(lines)) if lines else 0
        kind = rng.randrange(7)
        if kind <= 2 or not lines:
            lines.insert(at, rng.choice(_LINES))
        elif kind == 3:
            lines[at] = lines[at] * 2
        elif kind == 4:
            cut = rng.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:cut] + rng.choice(_LINES) + lines[at][cut:]
        elif kind == 5:
            lines[at] = rng.choice((" ", "    ", "\t")) + lines[at]
        else:
            del lines[at]
    return "\n".join(lines)[:20_000]


# archives -------------------------------------------------------------------------------------------------------------


def archives() -> list[bytes]:
    """Zips of several makes, a zip in a zip, and a tar."""
    found: list[bytes] = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", method) as zipped:
            zipped.writestr("hw/", "")
            zipped.writestr("hw/a.ipynb", notebooks()[1])
            zipped.writestr("hw/é.txt", b"x" * 300)
            zipped.writestr("hw/inner.zip", found[0] if found else b"PK")
            zipped.comment = b"by hand"
        found.append(buffer.getvalue())
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("../a.ipynb"), io.BytesIO())
    return [*found, buffer.getvalue()]


_SIGNATURES = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")
_NAMES = (b"../evil.py", b"/etc/passwd", b"a\\b", b"a/" * 40, b"con", b"hw/a.ipynb", b"HW/A.ipynb", b"\xff", b"\0", b"")


def mutated_archive(data: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """A zip with lies in its records: sizes, counts, offsets, methods, flags, modes, names."""
    changed = bytearray(data or rng.choice(others))
    for _ in range(rng.randint(1, 4)):
        record = rng.choice(_SIGNATURES)
        places = [n for n in range(len(changed)) if changed.startswith(record, n)] if len(changed) < 65_536 else []
        if not places or rng.random() < 0.2:
            changed = bytearray(_flipped(bytes(changed), rng))
            continue
        at = rng.choice(places) + rng.randrange(4, 46)
        kind = rng.randrange(5)
        if kind == 0:
            changed[at : at + 4] = struct.pack("<I", rng.choice(_INTS) % (1 << 32))
        elif kind == 1:
            changed[at : at + 2] = struct.pack("<H", rng.choice(_INTS) % (1 << 16))
        elif kind == 2:
            name = rng.choice(_NAMES)
            changed[at : at + len(name)] = name
        elif kind == 3:
            changed = changed[: rng.randrange(len(changed))]
        else:
            changed[at:at] = rng.choice(others)[:200]
    return bytes(changed)
