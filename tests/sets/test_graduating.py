"""Graduation: proposed, agreed by everyone, reversible until its day, and then gone by the date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.sets import emptying, graduating, handing_over, inviting, seating
from setwise.sets.models import Graduation, Membership
from tests.sets.gathering import Gathered, gather, join, newcomer
from tests.sets.mailbox import mail
from tests.sets.test_seating import facilitators
from tests.sets.visiting import beside, page, signed_in, told

AT = timezone.now()
DAY = AT.date() + timedelta(days=30)


@pytest.fixture
def led(db: None) -> Gathered:
    """Anwen facilitates from outside; Bo and Chidi are members."""
    return gather(3, starter="facilitator")


def proposed(led: Gathered, on: date = DAY) -> Graduation:
    return graduating.propose(led.seat(0), on=on, at=AT)


def say(led: Gathered, row: Graduation, number: int, says: str = "yes", words: str = "") -> None:
    graduating.answer(led.seat(number), row, says=says, would_let=words, at=timezone.now())
    row.refresh_from_db()


def agreed(led: Gathered, on: date = DAY) -> Graduation:
    row = proposed(led, on)
    for number in range(1, len(led.people)):
        say(led, row, number)
    assert row.agreed_at
    return row


def come(row: Graduation) -> None:
    """Its moment has come, and no worker has run."""
    past = timezone.now() - timedelta(seconds=1)
    Graduation.objects.filter(pk=row.pk).update(takes_effect_at=past)
    changed = Membership.objects.filter(pk=row.facilitator_id).update(facilitates_until=past)
    assert changed == 1


def until(row: Graduation) -> datetime | None:
    return Membership.objects.get(pk=row.facilitator_id).facilitates_until


def test_each_member_is_asked_and_the_last_yes_agrees_it(led: Gathered) -> None:
    row = proposed(led)
    asked = sorted(letter.to for letter in mail() if "Can you live with this" in letter.prose)
    assert asked == sorted(person.email for person in led.people[1:])
    say(led, row, 1)
    assert (row.agreed_at, until(row)) == (None, None)
    say(led, row, 2)
    assert row.agreed_at and until(row) == row.takes_effect_at
    assert facilitators(led.learning_set) == ["Anwen"]  # until the day
    assert sum("All members have said yes" in letter.prose for letter in mail()) == 3


@pytest.mark.parametrize(
    ("zone", "hour"), [("Asia/Kathmandu", 18), ("America/St_Johns", 3), ("UTC", 0)]
)
def test_the_seat_empties_as_the_day_begins_where_the_facilitator_is(
    led: Gathered, zone: str, hour: int
) -> None:
    led.people[0].zone = zone
    led.people[0].save()
    row = proposed(led, date(2027, 1, 15))
    minute = {"Asia/Kathmandu": 15, "America/St_Johns": 30}.get(zone, 0)
    day = 14 if zone == "Asia/Kathmandu" else 15
    assert row.takes_effect_at == datetime(2027, 1, day, hour, minute, tzinfo=UTC)


def test_a_not_yet_holds_it_up_and_its_words_are_for_whoever_was_there(led: Gathered) -> None:
    row = proposed(led)
    say(led, row, 1)
    say(led, row, 2, "no", "One more season.")
    assert row.agreed_at is None
    url = f"/sets/{led.learning_set.pk}/graduation/"
    assert "One more season." in page(signed_in(led.people[0]), url)
    late = newcomer("Late")
    join(led.learning_set, late)
    seen = page(signed_in(late), url)
    assert "not yet" in seen and "One more season." not in seen
    assert all("One more season." not in letter.prose for letter in mail())


def test_a_member_takes_a_yes_back_before_the_day(led: Gathered) -> None:
    row = agreed(led)
    say(led, row, 2, "no", "Not so soon.")
    assert (row.agreed_at, until(row)) == (None, None)
    say(led, row, 2)
    assert until(row) == row.takes_effect_at


def test_the_facilitator_takes_it_back_before_the_day_and_nobody_else_does(led: Gathered) -> None:
    row = agreed(led)
    with pytest.raises(PermissionDenied):
        graduating.withdraw(led.seat(1), row, at=AT)
    graduating.withdraw(led.seat(0), row, at=AT)
    row.refresh_from_db()
    assert (until(row), row.withdrawn_at) == (None, AT)
    with pytest.raises(graduating.NotNow):
        graduating.answer(led.seat(1), row, says="yes", at=AT)
    assert proposed(led).pk != row.pk


def test_somebody_who_joins_suspends_nothing_and_whoever_leaves_is_not_waited_for(
    led: Gathered,
) -> None:
    row = proposed(led)
    say(led, row, 1)
    seating.leave(led.seat(2), at=timezone.now())
    row.refresh_from_db()
    assert row.agreed_at
    join(led.learning_set, newcomer("Late"))
    assert until(row) == row.takes_effect_at


def test_what_was_not_agreed_by_its_day_changes_nothing(led: Gathered) -> None:
    row = proposed(led)
    say(led, row, 1)
    with pytest.raises(graduating.NotNow):
        graduating.answer(led.seat(2), row, says="yes", at=row.takes_effect_at)
    assert until(row) is None and facilitators(led.learning_set) == ["Anwen"]


def test_from_the_moment_a_facilitator_from_outside_is_in_the_set_no_more(led: Gathered) -> None:
    row, anwen = agreed(led), signed_in(led.people[0])
    urls = [f"/sets/{led.learning_set.pk}/{name}" for name in ("", "people/", "rules/")]
    assert [anwen.get(url).status_code for url in urls] == [200] * 3
    come(row)  # and nobody carried it out
    assert [anwen.get(url).status_code for url in urls] == [404] * 3
    assert led.learning_set.name not in page(anwen, "/")
    assert led.learning_set.name in page(signed_in(led.people[1]), "/")


def test_a_member_who_facilitated_stays_a_member_without_its_rights(db: None) -> None:
    led = gather(3, starter="both")
    row = agreed(led)
    assert led.seat(0).is_facilitator
    come(row)
    seat = led.seat(0)
    assert (seat.is_member, seat.is_facilitator) == (True, False)
    with pytest.raises(PermissionDenied):
        seating.suspend(seat, led.membership(1), at=timezone.now())


@pytest.mark.parametrize("worker", [True, False])
def test_the_empty_seat_is_taken_by_whoever_comes_next(led: Gathered, worker: bool) -> None:
    row = agreed(led)
    come(row)
    if worker:
        assert emptying.empty_all_due(at=timezone.now()) == 1
        assert emptying.empty_all_due(at=timezone.now()) == 0
    handing_over.give_facilitation(led.seat(1), to=led.membership(1), at=timezone.now())
    assert facilitators(led.learning_set) == ["Bo"]
    left = Membership.objects.get(pk=row.facilitator_id)
    assert left.left_at == left.facilitates_until


def test_the_graduated_may_be_invited_again_before_any_worker_ran(led: Gathered) -> None:
    come(agreed(led))
    email, at = led.people[0].email, timezone.now()
    (asked,) = inviting.invite(led.seat(1), emails=[email], as_facilitator=True, at=at)
    inviting.accept(asked, led.people[0], at=at)
    assert facilitators(led.learning_set) == ["Anwen"]


def test_after_the_day_no_earlier_handing_over_is_undone(db: None) -> None:
    led = gather(3, starter="both")
    handing_over.give_facilitation(led.seat(0), to=led.membership(1), at=AT)
    row = graduating.propose(led.seat(1), on=DAY, at=AT)
    for number in (0, 2):
        say(led, row, number)
    come(row)
    given = handing_over.last(led.learning_set)
    assert given and not handing_over.may_undo(led.seat(2), given)
    with pytest.raises(seating.NotPossible):
        handing_over.undo(led.seat(2), given, at=timezone.now())


def test_giving_the_seat_away_ends_what_was_agreed(db: None) -> None:
    led = gather(3, starter="both")
    row = agreed(led)
    handing_over.give_facilitation(led.seat(0), to=led.membership(1), at=timezone.now())
    row.refresh_from_db()
    assert row.withdrawn_at and until(row) is None
    assert graduating.standing(led.learning_set, at=timezone.now()) is None


def test_the_page_leads_from_the_proposal_to_the_agreement(led: Gathered) -> None:
    url = f"/sets/{led.learning_set.pk}/graduation/"
    anwen, bo, chidi = map(signed_in, led.people)
    assert "Anwen facilitates." in page(bo, url)
    assert "within two years" in beside(
        anwen.post(url, {"do": "propose", "day": "2001-01-01"}), "day"
    )
    assert "Write a date" in beside(anwen.post(url, {"do": "propose", "day": "soon"}), "day")
    assert bo.post(url, {"do": "propose", "day": DAY.isoformat()}).status_code == 403
    assert told(anwen, url, do="propose", day=DAY.isoformat()) == [
        "Proposed. Each member is asked, and told by e-mail."
    ]
    assert "Anwen proposes that you go on without a facilitator." in page(bo, "/")
    assert anwen.post(url, {"says": "yes"}).status_code == 403
    assert "in a few words" in beside(bo.post(url, {"says": "no"}), "would_let")
    assert told(bo, url, says="yes") == ["Noted."]
    assert "you go on without a facilitator" not in page(bo, "/")
    assert told(chidi, url, says="yes") == ["Noted. All of you have said yes: it is agreed."]
    assert "You have agreed" in page(chidi, url)
    assert "Agreed: the seat empties on" in page(bo, f"/sets/{led.learning_set.pk}/people/")
    assert told(anwen, url, do="withdraw") == ["Taken back. You stay in the seat."]
    assert told(anwen, url, do="withdraw") == ["That is over, or was taken back already."]
    assert "taken back on" in page(bo, url)
    assert told(bo, url, says="yes") == ["That is not being agreed any more."]


def test_nobody_is_asked_in_a_set_of_one(db: None) -> None:
    alone = gather(1, starter="both")
    with pytest.raises(graduating.NotNow, match="nobody else"):
        proposed(alone)
