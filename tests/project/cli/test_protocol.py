"""`bin/setwise protocol check FILE`: whether a meeting could follow it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from setwise.project.cli.__main__ import main
from setwise.protocols import shipped

pytestmark = pytest.mark.pure
DATA = files("setwise.protocols") / "data"


@pytest.mark.parametrize("key", shipped.KEYS)
def test_every_shipped_file_passes_and_its_agenda_is_shown(
    key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["protocol", "check", str(DATA / f"{key}.toml")]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith(shipped.load(key).title)
    assert "Check-out" in shown


def test_what_cannot_work_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ours.toml"
    text = (DATA / "half-hour.toml").read_text("utf-8")
    for content, said in (
        (text.replace('"action", ', "").encode(), "decides"),
        (text.replace("minutes = 30", "minutes = 31").encode(), "does not make 31"),
        (b"\xff\xfe", "UTF-8"),
        (b"minutes = ", "not a TOML file"),
    ):
        file.write_bytes(content)
        assert main(["protocol", "check", str(file)]) == 1
        error = capsys.readouterr().err
        assert said in error
        assert error.count("\n") == 1
    assert main(["protocol", "check", str(tmp_path / "none.toml")]) == 1
    assert "cannot be read" in capsys.readouterr().err
