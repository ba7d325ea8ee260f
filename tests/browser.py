"""Real people in a real browser: a Chromium that is here, or is fetched; none fails the test."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from tests.serving import Server

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
REMEDY = (
    "No Chromium is here and none could be fetched. Install one (on Debian: apt-get install "
    "chromium) or run: .venv/bin/playwright install chromium"
)
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def on_path() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def succeeds(*command: str) -> bool:
    try:
        return subprocess.run(command, check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


def from_debian() -> str | None:
    """Debian's Chromium, where this is Debian and we may install."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    succeeds("apt-get", "update")
    succeeds("apt-get", "install", "-y", "--no-install-recommends", "chromium")
    return on_path()


def launch(chromium: object) -> Browser:
    """A Chromium by whichever way works first; fails the test with the remedy if none does."""
    from playwright.sync_api import BrowserType

    assert isinstance(chromium, BrowserType)
    if path := on_path() or from_debian():
        return chromium.launch(executable_path=path, args=list(QUIET))
    if not Path(chromium.executable_path).exists():
        succeeds(sys.executable, "-m", "playwright", "install", "chromium")
    try:
        return chromium.launch(args=list(QUIET))
    except Error:
        pytest.fail(REMEDY)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the run; give each person a context of their own: `browser.new_context()`."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data folder, filled once a run: each server has a copy."""
    server = Server(tmp_path_factory.mktemp("loaded")).start()
    server.stop()
    return server.data


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, loaded: Path) -> Iterator[Server]:
    """The demo, standing just before its meeting; `served.links[KEY]` signs a person in."""
    yield from serving(loaded, tmp_path_factory.mktemp("demo"))


@pytest.fixture
def served_alone(tmp_path: Path, loaded: Path) -> Iterator[Server]:
    """The same for one test, which may do with it what it likes."""
    yield from serving(loaded, tmp_path)


def serving(loaded: Path, folder: Path) -> Iterator[Server]:
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    server = Server(folder).start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def served_played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The demo after its meeting was held."""
    server = Server(tmp_path_factory.mktemp("played"), options=("--demo", "--played")).start()
    yield server
    server.stop()
