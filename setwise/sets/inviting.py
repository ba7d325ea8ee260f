"""Inviting people to a set by e-mail; their yes or no, equally easy, no reason asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse

from setwise.outbox import posting
from setwise.people import tokens
from setwise.people.models import Person
from setwise.sets import limiting
from setwise.sets.emptying import empty_due
from setwise.sets.models import FIRM_MOST, Invitation, LearningSet, Membership
from setwise.sets.seats import Seat

LIFE = timedelta(days=21)


class SetFull(Exception):
    """Eight members, invitations counted, is the firm end."""


class SeatTaken(Exception):
    """The set has a facilitator already."""


class NotOpen(Exception):
    """The invitation was answered, withdrawn, sent again or is too old."""


class AccountExists(Exception):
    """The invited address has an account: its person signs in, and then says yes."""


def room_left(learning_set: LearningSet, *, at: datetime) -> int:
    """How many more members may be asked: eight, less members and open invitations."""
    members = Membership.objects.current().filter(learning_set=learning_set, is_member=True)
    asked = Invitation.objects.open(at=at).filter(learning_set=learning_set, as_facilitator=False)
    return FIRM_MOST - members.count() - asked.count()


@transaction.atomic
def invite(
    seat: Seat, *, emails: Sequence[str], as_facilitator: bool, at: datetime
) -> list[Invitation]:
    """Invite each address that neither belongs nor is invited already; each gets one e-mail.

    Raises SetFull where that makes more than eight members, limiting.TooMany where too many leave in
    a day or are asked to facilitate, and then invites nobody.
    """
    seat.must_go_on()
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    belonging = Membership.objects.current().filter(learning_set=learning_set)
    known = set(belonging.values_list("person__email", flat=True))
    stale = Invitation.objects.filter(
        learning_set=learning_set, answer="", withdrawn_at=None, expires_at__lte=at
    )
    stale.update(withdrawn_at=at)
    known |= set(
        Invitation.objects.open(at=at)
        .filter(learning_set=learning_set)
        .values_list("email", flat=True)
    )
    fresh = [email for email in dict.fromkeys(emails) if email not in known]
    if not as_facilitator and len(fresh) > room_left(learning_set, at=at):
        raise SetFull
    if as_facilitator:
        limiting.must_allow_facilitators(learning_set, more=len(fresh), at=at)
    limiting.must_allow(seat.person, learning_set, letters=len(fresh), at=at)
    return [_send_first(seat, email, as_facilitator, at) for email in fresh]


def _send_first(seat: Seat, email: str, as_facilitator: bool, at: datetime) -> Invitation:
    token, digest = tokens.make()
    invitation = Invitation.objects.create(
        learning_set=seat.learning_set,
        email=email,
        as_facilitator=as_facilitator,
        digest=digest,
        invited_by=seat.person,
        sent_at=at,
        expires_at=at + LIFE,
    )
    _post(invitation, token, seat.person)
    limiting.note(invitation, seat.person, at=at)
    return invitation


def _post(invitation: Invitation, token: str, inviter: Person) -> None:
    posting.post_to_address(
        key=f"invitation:{invitation.id}:{invitation.times_sent}",
        email=invitation.email,
        template="sets/email/invitation",
        context={
            "learning_set": invitation.learning_set,
            "inviter": inviter,
            "as_facilitator": invitation.as_facilitator,
            "expires_at": invitation.expires_at,
            "url": settings.SETWISE_ORIGIN + reverse("meetings:invitation", args=[token]),
        },
        expires_at=invitation.expires_at,
    )


@transaction.atomic
def send_again(seat: Seat, invitation: Invitation, *, at: datetime) -> None:
    """Send it with a new link; the old one dies.

    Raises NotOpen once it is answered, and limiting.TooMany where it left often enough.
    """
    learning_set = LearningSet.objects.select_for_update().get(pk=seat.learning_set.pk)
    invitation.refresh_from_db()
    if invitation.answer or invitation.withdrawn_at:
        raise NotOpen
    limiting.must_allow_again(invitation)
    limiting.must_allow(seat.person, learning_set, letters=1, at=at)
    token, digest = tokens.make()
    sent = Invitation.objects.filter(pk=invitation.pk, answer="", withdrawn_at=None).update(
        digest=digest,
        times_sent=F("times_sent") + 1,  # two who press at once send two letters, not one
        sent_at=at,
        expires_at=at + LIFE,
        returned_at=None,
    )
    if not sent:
        raise NotOpen
    invitation.refresh_from_db()
    _post(invitation, token, seat.person)
    limiting.note(invitation, seat.person, at=at)


def withdraw(invitation: Invitation, *, at: datetime) -> None:
    """Withdraw it: its link opens nothing from now on. Raises NotOpen once it is answered."""
    if not Invitation.objects.filter(pk=invitation.pk, answer="", withdrawn_at=None).update(
        withdrawn_at=at
    ):
        raise NotOpen


def came_back(address: str, *, at: datetime) -> None:
    """Note that an e-mail to this address came back: whoever invited it sees that on the set's page."""
    Invitation.objects.open(at=at).filter(email=address.lower()).update(returned_at=at)


