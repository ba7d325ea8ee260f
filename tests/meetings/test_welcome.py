"""Whoever says yes is told when and where they meet next, by one letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.meetings import joining, scheduling
from setwise.people import linking
from setwise.people.models import Link, Person
from setwise.sets import inviting
from setwise.sets.models import Membership
from tests.meetings.planning import plan
from tests.sets.gathering import Gathered, gather
from tests.sets.mailbox import Mail, mail

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ANNA = "anna@elsewhere.example"


def anna() -> Person:
    return Person.objects.create_user(ANNA, "Anna", zone="Asia/Kathmandu")


def join(gathered: Gathered, person: Person) -> Mail:
    at = timezone.now()
    (row,) = inviting.invite(gathered.seat(0), emails=[ANNA], as_facilitator=False, at=at)
    joining.join(row, person, at=at)
    (letter,) = mail(about="welcome")
    assert letter.to == ANNA
    return letter


def test_the_next_meeting_is_told_in_the_newcomers_time(three: Gathered) -> None:
    start = (timezone.now() + timedelta(days=9)).replace(hour=3, minute=15, second=0)
    for days in (0, 40):
        meeting = scheduling.fix(
            three.seat(0), plan=plan(starts_at=start + timedelta(days=days)), at=timezone.now()
        )
    first = meeting.learning_set.meetings.earliest("starts_at")
    letter = join(three, anna())
    assert letter.subject == "Welcome to Estuary set"
    assert "(Kathmandu time), 90 minutes" in letter.text and "At the place: " in letter.text
    assert "Where: Seminar room 2" in letter.text
    assert letter.text.partition("\n--\n")[0].count("http://localhost:8000/") == 1
    link = Link.objects.get(purpose="meeting", about=first.pk, person__email=ANNA)
    assert f"http://localhost:8000/meetings/answer/{linking.token_of(link)}/" in letter.text


@pytest.mark.parametrize("what", ["none", "cancelled", "begun"])
def test_where_none_is_to_come_the_set_is_the_one_link(three: Gathered, what: str) -> None:
    at = timezone.now()
    if what != "none":
        start = at + timedelta(days=9) if what == "cancelled" else at - timedelta(minutes=5)
        meeting = scheduling.fix(three.seat(0), plan=plan(starts_at=start), at=at)
        if what == "cancelled":
            scheduling.cancel(three.seat(0), meeting, at=at)
    letter = join(three, anna())
    assert "No meeting is fixed yet" in letter.text and "When:" not in letter.text
    assert letter.text.partition("\n--\n")[0].count("http://localhost:8000/") == 1
    assert f"http://localhost:8000/sets/{three.learning_set.id}/" in letter.text


def test_whoever_finds_the_set_full_gets_no_welcome() -> None:
    gathered, at = gather(7), timezone.now()
    (row,) = inviting.invite(gathered.seat(0), emails=[ANNA], as_facilitator=False, at=at)
    last = Person.objects.create_user("last@elsewhere.example", "Last")
    Membership.objects.create(learning_set=gathered.learning_set, person=last, joined_at=at)
    with pytest.raises(inviting.SetFull):
        joining.join(row, anna(), at=at)
    row.refresh_from_db()
    assert (row.answer, mail(about="welcome")) == ("", [])
