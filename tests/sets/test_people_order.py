"""The people page in the order in which a set needs it, and with one fold for what is hard."""

from __future__ import annotations

from django.test import Client

from setwise.people.models import Person
from setwise.project.demo.filling import seat_of
from setwise.sets import agreeing
from tests.cast import Cast
from tests.sets.gathering import Gathered
from tests.sets.visiting import page, signed_in


def people(client: Client, company: Cast | Gathered) -> str:
    return page(client, f"/sets/{company.learning_set.id}/people/")


def test_inviting_comes_before_the_seat_and_safety_last_in_one_fold(company: Cast) -> None:
    words = people(signed_in(company.people["facilitator"]), company)
    places = [words.index(each) for each in ("Invite people", "Give the seat", "Safety and ending")]
    assert places == sorted(places)
    assert words.count("<summary>") == 1
    for name in ("Amara Nwosu", "Suspended"):
        assert f"of {name}</span>" in words  # each button says for whom


def test_whoever_is_alone_has_nobody_to_end(three: Gathered) -> None:
    client = signed_in(three.people[0])
    assert "Safety and ending" in people(client, three)
    three.learning_set.memberships.exclude(person=three.people[0]).delete()
    assert "Safety and ending" not in people(client, three)


def test_strengths_stand_in_one_line(company: Cast) -> None:
    amara = company.people["presenter"]
    Person.objects.filter(pk=amara.pk).update(strengths=["rosters", "calm"], growing=["no"])
    words = people(signed_in(company.people["member"]), company)
    assert ">Strengths: rosters, calm. Wants to grow: no.</p>" in words
    Person.objects.filter(pk=amara.pk).update(strengths=[], growing=["no"])
    assert ">Wants to grow: no.</p>" in people(signed_in(company.people["member"]), company)


def test_rules_say_nothing_of_stewards_while_there_are_none(company: Cast) -> None:
    client = signed_in(company.people["member"])
    for last in ("", "versions/1/"):
        words = page(client, f"/sets/{company.learning_set.id}/rules/{last}")
        assert "Attendance" in words and "steward" not in words
    seat = seat_of(company.people["member"], company.learning_set)
    assert agreeing.current_settings(seat.learning_set).steward_sees == "none"
