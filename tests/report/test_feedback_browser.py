"""The pages in a real browser: what a student sees, and what the page does behind it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest
import sample_written
from playwright.sync_api import Browser, ConsoleMessage, Request, sync_playwright
from sample_class import ASSIGNMENT, FINDINGS, small_class, verdict
from sample_profiles import class_profiles

from autograder.course import Level
from autograder.gradebook import Answered, Profiled
from autograder.report import write_feedback
from autograder.report.answers_page import answers_page
from autograder.report.rendering import write_whole

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]
PROFILES = [Profiled(name, profile) for name, profile in class_profiles(60)]
ATTACK = (
    "<script>document.title='owned'</script><img src='http://127.0.0.1:9/x.png' onerror=\"document.title='owned'\">"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None, (
        "these tests need a browser: install it with `apt-get install chromium`, or run `make test`"
    )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def _note_request(seen: list[str], request: Request) -> None:
    seen.append(request.url)


def _note_complaint(seen: list[str], message: ConsoleMessage) -> None:
    seen.append(message.text)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_a_page_renders_shows_its_points_runs_no_script_and_asks_for_nothing(
    browser: Browser, tmp_path: Path, scheme: str, width: int
) -> None:
    finding = msgspec.structs.replace(FINDINGS[2], message=ATTACK, hint=ATTACK, detail=ATTACK + "x" * 5000)
    hostile = verdict(ATTACK, findings=(finding, *FINDINGS), notes=(ATTACK,))
    pages = write_feedback(ASSIGNMENT, [hostile, *small_class()], tmp_path, profiles=PROFILES)
    for path in (pages[0], pages[-1]):
        requests: list[str] = []
        complaints: list[str] = []
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})  # type: ignore[arg-type]
        page.on("request", partial(_note_request, requests))
        page.on("console", partial(_note_complaint, complaints))
        page.goto(path.as_uri())
        assert page.title() != "owned"
        assert [url for url in requests if not url.startswith("data:")] == [path.as_uri()]
        assert complaints == []
        assert page.locator("svg.plot").first.bounding_box() is not None
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out sideways"
        page.close()


def test_the_score_and_the_students_own_line_can_be_read(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.goto(write_feedback(ASSIGNMENT, [verdict()], tmp_path)[0].as_uri())
    assert page.locator("h1").inner_text() == "A softmax classifier"
    assert page.locator(".score .big").inner_text() == "12.5 of 20 points"
    assert "z.exp().sum(dim=-1)" in page.locator("pre").first.inner_text()
    bar, filled = (page.locator(f".score > .bar{part}").first.bounding_box() for part in ("", " span"))
    assert bar is not None
    assert filled is not None
    assert filled["width"] / bar["width"] == pytest.approx(0.625, abs=0.01)
    page.close()


CONTRAST = """() => {
  const channel = v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(channel);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!colour.startsWith('rgba(0, 0, 0, 0')) return colour;
    }
  };
  const poor = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || e.closest('svg')) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(`${e.tagName}.${e.className}: ${e.textContent.trim().slice(0, 30)}`);
  }
  return poor;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_enough_contrast(browser: Browser, tmp_path: Path, scheme: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1."""
    # The page runs no scripts, so the measuring one is let in past its policy.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)  # type: ignore[arg-type]
    pages = write_feedback(ASSIGNMENT, small_class(), tmp_path, profiles=PROFILES)[:: len(small_class())]
    words = [sample_written.graded(sample_written.verdict(), level) for level in Level]
    pages += write_feedback(sample_written.ASSIGNMENT, words, tmp_path / "words")
    answers = [Answered("ada", "datasheet", sample_written.ANSWER, 3.0), Answered("bob", "datasheet", "", 3.0)]
    to_read = answers_page(sample_written.ASSIGNMENT, answers, {"datasheet": "The author's."})
    pages.append(write_whole(tmp_path / "answers.html", to_read))
    for path in pages:
        page = context.new_page()
        page.goto(path.as_uri())
        assert page.evaluate(CONTRAST) == []
    context.close()
