"""A real JupyterLab on a folder, with settings of its own, and what a student does in it with a real browser."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, TimeoutError, sync_playwright

FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"),
    *("--disable-sync", "--no-first-run"),
]
PATIENCE_MS = 120_000
"""Until something counts as hung. No test measures time by it."""
_START_SECONDS = 120


@dataclass(frozen=True)
class Lab:
    """A running server."""

    address: str
    token: str
    config: Path

    def open(self, browser: Browser, notebook: str, *, theme: str = "light") -> Page:
        """The notebook in a fresh window, in JupyterLab's light or dark theme."""
        self._settings("apputils-extension/themes", {"theme": f"JupyterLab {theme.capitalize()}"})
        page = browser.new_page(viewport={"width": 1100, "height": 900}, color_scheme=theme)  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE_MS)
        # On a busy machine JupyterLab may ask which kernel to take: the one that it proposes.
        asked = page.locator(".jp-Dialog")
        page.add_locator_handler(asked, lambda: asked.locator(".jp-mod-accept").first.click())
        page.goto(f"{self.address}/doc/tree/{notebook}?token={self.token}&reset")
        page.wait_for_selector(".jp-Notebook .jp-CodeCell")
        # What is run before the kernel answers is not run at all.
        page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', state="attached")
        return page

    def _settings(self, name: str, values: dict[str, object]) -> None:
        path = self.config / "lab" / "user-settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values))


@contextlib.contextmanager
def jupyterlab(folder: Path, own: Path) -> Iterator[Lab]:
    """JupyterLab on `folder`; `own` is where it keeps what is its."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    places = {f"JUPYTER_{name}_DIR": str(own / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    environment = {**os.environ, **places, "IPYTHONDIR": str(own / "ipython"), "OMP_NUM_THREADS": "1"}
    lab = Lab(f"http://127.0.0.1:{port}", token, own / "config")
    lab._settings("notebook-extension/tracker", {"windowingMode": "none"})  # every cell is in the page
    lab._settings("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False})
    with (own / "log").open("wb") as log:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}"),
                *(f"--IdentityProvider.token={token}", "--ServerApp.port_retries=0"),
            ],
            cwd=folder,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(lab, process, own / "log")
            yield lab
        finally:
            process.terminate()
            process.wait(timeout=60)


def _wait(lab: Lab, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"{lab.address}/api?token={lab.token}", timeout=5).close()
            return
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start: {log.read_text()[-2000:]}")


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser."""
    path = shutil.which("chromium")
    assert path is not None, "these tests need a browser: `apt-get install chromium`, or run `make test`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def cell(page: Page, text: str) -> Locator:
    """The code cell that holds `text`. Cells far from what is seen may be made only when they come near it."""
    found = page.locator(".jp-CodeCell", has=page.locator(".cm-content", has_text=text)).first
    for _ in range(60):
        if found.count():
            break
        page.mouse.move(600, 500)
        page.mouse.wheel(0, 500)
        page.wait_for_timeout(200)
    return found


def run_cell(page: Page, text: str) -> Locator:
    """Run that cell and wait until it is done. Returns its outputs."""
    found = cell(page, text)
    number = found.locator(".jp-InputPrompt").first
    before = number.inner_text()
    seen = [number.element_handle(), before]
    for _ in range(20):  # keys are heard once JupyterLab has read its shortcuts, and runs once it has its kernel
        found.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        with contextlib.suppress(TimeoutError):
            page.wait_for_function("([e, before]) => e.innerText !== before", arg=seen, timeout=3_000)
            break
    page.wait_for_function("([e, before]) => e.innerText !== before && /\\d/.test(e.innerText)", arg=seen)
    return found.locator(".jp-OutputArea-output")


def answer(page: Page, text: str, source: str) -> None:
    """Write `source` into the cell that holds `text`, and run it."""
    found = cell(page, text)
    found.locator(".cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(source)
    run_cell(page, source.splitlines()[0])


def save(page: Page, path: Path, *, holding: str) -> Any:
    """Save the notebook, which is at `path`, and wait until what is written there holds `holding`. Returns it."""
    for _ in range(PATIENCE_MS // 500):
        page.keyboard.press("Control+S")
        page.wait_for_timeout(500)
        written = path.read_text(encoding="utf-8")
        if holding in written:
            return json.loads(written)
    raise AssertionError(f"JupyterLab did not save {holding!r} into {path.name}")
