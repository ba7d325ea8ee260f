"""How many invitations leave: a clear sentence where a limit is reached, and nothing is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from setwise.sets import inviting, limiting
from setwise.sets.models import Invitation
from setwise.sets.starting import start_set
from tests.sets.gathering import Gathered
from tests.sets.mailbox import mail
from tests.sets.visiting import beside, signed_in, told

AT = timezone.now()


def invite(gathered: Gathered, *names: str, by: int = 0, at: Any = AT) -> list[Invitation]:
    emails = [f"{name}@elsewhere.example" for name in names]
    return inviting.invite(gathered.seat(by), emails=emails, as_facilitator=False, at=at)


def test_one_person_sends_so_many_a_day_over_all_their_sets(three: Gathered, settings: Any) -> None:
    settings.SETWISE_INVITATIONS_A_DAY = 3
    invite(three, "a", "b")
    other = start_set(
        three.people[0], name="Other", purpose="", accent="plum", takes_part="member", at=AT
    )
    theirs = Gathered(other, three.people)
    with pytest.raises(limiting.TooMany, match=r"One person can send 3 .* and 1 of them is left"):
        invite(theirs, "c", "d")
    assert len(mail()) == 2
    invite(theirs, "c")
    with pytest.raises(limiting.TooMany, match="none of them are left"):
        invite(theirs, "d")
    invite(three, "d", by=1)  # somebody else may
    invite(theirs, "e", at=AT + timedelta(days=1, seconds=1))


def test_a_set_sends_so_many_a_day_whoever_does(three: Gathered, settings: Any) -> None:
    settings.SETWISE_SET_INVITATIONS_A_DAY = 3
    first, _ = invite(three, "a", "b")
    inviting.send_again(three.seat(1), first, at=AT)  # counted
    with pytest.raises(limiting.TooMany, match="A set can send 3"):
        invite(three, "c", by=2)
    with pytest.raises(limiting.TooMany):
        inviting.send_again(three.seat(2), first, at=AT)
    inviting.withdraw(first, at=AT)  # taking one back makes no room
    with pytest.raises(limiting.TooMany):
        invite(three, "c", by=2)
    assert len(mail()) == 3


def test_one_invitation_is_sent_so_often(three: Gathered, settings: Any) -> None:
    settings.SETWISE_INVITATION_LETTERS = 2
    (row,) = invite(three, "a")
    url = f"/sets/{three.learning_set.pk}/invitations/{row.pk}/again/"
    client = signed_in(three.people[0])
    assert told(client, url) == ["Sent again. The earlier link opens nothing any more."]
    (said,) = told(client, url)
    assert said.startswith("This invitation was sent 2 times, and that is enough.")
    assert len(mail()) == 2
    row.refresh_from_db()
    assert row.times_sent == 2
    assert inviting.find(mail()[-1].token, at=timezone.now()) == row  # the last link still opens


def test_so_many_are_asked_at_once_to_facilitate(three: Gathered, settings: Any) -> None:
    settings.SETWISE_FACILITATOR_INVITATIONS = 1
    emails = ["a@elsewhere.example", "b@elsewhere.example"]
    with pytest.raises(limiting.TooMany, match="there is one seat"):
        inviting.invite(three.seat(0), emails=emails, as_facilitator=True, at=AT)
    (row,) = inviting.invite(three.seat(0), emails=emails[:1], as_facilitator=True, at=AT)
    with pytest.raises(limiting.TooMany):
        inviting.invite(three.seat(0), emails=emails[1:], as_facilitator=True, at=AT)
    inviting.withdraw(row, at=AT)
    assert inviting.invite(three.seat(0), emails=emails[1:], as_facilitator=True, at=AT)


def test_the_form_keeps_what_was_typed_with_the_sentence_beside_it(
    three: Gathered, settings: Any
) -> None:
    settings.SETWISE_SET_INVITATIONS_A_DAY = 1
    url = f"/sets/{three.learning_set.pk}/people/"
    typed = "a@elsewhere.example b@elsewhere.example"
    answer = signed_in(three.people[0]).post(url, {"emails": typed})
    assert "Nothing was sent" in beside(answer, "emails")
    assert "a@elsewhere.example" in answer.content.decode()
    assert not Invitation.objects.exists() and mail() == []
