"""The e-mails about signing in, about belonging to a set, and about its end."""

from __future__ import annotations

from unittest.mock import patch

from allauth.account.adapter import get_adapter
from django.contrib.sessions.backends.base import SessionBase

from setwise.people import changing_address
from setwise.privacy import closing
from setwise.sets import graduating, handing_over, inviting, seating
from tests.cast import Cast
from tests.emails.scenes import DAY, NOW, Scene, date_of, signing
from tests.sets.agreements import propose

CODE, NEW_ADDRESS = "ABCD-EFGH", "amara@elsewhere.example"


def invite(company: Cast) -> None:
    emails = ["guest@elsewhere.example"]
    inviting.invite(company.seat("facilitator"), emails=emails, as_facilitator=False, at=NOW)


def ask_for_address(company: Cast) -> SessionBase:
    session = SessionBase()
    with patch.object(get_adapter().__class__, "generate_email_verification_code", lambda _: CODE):
        changing_address.ask(company.keys["amara"], session, email=NEW_ADDRESS, at=NOW)
    return session


def change_address(company: Cast) -> None:
    session = ask_for_address(company)
    changing_address.prove(company.keys["amara"], session, code=CODE, at=NOW)


def suspend(company: Cast) -> None:
    membership = company.membership("presenter")
    seating.suspend(company.seat("facilitator"), membership, at=NOW)


def restore(company: Cast) -> None:
    suspend(company)
    seating.restore(company.seat("facilitator"), company.membership("presenter"), at=NOW)


def end(company: Cast) -> None:
    seating.end(company.seat("facilitator"), company.membership("presenter"), talked=True, at=NOW)


def hand_over(company: Cast) -> None:
    to = company.membership("member")
    handing_over.give_facilitation(company.seat("facilitator"), to=to, at=NOW)


def graduate(company: Cast) -> None:
    graduating.propose(company.seat("facilitator"), on=date_of(60), at=NOW)


def announce(company: Cast) -> None:
    closing.announce(company.seat("facilitator"), day=date_of(30), at=NOW)


def keep_on(company: Cast) -> None:
    announce(company)
    closing.take_back(company.seat("member"), at=NOW)


def close(company: Cast) -> None:
    announce(company)
    closing.close_due(at=NOW + 31 * DAY)


EVERYONE = "everyone in the set"
SCENES = (
    Scene(
        "people/email/code",
        "they sign in, or sign up with their address",
        "whoever asked",
        signing("login_code"),
    ),
    Scene(
        "people/email/unknown",
        "somebody signs in with an address that has no account",
        "that address",
        signing("unknown_account"),
    ),
    Scene(
        "people/email/known",
        "somebody wants an address that has an account already",
        "its owner",
        signing("account_already_exists"),
    ),
    Scene(
        "people/email/changed",
        "something about signing in was changed, or asked for",
        "the person",
        signing("password_changed"),
    ),
    Scene(
        "people/email/new_address",
        "they ask for another address",
        "that address",
        ask_for_address,
        reader="",
    ),
    Scene(
        "people/email/address_changed",
        "they have proved it",
        "the address they had",
        change_address,
    ),
    Scene(
        "sets/email/invitation", "they are invited, and again when asked", "the address", invite, ""
    ),
    Scene(
        "sets/email/rules_proposed",
        "ground rules are proposed",
        "the others in the set",
        lambda company: propose(company.seat("member"), at=NOW),
    ),
    Scene("sets/email/suspended", "their access is suspended", "that person alone", suspend),
    Scene("sets/email/restored", "their access is opened again", "that person alone", restore),
    Scene("sets/email/ended", "the facilitator ends their membership", "that person alone", end),
    Scene(
        "sets/email/facilitator",
        "the facilitator’s seat is given, taken or left empty, or that is undone",
        EVERYONE,
        hand_over,
    ),
    Scene(
        "sets/email/graduation",
        "a set may go on without its facilitator: proposed, agreed, reopened, or taken back",
        EVERYONE,
        graduate,
    ),
    Scene("privacy/email/closing", "a set’s last day is named", "the others in the set", announce),
    Scene("privacy/email/goes_on", "that is taken back", "the others in the set", keep_on),
    Scene("privacy/email/closed", "the set is closed", EVERYONE, close),
)
