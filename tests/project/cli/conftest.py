from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from setwise.project.cli.__main__ import main


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and its exit status."""

    status: int
    out: list[str]
    error: list[str]


Setwise = Callable[..., Answer]


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:
    """The data folder: its mail and its key are this test's own."""
    key = Path(settings.SETWISE_KEY_FILE).read_text()
    settings.SETWISE_DATA = tmp_path
    settings.SETWISE_KEY_FILE = tmp_path / "setwise.key"
    settings.SETWISE_KEY_FILE.write_text(key)
    settings.SETWISE_KEY_FILE.chmod(0o600)
    return tmp_path


@pytest.fixture
def setwise(capsys: pytest.CaptureFixture[str]) -> Setwise:
    """`bin/setwise` with these arguments, in this process and on the test's database."""

    def run(*arguments: str) -> Answer:
        capsys.readouterr()
        try:
            status = main(list(arguments))
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        said = capsys.readouterr()
        return Answer(status, said.out.splitlines(), said.err.splitlines())

    return run
