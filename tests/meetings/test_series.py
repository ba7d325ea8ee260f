"""Several meetings at once: asked for in one poll, or fixed without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.meetings import poll_mail, polling, series, settling, standing
from setwise.meetings.models import KeptRhythm, Meeting, Poll, PollDate
from setwise.meetings.refusing import Refusal
from setwise.meetings.rhythm import Rhythm
from setwise.meetings.scheduling import Plan
from setwise.people.models import Person
from tests.meetings.polls import days_on, opened
from tests.sets.gathering import Gathered
from tests.sets.mailbox import mail, received

AT = timezone.now()
FIRST, SECOND = (days_on(AT, 20), days_on(AT, 22)), (days_on(AT, 62), days_on(AT, 64))


def ask(three: Gathered, *, settles_itself: bool = False) -> Poll:
    """Anwen asks for two meetings, two dates for each."""
    return opened(three.seat(0), at=AT, dates=FIRST, later=(SECOND,), settles_itself=settles_itself)


def of(poll: Poll, starts_at: datetime) -> PollDate:
    return poll.dates.get(starts_at=starts_at)


def say(three: Gathered, number: int, poll: Poll, answers: dict[datetime, str]) -> Poll:
    given = {of(poll, starts_at).id: answer for starts_at, answer in answers.items()}
    return polling.answer(three.seat(number), poll, given=given, at=AT)


def test_each_date_is_for_its_meeting_and_one_added_joins_the_nearest(three: Gathered) -> None:
    poll = ask(three)
    assert [of(poll, each).occurrence for each in (*FIRST, *SECOND)] == [1, 1, 2, 2]
    added = polling.add_date(three.seat(1), poll, starts_at=SECOND[0] - timedelta(days=3), at=AT)
    assert added.occurrence == 2
    say(three, 0, poll, {FIRST[1]: "yes", SECOND[0]: "no", SECOND[1]: "if need be"})
    ranked = standing.of(poll, at=AT).by_occurrence
    assert [[date.starts_at for date, _ in rows][:2] for rows in ranked.values()] == [
        [FIRST[1], FIRST[0]],
        [SECOND[1], added.starts_at],
    ]


def test_settling_makes_all_of_it_and_one_letter_lists_them(three: Gathered) -> None:
    poll = ask(three)
    say(three, 0, poll, {FIRST[1]: "yes", SECOND[0]: "no"})
    say(three, 1, poll, {FIRST[1]: "yes", SECOND[0]: "yes"})
    chosen = [of(poll, SECOND[0]).pk, of(poll, FIRST[1]).pk]
    place = poll.places.get().pk
    meetings = settling.settle(three.seat(0), poll, dates=chosen, place=place, at=AT)
    assert settling.settle(three.seat(0), poll, dates=chosen, place=None, at=AT) == meetings
    assert [each.starts_at for each in meetings] == [FIRST[1], SECOND[0]]
    assert {each.place for each in meetings} == {"Seminar room 2"}
    replies = [set(each.replies.values_list("person__name", flat=True)) for each in meetings]
    assert replies == [{"Anwen", "Bo"}, {"Bo"}]
    assert [of(poll, each).meeting for each in (FIRST[1], SECOND[0])] == meetings
    assert received("series") == {"bo@estuary.example": 1, "chidi@estuary.example": 1}
    told = {letter.to: letter for letter in mail(about="series")}
    bo, chidi = told["bo@estuary.example"], told["chidi@estuary.example"]
    assert bo.prose.count(": you are coming") == 2 and "nothing you need to do" in bo.prose
    assert ": you are coming" not in chidi.prose and "there you say whether" in chidi.prose
    assert "2 meetings, the first on" in chidi.subject
    assert not received("fixed")
    assert set(received("invited").values()) == {2} and len(received("invited")) == 3
    invited = [letter for letter in mail(about="invited") if letter.to == "bo@estuary.example"]
    assert {letter.method for letter in invited} == {"REQUEST"}
    assert [letter.ics.count("PARTSTAT=ACCEPTED") for letter in invited] == [1, 1]


def test_two_dates_of_one_meeting_and_one_that_has_begun_are_refused(three: Gathered) -> None:
    poll = ask(three)
    both = [of(poll, each).pk for each in FIRST]
    with pytest.raises(Refusal) as refused:
        settling.settle(three.seat(0), poll, dates=both, place=None, at=AT)
    assert refused.value.sentence == settling.ONE_EACH
    with pytest.raises(Refusal):
        settling.settle(three.seat(0), poll, dates=[], place=None, at=AT)
    one = [of(poll, FIRST[0]).pk, of(poll, SECOND[0]).pk]
    with pytest.raises(Refusal):
        settling.settle(three.seat(0), poll, dates=one, place=None, at=FIRST[0])
    assert not Meeting.objects.filter(learning_set=three.learning_set).exists()


def test_a_series_settles_itself_once_each_of_its_meetings_has_a_date(three: Gathered) -> None:
    poll = ask(three, settles_itself=True)
    for number in range(3):
        poll = say(three, number, poll, {FIRST[0]: "yes"})
    assert poll.settled_at is None  # the second meeting has none yet
    for number in range(3):
        poll = say(three, number, poll, {SECOND[1]: "yes", SECOND[0]: "no"})
    meetings = Meeting.objects.filter(learning_set=three.learning_set).order_by("starts_at")
    assert poll.settled_at and poll.meetings == list(meetings)
    assert [each.starts_at for each in meetings] == [FIRST[0], SECOND[1]]
    assert len(received("series")) == 3  # the convenor too: nobody pressed anything
    assert "Everyone has said yes" in mail(about="series")[0].prose


def test_its_letters_say_which_meeting_each_date_is_for(three: Gathered) -> None:
    poll = ask(three)
    assert mail(about="poll_opened")[0].prose.count("* Second of the series: ") == 2
    say(three, 0, poll, {FIRST[1]: "yes", SECOND[0]: "yes"})
    poll_mail.closed(poll, standing.of(poll, at=AT), at=AT)
    told = mail(about="poll_closed")[0]
    assert "The date that stands first for each meeting" in told.prose
    assert [line[:2] for line in told.text.splitlines() if line[1:2] == "."] == ["1.", "2."]
    polling.cancel(three.seat(0), poll, at=AT)
    opened(three.seat(0), at=AT)
    assert "meeting: " not in mail(about="poll_opened")[-1].prose


def test_a_poll_for_a_meeting_without_dates_is_refused(three: Gathered) -> None:
    with pytest.raises(Refusal):
        opened(three.seat(0), at=AT, dates=FIRST, later=((), SECOND))


def plans(*starts: datetime) -> list[Plan]:
    return [Plan(each, "Europe/London", 90, place="Here") for each in starts]


def test_a_series_is_fixed_at_once_without_a_poll(three: Gathered) -> None:
    Person.objects.filter(pk=three.people[1].pk).update(zone="Asia/Kathmandu")
    starts = datetime(2027, 3, 23, 10, tzinfo=UTC), datetime(2027, 3, 30, 9, tzinfo=UTC)
    fixed = series.fix(three.seat(0), plans=plans(*starts), at=AT)
    told = len(mail())
    again = series.fix(three.seat(0), plans=plans(*starts), at=AT + timedelta(seconds=2))
    assert (again, len(mail())) == (fixed, told)  # pressed twice
    assert received("series") == {"bo@estuary.example": 1, "chidi@estuary.example": 1}
    dates = mail(about="series", to="bo@estuary.example")[0].text.splitlines()
    assert "* Tuesday 23 March 2027, 15:45 (Kathmandu time)" in dates
    assert "* Tuesday 30 March 2027, 14:45 (Kathmandu time)" in dates
    london = mail(about="series", to="chidi@estuary.example")[0].text
    assert london.count(", 10:00 (London time)") == 2  # on either side of the change
    assert all(each.replies.get().person == three.people[0] for each in fixed)


def test_a_closed_set_fixes_nothing(three: Gathered) -> None:
    three.learning_set.closed_at = AT
    three.learning_set.save()
    with pytest.raises(PermissionDenied):
        series.fix(three.seat(0), plans=plans(FIRST[0]), at=AT)


RHYTHM = Rhythm(6, frozenset({1, 3}), (time(10),), date(2027, 3, 23), 3, frozenset({8}))


def test_dates_go_around_holidays_other_meetings_and_the_end_of_the_set(three: Gathered) -> None:
    at = datetime(2027, 1, 12, 9, tzinfo=UTC)
    three.learning_set.country = "GB-ENG"
    monday = replace(RHYTHM, days=frozenset({0}), first=date(2027, 3, 29))  # Easter Monday
    (row, *_) = series.offered(three.learning_set, monday, zone="Europe/London", at=at)
    assert row.left_out[0].name == "Easter Monday"
    (meeting,) = series.fix(
        three.seat(0), plans=plans(datetime(2027, 3, 23, 10, tzinfo=UTC)), at=at
    )
    (row, *_) = series.offered(three.learning_set, RHYTHM, zone="Europe/London", at=at)
    assert [each.day for each in row.starts] == [25]
    again = series.offered(three.learning_set, RHYTHM, zone="Europe/London", at=at, but=meeting)
    assert [each.day for each in again[0].starts] == [23, 25]
    three.learning_set.closes_at = datetime(2027, 5, 5, tzinfo=UTC)
    assert len(series.offered(three.learning_set, RHYTHM, zone="Europe/London", at=at)) == 2


def test_the_last_rhythm_is_kept(three: Gathered) -> None:
    series.keep(three.seat(0), replace(RHYTHM, weeks=4), zone="UTC")
    series.keep(three.seat(1), RHYTHM, zone="Asia/Kathmandu")
    kept = KeptRhythm.objects.get(learning_set=three.learning_set)
    assert kept.zone == "Asia/Kathmandu"
    assert kept.from_day(RHYTHM.first, count=3) == RHYTHM
