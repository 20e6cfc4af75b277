"""`autograder submit`: looks at the work once more, hands it in, and keeps the receipt. Linux, macOS and Windows."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.shared import errors_shown, json_option

if TYPE_CHECKING:
    from autograder.course.released import Released
    from autograder.exchange import Package, Receipt
    from autograder.exchange.preparing import Prepared

STUDENT = "AUTOGRADER_STUDENT"
"""The environment variable that says who hands in."""
_SHARED_ACCOUNTS = frozenset(("root", "jovyan", "user", "vscode", "codespace", "student", "admin", "administrator"))
_FILE = click.Path(dir_okay=False, path_type=Path)


@dataclass(frozen=True)
class _Asked:
    notebook: Path | None
    files: tuple[Path, ...]
    student: str | None
    exchange: str | None
    save: Path | None
    skip_run: bool
    yes: bool
    as_json: bool

    @property
    def may_ask(self) -> bool:
        """Whether somebody sits there who can answer."""
        return not self.as_json and sys.stdin.isatty()


@click.command()
@click.argument("notebook", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--file", "files", multiple=True, metavar="FILE", type=_FILE, help="Hand this file in, too. Repeatable.")
@click.option("--student", metavar="NAME", help=f"Who you are. Default: {STUDENT}, your last receipt, your account.")
@click.option("--exchange", metavar="DIR", help="Where to hand in. Default: AUTOGRADER_EXCHANGE, else the release's.")
@click.option("--save", metavar="ZIP", type=_FILE, help="Write the submission to this file instead, to be uploaded.")
@click.option("--skip-run", is_flag=True, help="Do not run the notebook first.")
@click.option("--yes", is_flag=True, help="Hand in whatever was found, without asking.")
@click.option(
    "--verify-receipt", "receipt", metavar="FILE", type=_FILE, help="Only: does what it names still lie there?"
)
@json_option
def submit(receipt: Path | None, **options: object) -> None:
    """Hand in NOTEBOOK (without it, the only notebook of this folder), with every *.safetensors beside it.

    It is read, run from top to bottom within the assignment's limits and checked with the public checks first. What is
    found is told, and you may hand in all the same.

    Exit codes: 0 handed in (or the receipt holds); 1 not.
    """
    asked = _Asked(**options)  # type: ignore[arg-type]
    with errors_shown(asked.as_json):
        done = _verify(receipt, asked) if receipt is not None else _submit(asked)
    if not done:
        raise click.exceptions.Exit(1)


def _submit(asked: _Asked) -> bool:
    from datetime import UTC, datetime

    from autograder.cli import submit_words as words
    from autograder.course.released import read_released
    from autograder.exchange import pack, transport_at
    from autograder.exchange.preparing import prepare
    from autograder.grading.own_notebook import only_notebook

    notebook = asked.notebook or only_notebook(Path.cwd(), verb="submit")
    about = read_released(notebook.resolve().parent)
    slug = about.slug if about is not None else notebook.stem
    student = _student(asked, notebook.resolve().parent, slug)
    address = None if asked.save else _address(asked, about)
    transport = None if address is None else transport_at(address)
    if transport is not None:
        transport.ready(slug)  # told before minutes are spent on running it
    if asked.save is not None:
        _check_name(asked.save)
    steps = None if asked.as_json else words.say
    prepared = prepare(notebook, about, asked.files, run=not asked.skip_run, now=datetime.now(UTC), say=steps)
    if not asked.as_json:
        words.say_warnings(prepared)
    if prepared.warnings and not asked.yes and not (asked.may_ask and click.confirm("\nHand in all the same?")):
        return _not_handed_in(asked, prepared)
    version = about.version if about is not None else ""
    package = pack(slug, version, student, prepared.files, datetime.now(UTC))
    if asked.save is not None:
        return _saved(asked, prepared, package, asked.save)
    assert transport is not None
    receipt, path = _kept(transport.submit(package), notebook.resolve().parent)
    if asked.as_json:
        told = {"handed_in": True, "receipt": words.receipt_dict(receipt), "receipt_file": path and str(path)}
        _print(prepared, told)
    else:
        words.say_receipt(receipt, path)
    return True


def _kept(receipt: Receipt, folder: Path) -> tuple[Receipt, Path | None]:
    """The receipt beside the notebook, its attempt counted from those there where the exchange would not say."""
    import msgspec

    from autograder.exchange import own_receipts, save_receipt

    if receipt.attempt is None:
        before = own_receipts(folder, receipt.slug, receipt.student)
        receipt = msgspec.structs.replace(receipt, attempt=len(before) + 1, counted="receipts")
    try:
        return receipt, save_receipt(receipt, folder)
    except OSError as error:
        click.echo(f"note: the receipt could not be kept ({error.strerror}). Copy what is shown.", err=True)
        return receipt, None


def _not_handed_in(asked: _Asked, prepared: Prepared) -> bool:
    if asked.as_json:
        _print(prepared, {"handed_in": False})
    else:
        click.echo("\nNothing was handed in. To hand in all the same: autograder submit --yes")
    return False


def _check_name(path: Path) -> None:
    """A name that ends otherwise may be a notebook's own, which would be gone."""
    from autograder.errors import AutograderError, Place

    if path.suffix.lower() != ".zip":
        raise AutograderError(
            "not-saved",
            "what is saved is a zip, and its name has to say so",
            where=Place(str(path)),
            fix=f"--save {path.stem or 'submission'}.zip",
        )


