"""What `autograder submit` says on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from autograder.exchange import HandedIn, Package, Receipt, Standing
    from autograder.exchange.preparing import Prepared

_MOST_WARNINGS = 20


def say(step: str, words: str) -> None:
    """One step, as it is done."""
    from autograder.course.text import one_line

    click.echo(f"  {step:<11} {one_line(words, limit=200)}")


def say_warnings(prepared: Prepared) -> None:
    """What was found, most important first as it was found; nothing where there is nothing."""
    from autograder.course.text import one_line

    if not prepared.warnings:
        return
    click.echo("\nBefore you hand in:")
    for one in prepared.warnings[:_MOST_WARNINGS]:
        click.echo(f"  - {one_line(one.words, limit=300)}")
    if len(prepared.warnings) > _MOST_WARNINGS:
        click.echo(f"  - and {len(prepared.warnings) - _MOST_WARNINGS} more")


def say_receipt(receipt: Receipt, path: Path | None) -> None:
    """The receipt, calmly."""
    counted = " by the receipts kept here" if receipt.counted == "receipts" else ""
    click.echo(f"\nHanded in. This is attempt {receipt.attempt}{counted}.")
    click.echo(f"  time        {spaced(receipt.local)}  ({spaced(receipt.received)})")
    click.echo(f"  student     {receipt.student}")
    click.echo(f"  files       {_names(receipt.files)}")
    click.echo(f"  SHA-256     {receipt.sha256}")
    if path is not None:
        click.echo(f"  receipt     {near(path)}")
        click.echo(
            "\nKeep the receipt: it proves what arrived and when, and finds your feedback (autograder feedback)."
        )


def _names(files: tuple[HandedIn, ...]) -> str:
    from autograder.course.text import one_line

    return ", ".join(one_line(one.name) for one in files)


def say_saved(package: Package, path: Path) -> None:
    """Where the submission lies that is still to be uploaded."""
    click.echo(f"\nWritten, and not handed in yet: upload {path} where your course collects.")
    click.echo(f"  files       {_names(package.manifest.files)}")
    click.echo(f"  SHA-256     {package.sha256}")


def say_standing(receipt: Receipt, found: Standing) -> None:
    """Whether a receipt holds."""
    from autograder.exchange import Standing

    told = {
        Standing.SAME: "The receipt holds: what it names lies in the exchange, byte for byte.",
        Standing.CHANGED: "What lies in the exchange under this name is not what was handed in.",
        Standing.GONE: "What was handed in no longer lies there. It may have been collected: ask, and show this.",
        Standing.UNSEEN: "What was handed in may not be read from this machine or account.",
    }[found]
    click.echo(told)
    click.echo(f"  assignment  {receipt.slug}, attempt {receipt.attempt}")
    click.echo(f"  student     {receipt.student}")
    click.echo(f"  time        {spaced(receipt.local)}  ({spaced(receipt.received)})")
    click.echo(f"  SHA-256     {receipt.sha256}")


def receipt_dict(receipt: Receipt) -> Any:
    """The receipt as plain values."""
    import msgspec

    return msgspec.to_builtins(receipt)


def spaced(moment: str) -> str:
    """`2026-11-21T21:14:05+01:00` as people read it."""
    return moment.replace("T", " ", 1).replace("+00:00", " UTC") if moment.endswith("+00:00") else _with_zone(moment)


def _with_zone(moment: str) -> str:
    return f"{moment[:10]} {moment[11:19]} {moment[19:]}".rstrip()


def near(path: Path) -> str:
    """The path as it is called from here, where it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
