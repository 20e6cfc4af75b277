"""Files beside foreign notebooks: pictures and data go into public/data/, modules into cells that write them."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Collection, Iterable, Mapping
from pathlib import PurePosixPath

from autograder.course.parsing import parse_expression
from autograder.interop.imported import ImportedCell

PLACE = "public/data"
_WRITES = "%%writefile "
_IGNORED = (".ipynb", ".db", ".html", ".pyc")


def files_beside(
    files: Iterable[tuple[str, bytes]], imported: Collection[str] = ()
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Data by the name that notebooks know it by, and the sources of modules, by name, from the files of a folder.

    Args:
        files: name below the folder, and content.
        imported: the packages that the notebook imports: of a folder of that name, the modules are modules.
    """
    data: dict[str, bytes] = {}
    modules: dict[str, str] = {}
    for name, content in files:
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in _IGNORED:
            continue
        parts = PurePosixPath(name).with_suffix("").parts
        module = suffix == ".py" and all(part.isidentifier() for part in parts)
        text = _text(content) if module and (len(parts) == 1 or parts[0] in imported) else None
        if text is not None:
            modules[name] = text
        else:
            data[name] = content
    return data, modules


def writing_cells(modules: Mapping[str, str]) -> tuple[ImportedCell, ...]:
    """A cell for each module that writes it beside the notebook, where its imports find it; first one that makes the
    folders of packages."""
    folders = sorted({PurePosixPath(name).parent.as_posix() for name in modules} - {"."})
    made = "".join(f"\nos.makedirs({folder!r}, exist_ok=True)" for folder in folders)
    making = [ImportedCell("code", f"import os\n{made}")] if folders else []
    return (*making, *(ImportedCell("code", f"{_WRITES}{name}\n{text}") for name, text in sorted(modules.items())))


def written_modules(cells: Iterable[ImportedCell]) -> frozenset[str]:
    """The modules and packages that cells write: what `import` calls them."""
    heads = (cell.source.split("\n", 1)[0] for cell in cells if cell.kind == "code")
    names = (head.removeprefix(_WRITES).strip() for head in heads if head.startswith(_WRITES))
    return frozenset(PurePosixPath(name).with_suffix("").parts[0] for name in names if name.endswith(".py"))


def at_new_place(kind: str, source: str, names: Iterable[str]) -> str:
    """A cell's source with the names of files beside it as they are called here: in links, or as strings of code."""
    known = frozenset(names)
    if not known or not any(name in source for name in known):
        return source
    return _in_code(source, known) if kind == "code" else _in_text(source, known)


def _in_text(source: str, known: frozenset[str]) -> str:
    for name in sorted(known):
        link = re.escape(name)
        source = re.sub(rf"(\]\()(?:\./)?({link})([)\s])", rf"\1{PLACE}/\2\3", source)
        source = re.sub(rf"((?:src|href)=[\"'])(?:\./)?({link})([\"'])", rf"\1{PLACE}/\2\3", source)
    return source


def _in_code(source: str, known: frozenset[str]) -> str:
    lines = source.split("\n")
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return source  # a cell with magics: its strings cannot be told from the rest
    for token in reversed(tokens):
        if token.type == tokenize.STRING and token.start[0] == token.end[0]:
            value = _value(token.string)
            name = value.removeprefix("./") if value else ""
            if name in known:
                row = token.start[0] - 1
                line = lines[row]
                lines[row] = line[: token.start[1]] + repr(f"{PLACE}/{name}") + line[token.end[1] :]
    return "\n".join(lines)


def _value(literal: str) -> str | None:
    try:
        value = getattr(parse_expression(literal), "value", None)
    except SyntaxError:
        return None
    return value if isinstance(value, str) else None


def _text(content: bytes) -> str | None:
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
