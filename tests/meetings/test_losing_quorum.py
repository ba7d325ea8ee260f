"""Apologies that leave too few: the convenor is told once, and one press moves the meeting on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from setwise.meetings import (
    going_ahead,
    next_best,
    polling,
    quorum,
    replying,
    scheduling,
    series,
    settling,
)
from setwise.meetings.models import Meeting
from setwise.meetings.rhythm import Rhythm
from setwise.outbox.models import Letter
from setwise.people.models import Person
from setwise.sets import seating, seats
from tests.cast import Cast
from tests.meetings.planning import AT, PLAN, plan
from tests.meetings.polls import days_on, opened
from tests.sets.gathering import Gathered, gather
from tests.sets.mailbox import mail, received
from tests.sets.visiting import page, signed_in, told

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MIDNIGHT = AT.replace(hour=23)


@pytest.fixture
def four(stage: Cast, db: None) -> Gathered:
    """Four members, a quorum of three by the floor, nobody facilitates."""
    return gather(4)


@pytest.fixture
def soon(four: Gathered) -> Meeting:
    meeting = scheduling.fix(four.seat(0), plan=PLAN, at=AT)
    assert quorum.of(meeting).needed == 3
    return meeting


def say(four: Gathered, meeting: Meeting, answers: dict[int, str], at: datetime = AT) -> None:
    for number, answer in answers.items():
        replying.reply(four.seat(number), meeting, answer=answer, at=at)


def lose(four: Gathered, meeting: Meeting, at: datetime = AT) -> None:
    say(four, meeting, {2: "apologies", 3: "apologies"}, at)


def waiting() -> list[Letter]:
    return list(Letter.objects.filter(name__startswith="too-few:", state="waiting"))


def test_the_convenor_is_told_once_for_each_loss(four: Gathered, soon: Meeting) -> None:
    say(four, soon, {2: "apologies"})
    assert not received("too_few")
    say(four, soon, {3: "apologies", 2: "apologies", 1: "apologies"})
    assert received("too_few") == {"anwen@estuary.example": 1}
    letter = mail(about="too_few")[0]
    assert "too few can come on Tuesday 9 February 2027, 14:00 (London time)" in letter.subject
    assert "The next best date is Tuesday 16 February 2027, 14:00" in letter.prose
    assert f"/meetings/{soon.id}/" in letter.prose
    assert not any(person.name in letter.prose for person in four.people[1:])
    Letter.objects.filter(name__startswith="too-few:").update(state="sent")
    say(four, soon, {1: "yes", 2: "yes"}, AT + DAY)
    say(four, soon, {2: "apologies"}, AT + 2 * DAY)
    assert Letter.objects.filter(name__startswith="too-few:").count() == 2


def test_it_waits_for_the_morning_and_is_withdrawn_where_enough_can_come_again(
    four: Gathered, soon: Meeting
) -> None:
    Person.objects.filter(pk=four.people[0].pk).update(zone="Asia/Kathmandu")
    lose(four, soon, MIDNIGHT)
    (letter,) = waiting()
    assert letter.day_zone == "Asia/Kathmandu"
    say(four, soon, {2: "yes"}, MIDNIGHT)
    assert not waiting()


@pytest.mark.parametrize("decided", ["moved", "cancelled", "held"])
def test_what_was_decided_meanwhile_is_not_told(
    four: Gathered, soon: Meeting, decided: str
) -> None:
    lose(four, soon, MIDNIGHT)
    seat = four.seat(0)
    if decided == "moved":
        scheduling.move(seat, soon, plan=plan(starts_at=PLAN.starts_at + DAY), at=MIDNIGHT)
    elif decided == "cancelled":
        scheduling.cancel(seat, soon, at=MIDNIGHT)
    else:
        going_ahead.hold_anyway(seat, soon, at=MIDNIGHT)
        say(four, soon, {1: "apologies"}, MIDNIGHT)
    assert not waiting()


def test_the_facilitator_is_told_in_a_set_that_has_one(company: Cast, meeting: Meeting) -> None:
    for row in meeting.learning_set.memberships.seated().filter(is_member=True)[1:]:
        seat = seats.take(row.person, company.learning_set.pk)
        replying.reply(seat, meeting, answer="apologies", at=AT)
    assert received("too_few") == {company.people["facilitator"].email: 1}


def test_where_the_arranger_left_it_is_whose_turn_it_is(four: Gathered, soon: Meeting) -> None:
    seating.leave(four.seat(0), at=AT)
    say(four, soon, {2: "apologies"})
    assert received("too_few") == {"bo@estuary.example": 1}


def test_apologies_of_somebody_from_outside_lose_nothing(company: Cast, meeting: Meeting) -> None:
    replying.reply(company.seat("facilitator"), meeting, answer="apologies", at=AT)
    assert not received("too_few")


def test_the_rhythm_offers_its_next_day_around_holidays(four: Gathered, soon: Meeting) -> None:
    offer = next_best.of(soon, at=AT)
    assert offer and (offer.starts_at, offer.why) == (PLAN.starts_at + WEEK, next_best.A_WEEK_ON)
    rhythm = Rhythm(6, frozenset({1, 3}), (time(10),), date(2027, 2, 9), 6)
    series.keep(four.seat(0), rhythm, zone="Europe/London")
    offer = next_best.of(soon, at=AT)
    assert offer and offer.starts_at == PLAN.starts_at + 2 * DAY  # the Thursday
    assert offer.why == next_best.BY_RHYTHM
    on_maundy_tuesday = scheduling.fix(
        four.seat(0), plan=plan(starts_at=datetime(2027, 3, 22, 14, tzinfo=UTC)), at=AT
    )
    four.learning_set.country = "GB-ENG"
    four.learning_set.save()
    series.keep(four.seat(0), Rhythm(6, frozenset({0}), (), date(2027, 2, 9), 6), zone="UTC")
    on_maundy_tuesday.refresh_from_db()
    offer = next_best.of(on_maundy_tuesday, at=AT)  # the 29th is Easter Monday
    assert offer and offer.starts_at == datetime(2027, 4, 5, 13, tzinfo=UTC)  # 14:00 still


def test_nothing_is_offered_that_nobody_could_arrange_or_after_the_end(
    four: Gathered, soon: Meeting
) -> None:
    offer = next_best.of(soon, at=PLAN.starts_at + 6 * DAY)
    assert offer and offer.starts_at == PLAN.starts_at + 2 * WEEK
    soon.learning_set.closes_at = PLAN.starts_at + DAY
    assert next_best.of(soon, at=AT) is None


@pytest.fixture
def found(four: Gathered) -> Meeting:
    """A meeting that a poll found: the first of its three dates, to which all said yes."""
    dates = tuple(days_on(AT, days) for days in (20, 21, 22))
    poll = opened(four.seat(0), at=AT, dates=dates)
    rows = list(poll.dates.order_by("starts_at"))
    for number in range(4):
        second = "no" if number > 1 else "yes"
        answers = {rows[0].id: "yes", rows[1].id: second, rows[2].id: "if need be"}
        polling.answer(four.seat(number), poll, given=answers, at=AT)
    return settling.settle(four.seat(0), poll, dates=[rows[0].pk], place=None, at=AT)[0]


def test_the_poll_offers_the_date_that_stands_next(four: Gathered, found: Meeting) -> None:
    offer = next_best.of(found, at=AT)
    assert offer and offer.starts_at == days_on(AT, 22)  # too few can on the second
    assert offer.why == "all four, if need be"
    late = next_best.of(found, at=days_on(AT, 21))
    assert late and late.why == next_best.A_WEEK_ON  # the third is too soon by now


def test_the_rhythm_offers_no_date_that_the_poll_found_too_few_for(
    four: Gathered, found: Meeting
) -> None:
    daily = Rhythm(1, frozenset(range(7)), (time(12),), date(2027, 2, 9), 6)
    series.keep(four.seat(0), daily, zone="Europe/London")
    found.proposed.get().poll.dates.filter(starts_at=days_on(AT, 22)).update(occurrence=2)
    offer = next_best.of(found, at=AT)
    assert offer and offer.why == next_best.BY_RHYTHM
    assert offer.starts_at == days_on(AT, 23)


def test_one_press_moves_it_there_and_never_offers_that_date_again(
    four: Gathered, found: Meeting
) -> None:
    lose(four, found)
    now = days_on(AT, 22)
    said = now.isoformat()
    moved = next_best.take(four.seat(0), found, said=said, at=AT)
    assert next_best.take(four.seat(0), found, said=said, at=AT) == moved  # pressed twice
    assert (moved.starts_at, moved.sequence) == (now, 1)
    assert moved.id == found.id
    assert Letter.objects.filter(template="meetings/email/moved").count() == 4
    assert set(moved.replies.values_list("person", flat=True)) <= {four.people[0].pk}
    offer = next_best.of(moved, at=AT)
    assert offer and offer.why == next_best.A_WEEK_ON  # neither of the two that were lost


def test_what_is_offered_no_more_moves_nothing(four: Gathered, found: Meeting) -> None:
    said = days_on(AT, 22).isoformat()
    with pytest.raises(next_best.Changed):
        next_best.take(four.seat(0), found, said=said, at=AT)  # enough can come
    lose(four, found)
    for other in (days_on(AT, 21).isoformat(), "", "9999-99-99"):
        with pytest.raises(next_best.Changed):
            next_best.take(four.seat(0), found, said=other, at=AT)
    with pytest.raises(scheduling.NotChangeable):
        next_best.take(four.seat(0), found, said=said, at=found.ends_at)
    found.refresh_from_db()
    assert found.sequence == 0


def test_only_whoever_may_move_it_is_offered_it(company: Cast) -> None:
    start = days_on(datetime.now(UTC), 9)
    meeting = scheduling.fix(
        company.seat("facilitator"), plan=plan(starts_at=start), at=datetime.now(UTC)
    )
    url = f"/meetings/{meeting.id}/"
    facilitator = signed_in(company.people["facilitator"])
    assert "Move it there" not in page(facilitator, url)
    for row in meeting.learning_set.memberships.seated().filter(is_member=True)[1:]:
        seat = seats.take(row.person, company.learning_set.pk)
        replying.reply(seat, meeting, answer="apologies", at=datetime.now(UTC))
    words = page(facilitator, url)
    assert "The next best date is" in words and "Move it there" in words
    assert "Move it there" not in page(signed_in(company.people["member"]), url)
    offer = next_best.of(meeting, at=datetime.now(UTC))
    assert offer
    with pytest.raises(PermissionDenied):
        next_best.take(
            company.seat("member"), meeting, said=offer.starts_at.isoformat(), at=start - DAY
        )
    stale = {"starts_at": (offer.starts_at + DAY).isoformat()}
    assert told(facilitator, f"{url}date/next/", **stale)[0].startswith("Things have changed")
    assert told(facilitator, f"{url}date/next/", starts_at=offer.starts_at.isoformat()) == [
        "Moved. Everyone is told by e-mail, and asked again."
    ]
    meeting.refresh_from_db()
    assert meeting.starts_at == offer.starts_at
