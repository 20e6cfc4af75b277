"""`autograder collect`: a learning platform's download into a folder that `grade` takes."""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.moment import Moment
from autograder.cli.shared import course_exchange, course_option, errors_shown, json_option

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.interop.collect import Asked, Collected, Collection

MAX_TEXT_BYTES = 32 << 20
_NAMES = ("auto", "nbgrader", "gradescope", "canvas", "moodle", "blackboard", "brightspace")
_SHOWN = 20
_WIDEST = 60
"""Characters of a name in the table; --json has all of it."""


@click.command()
@click.argument("slug")
@click.argument("download", required=False, type=click.Path(path_type=Path))
@click.option(
    "--to", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="Default: submissions/SLUG."
)
@click.option("--from", "platform", type=click.Choice(_NAMES), default="auto", help="Where the download comes from.")
@click.option("--exchange", metavar="DIR", help="Without DOWNLOAD. Default: AUTOGRADER_EXCHANGE, else course.toml's.")
@click.option("--due", type=Moment(), metavar="WHEN", help="What comes after is late. Default: what course.toml says.")
@click.option(
    "--attempt",
    "which",
    type=click.Choice(["newest", "first", "on-time"]),
    default="newest",
    help="Of several attempts the one that counts; on-time: the newest by the due date.",
)
@click.option("--assignment", metavar="NAME", default="", help="As the platform calls it, where there are several.")
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A CSV: id, name.")
@click.option(
    "--worksheet",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Moodle's grading worksheet (CSV), which knows addresses and times.",
)
@click.option(
    "--update", is_flag=True, help="Replace what was collected before where it differs; the old is kept aside."
)
@click.option("--dry-run", is_flag=True, help="Say what would be done. Writes nothing.")
@click.option("--all", "show_all", is_flag=True, help="Show every file, not only those that need a look.")
@json_option
@course_option
def collect(
    slug: str,
    download: Path | None,
    to: Path | None,
    platform: str,
    exchange: str | None,
    due: datetime | None,
    which: str,
    assignment: str,
    roster: Path | None,
    worksheet: Path | None,
    update: bool,
    dry_run: bool,
    show_all: bool,
    as_json: bool,
    course: Path | None,
) -> None:
    """Collect the submissions to assignment SLUG from DOWNLOAD, a platform's zip or folder, or else from the exchange.

    Understands nbgrader's submitted/ and exchange, a Gradescope export, and the bulk downloads of Canvas, Moodle,
    Blackboard and Brightspace. Each student gets one folder; nothing that is there is overwritten, and the same command
    may be given again.

    Exit codes: 0 done; 1 something has to be mended first; 2 mistyped; 3 done, but some students need a look.
    """
    with errors_shown(as_json):
        from autograder.course import find_course, load_course, load_settings
        from autograder.interop.collect import Asked, Wanted, Which, read_roster

        root = find_course(course or Path.cwd())
        (found,) = load_course(root, (slug,))
        asked = Asked(
            download=download or Path(),
            to=to or root / "submissions" / found.slug,
            platform=platform,
            wanted=Wanted(assignment or found.slug, _text(worksheet) if worksheet else ""),
            which=Which(which),
            due=due or load_settings(root).due.get(found.slug),
            roster=read_roster(_text(roster)) if roster else None,
            update=update,
            dry_run=dry_run,
        )
        collection = _collect(found.slug, download, course_exchange(exchange, root), asked)
        if as_json:
            click.echo(json.dumps(_as_dict(collection)))
        else:
            _show(collection, asked.to, dry_run=dry_run, show_all=show_all)
    if any(_needs_a_look(student) for student in collection.students) or _unsafe(collection):
        raise click.exceptions.Exit(3)


def _collect(slug: str, download: Path | None, exchange: str, asked: Asked) -> Collection:
    """From the download; where there is none, from the exchange."""
    from autograder.errors import AutograderError
    from autograder.exchange import desk_at
    from autograder.interop.collect import NAME, collect, collect_from, reading_of

    if download is not None:
        return collect(asked)
    if not exchange:
        raise AutograderError(
            "nothing-to-collect",
            "neither a download nor an exchange is named",
            fix="autograder collect SLUG DOWNLOAD, or name the exchange in course.toml",
        )
    return collect_from(NAME, reading_of(desk_at(exchange).inbound(slug)), asked)


