from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setwise.meetings import convening, polling, settling, standing
from setwise.meetings.convening import NotOpen
from setwise.meetings.models import Poll, PollAnswer, PollComment
from setwise.meetings.polling import Where
from setwise.meetings.refusing import Refusal
from setwise.sets import seating
from setwise.sets.models import LearningSet
from tests.cast import Cast
from tests.meetings.polls import days_on, opened, proposal, to_all
from tests.sets.gathering import Gathered, join, newcomer
from tests.sets.mailbox import mail, received

AT = timezone.now()


@pytest.fixture
def poll(three: Gathered) -> Poll:
    """Anwen asks Bo and Chidi; nobody facilitates."""
    return opened(three.seat(0), at=AT)


def say(three: Gathered, number: int, poll: Poll, answer: str, **others: str) -> Poll:
    given = to_all(poll, answer, **others)
    return polling.answer(three.seat(number), poll, given=given, at=AT)


def whys(poll: Poll) -> list[str]:
    return [row.why for _, row in standing.of(poll, at=AT).dates]


def test_opening_asks_the_others_by_e_mail(three: Gathered, poll: Poll) -> None:
    assert received("poll_opened") == {"bo@estuary.example": 1, "chidi@estuary.example": 1}
    assert opened(three.seat(0), at=AT) == poll  # the same form again
    assert len(mail(about="poll_opened")) == 2


def test_a_set_has_one_open_poll(three: Gathered, poll: Poll) -> None:
    with pytest.raises(polling.OneOpen) as found:
        opened(three.seat(1), at=AT)
    assert found.value.poll == poll
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.create(
            learning_set=poll.learning_set, opened_at=AT, minutes=60, zone="UTC", closes_at=AT
        )


def test_a_new_poll_takes_the_place_of_one_that_ended_unsettled(
    three: Gathered, poll: Poll
) -> None:
    later = AT + timedelta(days=8)
    other = opened(three.seat(1), at=later)
    poll.refresh_from_db()
    assert (poll.closed_at, poll.cancelled_at) == (later, later)
    assert other.takes_answers(at=later)


def test_a_poll_needs_a_date_after_its_deadline(three: Gathered) -> None:
    for dates, field in (((), "date"), ((days_on(AT, 3),), "closes_on")):
        with pytest.raises(Refusal) as refused:
            opened(three.seat(0), at=AT, dates=dates)
        assert refused.value.field == field
    with pytest.raises(Refusal):
        opened(three.seat(0), at=AT, dates=tuple(days_on(AT, 10 + n) for n in range(31)))


def test_any_member_adds_dates_and_places(three: Gathered, poll: Poll) -> None:
    where = Where(link="https://meet.example/us")
    for _ in range(2):  # the same again changes nothing
        polling.add_date(three.seat(2), poll, starts_at=days_on(AT, 20), at=AT)
        polling.add_place(three.seat(1), poll, where=where, at=AT)
    assert (poll.dates.count(), poll.places.count()) == (4, 2)
    with pytest.raises(Refusal):
        polling.add_date(three.seat(2), poll, starts_at=days_on(AT, 2), at=AT)
    with pytest.raises(NotOpen):
        polling.add_date(three.seat(2), poll, starts_at=days_on(AT, 21), at=AT + timedelta(days=7))


def test_whoever_added_a_date_takes_it_out_and_its_answers_go(company: Cast) -> None:
    poll = opened(company.seat("presenter"), at=AT)
    date = poll.dates.earliest("starts_at")
    polling.answer(company.seat("member"), poll, given={date.pk: "yes"}, at=AT)
    with pytest.raises(PermissionDenied):
        polling.remove(company.seat("member"), poll, date, at=AT)
    assert PollAnswer.objects.count() == 1
    polling.remove(company.seat("facilitator"), poll, date, at=AT)
    assert PollAnswer.objects.count() == 0


def test_the_last_answer_stands_and_what_is_left_out_stays(three: Gathered, poll: Poll) -> None:
    say(three, 1, poll, "yes", first="no")
    date = poll.dates.earliest("starts_at")
    polling.answer(three.seat(1), poll, given={date.pk: "if need be"}, at=AT)
    assert whys(poll) == [
        "one of three, two still to answer",
        "one of three, two still to answer",
        "one of three, if need be, two still to answer",
    ]
    assert PollAnswer.objects.filter(person=three.people[1]).count() == 4


def test_an_answer_to_another_sets_date_or_in_other_words_is_not_taken(
    three: Gathered, poll: Poll, company: Cast
) -> None:
    other = opened(company.seat("member"), at=AT)
    theirs = other.dates.earliest("starts_at")
    mine = poll.dates.earliest("starts_at")
    polling.answer(three.seat(1), poll, given={theirs.pk: "yes", mine.pk: "perhaps"}, at=AT)
    assert not PollAnswer.objects.exists()


