"""Four to seven is advice, eight is firm: also for two who come at the same moment."""

from __future__ import annotations

import pytest
from django.utils import timezone

from setwise.meetings.models import Meeting
from setwise.sets import inviting
from setwise.sets.models import GroundRules, Invitation
from tests.sets.gathering import Gathered, gather, newcomer
from tests.sets.mailbox import received
from tests.sets.visiting import beside, page, signed_in

AT = timezone.now()
KIND = "A set works best with four to seven"
TIGHT = "With more than seven, each person’s turn comes round so rarely"
ADDRESSES = [f"guest{number}@elsewhere.example" for number in range(6)]


def invite(gathered: Gathered, *emails: str, as_facilitator: bool = False) -> list[Invitation]:
    return inviting.invite(gathered.seat(0), emails=emails, as_facilitator=as_facilitator, at=AT)


@pytest.mark.django_db
@pytest.mark.parametrize(("size", "note"), [(1, KIND), (3, KIND), (4, ""), (7, ""), (8, TIGHT)])
def test_a_set_outside_four_to_seven_is_told_kindly_why_that_matters(size: int, note: str) -> None:
    gathered = gather(size)
    words = page(signed_in(gathered.people[0]), f"/sets/{gathered.learning_set.id}/people/")
    assert [each for each in (KIND, TIGHT) if each in words] == [note] * bool(note)
    said = "One member so far." if size == 1 else f"You are {size}"
    assert (said in words) == bool(note)


@pytest.mark.django_db
def test_a_set_of_one_is_never_held_up() -> None:
    gathered = gather(1)
    client, path = signed_in(gathered.people[0]), f"/sets/{gathered.learning_set.id}/"
    client.post(f"{path}people/", {"emails": ADDRESSES[0]})
    plan = {"date": f"{AT:%Y}-12-31", "time": "23:00", "zone": "UTC", "minutes": "60"}
    client.post(f"{path}meetings/new/", plan | {"place": "Room 1"})
    meeting = Meeting.objects.get()
    client.post(f"/rooms/{meeting.id}/opening/")
    form = client.get(f"{path}rules/edit/").context["form"]
    words = {field.html_name: field.value() or "" for field in form}
    client.post(f"{path}rules/edit/", words | {"propose": "1"})
    about = GroundRules.objects.get().id
    client.post(f"{path}rules/answer/", {"about": about, "says": "yes"})
    assert received("invitation") == {ADDRESSES[0]: 1}
    assert GroundRules.objects.get().state == "in force"
    assert page(client, f"/rooms/{meeting.id}/")


@pytest.mark.django_db
def test_open_invitations_count_towards_eight() -> None:
    five = gather(5)
    invite(five, *ADDRESSES[:2])
    with pytest.raises(inviting.SetFull):
        invite(five, *ADDRESSES[2:4])
    assert received("invitation") == dict.fromkeys(ADDRESSES[:2], 1)
    invite(five, ADDRESSES[2])
    with pytest.raises(inviting.SetFull):
        invite(five, ADDRESSES[3])


@pytest.mark.django_db
def test_a_no_a_withdrawal_and_age_each_free_the_place() -> None:
    seven = gather(7)
    (row,) = invite(seven, ADDRESSES[0])
    assert inviting.room_left(seven.learning_set, at=AT) == 0
    assert inviting.room_left(seven.learning_set, at=row.expires_at) == 1
    inviting.decline(row, at=AT)
    (row,) = invite(seven, ADDRESSES[1])
    inviting.withdraw(row, at=AT)
    assert [row.email for row in invite(seven, ADDRESSES[2])] == [ADDRESSES[2]]


@pytest.mark.django_db
def test_a_facilitator_from_outside_takes_no_members_place() -> None:
    eight = gather(8)
    (row,) = invite(eight, ADDRESSES[0], as_facilitator=True)
    inviting.accept(row, newcomer("Guest"), at=AT)
    assert eight.learning_set.memberships.current().count() == 9
    with pytest.raises(inviting.SetFull):
        invite(eight, ADDRESSES[1])


@pytest.mark.django_db
def test_the_page_says_that_eight_is_the_most_and_keeps_the_addresses() -> None:
    six = gather(6)
    typed = "\n".join(ADDRESSES[:3])
    client = signed_in(six.people[0])
    answer = client.post(f"/sets/{six.learning_set.id}/people/", {"emails": typed})
    assert "Eight members is the most" in beside(answer, "emails")
    assert f">\n{typed}</textarea>" in answer.content.decode()
    assert not Invitation.objects.exists()