def find(token: str, *, at: datetime) -> Invitation | None:
    """The open invitation behind a link's token."""
    return (
        Invitation.objects.open(at=at)
        .filter(digest=tokens.digest(token), learning_set__closed_at=None)
        .select_related("learning_set", "invited_by")
        .first()
    )


def known(invitation: Invitation) -> Person | None:
    """The account of the invited address, if there is one."""
    return Person.objects.with_email(invitation.email)


@transaction.atomic
def accept(invitation: Invitation, person: Person, *, at: datetime) -> Membership:
    """Take the seat. Raises NotOpen, SetFull or SeatTaken, each decided under the set's lock."""
    return _seat(invitation, _claimed(invitation, at=at), person, at=at)


@transaction.atomic
def accept_anew(invitation: Invitation, *, name: str, zone: str, at: datetime) -> Membership:
    """Take the seat with a new account for the invited address: both of them, or neither.

    The link came to that mailbox and nowhere else. Raises what `accept` does, and AccountExists
    where the address has had an account for a moment.
    """
    learning_set = _claimed(invitation, at=at)
    try:
        with transaction.atomic():  # so that the refusal below breaks no outer one
            person = Person.objects.create_user(invitation.email, name, zone=zone)
    except IntegrityError:
        raise AccountExists from None
    return _seat(invitation, learning_set, person, at=at)


def _claimed(invitation: Invitation, *, at: datetime) -> LearningSet:
    """The set, locked, once the invitation is answered and there is a place for whom it asks."""
    learning_set = LearningSet.objects.select_for_update().get(pk=invitation.learning_set_id)
    if (
        not Invitation.objects.open(at=at)
        .filter(pk=invitation.pk)
        .update(answer="yes", answered_at=at)
    ):
        raise NotOpen
    empty_due(learning_set, at=at)
    current = Membership.objects.current().filter(learning_set=learning_set)
    if invitation.as_facilitator and current.filter(is_facilitator=True).exists():
        raise SeatTaken
    if not invitation.as_facilitator and current.filter(is_member=True).count() >= FIRM_MOST:
        raise SetFull
    return learning_set


def _seat(
    invitation: Invitation, learning_set: LearningSet, person: Person, *, at: datetime
) -> Membership:
    facilitates = invitation.as_facilitator
    membership, _ = Membership.objects.get_or_create(
        learning_set=learning_set,
        person=person,
        left_at=None,
        defaults={"joined_at": at, "is_member": not facilitates, "is_facilitator": facilitates},
    )
    learning_set.seats_moved()
    return membership


def decline(invitation: Invitation, *, at: datetime) -> None:
    """Say no. Nothing else happens; whoever invited sees it in the set's own page."""
    Invitation.objects.open(at=at).filter(pk=invitation.pk).update(answer="no", answered_at=at)
