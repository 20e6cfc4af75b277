"""An assignment as its author wrote it: assignment.toml, checked, and the folders beside it."""

from __future__ import annotations

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from autograder.course.written import Level
from autograder.errors import AutograderError, Place

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rubric(_Frozen):
    """What a person looks for in a written answer, level by level."""

    excellent: Annotated[str, Field(min_length=1)]
    """All points."""
    meets: Annotated[str, Field(min_length=1)]
    """Two thirds of them."""
    revise: Annotated[str, Field(min_length=1)]
    """None yet; the student may hand it in again."""

    @property
    def levels(self) -> tuple[tuple[Level, str], ...]:
        """Each level and its words, the best first."""
        return tuple((level, getattr(self, level)) for level in Level)


class Exercise(_Frozen):
    """One thing to solve. `points` must equal the sum of its checks' points, unless a person grades it."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]
    title: str
    points: Annotated[float, Field(gt=0)]
    hints: tuple[str, ...] = ()
    defines: tuple[str, ...] = ()
    """Names that the exercise asks for. Empty: the exercise's own name."""
    rubric: Rubric | None = None
    """Of a written answer, which a person grades; None: checks do."""

    @property
    def names(self) -> tuple[str, ...]:
        """What a solution of the exercise defines."""
        return () if self.rubric else self.defines or (self.name,)

    @model_validator(mode="after")
    def _words_define_nothing(self) -> Exercise:
        if self.rubric and self.defines:
            raise ValueError(f"exercise {self.name} has a rubric, so it is answered in words and defines no names")
        return self


class Limits(_Frozen):
    """What one submission may use. The wall clock is the examiner's."""

    seconds: Annotated[float, Field(gt=0)] = 300.0
    cell_seconds: Annotated[float, Field(gt=0)] = 60.0
    memory_mb: Annotated[int, Field(ge=64)] = 2048
    gpu_mb: Annotated[int, Field(ge=0)] = 0
    """Memory of a GPU, what CUDA itself takes included (some 400 MB); 0: all that there is."""
    threads: Annotated[int, Field(ge=1)] = 64
    disk_mb: Annotated[int, Field(ge=1)] = 256
    output_kb: Annotated[int, Field(ge=1)] = 64


class Environment(_Frozen):
    """What the notebook imports: the student's requirements, and what the zygote loads ahead."""

    requires: tuple[str, ...] = ("torch>=2.8",)
    preload: tuple[str, ...] = ()


class BuildOptions(_Frozen):
    """`allow`: pieces of text that the leak scan may find in a release, each accepted by the author."""

    allow: tuple[str, ...] = ()


class Manifest(_Frozen):
    """The content of assignment.toml."""

    title: str
    summary: str = ""
    exercises: Annotated[tuple[Exercise, ...], Field(min_length=1)]
    limits: Limits = Limits()
    environment: Environment = Environment()
    build: BuildOptions = BuildOptions()

    @field_validator("exercises")
    @classmethod
    def _names_are_unique(cls, exercises: tuple[Exercise, ...]) -> tuple[Exercise, ...]:
        names = [e.name for e in exercises]
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ValueError(f"exercise names used twice: {', '.join(twice)}")
        return exercises

    @model_validator(mode="before")
    @classmethod
    def _exercise_tables(cls, data: object) -> object:
        """`[[exercise]]` tables read better in TOML than `[[exercises]]`."""
        if isinstance(data, dict) and "exercise" in data:
            data = {**data, "exercises": data["exercise"]}
            del data["exercise"]
        return data


class Assignment(_Frozen):
    """One assignment folder: what it declares and where its parts lie."""

    slug: str
    root: Path
    manifest: Manifest

    @property
    def course(self) -> Path:
        """The folder of the course, which holds assignments/."""
        return self.root.parents[1]

    @property
    def notebook(self) -> Path:
        """The source notebook: notebook.py (percent format) or notebook.ipynb."""
        script = self.root / "notebook.py"
        return script if script.exists() else self.root / "notebook.ipynb"

    @property
    def public(self) -> Path:
        """Checks that students get."""
        return self.root / "public"

    @property
    def data(self) -> Path | None:
        """Data that students get, and that their code may read while it is graded; None where there is none."""
        folder = self.public / "data"
        return folder if folder.is_dir() else None

    @property
    def hidden(self) -> Path:
        """Checks and data that they never get."""
        return self.root / "hidden"

    @property
    def specimens(self) -> Path:
        """Answers with a promised verdict."""
        return self.root / "specimens"

    @property
    def points(self) -> float:
        """All that can be had."""
        return sum(e.points for e in self.manifest.exercises)

    @property
    def written(self) -> tuple[Exercise, ...]:
        """The exercises that a person grades."""
        return tuple(e for e in self.manifest.exercises if e.rubric)

    def exercise(self, name: str) -> Exercise:
        """The exercise of that name, which must exist."""
        return next(e for e in self.manifest.exercises if e.name == name)

    def version(self) -> str:
        """Twelve hex digits over every byte that can change a verdict."""
        return digest(self.root, skip=_NO_VERDICT)[:12]

    def signature(self) -> int:
        """What tells in a tenth of a millisecond whether a file that `version` reads was changed: a hash over their
        names, sizes and moments, for comparison within this process."""
        return signature(self.root)


