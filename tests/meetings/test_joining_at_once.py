"""Two who say yes at the same moment with accounts to be made: decided under the set's lock."""

from __future__ import annotations

import pytest
from django.utils import timezone

from setwise.meetings import joining
from setwise.people.models import Person
from setwise.sets import inviting
from setwise.sets.models import Invitation
from setwise.sets.starting import start_set
from tests.sets.gathering import Gathered, gather, join, newcomer
from tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESSES = ["anna@elsewhere.example", "ben@elsewhere.example"]


def others() -> Gathered:
    """Another set, of somebody else."""
    person = newcomer("Zora")
    started = start_set(
        person, name="Other set", purpose="", accent="moss", takes_part="member", at=timezone.now()
    )
    return Gathered(started, [person])


def anew(row: Invitation) -> object:
    return joining.join_anew(row, name="Guest", zone="UTC", at=timezone.now())


def test_whoever_finds_the_set_full_has_no_account() -> None:
    six = gather(6)
    rows = inviting.invite(six.seat(0), emails=ADDRESSES, as_facilitator=False, at=timezone.now())
    join(six.learning_set, newcomer("Seventh"))  # as a demo or an import may
    assert together(lambda: anew(rows[0]), lambda: anew(rows[1])) == ["SetFull", "done"]
    assert six.learning_set.memberships.current().count() == 8
    assert Person.objects.filter(email__in=ADDRESSES).count() == 1


def test_one_address_invited_to_two_sets_is_one_account() -> None:
    rows = [
        inviting.invite(
            gathered.seat(0), emails=ADDRESSES[:1], as_facilitator=False, at=timezone.now()
        )[0]
        for gathered in (gather(1), others())
    ]
    assert together(lambda: anew(rows[0]), lambda: anew(rows[1])) == ["AccountExists", "done"]
    assert Person.objects.filter(email=ADDRESSES[0]).count() == 1
    assert sorted(Invitation.objects.values_list("answer", flat=True)) == ["", "yes"]


def test_the_same_yes_twice_is_one_account_and_one_seat() -> None:
    one = gather(1)
    (row,) = inviting.invite(
        one.seat(0), emails=ADDRESSES[:1], as_facilitator=False, at=timezone.now()
    )
    assert together(lambda: anew(row), lambda: anew(row)) == ["NotOpen", "done"]
    assert one.learning_set.memberships.current().count() == 2
