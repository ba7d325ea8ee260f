"""The end of a set: announced, told, and taken back until then."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from setwise.outbox.models import Letter
from setwise.privacy import closing, erasing
from setwise.project.demo.filling import seat_of
from setwise.room import left_open
from setwise.room.models import Room
from setwise.room.refusing import Refusal
from setwise.sets import (
    amending,
    inviting,
    seating,
)
from setwise.sets.models import (
    Invitation,
    LearningSet,
)
from setwise.sets.seating import NotPossible
from tests.cast import Cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOW = timezone.now()
DAY = timedelta(days=1)
LAST = (NOW + 20 * DAY).date()


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def announce(held: Cast, *, day: date = LAST, at: datetime = NOW) -> LearningSet:
    return closing.announce(held.seat("facilitator"), day=day, at=at)


def letters(news: str) -> set[str]:
    rows = Letter.objects.filter(template=f"privacy/email/{news}")
    assert not any("  " in row.subject for row in rows)
    return set(rows.values_list("to_email", flat=True))


def everyone(held: Cast, *, but: str = "") -> set[str]:
    belonging = held.learning_set.memberships.filter(left_at=None, suspended_at=None)
    emails = set(belonging.values_list("person__email", flat=True))
    return emails - ({held.people[but].email} if but else set())


def test_it_is_announced_to_everyone_and_seen_by_all(held: Cast) -> None:
    page = browser(held.people["facilitator"])
    url = f"/sets/{held.learning_set.pk}/closing/"
    assert page.post(url, {"day": LAST.isoformat()}).status_code == 302
    assert letters("closing") == everyone(held, but="facilitator")
    for path in (url, f"/sets/{held.learning_set.pk}/", "/"):
        shown = browser(held.people["member"]).get(path).content.decode()
        assert f"{LAST.day} {LAST:%B %Y}, 23:59" in shown, path


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (NOW.date() + 5 * DAY, "a week from now"),
        (NOW.date() + 500 * DAY, "within a year"),
        (NOW.date() + 20 * DAY, "You meet after that day"),
    ],
)
def test_a_day_that_does_not_do_is_refused_beside_it(held: Cast, day: date, sentence: str) -> None:
    plan = scheduling.Plan(NOW + 30 * DAY, "Europe/London", 120, place="Here")
    scheduling.fix(held.seat("facilitator"), plan=plan, at=NOW)
    answer = browser(held.people["facilitator"]).post(
        f"/sets/{held.learning_set.pk}/closing/", {"day": day.isoformat()}
    )
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert LearningSet.objects.get(pk=held.learning_set.pk).closes_at is None


def test_no_meeting_is_fixed_for_after_the_announced_day(held: Cast) -> None:
    announce(held)
    words = {"time": "10:00", "zone": "Europe/London", "minutes": "90", "place": "Here"}
    url, page = f"/sets/{held.learning_set.pk}/meetings/new/", browser(held.people["member"])
    late = page.post(url, words | {"date": (LAST + 2 * DAY).isoformat()})
    assert late.status_code == 422 and "Your set closes before that day" in late.content.decode()
    assert page.post(url, words | {"date": (LAST - 2 * DAY).isoformat()}).status_code == 302


def test_anyone_in_the_set_keeps_it_on_until_it_is_closed(held: Cast) -> None:
    announce(held)
    closing.take_back(held.seat("member"), at=NOW)
    assert letters("goes_on") == everyone(held, but="member")
    assert closing.close_due(at=NOW + 30 * DAY) == 0
    announce(held, at=NOW + DAY)
    assert closing.close_due(at=NOW + 30 * DAY) == 1
    with pytest.raises(NotPossible):
        closing.take_back(held.seat("member"), at=NOW + 31 * DAY)
    with pytest.raises(NotPossible):
        announce(held, at=NOW + 31 * DAY, day=LAST + 40 * DAY)


def test_only_the_facilitator_closes_it_and_any_member_where_there_is_none(held: Cast) -> None:
    with pytest.raises(PermissionDenied):
        closing.announce(held.seat("member"), day=LAST, at=NOW)
    held.learning_set.memberships.filter(is_facilitator=True).update(
        is_facilitator=False, is_member=True
    )
    closing.announce(held.seat("member"), day=LAST, at=NOW)
    assert LearningSet.objects.get(pk=held.learning_set.pk).closing_by == held.people["member"]


def test_it_closes_on_the_day_and_the_rules_then_say_when_the_rest_goes(held: Cast) -> None:
    amending.propose(held.seat("member"), amending.draft(held.seat("member"), at=NOW), at=NOW)
    inviting.invite(
        held.seat("member"), emails=["new@setwise.example"], as_facilitator=True, at=NOW
    )
    closes_at = announce(held).closes_at
    assert closes_at
    held.learning_set.ground_rules.filter(state="in force").update(keep_days_after_close=12)
    assert closing.close_due(at=closes_at - timedelta(minutes=1)) == 0
    at = closes_at + timedelta(minutes=1)
    assert closing.close_due(at=at) == 1 and closing.close_due(at=at) == 0
    row = LearningSet.objects.get(pk=held.learning_set.pk)
    assert (row.closed_at, row.erases_at) == (at, at + 12 * DAY)
    assert letters("closed") == everyone(held)
    assert not held.learning_set.ground_rules.filter(state__in=("draft", "proposed")).exists()
    assert not Invitation.objects.open(at=NOW).filter(learning_set=row).exists()


def test_no_set_closes_in_the_middle_of_a_meeting(held: Cast) -> None:
    announce(held)
    room = Room.objects.get()
    Room.objects.update(closed_at=None)
    Meeting.objects.filter(pk=room.meeting_id).update(ends_at=NOW + 30 * DAY)
    assert closing.close_due(at=NOW + 30 * DAY) == 0
    assert closing.close_due(at=NOW + 31 * DAY) == 1  # a room that nobody ever closed


def test_a_set_that_its_last_member_left_has_its_day_too(held: Cast) -> None:
    for membership in held.learning_set.memberships.filter(left_at=None, suspended_at=None):
        seating.leave(seat_of(membership.person, held.learning_set), at=NOW)
    assert closing.close_due(at=NOW) == 1
    row = LearningSet.objects.get(pk=held.learning_set.pk)
    days = held.learning_set.ground_rules.get(state="in force").keep_days_after_close
    assert row.erases_at == NOW + days * DAY


def test_the_same_day_announced_twice_is_told_once(held: Cast) -> None:
    announce(held)
    announce(held, at=NOW + timedelta(minutes=1))
    assert Letter.objects.filter(template="privacy/email/closing").count() == len(
        everyone(held, but="facilitator")
    )
    with pytest.raises(Refusal):
        announce(held, day=NOW.date())


def test_a_room_that_nobody_closed_is_over_with_its_set(held: Cast) -> None:
    """Its clock is erased with the words: there is nothing left of it to close by itself."""
    closed_at = NOW - 2 * DAY
    ours = LearningSet.objects.filter(pk=held.learning_set.pk)
    ours.update(closed_at=closed_at, erases_at=closed_at)
    Room.objects.update(closed_at=None, closes_at=NOW)
    assert erasing.erase_due(at=NOW) == 1
    assert left_open.close_due(at=NOW + DAY) == 0
    room = Room.objects.get()
    assert (room.closed_at, room.closes_at) == (NOW, None)
