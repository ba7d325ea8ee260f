"""Members are asked to prepare: on Today, and once by e-mail, as far ahead as their rules say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from setwise.actions import asking_to_prepare, preparing
from setwise.actions.preparing import Prepared
from setwise.meetings import expecting, scheduling
from setwise.meetings.models import Meeting
from setwise.outbox.models import Letter
from setwise.project.worker import work_seldom
from setwise.sets import seats
from setwise.sets.models import LearningSet
from setwise.vault import sealing
from tests.actions.company import gather, somebody
from tests.today.arranging import agree, meet, next_of, propose, reply

pytestmark = [pytest.mark.django_db, pytest.mark.long]
NAMES = ("ruth", "amara", "tomasz", "niamh")
NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
MEETS = NOW + timedelta(days=10)
DAY = timedelta(days=1)
ISSUE = "Two night nurses are not speaking"
ASKED = "You meet soon. What might you bring? [Prepare]"


@pytest.fixture
def learning_set(set_clock: Callable[[datetime], None]) -> LearningSet:
    """A set whose rules ask three days ahead, and have asked for all else."""
    set_clock(NOW)
    found = gather(*NAMES)
    agree(propose(found, by="ruth"), *NAMES)
    return found


@pytest.fixture
def meeting(learning_set: LearningSet) -> Meeting:
    meeting = meet(learning_set, MEETS, by="ruth", title="Third meeting")
    for name in NAMES[1:]:
        reply(meeting, name)
    return meeting


def asked() -> set[str]:
    letters = Letter.objects.filter(template="actions/email/prepare")
    return {letter.to_email.partition("@")[0] for letter in letters}


def seat(name: str, meeting: Meeting) -> seats.Seat:
    return seats.take(somebody(name), meeting.learning_set_id)


@pytest.mark.parametrize("days", [1, 3, 14])
def test_everyone_is_asked_once_as_far_ahead_as_the_rules_say(meeting: Meeting, days: int) -> None:
    meeting.learning_set.ground_rules.update(prepare_days=days)
    due = MEETS.replace(hour=8) - days * DAY
    assert asking_to_prepare.post_due(at=due - timedelta(seconds=1)) == 0
    assert asking_to_prepare.post_due(at=due) == 4
    assert asked() == set(NAMES)
    assert asking_to_prepare.post_due(at=due + DAY / 2) == 0
    assert Letter.objects.filter(template="actions/email/prepare").count() == 4


def test_nobody_is_asked_who_has_prepared_or_apologised_or_passed(meeting: Meeting) -> None:
    preparing.prepare(seat("amara", meeting), meeting, Prepared(ISSUE), at=NOW)
    preparing.skip(seat("niamh", meeting), meeting, at=NOW)
    reply(meeting, "tomasz", "apologies")
    assert asking_to_prepare.post_due(at=MEETS - DAY) == 1
    assert asked() == {"ruth"}
    reply(meeting, "tomasz", "yes")  # after all: asked now
    assert asking_to_prepare.post_due(at=MEETS - DAY * 2 / 3) == 1
    assert asked() == {"ruth", "tomasz"}


def test_a_new_date_asks_nobody_twice(meeting: Meeting) -> None:
    assert asking_to_prepare.post_due(at=MEETS - DAY) == 4
    plan = scheduling.Plan(MEETS + 20 * DAY, "Europe/London", 120, place="Room 2")
    scheduling.move(seat("ruth", meeting), meeting, plan=plan, at=MEETS - DAY / 2)
    assert asking_to_prepare.post_due(at=MEETS + 19 * DAY) == 0


@pytest.mark.parametrize("why", ["off", "cancelled", "no rules", "over", "agenda", "closed set"])
def test_nobody_is_asked_for_no_reason(meeting: Meeting, why: str) -> None:
    learning_set, at = meeting.learning_set, MEETS - DAY
    match why:
        case "off":
            learning_set.ground_rules.update(prepare_days=0)
        case "cancelled":
            scheduling.cancel(seat("ruth", meeting), meeting, at=NOW)
        case "no rules":
            learning_set.ground_rules.update(state="proposed")
        case "over":
            at = MEETS
        case "agenda":
            learning_set.ground_rules.update(protocol="open-floor")
        case "closed set":
            LearningSet.objects.update(closed_at=NOW)
    assert asking_to_prepare.post_due(at=at) == 0
    assert asking_to_prepare.asked_of(somebody("amara"), [meeting], at=at) == set()


def test_whoever_facilitates_from_outside_is_not_asked(meeting: Meeting) -> None:
    meeting.learning_set.memberships.filter(person=somebody("ruth")).update(is_member=False)
    assert asking_to_prepare.post_due(at=MEETS - DAY) == 3
    assert "ruth" not in asked()


def test_the_letter_says_when_and_where_and_no_more(meeting: Meeting) -> None:
    preparing.prepare(seat("amara", meeting), meeting, Prepared(ISSUE), at=NOW)
    asking_to_prepare.post_due(at=MEETS - DAY)
    letter = Letter.objects.get(template="actions/email/prepare", to_email__startswith="tomasz")
    body = sealing.unseal(
        bytes(letter.body_sealed or b""),
        key_id=letter.key_id,
        context="letter.body",
        row_id=letter.id,
    )
    assert reverse("actions:prepare", args=[meeting.pk]) in body
    assert "Dear Tomasz" in body and "Room 2" in body and "nothing is required" in body
    assert ISSUE not in body
    assert letter.subject.startswith("Tuesday set: before we meet on Friday 19 February 2027")


def test_the_worker_asks_and_erases(
    meeting: Meeting, set_clock: Callable[[datetime], None]
) -> None:
    cache.clear()  # which other tests filled
    set_clock(MEETS - DAY)
    assert work_seldom() == 8  # all four are asked, and reminded that they meet tomorrow
    set_clock(meeting.ends_at + 8 * DAY)
    assert work_seldom() == 8  # what they prepared, and links to a meeting that is over


@pytest.mark.parametrize("how", ["prepares", "skips", "apologises"])
def test_today_asks_until_it_is_answered(
    meeting: Meeting, set_clock: Callable[[datetime], None], how: str
) -> None:
    amara = somebody("amara")
    set_clock(MEETS - 4 * DAY)
    assert next_of(amara) == ""
    set_clock(MEETS - 3 * DAY)
    assert next_of(amara) == ASKED
    match how:
        case "prepares":
            preparing.prepare(seat("amara", meeting), meeting, Prepared(ISSUE), at=MEETS - 3 * DAY)
        case "skips":
            preparing.skip(seat("amara", meeting), meeting, at=MEETS - 3 * DAY)
        case _:
            reply(meeting, "amara", "apologies")
    assert next_of(amara) == ""
    assert next_of(somebody("tomasz")) == ASKED


def test_who_writes_as_the_letter_is_posted_gets_none(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has looked, and before it posts Amara has prepared."""
    looked = expecting.expected

    def meanwhile(*given: Any, **more: Any) -> Any:
        found = looked(*given, **more)
        preparing.prepare(seat("amara", meeting), meeting, Prepared(ISSUE), at=NOW)
        return found

    monkeypatch.setattr(asking_to_prepare, "expected", meanwhile)
    asking_to_prepare.post_due(at=MEETS - DAY)
    assert asked() == set(NAMES) - {"amara"}
    assert preparing.prepared_by(somebody("amara"), meeting).issue == ISSUE
