"""A day is the reader's own: Kathmandu is a quarter to six ahead of UTC, St John's half past three
behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.actions.company import browser, decided, gather, somebody
from tests.today.arranging import meet, next_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]
KATHMANDU, ST_JOHNS = "Asia/Kathmandu", "America/St_Johns"
EVENING = datetime(2027, 2, 9, 18, 30, tzinfo=UTC)  # a quarter past midnight in Kathmandu
NIGHT = datetime(2027, 2, 10, 3, 15, tzinfo=UTC)  # a quarter to midnight in St John's
DUE = "One of your actions was due. How did it go? [Say how it went]"
RULES = "Your set has no ground rules yet. [Write the first ones]"
NINTH, TENTH = date(2027, 2, 9), date(2027, 2, 10)


@pytest.mark.parametrize(
    ("zone", "moment", "due_on", "thing", "words"),
    [
        (KATHMANDU, EVENING, TENTH, DUE, "by 10 February"),
        (KATHMANDU, EVENING - timedelta(minutes=16), TENTH, RULES, "by 10 February"),
        (KATHMANDU, EVENING, NINTH, DUE, "was due 9 February"),
        (KATHMANDU, EVENING - timedelta(minutes=16), NINTH, DUE, "by 9 February"),
        (ST_JOHNS, NIGHT, TENTH, RULES, "by 10 February"),
        (ST_JOHNS, NIGHT + timedelta(minutes=15), TENTH, DUE, "by 10 February"),
        (ST_JOHNS, NIGHT, NINTH, DUE, "by 9 February"),
        (ST_JOHNS, NIGHT + timedelta(minutes=15), NINTH, DUE, "was due 9 February"),
    ],
)
def test_an_action_is_due_on_the_day_of_its_owner(
    set_clock: Callable[[datetime], None],
    zone: str,
    moment: datetime,
    due_on: date,
    thing: str,
    words: str,
) -> None:
    set_clock(moment)
    amara = somebody("amara", zone=zone)
    learning_set = gather("amara", "tomasz", "niamh", "yusuf")
    meet(learning_set, moment + timedelta(days=9), by="amara")
    decided(amara, learning_set, due_on=due_on)
    assert next_of(amara) == thing
    own = browser(amara)
    pages = [own.get(path).content.decode() for path in ("/", f"/sets/{learning_set.id}/")]
    assert [words in page for page in pages] == [True, True]
    assert f"{words} 2027" in own.get("/actions/").content.decode()


def test_two_in_one_set_read_the_same_meeting_on_two_days(
    set_clock: Callable[[datetime], None],
) -> None:
    set_clock(EVENING)
    amara, tomasz = somebody("amara", zone=KATHMANDU), somebody("tomasz", zone=ST_JOHNS)
    meet(gather("amara", "tomasz"), NIGHT + timedelta(days=1), by="amara")
    assert "Thursday 11 February 2027, 09:00 (Kathmandu time)" in browser(amara).get("/").text
    assert "Wednesday 10 February 2027, 23:45 (St Johns time)" in browser(tomasz).get("/").text
