"""Two at the same moment: each step is decided under the set’s lock."""

from __future__ import annotations

import pytest
from django.utils import timezone

from setwise.sets import amending, handing_over, inviting
from setwise.sets.models import GroundRules, Invitation
from setwise.sets.samples import SAMPLES
from tests.sets.agreements import words_of
from tests.sets.gathering import gather, join, newcomer
from tests.sets.mailbox import received
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
AT = timezone.now()
ADDRESSES = ["anna@elsewhere.example", "ben@elsewhere.example"]


def test_of_two_who_say_yes_at_once_to_the_eighth_seat_one_is_in() -> None:
    six = gather(6)
    rows = inviting.invite(six.seat(0), emails=ADDRESSES, as_facilitator=False, at=AT)
    join(six.learning_set, newcomer("Seventh"))  # as a demo or an import may
    guests = [newcomer(f"Guest{number}") for number in range(2)]
    assert together(
        lambda: inviting.accept(rows[0], guests[0], at=AT),
        lambda: inviting.accept(rows[1], guests[1], at=AT),
    ) == ["SetFull", "done"]
    assert six.learning_set.memberships.current().count() == 8
    assert sorted(Invitation.objects.values_list("answer", flat=True)) == ["", "yes"]


def test_of_two_who_invite_at_once_for_the_eighth_seat_one_is_told() -> None:
    seven = gather(7)
    assert together(
        lambda: inviting.invite(seven.seat(0), emails=["a@x.example"], as_facilitator=False, at=AT),
        lambda: inviting.invite(seven.seat(1), emails=["b@x.example"], as_facilitator=False, at=AT),
    ) == ["SetFull", "done"]
    assert Invitation.objects.count() == sum(received("invitation").values()) == 1


def test_of_two_who_take_the_empty_seat_at_once_one_has_it() -> None:
    gathered = gather(3)
    assert together(
        lambda: handing_over.give_facilitation(gathered.seat(1), to=gathered.membership(1), at=AT),
        lambda: handing_over.give_facilitation(gathered.seat(2), to=gathered.membership(2), at=AT),
    ) == ["PermissionDenied", "done"]
    assert gathered.learning_set.memberships.filter(is_facilitator=True).count() == 1


def test_two_who_begin_at_once_write_one_draft() -> None:
    gathered = gather(2)
    assert together(
        lambda: amending.draft(gathered.seat(0), at=AT),
        lambda: amending.draft(gathered.seat(1), at=AT),
    ) == ["done", "done"]
    assert words_of(GroundRules.objects.get()) == list(SAMPLES)
