"""A student's first exercise in a real JupyterLab, in a real browser: wrong, the panel says so, right, it says so."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from laboratory import PATIENCE_MS, Lab, answer, cell, chromium, jupyterlab, run_cell, save
from playwright.sync_api import Browser, Locator

ROOT = Path(__file__).resolve().parents[2]
NAME = "01-tensors.ipynb"
STUB = "# Exercise dot_ops"
WRONG = "# Exercise dot_ops, mine\ndef dot_ops(w, x):\n    return (w * x).sum() + 1\n"
RIGHT = "# Exercise dot_ops, mine\ndef dot_ops(w, x):\n    return (w * x).sum()\n"
RED, GREEN, GREY = "rgb(179, 38, 30)", "rgb(26, 127, 55)", "rgb(87, 96, 106)"
PANEL = '[style*="border-left"]'

POOR_CONTRAST = """panel => {
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
    return 'rgb(255, 255, 255)';
  };
  const poor = [];
  for (const e of panel.querySelectorAll('*')) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(`${e.tagName}: ${e.textContent.trim().slice(0, 40)}`);
  }
  return poor;
}"""
"""WCAG 2.2, 1.4.3: the elements whose words have less than 4.5 to 1."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A student's copy of the release."""
    return Path(shutil.copytree(ROOT / "release" / "01-tensors", tmp_path_factory.mktemp("student") / "01-tensors"))


@pytest.fixture(scope="module")
def lab(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with jupyterlab(folder, tmp_path_factory.mktemp("jupyter")) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


def picture(panel: Locator, name: str) -> None:
    """Kept where AUTOGRADER_PICTURES names a folder, for a person to look at."""
    kept = os.environ.get("AUTOGRADER_PICTURES")
    if kept:
        panel.page.screenshot(path=Path(kept) / f"{name}.png")


def badge(panel: Locator, words: str) -> str:
    """The colour behind these words."""
    found = panel.get_by_text(words, exact=True).first.evaluate("e => getComputedStyle(e).backgroundColor")
    assert isinstance(found, str)
    return found


def test_a_wrong_answer_turns_red_the_right_one_green_and_what_is_reopened_elsewhere_still_reads(
    lab: Lab, browser: Browser, folder: Path
) -> None:
    page = lab.open(browser, NAME)
    run_cell(page, "from autograder import check")
    run_cell(page, "import torch.nn.functional as F")
    answer(page, STUB, WRONG)
    panel = run_cell(page, 'check("dot_ops")').locator(PANEL).first
    assert badge(panel, "not yet") == RED
    told = panel.inner_text()
    assert "Whole arrays at once: the dot product" in told
    assert re.search(r"expected:\s+32\s+got:\s+33", told), told
    assert "a tensor of shape () is left" not in told, "the hint is folded"
    panel.get_by_text("Hint", exact=True).click()
    assert "a tensor of shape () is left" in panel.inner_text()
    assert panel.get_attribute("role") == "group"
    assert "0 of 1 public checks passed" in str(panel.get_attribute("aria-label"))
    assert panel.evaluate(POOR_CONTRAST) == []
    picture(panel, "light-red")

    answer(page, "# Exercise dot_ops, mine", RIGHT)
    panel = run_cell(page, 'check("dot_ops")').locator(PANEL).first
    assert badge(panel, "passed") == GREEN
    assert "1 of 1 public checks passed. The hidden checks try more." in panel.inner_text()
    assert panel.evaluate(POOR_CONTRAST) == []
    picture(panel, "light-green")

    cell(page, 'check("dot_ops")').locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("check()")
    panel = run_cell(page, "check()").locator(PANEL).first
    assert "1 of 13 public checks passed." in panel.inner_text()
    folded = panel.locator("details")
    assert folded.count() >= 12
    folded.first.locator("summary").first.click()
    picture(panel, "light-all")
    saved = save(page, folder / NAME, holding="1 of 13 public checks")
    page.close()

    # Changed by another hand, the notebook is not trusted: JupyterLab cleans what it shows.
    saved["cells"] = [one for one in saved["cells"] if one["cell_type"] == "code"][2:]
    (folder / "another.ipynb").write_text(json.dumps(saved), encoding="utf-8")
    page = lab.open(browser, "another.ipynb", theme="dark")
    panel = cell(page, "check()").locator(".jp-OutputArea-output").locator(PANEL).first
    cell(page, "check()").scroll_into_view_if_needed()
    panel.wait_for(timeout=PATIENCE_MS)
    assert badge(panel, "passed") == GREEN
    assert badge(panel, "open") == GREY
    assert page.evaluate("document.body.dataset.jpThemeLight") == "false"
    panel.locator("details").first.locator("summary").first.click()
    assert "linear is not defined yet: run the cell that defines it" in panel.inner_text()
    assert panel.evaluate(POOR_CONTRAST) == []
    panel.scroll_into_view_if_needed()
    picture(panel, "dark-reopened")
    page.close()
