"""Whether enough will be there: members' replies against the quorum of the rules."""

from __future__ import annotations

import pytest

from setwise.meetings import quorum, replying, scheduling
from setwise.meetings.models import Meeting
from setwise.project.demo.filling import seat_of
from setwise.sets import seating
from tests.cast import Cast
from tests.meetings.planning import AT, PLAN
from tests.sets.agreements import propose, say
from tests.sets.gathering import gather
from tests.sets.visiting import page, signed_in


def reply(company: Cast, meeting: Meeting, **answers: str) -> None:
    """Each of the case's people answers, by their key."""
    for key, answer in answers.items():
        seat = seat_of(company.keys[key], company.learning_set)
        replying.reply(seat, meeting, answer=answer, at=meeting.arranged_at)


def counted(meeting: Meeting) -> tuple[int, int, int, int]:
    found = quorum.of(meeting)
    return found.needed, found.coming, found.apologies, found.unanswered


def test_replies_of_members_are_counted_against_the_rules_quorum(
    company: Cast, meeting: Meeting
) -> None:
    assert counted(meeting) == (4, 0, 0, 7)  # the case's six and the late joiner
    reply(company, meeting, amara="yes", tomasz="yes", bronwen="apologies")
    assert counted(meeting) == (4, 2, 1, 4)


def test_a_facilitator_from_outside_is_no_part_of_a_quorum(company: Cast, meeting: Meeting) -> None:
    before = counted(meeting)
    reply(company, meeting, ruth="yes")
    assert meeting.replies.count() == 1
    assert counted(meeting) == before


def test_it_is_met_with_the_last_needed_yes_and_lost_with_the_last_possible_one(
    company: Cast, meeting: Meeting
) -> None:
    states = []
    for answers in (
        {"amara": "yes", "tomasz": "yes", "bronwen": "yes"},
        {"yusuf": "yes"},
        {"yusuf": "apologies", "niamh": "apologies", "dele": "apologies"},
        {"bronwen": "apologies"},
    ):
        reply(company, meeting, **answers)
        found = quorum.of(meeting)
        states.append((found.met, found.lost))
    assert states == [(False, False), (True, False), (False, False), (False, True)]


@pytest.mark.parametrize("way", ["leave", "suspend"])
def test_whoever_is_out_is_not_counted_with_their_yes(
    company: Cast, meeting: Meeting, way: str
) -> None:
    reply(company, meeting, amara="yes", tomasz="yes")
    assert counted(meeting)[1] == 2
    if way == "leave":
        seating.leave(company.seat("member"), at=AT)
    else:
        seating.suspend(company.seat("facilitator"), company.membership("member"), at=AT)
    assert counted(meeting) == (4, 1, 0, 5)


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "needed"), [(1, 1), (2, 2), (3, 3), (4, 3), (8, 3)])
def test_before_any_rules_three_are_a_quorum_or_all_of_a_smaller_set(
    size: int, needed: int
) -> None:
    gathered = gather(size)
    meeting = scheduling.fix(gathered.seat(0), plan=PLAN, at=AT)
    assert counted(meeting) == (needed, 1, 0, size - 1)


def test_an_amendment_in_force_changes_the_quorum_of_meetings_to_come(
    company: Cast, meeting: Meeting
) -> None:
    rules = propose(company.seat("member"), quorum=6)
    assert counted(meeting)[0] == 4
    say(rules, [row.person for row in company.learning_set.memberships.seated()])
    assert counted(meeting)[0] == 6


def test_the_page_says_how_it_stands(company: Cast, meeting: Meeting) -> None:
    client, url = signed_in(company.people["member"]), f"/meetings/{company.meeting.id}/"
    assert "5 of 7 members are coming; 1 apology, 1 still to answer." in page(client, url)
    assert "That is enough to meet: the quorum is 4." in page(client, url)
    reply(company, company.meeting, **dict.fromkeys(("amara", "tomasz", "bronwen"), "apologies"))
    assert "Too few can come for a quorum of 4." in page(client, url)
