from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.meetings import polling, settling, standing
from setwise.meetings.convening import NotOpen
from setwise.meetings.models import Meeting, Poll, Reply
from setwise.meetings.refusing import Refusal
from setwise.privacy import closing
from tests.cast import Cast
from tests.meetings.polls import opened, to_all
from tests.sets.gathering import Gathered
from tests.sets.mailbox import mail, received

AT = timezone.now()
DAY = timedelta(days=1)


@pytest.fixture
def poll(three: Gathered) -> Poll:
    """Anwen asks Bo and Chidi; nobody facilitates."""
    return opened(three.seat(0), at=AT)


def say(three: Gathered, number: int, poll: Poll, answer: str, **others: str) -> Poll:
    given = to_all(poll, answer, **others)
    return polling.answer(three.seat(number), poll, given=given, at=AT)


def test_settling_fixes_the_meeting_and_takes_each_yes(three: Gathered, poll: Poll) -> None:
    say(three, 0, poll, "no")
    say(three, 1, poll, "yes")
    say(three, 2, poll, "if need be")
    date, place = poll.dates.earliest("starts_at"), poll.places.get()
    for _ in range(2):
        [meeting] = settling.settle(three.seat(0), poll, dates=[date.pk], place=place.pk, at=AT)
    assert (meeting.starts_at, meeting.place, meeting.minutes) == (
        date.starts_at,
        "Seminar room 2",
        120,
    )
    assert set(meeting.replies.values_list("person__name", "answer")) == {("Bo", "yes")}
    told = {letter.to: letter.prose for letter in mail(about="fixed")}
    assert set(told) == {f"{name}@estuary.example" for name in ("anwen", "bo", "chidi")}
    assert "You have fixed a meeting." in told["anwen@estuary.example"]
    assert "You said yes to this date" in told["bo@estuary.example"]
    assert "Say whether you are coming" in told["chidi@estuary.example"]


def test_of_two_who_settle_the_first_decides(three: Gathered, poll: Poll) -> None:
    first, second = poll.dates.order_by("starts_at")[:2]
    settling.settle(three.seat(1), poll, dates=[first.pk], place=None, at=AT)
    with pytest.raises(NotOpen):
        settling.settle(three.seat(0), poll, dates=[second.pk], place=None, at=AT)
    assert Meeting.objects.filter(learning_set=three.learning_set).count() == 1
    with pytest.raises(NotOpen):
        say(three, 2, poll, "yes")
    with pytest.raises(NotOpen):
        polling.cancel(three.seat(0), poll, at=AT)


def test_a_date_that_has_begun_is_not_settled(three: Gathered, poll: Poll) -> None:
    date = poll.dates.earliest("starts_at")
    with pytest.raises(Refusal) as refused:
        settling.settle(three.seat(0), poll, dates=[date.pk], place=None, at=date.starts_at)
    assert refused.value.sentence == settling.DATE_OVER
    now = standing.of(poll, at=date.starts_at)
    assert now.over == [date]
    assert date not in [row for row, _ in now.dates]


def test_what_was_taken_out_meanwhile_settles_nothing(three: Gathered, poll: Poll) -> None:
    first, second = (date.pk for date in poll.dates.order_by("starts_at")[:2])
    place = poll.places.get().pk
    poll.dates.filter(pk=second).delete()
    poll.places.all().delete()
    for dates, where in (([first, second], None), ([first], place)):
        with pytest.raises(Refusal) as refused:
            settling.settle(three.seat(0), poll, dates=dates, place=where, at=AT)
        assert refused.value.sentence == settling.TAKEN_OUT
    assert not Meeting.objects.filter(learning_set=three.learning_set).exists()


def test_it_settles_by_itself_once_everyone_has_said_yes(three: Gathered) -> None:
    poll = opened(three.seat(0), at=AT, settles_itself=True)
    say(three, 0, poll, "yes", first="no")
    say(three, 1, poll, "yes", second="if need be")
    poll = say(three, 2, poll, "yes")
    [meeting] = poll.meetings
    assert meeting.starts_at == poll.dates.latest("starts_at").starts_at
    assert meeting.arranged_by == three.people[0]
    assert Reply.objects.filter(meeting=meeting, answer="yes").count() == 3
    assert len(received("fixed")) == 3  # the convenor too: nobody pressed anything
    assert "Everyone has said yes to this date" in mail(about="fixed")[0].prose


def test_it_does_not_where_the_set_does_not_like_that(three: Gathered, poll: Poll) -> None:
    for number in range(3):
        poll = say(three, number, poll, "yes")
    assert poll.settled_at is None
    assert [row.why for _, row in standing.of(poll, at=AT).dates] == ["all three"] * 3


def test_in_a_led_set_the_convenor_and_the_facilitator_settle(company: Cast) -> None:
    poll = opened(company.seat("presenter"), at=AT)
    date = poll.dates.earliest("starts_at")
    for act in (
        lambda seat: settling.settle(seat, poll, dates=[date.pk], place=None, at=AT),
        lambda seat: polling.close(seat, poll, at=AT),
        lambda seat: polling.cancel(seat, poll, at=AT),
    ):
        with pytest.raises(PermissionDenied):
            act(company.seat("member"))
    polling.close(company.seat("facilitator"), poll, at=AT)
    with pytest.raises(NotOpen):
        polling.answer(company.seat("member"), poll, given={date.pk: "yes"}, at=AT)
    assert settling.settle(company.seat("presenter"), poll, dates=[date.pk], place=None, at=AT)


def test_no_date_is_settled_that_is_after_the_set_closes(three: Gathered) -> None:
    """The poll was open when its end was announced."""
    poll = opened(three.seat(0), at=AT, settles_itself=True)
    last = poll.dates.latest("starts_at")
    closing.announce(three.seat(0), day=(last.starts_at - DAY).date(), at=AT)
    with pytest.raises(Refusal, match="Your set closes before that day"):
        settling.settle(three.seat(0), poll, dates=[last.pk], place=None, at=AT)
    for number in range(3):
        poll = say(three, number, poll, "no")
        answers = {last.pk: "yes"}
        poll = polling.answer(three.seat(number), poll, given=answers, at=AT)
    assert poll.is_unsettled
    first = poll.dates.earliest("starts_at")
    assert settling.settle(three.seat(0), poll, dates=[first.pk], place=None, at=AT)
