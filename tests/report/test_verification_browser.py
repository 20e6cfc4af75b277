"""The page about a verification in a real browser: readable at every width, quiet, and without a script."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright
from sample_verification import green, large, troubled
from test_feedback_browser import CONTRAST, FLAGS

from autograder.errors import AutograderError
from autograder.report import write_verification


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, "these tests need a browser: install it with `apt-get install chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def _note_request(seen: list[str], request: Request) -> None:
    seen.append(request.url)


def _note_complaint(seen: list[str], message: ConsoleMessage) -> None:
    seen.append(message.text)


def opened(browser: Browser, path: Path, width: int = 1200, scheme: str = "light") -> Page:
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_runs_no_script_asks_for_nothing_and_never_sticks_out_sideways(
    browser: Browser, tmp_path: Path, scheme: str, width: int
) -> None:
    path = write_verification([troubled(), green(), large()], tmp_path / "report.html")
    requests: list[str] = []
    complaints: list[str] = []
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
    page.on("request", partial(_note_request, requests))
    page.on("console", partial(_note_complaint, complaints))
    page.goto(path.as_uri())
    assert page.title() == "04-softmax-classifier, 04-softmax-classifier, 99-large – verified"
    assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_the_matrix_of_an_exercise_shows_what_each_check_caught(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, write_verification([troubled()], tmp_path / "report.html"))
    block = page.locator("#a1-e1")
    assert block.locator("h2").inner_text() == "softmax 4 of 7 wrong answers caught"
    assert block.locator("thead .kind").all_inner_texts() == ["4 specimens", "3 mutants"]
    assert block.locator("tbody tr").nth(1).locator("td").all_inner_texts()[1] == "●\ncaught"
    assert block.locator("tbody td.caught").first.get_attribute("title") == "softmax_no_maximum: caught"
    assert block.locator("th.survives").count() == 3
    page.close()


def test_the_heads_of_a_matrix_stay_in_sight_while_it_is_scrolled(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, write_verification([large(2, 60, 250)], tmp_path / "report.html"), width=700)
    box = page.locator(".matrix").first
    page.evaluate("document.querySelector('.matrix').scrollTo(900, 300)")
    frame = box.bounding_box()
    corner = box.locator("thead tr").nth(1).locator("th").first.bounding_box()
    row = box.locator("tbody tr").nth(12).locator("th").bounding_box()
    assert frame is not None
    assert corner is not None
    assert row is not None
    assert abs(corner["x"] - frame["x"]) < 3
    assert corner["y"] >= frame["y"]
    assert abs(row["x"] - frame["x"]) < 3
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_of_it_has_enough_contrast(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(write_verification([troubled(), green()], tmp_path / "report.html").as_uri())
    assert page.evaluate(CONTRAST) == []
    context.close()


def test_a_page_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(AutograderError) as raised:
        write_verification([green()], tmp_path / "no" / "such" / "folder.html")
    assert raised.value.code == "report-not-writable"


def test_the_same_verification_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_verification([troubled()], tmp_path / name).read_bytes() for name in ("a", "b"))
    assert one == two
