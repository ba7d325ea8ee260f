"""Real dates from a rhythm: around public holidays, months left out and clock changes."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setwise.meetings import public_holidays, rhythm_words
from setwise.meetings.rhythm import Calendar, LeftOut, Occurrence, Rhythm, occurrences

pytestmark = pytest.mark.pure

LONDON = ZoneInfo("Europe/London")
FAR = datetime(2035, 1, 1, tzinfo=UTC)
TUESDAY, THURSDAY, FRIDAY, SUNDAY = 1, 3, 4, 6
MORNING = time(10)

ZONES = ("Europe/London", "Asia/Kathmandu", "America/St_Johns", "Australia/Lord_Howe", "UTC")
rhythms = st.builds(
    Rhythm,
    weeks=st.integers(1, 12),
    days=st.frozensets(st.integers(0, 6), min_size=1, max_size=3),
    times=st.lists(st.times().map(lambda t: t.replace(second=0, microsecond=0)), min_size=1).map(
        lambda found: tuple(sorted(set(found))[:3])
    ),
    first=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    count=st.integers(1, 12),
    months_out=st.frozensets(st.integers(1, 12), max_size=4),
)
calendars = st.builds(
    Calendar,
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    holidays=st.sampled_from(("", "GB-ENG", "GB-SCT", "NP", "CA-NL")).map(
        lambda code: public_holidays.between(code, 2026, 2035)
    ),
    taken=st.sets(st.dates(date(2026, 1, 1), date(2030, 1, 1)), max_size=30),
)


def classic(**changed: object) -> Rhythm:
    """Every six weeks on a Tuesday or Thursday morning, not in August, six meetings."""
    values: dict[str, object] = {
        "weeks": 6,
        "days": frozenset({TUESDAY, THURSDAY}),
        "times": (MORNING,),
        "first": date(2027, 1, 5),
        "count": 6,
        "months_out": frozenset({8}),
    }
    return Rhythm(**values | changed)  # type: ignore[arg-type]


def england(*taken: date) -> Calendar:
    return Calendar(LONDON, public_holidays.between("GB-ENG", 2026, 2035), taken)


def local(found: list[Occurrence], zone: ZoneInfo = LONDON) -> list[list[str]]:
    return [[f"{each.astimezone(zone):%a %d %b %H:%M}" for each in row.starts] for row in found]


def test_the_rhythm_of_the_issue_gives_its_six_meetings() -> None:
    found = occurrences(classic(), england(), until=FAR)
    assert local(found) == [
        ["Tue 05 Jan 10:00", "Thu 07 Jan 10:00"],
        ["Tue 16 Feb 10:00", "Thu 18 Feb 10:00"],
        ["Tue 30 Mar 10:00", "Thu 01 Apr 10:00"],
        ["Tue 11 May 10:00", "Thu 13 May 10:00"],
        ["Tue 22 Jun 10:00", "Thu 24 Jun 10:00"],
        ["Thu 02 Sep 10:00"],  # from Tuesday 3 August, put off: the 31st is in August too
    ]
    assert found[5].put_off and {each.why for each in found[5].left_out} == {"month"}
    assert not any(row.left_out for row in found[:5])


def test_a_public_holiday_leaves_the_other_day_of_its_week() -> None:
    rhythm = classic(days=frozenset({0, THURSDAY}), first=date(2027, 5, 31), count=1)
    (only,) = occurrences(rhythm, england(), until=FAR)
    assert local([only]) == [["Thu 03 Jun 10:00"]]
    assert only.left_out == (LeftOut(date(2027, 5, 31), "holiday", "Spring Bank Holiday"),)
    assert rhythm_words.notes(only) == ["Monday 31 May 2027 is Spring Bank Holiday."]


def test_a_week_of_holidays_offers_the_weeks_beside_it_and_the_rhythm_keeps_its_step() -> None:
    rhythm = classic(days=frozenset({FRIDAY}), first=date(2026, 11, 13), count=3)
    found = occurrences(rhythm, england(), until=FAR)  # the second falls on Christmas Day
    assert local(found) == [
        ["Fri 13 Nov 10:00"],
        ["Fri 18 Dec 10:00"],  # a week later is New Year's Day
        ["Fri 05 Feb 10:00"],
    ]
    assert rhythm_words.notes(found[1]) == [
        "Friday 25 December 2026 is Christmas Day.",
        "So these are the days nearest to that week.",
    ]


def test_a_weekly_rhythm_has_no_weeks_beside_it_and_goes_on_after_the_holiday() -> None:
    rhythm = classic(weeks=1, days=frozenset({FRIDAY}), first=date(2027, 3, 19), count=2)
    found = occurrences(rhythm, england(), until=FAR)
    assert local(found) == [["Fri 19 Mar 10:00"], ["Fri 02 Apr 10:00"]]
    assert found[1].left_out[0].name == "Good Friday"


def test_scotland_and_england_keep_other_days() -> None:
    rhythm = classic(days=frozenset({0}), first=date(2027, 8, 30), months_out=frozenset(), count=1)
    scotland = Calendar(LONDON, public_holidays.between("GB-SCT", 2027, 2027))
    assert local(occurrences(rhythm, scotland, until=FAR)) == [["Mon 30 Aug 10:00"]]
    assert local(occurrences(rhythm, england(), until=FAR)) == [["Mon 06 Sep 10:00"]]


def test_a_day_on_which_the_set_meets_already_is_not_offered() -> None:
    taken = england(date(2027, 1, 5))
    first = occurrences(classic(count=1), taken, until=FAR)[0]
    assert local([first]) == [["Thu 07 Jan 10:00"]]
    assert rhythm_words.notes(first) == ["You meet on Tuesday 5 January 2027 already."]


def test_the_clock_on_the_wall_is_kept_over_both_changes_in_london() -> None:
    """Clocks go forward on 28 March 2027 and back on 31 October."""
    spring = classic(weeks=1, days=frozenset({TUESDAY}), first=date(2027, 3, 23), count=2)
    autumn = classic(weeks=1, days=frozenset({TUESDAY}), first=date(2027, 10, 26), count=2)
    starts = [
        row.starts[0]
        for each in (spring, autumn)
        for row in occurrences(each, england(), until=FAR)
    ]
    assert starts == [
        datetime(2027, 3, 23, 10, tzinfo=UTC),
        datetime(2027, 3, 30, 9, tzinfo=UTC),
        datetime(2027, 10, 26, 9, tzinfo=UTC),
        datetime(2027, 11, 2, 10, tzinfo=UTC),
    ]


@pytest.mark.parametrize(
    ("zone", "first", "utc"),
    [
        ("Asia/Kathmandu", date(2027, 1, 5), datetime(2027, 1, 5, 4, 15, tzinfo=UTC)),
        ("America/St_Johns", date(2027, 3, 9), datetime(2027, 3, 9, 13, 30, tzinfo=UTC)),
        ("America/St_Johns", date(2027, 3, 16), datetime(2027, 3, 16, 12, 30, tzinfo=UTC)),
    ],
)
def test_a_morning_is_the_morning_of_the_place(zone: str, first: date, utc: datetime) -> None:
    rhythm = classic(days=frozenset({TUESDAY}), first=first, count=1)
    found = occurrences(rhythm, Calendar(ZoneInfo(zone)), until=FAR)
    assert found[0].starts == (utc,)


def test_a_time_that_the_clocks_leave_out_is_not_offered() -> None:
    rhythm = classic(
        weeks=1, days=frozenset({SUNDAY}), times=(time(1, 30),), first=date(2027, 3, 28), count=1
    )
    (only,) = occurrences(rhythm, england(), until=FAR)
    assert local([only]) == [["Sun 04 Apr 01:30"]]
    assert "The clocks go forward" in rhythm_words.notes(only)[0]


def test_a_time_that_there_is_twice_is_offered_once() -> None:
    rhythm = classic(
        days=frozenset({SUNDAY}), times=(time(1, 30),), first=date(2027, 10, 31), count=1
    )
    (only,) = occurrences(rhythm, england(), until=FAR)
    assert only.starts == (datetime(2027, 10, 31, 0, 30, tzinfo=UTC),)


def test_fewer_are_offered_where_the_set_closes() -> None:
    found = occurrences(classic(), england(), until=datetime(2027, 4, 1, 9, 0, tzinfo=UTC))
    assert len(found) == 3 and len(found[2].starts) == 2  # 10:00 in summer time is that moment


def test_the_sentence_says_the_rhythm_as_people_would() -> None:
    assert rhythm_words.sentence(classic(times=(MORNING, time(14)))) == (
        "Every six weeks on a Tuesday or Thursday at 10:00 or 14:00, from 5 January 2027, "
        "not in August."
    )
    weekly = classic(weeks=1, days=frozenset({0}), months_out=frozenset({7, 8, 12}))
    assert rhythm_words.sentence(weekly) == (
        "Every week on a Monday at 10:00, from 5 January 2027, not in July, August or December."
    )


def test_no_country_or_one_that_is_known_no_more_has_no_holidays() -> None:
    assert public_holidays.between("", 2027, 2027) == {}
    assert public_holidays.between("GB-XX", 2027, 2027) == public_holidays.between("ZZ", 2027, 2027)


@given(rhythms, calendars)
@settings(max_examples=150, deadline=None)
def test_every_moment_keeps_the_rhythm(rhythm: Rhythm, calendar: Calendar) -> None:
    for row in occurrences(rhythm, calendar, until=FAR):
        assert row.starts
        for start in row.starts:
            there = start.astimezone(calendar.zone)
            assert there.weekday() in rhythm.days and there.month not in rhythm.months_out
            assert there.date() not in calendar.holidays and there.date() not in calendar.taken
            assert there.time() in rhythm.times and there.date() >= rhythm.first


@given(rhythms, calendars)
@settings(max_examples=150, deadline=None)
def test_any_choice_keeps_the_order_and_nothing_is_left_out_unsaid(
    rhythm: Rhythm, calendar: Calendar
) -> None:
    found = occurrences(rhythm, calendar, until=FAR)
    assert [row.number for row in found] == list(range(1, len(found) + 1))
    for earlier, later in itertools.pairwise(found):
        assert max(earlier.starts) < min(later.starts)
    for row in found:
        offered = {start.astimezone(calendar.zone).date() for start in row.starts}
        assert offered.isdisjoint(each.day for each in row.left_out)
        if row.elsewhere or row.put_off:
            assert row.left_out and rhythm_words.notes(row)
        else:  # its week's days are offered, or it says why not
            said = offered | {each.day for each in row.left_out}
            monday = min(said) - timedelta(days=min(said).weekday())
            whole = {monday + timedelta(days=day) for day in rhythm.days}
            assert said == {day for day in whole if day >= rhythm.first}


@given(rhythms, st.sampled_from(ZONES).map(ZoneInfo))
@settings(max_examples=100, deadline=None)
def test_without_holidays_the_steps_are_even_and_all_are_there(
    rhythm: Rhythm, zone: ZoneInfo
) -> None:
    plain = Rhythm(rhythm.weeks, rhythm.days, (MORNING,), rhythm.first, rhythm.count)
    found = occurrences(plain, Calendar(zone), until=FAR)
    weeks = [
        day - timedelta(days=day.weekday())
        for day in (row.starts[0].astimezone(zone).date() for row in found)
    ]
    assert len(found) == plain.count
    assert {b - a for a, b in itertools.pairwise(weeks)} <= {timedelta(weeks=plain.weeks)}
