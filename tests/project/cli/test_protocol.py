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


def test_what_cannot_work_is_a_line_for_each_reason_with_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.toml"
    text = (DATA / "half-hour.toml").read_text("utf-8")
    decides = "Step 3, stages: A round needs a stage in which the presenter decides."
    sums = (
        "Minutes: The steps take 28 minutes and 2 are kept in hand. "
        "That makes 30, not 31: 1 too few."
    )
    for content, said in (
        (text.replace('"action", ', ""), [decides]),
        (text.replace("minutes = 30", "minutes = 31"), [sums]),
        (
            text.replace('speaks = "questioners"', 'speaks = "cats"').replace("= 17", '= "17"'),
            [
                "Step 3, stage 2, speaks: Use one of: controls, each, everyone, nobody, others, "
                "presenter, questioners.",
                "Step 3, minutes: Minutes are whole numbers from 1 to 480.",
            ],
        ),
        ("minutes = ", ["This is not a TOML file: Invalid value (at end of document)."]),
    ):
        file.write_text(content)
        assert main(["protocol", "check", str(file)]) == 1
        shown = capsys.readouterr()
        assert (shown.out, shown.err.splitlines()) == ("", said)


def test_what_cannot_be_read_ends_with_another_status(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ours.toml"
    file.write_bytes(b"\xff\xfe")
    for path, said in (
        (file, "UTF-8"),
        (tmp_path / "none.toml", "cannot be read"),
        (tmp_path, "cannot be read"),
    ):
        assert main(["protocol", "check", str(path)]) == 2
        error = capsys.readouterr().err
        assert said in error and error.count("\n") == 1
