from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from setwise.vault import serverkey
from tests import environment

pytest_plugins = ["tests.browser"]
LONGEST = ("test_story.py", "test_live_pages.py", "test_storm.py")
# how long an example takes says how busy the machine is
settings.register_profile("setwise", deadline=None)
settings.load_profile("setwise")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest, so that two processes end at about the same time."""
    items.sort(key=lambda item: item.path.name not in LONGEST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted, in whichever process: of a test that passes nothing else shows."""
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            terminalreporter.write_line(f"{name}: {value}")


@pytest.fixture(scope="session", autouse=True)
def server_key() -> None:
    """The run's own key file, beside no database it could be lost with."""
    (environment.folder / "setwise.key").write_text(serverkey.make().line() + "\n")


@pytest.fixture
def data_folder() -> Iterator[Path]:
    """A folder for a server of a test's own."""
    folder = Path(tempfile.mkdtemp(prefix="setwise-data-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
