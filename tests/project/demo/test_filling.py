"""A case becomes people, a set and a meeting about to open, whatever it leaves out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from setwise.actions.models import Action
from setwise.meetings.models import Meeting, Reply
from setwise.outbox.models import Letter
from setwise.people.models import Person
from setwise.project.demo.case import read
from setwise.project.demo.filling import Filled, fill
from setwise.sets.models import GroundRules, LearningSet, Membership
from tests.project.demo.cases import LEAST, RULES, case_file

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 2, 9, 10, 7, tzinfo=UTC)
ARABIC = """
[set]
name = "مجموعة الثلاثاء"
purpose = "نلتقي كل ستة أسابيع 🌿 “quotes” & <b>"

[[people]]
key = "ليلى"
name = "ليلى بنت أحمد"
email = "layla@setwise.example"
role = "مديرة"
strengths = ["الإصغاء"]

[[people]]
key = "بو"
name = "Bronwen Llŷr 漢字"
email = "Bo@Setwise.example"

[meeting]
title = "اللقاء الثالث"
zone = "Africa/Cairo"
present = ["ليلى"]
apologies = ["بو"]

[[ground_rules]]
subject = "other"
text = "الصمت مرحب به"

[[last_actions]]
who = "بو"
text = "اسأل أولا"
due_days = -3
"""


def filled(folder: Path, *parts: str) -> Filled:
    return fill(read(case_file(folder, *parts)), now=NOW)


def test_the_least_of_a_case_is_a_set_about_to_meet(tmp_path: Path) -> None:
    whole = filled(tmp_path, LEAST)
    assert whole.learning_set.name == "Friday set"
    assert whole.meeting.starts_at == datetime(2027, 2, 9, 10, 15, tzinfo=UTC)
    assert (whole.meeting.minutes, whole.meeting.zone) == (120, "Asia/Kathmandu")
    seats = Membership.objects.order_by("person__name")
    assert [(seat.person.name, seat.is_member, seat.is_facilitator) for seat in seats] == [
        ("Mina", True, False),
        ("Otto", True, False),
        ("Pia", True, False),
    ]
    assert not GroundRules.objects.exists()
    assert not Action.objects.exists()
    assert not Letter.objects.exists()  # a demo's own past tells nobody anything


def test_the_set_met_six_weeks_ago(tmp_path: Path) -> None:
    whole = filled(tmp_path, LEAST.replace("[meeting]", '[meeting]\ntitle = "Third"'))
    meetings = Meeting.objects.order_by("starts_at")
    assert [(row.title, whole.meeting.starts_at - row.starts_at) for row in meetings] == [
        ("", timedelta(weeks=6)),
        ("Third", timedelta(0)),
    ]


def test_any_script_is_kept_as_it_was_written(tmp_path: Path) -> None:
    whole = filled(tmp_path, ARABIC)
    row = LearningSet.objects.get()
    assert (row.name, row.purpose) == (
        "مجموعة الثلاثاء",
        "نلتقي كل ستة أسابيع 🌿 “quotes” & <b>",
    )
    layla, bo = whole.people["ليلى"], whole.people["بو"]
    assert (layla.name, layla.role, layla.strengths) == ("ليلى بنت أحمد", "مديرة", ["الإصغاء"])
    assert (bo.name, bo.email) == ("Bronwen Llŷr 漢字", "bo@setwise.example")
    assert [rules.clauses.get().text for rules in GroundRules.objects.all()] == ["الصمت مرحب به"]
    action = Action.objects.get()
    assert (action.text(), action.owner) == ("اسأل أولا", bo)


def test_days_are_counted_from_the_meeting_where_it_is(tmp_path: Path) -> None:
    whole = filled(tmp_path, ARABIC)
    start = whole.meeting.local_start.date()
    assert Action.objects.get().due_on == start - timedelta(days=3)


def test_replies_are_those_of_the_case(tmp_path: Path) -> None:
    whole = filled(tmp_path, ARABIC)
    replies = Reply.objects.filter(meeting=whole.meeting)
    assert {reply.person.name: reply.answer for reply in replies} == {
        "ليلى بنت أحمد": "yes",
        "Bronwen Llŷr 漢字": "apologies",
    }


def test_the_rules_are_in_force_and_agreed_by_all(tmp_path: Path) -> None:
    filled(tmp_path, LEAST, RULES, "quorum = 2\nmeeting_minutes = 45\nsteward_sees_names = true")
    rules = GroundRules.objects.get()
    assert (rules.state, rules.quorum, rules.protocol) == ("in force", 2, "classic")
    assert (rules.steward_sees, rules.meeting_minutes) == ("names", 45)
    assert rules.assents.filter(answer="yes").count() == Person.objects.count()
    assert {meeting.minutes for meeting in Meeting.objects.all()} == {45}


def test_a_facilitator_is_in_the_set_from_outside_wherever_they_are_listed(
    tmp_path: Path,
) -> None:
    first = LEAST.replace('key = "mina"', 'key = "mina"\nseat = "facilitator"')
    filled(tmp_path, first)
    seat = Membership.objects.get(person__name="Mina")
    assert (seat.is_member, seat.is_facilitator) == (False, True)
    assert Meeting.objects.filter(arranged_by__name="Mina").count() == 2