def _text(path: Path) -> str:
    from autograder.errors import AutograderError, Place
    from autograder.interop.collect import table_text

    try:
        with path.open("rb") as file:
            return table_text(file.read(MAX_TEXT_BYTES))
    except (OSError, ValueError) as error:
        raise AutograderError(
            "unreadable-table",
            "the table cannot be read",
            where=Place(str(path)),
            why=(error.strerror if isinstance(error, OSError) else None) or str(error),
            fix="save it as UTF-8 (in Excel: CSV UTF-8)",
        ) from error


def _needs_a_look(student: Collected) -> bool:
    from autograder.interop.collect import Fate

    return bool(student.why) or student.fate not in (Fate.COLLECTED, Fate.UNCHANGED)


def _unsafe(collection: Collection) -> bool:
    from autograder.interop.collect import Fate

    return any(file.fate is Fate.UNSAFE for file in collection.files)


def _as_dict(collection: Collection) -> dict[str, object]:
    return {
        "schema": 1,
        "platform": collection.platform,
        "students": [{"key": s.key, "fate": s.fate, "why": s.why, **s.as_dict()} for s in collection.students],
        "files": [{"path": f.path, "fate": f.fate, "student": f.student, "why": f.why} for f in collection.files],
    }


def _show(collection: Collection, to: Path, *, dry_run: bool, show_all: bool) -> None:
    from collections import Counter

    from rich.console import Console
    from rich.text import Text

    from autograder.interop.collect import Fate

    console = Console(highlight=False)
    late = sum(bool(student.late) for student in collection.students)
    place = "the exchange" if collection.platform == "exchange" else f"{collection.platform}'s download"
    said = f"{len(collection.students)} student{'' if len(collection.students) == 1 else 's'} in {place}"
    console.print(Text(f"{said}, {late} of them late" if late else said))
    counts = Counter(file.fate for file in collection.files)
    for fate, count in counts.most_common():
        console.print(Text(f"  {count:6}  {fate}"))
    looked_at = [s for s in collection.students if show_all or _needs_a_look(s) or s.late]
    if looked_at:
        console.print()
        _table(console, looked_at if show_all else looked_at[:_SHOWN])
    if len(looked_at) > _SHOWN and not show_all:
        console.print(Text(f"and {len(looked_at) - _SHOWN} more: --all shows everybody, --json every file"))
    told = {student.name for student in looked_at}
    strays = [f for f in collection.files if f.fate is Fate.UNSAFE and f.student not in told]
    files = collection.files if show_all else strays[:_SHOWN]
    if files:
        console.print()
    for file in files:
        parts = (_safe(file.path), file.fate, _safe(file.student), _safe(file.why))
        console.print(Text("  ".join(filter(None, parts))), soft_wrap=True)
    to = to.relative_to(Path.cwd()) if to.is_relative_to(Path.cwd()) else to
    where = f"nothing was written; it would go to {to}" if dry_run else f"autograder grade takes {to}"
    console.print(Text(f"\n{where}"))


def _table(console: Console, students: list[Collected]) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    for column in ("student", "folder", "submitted", "late by", "attempt", "what was done"):
        table.add_column(column, overflow="fold")
    for s in students:
        moment = _by_this_clock(s.moment) if s.moment else ""
        done = f"{s.fate}: {s.why}" if s.why else str(s.fate)
        cells = (_short(s.name), _short(s.place), moment, _late(s), f"{s.attempt} of {s.attempts}", done)
        table.add_row(*(Text(_safe(cell)) for cell in cells))
    console.print(table)


def _late(student: Collected) -> str:
    if not student.late:
        return ""
    if student.late_by_seconds is None:
        return "late"
    minutes = int(student.late_by_seconds // 60)
    days, hours = minutes // 1440, minutes // 60 % 24
    return f"{days} d {hours} h" if days else f"{hours} h {minutes % 60} min" if hours else f"{minutes} min"


def _by_this_clock(moment: datetime) -> str:
    with contextlib.suppress(OverflowError):  # a claimed time at the end of all calendars stays in its own zone
        moment = moment.astimezone()
    return moment.isoformat(sep=" ", timespec="minutes")[:16]


def _short(name: str) -> str:
    return name if len(name) <= _WIDEST else f"{name[: _WIDEST - 1]}…"


def _safe(text: str) -> str:
    """A stranger's text in one line that no terminal takes for a command, nor turns round."""
    from autograder.course.syntax import printable

    return printable(text)
