"""The form by which a set is asked for dates."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import polling
from tests.meetings.polls import opened
from tests.sets.gathering import Gathered
from tests.sets.visiting import beside, page, signed_in

pytestmark = pytest.mark.once

AT = timezone.now()


def typed(**changed: str) -> dict[str, str]:
    """Two dates in two weeks, in London, but for what is named."""
    words = {
        "date_1": f"{AT + timedelta(days=14):%Y-%m-%d}",
        "time_1": "14:00",
        "date_2": f"{AT + timedelta(days=15):%Y-%m-%d}",
        "time_2": "09:30",
        "minutes": "120",
        "zone": "Europe/London",
        "place": "Seminar room 2",
        "closes_on": f"{AT + timedelta(days=7):%Y-%m-%d}",
    }
    return words | changed


def find(three: Gathered, **changed: str) -> Any:
    url = reverse("meetings:find", args=[three.learning_set.pk])
    return signed_in(three.people[0]).post(url, typed(**changed))


def test_a_poll_is_opened_from_its_form(three: Gathered) -> None:
    assert find(three, settles_itself="on").status_code == 302
    poll = three.learning_set.polls.get()
    starts = [f"{row.starts_at:%H:%M}" for row in poll.dates.order_by("starts_at")]
    assert len(starts) == 2
    assert poll.places.get().place == "Seminar room 2"
    assert poll.settles_itself
    assert poll.closes_at.astimezone(three.people[0].tzinfo).hour == 20
    start = page(signed_in(three.people[1]), reverse("meetings:find", args=[poll.learning_set_id]))
    assert "checked" in start.partition('name="settles_itself"')[2].partition(">")[0]


def test_a_refused_form_says_why_beside_the_field_and_keeps_what_was_typed(
    three: Gathered,
) -> None:
    assert beside(find(three, date_1="", date_2=""), "date_1") == polling.ONE_DATE
    assert beside(find(three, time_2=""), "time_2") == "Choose a time."
    assert beside(find(three, place=""), "place").startswith("Say where")
    late = find(three, closes_on=f"{AT + timedelta(days=20):%Y-%m-%d}")
    assert beside(late, "closes_on") == "Close the poll before the first date."
    past = find(three, closes_on="2020-01-01")
    assert beside(past, "closes_on").startswith("That day is over")
    assert "Seminar room 2" in past.content.decode()
    assert not three.learning_set.polls.exists()


def test_a_time_that_the_clocks_leave_out_is_refused_and_the_first_of_two_is_taken(
    three: Gathered,
) -> None:
    spring, autumn = _clock_changes(AT)
    gap = find(three, date_1=f"{spring:%Y-%m-%d}", time_1="01:30")
    assert beside(gap, "time_1").startswith("The clocks go forward")
    assert find(three, date_1=f"{autumn:%Y-%m-%d}", time_1="01:30").status_code == 302
    fold = three.learning_set.polls.get().dates.latest("starts_at")
    assert (fold.starts_at.hour, fold.starts_at.minute) == (0, 30)  # British Summer Time still


def _clock_changes(at: datetime) -> tuple[datetime, datetime]:
    """The days on which Britain's clocks next go forward and back, both more than a week away."""
    days = [at + timedelta(days=n) for n in range(17, 400)]
    sundays = [
        each for each in days if each.weekday() == 6 and (each + timedelta(7)).month != each.month
    ]
    return (
        next(each for each in sundays if each.month == 3),
        next(each for each in sundays if each.month == 10),
    )


def test_a_second_poll_leads_to_the_open_one(three: Gathered) -> None:
    poll = opened(three.seat(0), at=AT)
    answer = find(three)
    assert answer["Location"] == reverse("meetings:poll", args=[poll.pk])
    assert three.learning_set.polls.count() == 1
