"""The panel in the colours of programs that cannot be started here: VS Code and Colab, light and dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from laboratory import chromium
from playwright.sync_api import Browser
from test_jupyterlab_panel import POOR_CONTRAST

from autograder.course import Finding, Outcome
from autograder.examiner.notebook import CheckReport

FINDINGS = tuple(
    Finding(
        check=f"test_case_{outcome.value}",
        exercise=outcome.value,
        outcome=outcome,
        message="Expected 32, got `x`; did <b>that</b> go wrong?" if outcome is not Outcome.PASSED else "",
        detail="line 3, in f\n    return x\n" + "y" * 400,
        hint="Look at `x`.",
    )
    for outcome in Outcome
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.mark.parametrize(
    ("program", "ground", "ink"),
    [
        ("VS Code light", "#ffffff", "#3b3b3b"),
        ("VS Code dark", "#1f1f1f", "#cccccc"),
        ("Colab light", "#ffffff", "#1f1f1f"),
        ("Colab dark", "#383838", "#d5d5d5"),
        ("high contrast", "#000000", "#ffffff"),
    ],
)
def test_every_word_can_be_read_and_nothing_is_asked_for_or_run(
    browser: Browser, program: str, ground: str, ink: str
) -> None:
    reports = (CheckReport(FINDINGS), CheckReport(FINDINGS[1:2]), CheckReport((), "Nothing `here`.", ("do `that`",)))
    page = browser.new_page(viewport={"width": 480, "height": 800})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    body = "".join(report._repr_html_() for report in reports).replace("<details", "<details open")
    page.set_content(f'<body style="background:{ground};color:{ink};font-family:sans-serif">{body}</body>')
    assert page.locator("body").evaluate(POOR_CONTRAST) == [], program
    assert page.evaluate("document.documentElement.scrollWidth") <= 480, "nothing sticks out sideways"
    assert page.locator("script, style, link, img, iframe, [onclick]").count() == 0
    assert asked == []
    roles = page.locator("body").aria_snapshot()
    assert 'group "Checks: 1 of 5 public checks passed.' in roles
    assert "term" in roles
    assert "definition" in roles
    page.close()
