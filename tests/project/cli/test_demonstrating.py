"""The demo's links: one a person, at a host of their own; and what a data folder is not taken for."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from setwise.outbox import demo
from setwise.outbox.reading import FolderLetter
from setwise.people.models import Person
from setwise.project.cli.demonstrating import demonstrate
from tests.project.demo.cases import LEAST, case_file

pytestmark = pytest.mark.django_db
CASES = Path(__file__).parents[1] / "cases"
TWO_SCRIPTS = CASES / "five-in-two-scripts.toml"


def hosts(capsys: pytest.CaptureFixture[str], case: Path | None = None) -> list[str]:
    demonstrate(case, played=False, port=8000)
    return re.findall(r"http://([a-z0-9-]+)\.localhost:8000/enter/\S+", capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], case: Path | None, *, played: bool = False) -> str:
    with pytest.raises(SystemExit) as end:
        demonstrate(case, played=played, port=8000)
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (1, "")
    (line,) = said.err.splitlines()
    return line


def test_hosts_are_the_keys_of_the_case_and_stay(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    expected = ["person", "ucja-w", "person-2", "jan-kowalski-2", "jan-kowalski"]
    assert hosts(capsys, TWO_SCRIPTS) == expected
    known = json.loads((data / "demo").read_text())
    people = {str(person.id): person.name for person in Person.objects.all()}
    assert [people[one] for one in known["people"].values()] == [
        *("ليلى بنت أحمد", "Łucja Wójcik-Żeleńska", "يوسف", "Jan Kowalski", "Jan Kowalski młodszy")
    ]
    assert hosts(capsys) == hosts(capsys, TWO_SCRIPTS) == expected  # started again


def test_a_letters_links_lead_to_the_host_that_was_printed(
    capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.SETWISE_ORIGIN = "http://localhost:8000"
    printed = hosts(capsys, TWO_SCRIPTS)
    letters = [
        FolderLetter(person.email, "About", timezone.now(), "http://localhost:8000/sets/1/")
        for person in Person.objects.order_by("joined_at")
    ]
    assert [demo.at_its_readers(letter).text for letter in letters] == [
        f"http://{label}.localhost:8000/sets/1/" for label in printed
    ]


def test_a_demo_of_an_earlier_kind_still_has_its_links(
    capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    hosts(capsys, TWO_SCRIPTS)
    (data / "demo").write_text("")
    assert hosts(capsys) == ["layla", "lucja", "yusuf", "jan", "jan-2"]


def test_another_case_is_not_passed_over(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    hosts(capsys, TWO_SCRIPTS)
    line = "This data folder holds another demo: give this one a folder of its own with --data."
    assert refused(capsys, CASES / "one-issue.toml") == line
    assert refused(capsys, None, played=True) == line


def test_a_case_that_is_none_leaves_nothing(
    capsys: pytest.CaptureFixture[str], data: Path, tmp_path: Path
) -> None:
    path = case_file(tmp_path, LEAST.replace("otto@", ""))
    assert refused(capsys, path).startswith(f"{path}, [[people]] 2: email is ")
    assert not Person.objects.exists()
    assert not (data / "demo").exists()


def test_real_people_are_given_no_links(capsys: pytest.CaptureFixture[str], data: Path) -> None:
    Person.objects.create_user("ada@ward.example", "Ada")
    assert refused(capsys, None).startswith("This data folder holds real people")
