"""Another e-mail address for somebody's account: a code that arrives there proves it.

What waits for its code stands in the session that asked, with a keyed digest of the code.
"""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from allauth.core.internal.cryptokit import normalize_user_code
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from setwise.outbox import posting
from setwise.people.models import Person

WAITS = "new_address"  # in the session
SALT = "setwise.people.changing_address"
LIFE = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
GUESSES = 3
WRONG = "That is not the code. Look for the newest letter, and write its code again."
OVER = "That was not the code, three times. Begin again: a new code is sent."
TAKEN = "Somebody here has this address already."


class Refused(Exception):
    """The code was not taken; the message is a sentence to show."""


def ask(person: Person, session: SessionBase, *, email: str, at: datetime) -> None:
    """Send a code to the new address. Where somebody has it already, they are told instead.

    Whoever asks sees the same either way, and learns of nobody that they have an account.
    """
    code = get_adapter().generate_email_verification_code()
    taken = Person.objects.with_email(email) is not None
    posting.post_to_address(
        key=f"signin:{uuid.uuid4()}",
        email=email,
        template="people/email/known" if taken else "people/email/new_address",
        context={"code": code, "minutes": LIFE.seconds // 60, "reader": person},
        expires_at=at + LIFE,
    )
    session[WAITS] = {
        "email": email,
        "digest": "" if taken else _digest(code, email),
        "until": (at + LIFE).timestamp(),
        "guesses": 0,
    }


def waiting(session: SessionBase, *, at: datetime) -> str:
    """The address that waits for its code; '' where none does."""
    state = session.get(WAITS)
    return state["email"] if state and state["until"] > at.timestamp() else ""


def drop(session: SessionBase) -> None:
    session.pop(WAITS, None)


def prove(person: Person, session: SessionBase, *, code: str, at: datetime) -> str:
    """Take the new address where this is its code; returns it. The old one is told by e-mail.

    Raises Refused for another code, and for an address that somebody took meanwhile.
    """
    email, state = waiting(session, at=at), session.get(WAITS)
    if not email or not state:
        raise Refused("That code is over. Begin again: a new one is sent.")
    if not constant_time_compare(_digest(code, email), state["digest"]):
        state["guesses"] += 1
        session.modified = True
        if state["guesses"] >= GUESSES:
            drop(session)
            raise Refused(OVER)
        raise Refused(WRONG)
    drop(session)
    try:
        _take(person, email)
    except IntegrityError:
        raise Refused(TAKEN) from None
    return email


@transaction.atomic
def _take(person: Person, email: str) -> None:
    row = Person.objects.select_for_update().get(pk=person.pk)
    old = row.email
    Person.objects.filter(pk=row.pk).update(email=email)
    # what allauth kept of the old one would still let it sign in
    EmailAddress.objects.filter(user=row).delete()
    posting.readdress(key_id=row.key_id, email=email)
    posting.post_to_address(
        key=f"address-changed:{uuid.uuid4()}",
        email=old,
        template="people/email/address_changed",
        context={"reader": row},
    )


def _digest(code: str, email: str) -> str:
    said = f"{email}:{normalize_user_code(code)}"
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()
