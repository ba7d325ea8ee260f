"""Today leads a set from its first member to its meeting, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from setwise.meetings import scheduling
from setwise.room import closing, entering, opening
from setwise.sets import amending
from tests.actions.company import browser, decided, gather, leave, somebody
from tests.today.arranging import agree, meet, next_of, propose, reply, seat

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
MEMBERS = ("amara", "tomasz", "niamh", "yusuf")


@pytest.fixture(autouse=True)
def now(set_clock: Callable[[datetime], None]) -> None:
    set_clock(NOW)


def test_a_set_is_led_from_its_first_member_to_its_meeting(
    set_clock: Callable[[datetime], None],
) -> None:
    alone = gather("amara", name="Alone")
    amara, tomasz = somebody("amara"), somebody("tomasz")
    assert next_of(amara) == "Your set is still gathering. [Invite people]"
    leave(amara, alone)

    learning_set = gather(*MEMBERS)
    assert next_of(amara) == "No meeting is fixed yet. [Fix a meeting]"
    meeting = meet(learning_set, NOW + timedelta(days=7), by="amara")
    assert next_of(amara) == "Your set has no ground rules yet. [Write the first ones]"
    assert next_of(tomasz) == "A meeting is fixed. Are you coming? [Answer]"
    reply(meeting, "tomasz", "apologies")
    assert next_of(tomasz) == "Your set has no ground rules yet. [Write the first ones]"

    rules = propose(learning_set, by="amara")
    owed = "Ground rules are waiting for you. Can you live with them? [Read and answer]"
    assert [next_of(amara), next_of(tomasz)] == [owed, owed]
    agree(rules, *MEMBERS)
    assert [next_of(amara), next_of(tomasz)] == ["", ""]

    set_clock(meeting.starts_at - timedelta(minutes=59))
    door = "You meet at 09:00, in Room 2. [Go to the room]"
    assert [next_of(amara), next_of(tomasz)] == [door, ""]  # who sent apologies is sent nowhere
    opening.open_room(seat("amara", learning_set), meeting, at=meeting.starts_at)
    assert [next_of(amara), next_of(tomasz)] == ["Your meeting is on. [Go to the room]", ""]
    entry = entering.locked(amara, meeting.pk)
    closing.close(entry, at=meeting.starts_at + timedelta(minutes=5))
    assert next_of(tomasz) == "No meeting is fixed yet. [Fix a meeting]"


def test_a_proposal_is_asked_of_whoever_agreed_to_the_version_before() -> None:
    learning_set = gather(*MEMBERS)
    agree(propose(learning_set, by="amara"), *MEMBERS)
    meet(learning_set, NOW + timedelta(days=7), by="tomasz")
    tomasz = somebody("tomasz")
    assert next_of(tomasz) == ""
    again = propose(learning_set, by="niamh")
    assert next_of(tomasz).endswith("[Read and answer]")
    agree(again, "tomasz")
    assert next_of(tomasz) == ""


def test_rules_that_were_taken_back_are_still_to_be_written() -> None:
    learning_set = gather(*MEMBERS)
    meet(learning_set, NOW + timedelta(days=7), by="amara")
    rules = propose(learning_set, by="amara")
    assert next_of(somebody("amara")).endswith("[Read and answer]")
    amending.withdraw(seat("amara", learning_set), rules)
    assert next_of(somebody("amara")).endswith("[Write the first ones]")


def test_a_meeting_that_was_cancelled_is_no_meeting() -> None:
    learning_set = gather(*MEMBERS)
    meeting = meet(learning_set, NOW + timedelta(days=7), by="amara")
    assert next_of(somebody("tomasz")).startswith("A meeting is fixed.")
    scheduling.cancel(seat("amara", learning_set), meeting, at=NOW)
    assert next_of(somebody("tomasz")) == "No meeting is fixed yet. [Fix a meeting]"


def test_the_next_of_two_meetings_is_the_one_that_is_asked_about() -> None:
    learning_set = gather(*MEMBERS)
    second = meet(learning_set, NOW + timedelta(days=49), by="amara")
    first = meet(learning_set, NOW + timedelta(days=7), by="amara")
    page = browser(somebody("tomasz")).get("/").content.decode()
    asked = page.partition("Are you coming?")[2].partition("</section>")[0]
    assert f'href="/meetings/{first.id}/"' in asked and f"/meetings/{second.id}/" not in asked


def test_a_draft_is_asked_about_before_an_action_that_was_due() -> None:
    learning_set = gather(*MEMBERS)
    amara, tomasz = somebody("amara"), somebody("tomasz")
    meet(learning_set, NOW + timedelta(days=7), by="amara")
    decided(amara, learning_set, due_on=date(2027, 2, 3))
    longest = decided(amara, learning_set, due_on=date(2027, 2, 1))
    draft = decided(amara, learning_set, typed_by=tomasz, due_on=date(2027, 1, 1))
    own = browser(amara)
    assert next_of(amara) == "Someone wrote down an action for you. Is it right? [Look at it]"
    own.post(f"/actions/{draft.id}/confirmation/", {"discard": "1"})
    assert next_of(amara) == "One of your actions was due. How did it go? [Say how it went]"
    assert f'class="button" href="/actions/{longest.id}/"' in own.get("/").content.decode()
    for action in amara.actions.all():
        own.post(f"/actions/{action.id}/", {"state": "let go"})
    assert next_of(amara) == "Your set has no ground rules yet. [Write the first ones]"


def test_a_facilitator_from_outside_does_not_make_a_set_of_three_four() -> None:
    learning_set = gather("ruth", "amara", "tomasz", "niamh")
    assert next_of(somebody("amara")) == "No meeting is fixed yet. [Fix a meeting]"
    learning_set.memberships.filter(person=somebody("ruth")).update(is_member=False)
    assert next_of(somebody("amara")) == "Your set is still gathering. [Invite people]"
