"""Reading a case: any file of the shape; one line for a file that is none."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from setwise.project.demo.case import DEFAULT, CaseError, read, starts_at
from tests.project.demo.cases import LEAST, case_file

pytestmark = pytest.mark.pure


def test_the_case_that_comes_with_it_is_read_word_for_word() -> None:
    case = read(DEFAULT)
    assert case["people"][1]["name"] == "Tomasz Zieliński"
    assert {"rules", "bids", "rounds", "review", "check_out"} <= set(case)


def test_the_least_of_a_case_is_a_case(tmp_path: Path) -> None:
    case = read(case_file(tmp_path, LEAST))
    assert [each["key"] for each in case["people"]] == ["mina", "otto", "pia"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"[set\n", "is not a TOML file"),
        (b"a = 1\na = 2\n", "is not a TOML file"),
        ("[set]\nname = 'Łódź'\n".encode("utf-16"), "is not a TOML file"),
        (b"", "lacks [set]"),
        (b"[set]\nname = 'x'\n", "lacks [people]"),
        (b"[set]\nname = 'x'\n[[people]]\nkey = 'a'\n", "lacks [meeting]"),
    ],
)
def test_a_file_that_is_no_case_gets_one_line_with_its_name(
    tmp_path: Path, text: bytes, said: str
) -> None:
    path = tmp_path / "case.toml"
    path.write_bytes(text)
    with pytest.raises(CaseError) as raised:
        read(path)
    line = str(raised.value)
    assert line.startswith(f"{path} {said}")
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "why"), [("none.toml", "No such file or directory"), ("", "Is a directory")]
)
def test_a_file_that_cannot_be_read_gets_one_line(tmp_path: Path, name: str, why: str) -> None:
    with pytest.raises(CaseError) as raised:
        read(tmp_path / name)
    assert str(raised.value) == f"{tmp_path / name} cannot be read: {why}."


@pytest.mark.parametrize(
    ("zone", "now", "start"),
    [
        ("Europe/London", (13, 52), (14, 0)),
        ("Europe/London", (14, 0), (14, 15)),
        ("Asia/Kathmandu", (10, 7), (10, 15)),  # 15:52 there, so 16:00
        ("Asia/Kathmandu", (23, 59), (24, 0)),
        ("America/St_Johns", (2, 44), (2, 45)),  # 23:14 there the day before, so 23:15
    ],
)
def test_the_meeting_starts_at_the_next_full_quarter_where_it_is(
    zone: str, now: tuple[int, int], start: tuple[int, int]
) -> None:
    moment = datetime(2027, 2, 9, *now, 30, tzinfo=UTC)
    days, hour = divmod(start[0], 24)
    found = starts_at({"meeting": {"zone": zone}}, now=moment)
    assert found == datetime(2027, 2, 9 + days, hour, start[1], tzinfo=UTC)
    assert str(found.tzinfo) == zone
