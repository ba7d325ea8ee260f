"""Too few can come: whoever may change the meeting moves it, or holds it where the rules allow."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from setwise.meetings import going_ahead, quorum, replying, scheduling
from setwise.meetings.models import Meeting, Reply
from tests.cast import Cast
from tests.meetings.planning import AT, PLAN, plan
from tests.sets.gathering import Gathered, gather
from tests.sets.visiting import page, queries, signed_in, told

MOVE = 'class="button button--quiet" href="/meetings/{}/date/">Another date</a>'
HOLD = "Hold it anyway</button>"
WEEK = timedelta(days=7)


@pytest.fixture
def soon(company: Cast) -> Meeting:
    """A meeting in nine days, which the facilitator fixed."""
    start = timezone.now() + timedelta(days=9)
    return scheduling.fix(
        company.seat("facilitator"), plan=plan(starts_at=start), at=timezone.now()
    )


def lose(meeting: Meeting) -> None:
    """All but two of the members send apologies: the case's quorum is four."""
    members = meeting.learning_set.memberships.seated().filter(is_member=True)
    for row in members[2:]:
        Reply.objects.update_or_create(
            meeting=meeting,
            person=row.person,
            defaults={"answer": "apologies", "answered_at": timezone.now()},
        )
    assert quorum.of(meeting).lost


def rule(company: Cast, *, moves: bool) -> None:
    company.learning_set.ground_rules.update(moves_below_quorum=moves)


def url(meeting: Meeting) -> str:
    return f"/meetings/{meeting.id}/"


@pytest.mark.parametrize("moves", [True, False])
def test_whoever_may_change_it_is_offered_to_move_it_or_to_hold_it_where_the_rules_allow(
    company: Cast, soon: Meeting, moves: bool
) -> None:
    rule(company, moves=moves)
    client, offer = signed_in(company.people["facilitator"]), MOVE.format(soon.id)
    words = page(client, url(soon))
    assert "Too few can come" not in words and HOLD not in words and offer not in words
    lose(soon)
    words = page(client, url(soon))
    assert "Too few can come." in words and offer in words
    assert (HOLD in words) is not moves
    assert ("You agreed to move a meeting that is below quorum." in words) is moves


@pytest.mark.parametrize("moves", [True, False])
def test_the_others_see_that_it_is_below_quorum_and_who_is_asked(
    company: Cast, soon: Meeting, moves: bool
) -> None:
    rule(company, moves=moves)
    lose(soon)
    words = page(signed_in(company.people["member"]), url(soon))
    assert "Too few can come for a quorum of 4." in words
    assert MOVE.format(soon.id) not in words and HOLD not in words
    asked = "whoever arranges it is asked to." if moves else "moves it, or holds it anyway."
    assert asked in words


def test_held_anyway_it_is_said_to_all_and_offered_no_more(company: Cast, soon: Meeting) -> None:
    lose(soon)
    client = signed_in(company.people["facilitator"])
    said = ["Noted: you meet anyway. The set sees it on this page."]
    assert told(client, f"{url(soon)}going-ahead/") == said
    for role in ("facilitator", "member"):
        words = page(signed_in(company.people[role]), url(soon))
        assert "Too few can come for a quorum of 4.</strong> You meet anyway." in words
        assert HOLD not in words


def test_a_new_time_asks_again_and_a_new_place_does_not(company: Cast, soon: Meeting) -> None:
    lose(soon)
    seat, at = company.seat("facilitator"), soon.arranged_at
    going_ahead.hold_anyway(seat, soon, at=at)
    there = plan(starts_at=soon.starts_at, place="The café")
    soon = scheduling.move(seat, soon, plan=there, at=at)
    assert soon.goes_ahead_at == at
    later = plan(starts_at=soon.starts_at + WEEK)
    assert scheduling.move(seat, soon, plan=later, at=at).goes_ahead_at is None


def test_where_the_rule_moves_it_nobody_holds_it(company: Cast, soon: Meeting) -> None:
    rule(company, moves=True)
    lose(soon)
    client = signed_in(company.people["facilitator"])
    assert told(client, f"{url(soon)}going-ahead/") == [
        "You agreed that a meeting below quorum is moved."
    ]
    soon.refresh_from_db()
    assert soon.goes_ahead_at is None


def test_only_whoever_may_change_it_holds_it(company: Cast, soon: Meeting) -> None:
    lose(soon)
    with pytest.raises(PermissionDenied):
        going_ahead.hold_anyway(company.seat("member"), soon, at=AT)
    statuses = {
        role: signed_in(company.people[role]).post(f"{url(soon)}going-ahead/").status_code
        for role in ("member", "former", "suspended", "stranger", "other set")
    }
    assert statuses == {"member": 403} | dict.fromkeys(
        ("former", "suspended", "stranger", "other set"), 404
    )
    soon.refresh_from_db()
    assert soon.goes_ahead_at is None


def test_what_is_over_or_cancelled_is_not_held(company: Cast, soon: Meeting) -> None:
    lose(soon)
    client, seat = signed_in(company.people["facilitator"]), company.seat("facilitator")
    with pytest.raises(scheduling.NotChangeable):
        going_ahead.hold_anyway(seat, soon, at=soon.ends_at)
    scheduling.cancel(seat, soon, at=timezone.now())
    assert told(client, f"{url(soon)}going-ahead/") == [
        "This meeting is over or was cancelled, so nothing was changed."
    ]
    words = page(client, url(soon))
    assert "Too few can come" not in words


def test_many_meetings_are_counted_and_offered_in_as_few_queries_as_one(
    django_assert_num_queries: object, company: Cast
) -> None:
    seat = company.seat("facilitator")
    one = [scheduling.fix(seat, plan=PLAN, at=AT)]
    many = [
        *one,
        *(
            scheduling.fix(seat, plan=plan(starts_at=PLAN.starts_at + n * WEEK), at=AT)
            for n in (1, 2, 3)
        ),
    ]
    for meeting in many:
        lose(meeting)
    for rows in (one, many):
        with django_assert_num_queries(4):  # type: ignore[operator]
            assert set(going_ahead.asked_of(seat.person, rows, at=AT)) == {row.id for row in rows}
    assert going_ahead.asked_of(company.people["member"], many, at=AT) == {}


@pytest.mark.django_db
def test_the_page_takes_as_many_queries_below_quorum_with_many_people_as_with_few() -> None:
    counts = []
    for size in (4, 8):
        gathered: Gathered = gather(size)
        meeting = scheduling.fix(gathered.seat(0), plan=PLAN, at=AT)
        for number in range(2, size):
            replying.reply(gathered.seat(number), meeting, answer="apologies", at=AT)
        counts.append(queries(signed_in(gathered.people[0]), url(meeting)))
        assert quorum.of(meeting).lost
        for person in gathered.people:
            person.delete()
    assert counts[0] == counts[1]