def test_whoever_leaves_or_is_suspended_counts_no_more(three: Gathered, poll: Poll) -> None:
    for number, answer in ((0, "yes"), (1, "yes"), (2, "no")):
        say(three, number, poll, answer)
    assert whys(poll)[0] == "two of three, one cannot; too few for your quorum of three"
    seating.leave(three.seat(2), at=AT)
    assert whys(poll)[0] == "both"
    three.learning_set.memberships.filter(person=three.people[1]).update(suspended_at=AT)
    assert whys(poll)[0] == "the only one asked"


def test_whoever_joins_is_asked(three: Gathered, poll: Poll) -> None:
    for number in range(3):
        say(three, number, poll, "yes")
    assert standing.of(poll, at=AT).missing == []
    join(three.learning_set, newcomer("Delyth"))
    now = standing.of(poll, at=AT)
    assert [each.name for each in now.missing] == ["Delyth"]
    assert now.agreed == []


def test_a_date_added_later_asks_again_whoever_had_answered(three: Gathered, poll: Poll) -> None:
    say(three, 1, poll, "yes")
    assert standing.owed_by(three.people[1], at=AT) == {}
    polling.add_date(three.seat(2), poll, starts_at=days_on(AT, 20), at=AT)
    assert standing.owed_by(three.people[1], at=AT) == {three.learning_set.pk: poll}
    assert standing.owed_by(three.people[1], at=poll.closes_at) == {}


def test_everyone_says_no(three: Gathered) -> None:
    poll = opened(three.seat(0), at=AT, settles_itself=True)
    for number in range(3):
        say(three, number, poll, "no")
    now = standing.of(poll, at=AT)
    assert (now.best, now.agreed, now.missing) == (None, [], [])
    assert {row.why for _, row in now.dates} == {"nobody can; too few for your quorum of three"}


def test_a_poll_without_a_date_has_nobody_missing_and_nothing_best(
    three: Gathered, poll: Poll
) -> None:
    poll.dates.all().delete()
    now = standing.of(poll, at=AT)
    assert (now.best, now.missing, now.answered) == (None, [], [])


def test_the_convenor_who_left_is_followed_by_whose_turn_it_is(three: Gathered, poll: Poll) -> None:
    assert convening.convenor(poll, at=AT) == three.people[0]
    seating.leave(three.seat(0), at=AT)
    assert convening.convenor(poll, at=AT) == three.people[1]


def test_calling_off_tells_the_others_once(three: Gathered, poll: Poll) -> None:
    for _ in range(2):
        polling.cancel(three.seat(0), poll, at=AT)
    assert received("poll_cancelled") == {"bo@estuary.example": 1, "chidi@estuary.example": 1}
    with pytest.raises(NotOpen):
        polling.comment(three.seat(1), poll, words="Thursdays", at=AT)


def test_a_note_is_sealed_and_told_without_its_words(three: Gathered, poll: Poll) -> None:
    for _ in range(2):  # the same form again is the same note
        polling.answer(three.seat(1), poll, given={}, words=" Only by train. ", at=AT)
    note = PollComment.objects.get()
    assert note.words("words") == "Only by train."
    assert b"train" not in bytes(note.words_sealed or b"")
    [letter] = mail(about="poll_comment")
    assert letter.to == "anwen@estuary.example"
    assert "train" not in letter.words
    polling.comment(three.seat(1), poll, words="Or by bus.", at=AT)
    assert len(mail(about="poll_comment")) == 1  # told once that somebody wrote
    with pytest.raises(Refusal) as refused:
        polling.answer(three.seat(1), poll, given={}, words="a" * 2001, at=AT)
    assert refused.value.field == "words"


def test_nothing_is_done_in_a_closed_set(three: Gathered, poll: Poll) -> None:
    LearningSet.objects.filter(pk=three.learning_set.pk).update(closed_at=AT)
    date = poll.dates.earliest("starts_at")
    with pytest.raises(PermissionDenied):
        polling.open_poll(three.seat(0), proposal=proposal(AT), at=AT)
    with pytest.raises(PermissionDenied):
        polling.answer(three.seat(1), poll, given={date.pk: "yes"}, at=AT)
    with pytest.raises(PermissionDenied):
        settling.settle(three.seat(0), poll, dates=[date.pk], place=None, at=AT)
    assert standing.owed_by(three.people[1], at=AT) == {}


def test_standing_takes_as_many_queries_for_many_dates_and_answers(
    three: Gathered, poll: Poll
) -> None:
    few = counted(poll)
    for days in range(20, 40):
        polling.add_date(three.seat(0), poll, starts_at=days_on(AT, days), at=AT)
    for number in range(3):
        say(three, number, poll, "yes")
    join(three.learning_set, newcomer("Delyth"))
    assert counted(poll) == few


def counted(poll: Poll) -> int:
    with CaptureQueriesContext(connection) as captured:
        standing.of(poll, at=AT)
    return len(captured)