def _saved(asked: _Asked, prepared: Prepared, package: Package, path: Path) -> bool:
    from autograder.cli import submit_words as words
    from autograder.errors import AutograderError, Place
    from autograder.exchange.landing import PRIVATE, write_over

    try:
        write_over(path.absolute(), package.content, PRIVATE)
    except OSError as error:
        raise AutograderError(
            "not-saved", f"the file cannot be written: {error.strerror}", where=Place(str(path)), fix="name another"
        ) from error
    if asked.as_json:
        _print(prepared, {"handed_in": False, "saved": str(path), "sha256": package.sha256})
    else:
        words.say_saved(package, path)
    return True


def _verify(path: Path, asked: _Asked) -> bool:
    from autograder.cli import submit_words as words
    from autograder.exchange import Standing, load_receipt, transport_at
    from autograder.exchange.addresses import VARIABLE

    receipt = load_receipt(path)
    found = transport_at(asked.exchange or os.environ.get(VARIABLE) or receipt.exchange).standing(receipt)
    if asked.as_json:
        click.echo(json.dumps({"schema": 1, "standing": found.value, "receipt": words.receipt_dict(receipt)}))
    else:
        words.say_standing(receipt, found)
    return found is Standing.SAME


def _address(asked: _Asked, about: Released | None) -> str:
    from autograder.errors import AutograderError
    from autograder.exchange.addresses import VARIABLE

    found = asked.exchange or os.environ.get(VARIABLE) or (about.exchange if about is not None else "")
    if found:
        return found
    raise AutograderError(
        "no-exchange",
        "nothing says where to hand in",
        why="This release names no exchange.",
        fix="--exchange DIR, or --save FILE.zip and upload that file where your course collects",
    )


def _student(asked: _Asked, folder: Path, slug: str) -> str:
    """Who hands in. An account that many share says nothing."""
    import getpass

    from autograder.errors import AutograderError
    from autograder.exchange import own_receipts
    from autograder.exchange.manifest import checked_student

    named = asked.student if asked.student is not None else os.environ.get(STUDENT) or None
    if named is not None:
        return checked_student(named)
    before = own_receipts(folder, slug)
    if before:
        return before[-1].student
    try:
        account = getpass.getuser()
    except (OSError, KeyError, ImportError):
        account = ""  # no account has this process's number, as in some containers
    if account and account.lower() not in _SHARED_ACCOUNTS:
        return checked_student(account)
    if asked.may_ask:
        return checked_student(click.prompt("Who hands in? Your name as your course knows it"))
    raise AutograderError(
        "who-are-you",
        "nothing says whose work this is",
        why=f"This account, {account or 'without a name'}, may be anybody's.",
        fix="--student NAME, as your course knows you",
    )


def _print(prepared: Prepared, told: dict[str, object]) -> None:
    document = {"schema": 1, **prepared.as_dict(), **told}
    click.echo(json.dumps(document, allow_nan=False))
