"""Saying yes to an invitation: the seat, and a letter that says when and where they meet."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from setwise.meetings import mail
from setwise.people.models import Person
from setwise.sets import inviting
from setwise.sets.models import Invitation, Membership


@transaction.atomic
def join(invitation: Invitation, person: Person, *, at: datetime) -> Membership:
    """Take the seat and post the welcome. Raises what `inviting.accept` does, and then neither is."""
    membership = inviting.accept(invitation, person, at=at)
    mail.welcome(membership, at=at)
    return membership


@transaction.atomic
def join_anew(invitation: Invitation, *, name: str, zone: str, at: datetime) -> Membership:
    """The same with a new account. Raises what `inviting.accept_anew` does: then there is none."""
    membership = inviting.accept_anew(invitation, name=name, zone=zone, at=at)
    mail.welcome(membership, at=at)
    return membership