_NO_VERDICT = ("specimens", "mutants.toml")
"""Specimens and marks of mutants change no verdict."""


def signature(root: Path) -> int:
    """As Assignment.signature, of the assignment in folder `root`, which may be half written."""
    return hash(tuple(_told(root, _NO_VERDICT)))


def digest(root: Path, *, skip: tuple[str, ...] = ()) -> str:
    """SHA-256 (hex) over the names and bytes of all files below `root`, caches and dot files left out."""
    total = hashlib.sha256()
    for parts, _, _ in sorted(_told(root, skip)):
        content = root.joinpath(*parts).read_bytes()
        total.update(f"{'/'.join(parts)}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def _told(root: Path, skip: tuple[str, ...], below: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Of each file: the parts of its path, its size in bytes, and when it was changed, in nanoseconds."""
    try:
        entries = list(os.scandir(root))
    except OSError:
        return
    for entry in entries:
        # .DS_Store, .ipynb_checkpoints
        if entry.name.startswith(".") or entry.name == "__pycache__" or entry.name.endswith(".pyc"):
            continue
        if not below and entry.name in skip:
            continue
        parts = (*below, entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _told(Path(entry.path), skip, parts)
        elif entry.is_file():
            known = entry.stat()
            yield parts, known.st_size, known.st_mtime_ns


def load_assignment(root: Path) -> Assignment:
    """Read the assignment in folder `root`.

    Raises:
        AutograderError: `bad-slug`, `no-manifest`, `bad-manifest` or `no-notebook`, naming the file.
    """
    root = root.resolve()
    toml = root / "assignment.toml"
    if not SLUG.fullmatch(root.name):
        raise AutograderError(
            "bad-slug",
            f"{root.name!r} cannot name an assignment",
            where=Place(str(root)),
            why="The folder's name becomes file names and identifiers.",
            fix="use lower-case letters, digits and single hyphens, such as 04-softmax-classifier",
        )
    if not toml.is_file():
        raise AutograderError(
            "no-manifest",
            "assignment.toml is missing",
            where=Place(str(root)),
            fix="write one: a title and an [[exercise]] table for each exercise",
        )
    try:
        manifest = Manifest.model_validate(tomllib.loads(toml.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AutograderError("bad-manifest", f"not TOML: {error}", where=Place(str(toml))) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "the file"
        raise AutograderError(
            "bad-manifest", f"{key}: {first['msg']}", where=Place(str(toml)), fix=f"mend {key} in assignment.toml"
        ) from error
    assignment = Assignment(slug=root.name, root=root, manifest=manifest)
    if not assignment.notebook.is_file():
        raise AutograderError(
            "no-notebook",
            "the assignment has neither notebook.py nor notebook.ipynb",
            where=Place(str(root)),
            fix="add notebook.py in percent format",
        )
    return assignment


def find_course(start: Path) -> Path:
    """The nearest folder at or above `start` that holds `assignments/`.

    Raises:
        AutograderError: `no-course`.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "assignments").is_dir():
            return folder
    raise AutograderError(
        "no-course",
        "no course here",
        where=Place(str(start)),
        why="Neither this folder nor one above it holds assignments/.",
        fix="run the command inside the course, or name it with --course DIR",
    )


def load_course(course: Path, slugs: tuple[str, ...] = ()) -> tuple[Assignment, ...]:
    """The assignments of `course` in order, or those named. A slug may be given by its number, such as `04`.

    Raises:
        AutograderError: `unknown-assignment`, or as load_assignment().
    """
    folders = sorted(p for p in (course / "assignments").iterdir() if (p / "assignment.toml").is_file())
    if not slugs:
        return tuple(load_assignment(p) for p in folders)
    chosen: list[Assignment] = []
    for slug in slugs:
        match = [p for p in folders if slug in (p.name, p.name.split("-")[0])]
        if len(match) != 1:
            names = ", ".join(p.name for p in folders) or "none"
            raise AutograderError(
                "unknown-assignment",
                f"no assignment is called {slug!r}",
                where=Place(str(course / "assignments")),
                fix=f"choose one of: {names}",
            )
        chosen.append(load_assignment(match[0]))
    return tuple(chosen)
