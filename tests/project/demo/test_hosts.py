"""A window for each person: by the case's own KEY where a host may be called so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from setwise.people.models import Person
from setwise.project.demo.hosts import Made, hosts, labels
from setwise.project.demo.load import load

CASES = Path(__file__).parents[1] / "cases"
HOST = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


@pytest.mark.pure
@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["amara", "o-brien", "b2"], ["amara", "o-brien", "b2"]),
        (["Amara", "Łucja_W", "jan.k", "é"], ["amara", "ucja-w", "jan-k", "e"]),
        (["Sam", "sam", "SAM"], ["sam-2", "sam", "sam-3"]),
        (["ليلى", "يوسف", "漢", "person"], ["person-2", "person-3", "person-4", "person"]),
        (["a_b", "a.b", "-a-b-", "a-b"], ["a-b-2", "a-b-3", "a-b-4", "a-b"]),
        (["xn--a", "x" * 80, "", "_"], ["xn-a", "x" * 50, "person", "person-2"]),
        (["twin", "twin"], ["twin", "twin-2"]),
    ],
)
def test_a_key_is_a_host_and_no_two_are_alike(keys: list[str], found: list[str]) -> None:
    assert labels(keys) == found
    assert all(HOST.fullmatch(label) for label in found)
    assert len(set(found)) == len(keys)


@pytest.mark.django_db
def test_people_with_equal_names_in_their_addresses_have_hosts_of_their_own(tmp_path: Path) -> None:
    path = CASES / "one-issue.toml"
    filled = load(path)
    Made.of(path, played=False, people=filled.people).write(tmp_path / "demo")
    made = Made.read(tmp_path / "demo")
    people = Person.objects.order_by("joined_at")
    found = {label: person.name for label, person in hosts(people, made)}
    assert found == {
        "sam": "Sam Achterberg",
        "ines": "Inês Carvalho",
        "facil": "Ottoline Grey",
        "bo": "Bo Lindqvist",
    }


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"people": 3}', '{"people": {"a": "gone"}, "case": "", "played": 0}', "\xff"],
)
def test_without_that_map_each_has_a_host_by_their_address(tmp_path: Path, text: str) -> None:
    load(CASES / "one-issue.toml")
    (tmp_path / "demo").write_bytes(text.encode("latin-1"))
    made = Made.read(tmp_path / "demo")
    assert [label for label, _ in hosts(Person.objects.order_by("joined_at"), made)] == [
        *("sam", "sam-2", "sam-3", "bo")
    ]


@pytest.mark.django_db
def test_a_demo_knows_what_made_it(tmp_path: Path) -> None:
    path, other = CASES / "open-floor.toml", CASES / "one-issue.toml"
    Made.of(path, played=False, people={}).write(tmp_path / "demo")
    made = Made.read(tmp_path / "demo")
    assert json.loads((tmp_path / "demo").read_text())["people"] == {}
    assert not made.is_other(None, played=False)
    assert not made.is_other(path, played=False)
    assert made.is_other(other, played=False)
    assert made.is_other(path, played=True)
    assert made.is_other(tmp_path / "none.toml", played=False)
    assert not Made().is_other(other, played=True)  # from before a demo knew
