"""How many invitations leave by e-mail: enough for any set, and of no use to somebody who spams."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from setwise.people.models import Person
from setwise.sets.models import Invitation, InvitationLetter, LearningSet

DAY = timedelta(days=1)


class TooMany(Exception):
    """A limit is reached and nothing was sent; the message is a sentence to show."""


def must_allow(person: Person, learning_set: LearningSet, *, letters: int, at: datetime) -> None:
    """Raise TooMany where so many more in a day are too many of this person, or of this set.

    Call with the set locked. The person is locked too: two of their sets at once are counted.
    """
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()
    sent = InvitationLetter.objects.filter(at__gt=at - DAY)
    mine, ours = sent.filter(by=person), sent.filter(invitation__learning_set=learning_set)
    for count, most, whose in (
        (mine.count(), settings.SETWISE_INVITATIONS_A_DAY, "One person can"),
        (ours.count(), settings.SETWISE_SET_INVITATIONS_A_DAY, "A set can"),
    ):
        if count + letters > most:
            left = max(0, most - count)
            raise TooMany(
                f"{whose} send {most} invitations in a day, those sent again counted, and "
                f"{left or 'none'} of them {'is' if left == 1 else 'are'} left. Nothing was sent; "
                "tomorrow there is room again."
            )


def must_allow_facilitators(learning_set: LearningSet, *, more: int, at: datetime) -> None:
    """Raise TooMany where too many would be asked at once to take the one seat."""
    most = settings.SETWISE_FACILITATOR_INVITATIONS
    asked = Invitation.objects.open(at=at).filter(learning_set=learning_set, as_facilitator=True)
    if asked.count() + more > most:
        raise TooMany(
            f"At most {most} people can be asked at once to facilitate: there is one seat. "
            "Withdraw an invitation first. Nobody was invited."
        )


def must_allow_again(invitation: Invitation) -> None:
    """Raise TooMany once an invitation was sent often enough."""
    most = settings.SETWISE_INVITATION_LETTERS
    if invitation.times_sent >= most:
        times = "once" if most == 1 else f"{most} times"
        raise TooMany(
            f"This invitation was sent {times}, and that is enough. Talk with the person; if the "
            "address is wrong, withdraw it and invite the right one."
        )


def note(invitation: Invitation, by: Person, *, at: datetime) -> None:
    """Count one letter that leaves."""
    InvitationLetter.objects.create(invitation=invitation, by=by, at=at)
