"""`autograder feedback`: what came back on what was handed in from this folder. Linux, macOS and Windows."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.shared import errors_shown, json_option

if TYPE_CHECKING:
    from autograder.exchange import Receipt, Returned


@click.command()
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="[FOLDER]"
)
@click.option("--exchange", metavar="DIR", help="Where it was handed in. Default: where the receipt says.")
@click.option("--open", "opened", is_flag=True, help="Open the newest page in the browser.")
@json_option
def feedback(folder: Path | None, exchange: str | None, opened: bool, as_json: bool) -> None:
    """Show the feedback on what was handed in from FOLDER (this one), and keep its pages in feedback/.

    It is found by the receipts in receipts/.

    Exit codes: 0 there is some; 1 none yet, or something has to be mended.
    """
    with errors_shown(as_json):
        home = (folder or Path.cwd()).resolve()
        receipts, found = _look(home, exchange)
        pages = [(back, _kept(back, home)) for back in found]
        if as_json:
            _print(receipts, pages)
        else:
            _say(receipts, pages)
        if opened and pages:
            click.launch(pages[-1][1].as_uri())
    if not pages:
        raise click.exceptions.Exit(1)


def _look(home: Path, exchange: str | None) -> tuple[tuple[Receipt, ...], list[Returned]]:
    """The receipts of this folder, and what came back on them, oldest first."""
    from autograder.errors import AutograderError, Place
    from autograder.exchange import all_receipts, transport_at
    from autograder.exchange.addresses import VARIABLE

    receipts = all_receipts(home)
    if not receipts:
        raise AutograderError(
            "no-receipts",
            "nothing was handed in from this folder",
            where=Place(str(home / "receipts")),
            fix="go to the folder of the notebook; hand in with `autograder submit`",
        )
    found: list[Returned] = []
    for receipt in receipts:
        address = exchange or os.environ.get(VARIABLE) or receipt.exchange
        found += transport_at(address).feedback(receipt.slug, [receipt])
    return receipts, found


def _kept(back: Returned, home: Path) -> Path:
    """The page, saved beside the notebook. A newer one on the same package takes its place."""
    from autograder.errors import AutograderError, Place
    from autograder.exchange.landing import PRIVATE, write_over

    assert back.receipt is not None
    path = home / "feedback" / Path(back.receipt.name).with_suffix(".html").name
    try:
        path.parent.mkdir(exist_ok=True)
        write_over(path, back.page, PRIVATE)
    except OSError as error:
        raise AutograderError(
            "feedback-not-writable", f"the page cannot be kept here: {error.strerror}", where=Place(str(path))
        ) from error
    return path


def _say(receipts: tuple[Receipt, ...], pages: list[tuple[Returned, Path]]) -> None:
    from autograder.cli.submit_words import near, spaced
    from autograder.exchange.summary import summary_from, summary_lines

    for back, path in pages:
        assert back.receipt is not None
        click.echo(f"{back.receipt.slug}, attempt {back.receipt.attempt}, handed in {spaced(back.receipt.local)}")
        summary = summary_from(back.summary)
        for line in summary_lines(summary) if summary is not None else ["(the page has it)"]:
            click.echo(f"  {line}")
        click.echo(f"  page: {near(path)}\n")
    done = {back.receipt for back, _ in pages}
    waiting = [r for r in receipts if r not in done]
    for receipt in waiting[-3:]:
        click.echo(f"{receipt.slug}, attempt {receipt.attempt}, handed in {spaced(receipt.local)}: nothing yet")


def _print(receipts: tuple[Receipt, ...], pages: list[tuple[Returned, Path]]) -> None:
    import msgspec

    from autograder.exchange.summary import summary_from

    told: list[dict[str, Any]] = []
    for back, path in pages:
        assert back.receipt is not None
        summary = summary_from(back.summary)
        told.append(
            {
                "slug": back.receipt.slug,
                "attempt": back.receipt.attempt,
                "sha256": back.receipt.sha256,
                "returned": back.at,
                "page": str(path),
                "summary": msgspec.to_builtins(summary) if summary is not None else None,
            }
        )
    click.echo(json.dumps({"schema": 1, "handed_in": len(receipts), "feedback": told}, allow_nan=False))
