"""Signed links: one person, one purpose, one thing, without signing in.

A token is the row's id, which is random, and a keyed digest of purpose, id and number; whoever reads
the database without the server's secret can make none. It holds small letters and figures only, so
that it fits a URL and the local part of an address, and it is read whatever the case.
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Mapping
from datetime import datetime
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

from setwise.people.models import Link, Person

SALT = "setwise.people.linking"
ID_BYTES, DIGEST_BYTES = 16, 12
LENGTH = 45  # characters of a token
TYPED = ("words", "happened", "learned")  # fields in which people write sentences
Pair = tuple[UUID, UUID]  # a person's id, and that of what the link is about


@transaction.atomic
def renew(
    purpose: str, *, person: Person, about: UUID, at: datetime, dies_at: datetime | None
) -> str:
    """A new token for this purpose; those sent before are dead from now on."""
    return renew_all(purpose, {(person.pk, about): dies_at}, at=at)[person.pk, about]


def keep(
    purpose: str, *, person: Person, about: UUID, at: datetime, dies_at: datetime | None
) -> str:
    """The same token for as long as it lives, which a later `dies_at` prolongs; then a new one."""
    return keep_all(purpose, {(person.pk, about): dies_at}, at=at)[person.pk, about]


def kept(purpose: str, *, person: Person, about: UUID, at: datetime) -> str:
    """The token as it lives now; '' where there is none. Makes nothing."""
    pair = person.pk, about
    row = _rows(purpose, {pair: None}).get(pair)
    return token_of(row) if row and (row.dies_at is None or row.dies_at > at) else ""


@transaction.atomic
def renew_all(
    purpose: str, wanted: Mapping[Pair, datetime | None], *, at: datetime
) -> dict[Pair, str]:
    """`renew` for many, by person and thing, in as many queries as for one."""
    fresh = _made(purpose, wanted, at=at)
    old = {pair: row for pair, row in _rows(purpose, wanted).items() if row.pk not in fresh}
    Link.objects.filter(pk__in=[row.pk for row in old.values()]).update(
        number=F("number") + 1, made_at=at
    )
    rows = _rows(purpose, wanted)
    _live_until(rows, wanted)
    return {pair: token_of(row) for pair, row in rows.items()}


@transaction.atomic
def keep_all(
    purpose: str, wanted: Mapping[Pair, datetime | None], *, at: datetime
) -> dict[Pair, str]:
    """`keep` for many, by person and thing, in as many queries as for one."""
    rows = _rows(purpose, wanted)
    if missing := {pair: dies_at for pair, dies_at in wanted.items() if pair not in rows}:
        _made(purpose, missing, at=at)
        rows = _rows(purpose, wanted)
    if dead := [row.pk for row in rows.values() if row.dies_at and row.dies_at <= at]:
        Link.objects.filter(pk__in=dead).update(number=F("number") + 1, made_at=at)
        rows = _rows(purpose, wanted)
    later = {pair: row for pair, row in rows.items() if _is_later(wanted[pair], row.dies_at)}
    _live_until(later, wanted)
    return {pair: token_of(row) for pair, row in rows.items()}


def find(purpose: str, token: str, *, at: datetime) -> Link | None:
    """The living link of this purpose; None for a token that is altered, dead or for something else.

    What it is about is then read through `.visible_to(link.person)`: it dies with their belonging.
    """
    link = by_token(token, at=at)
    return link if link and link.purpose == purpose else None


def by_token(token: str, *, at: datetime) -> Link | None:
    """The living link of any purpose, with its person."""
    row_id = _row_id(token)
    if row_id is None:
        return None
    living = Q(dies_at=None) | Q(dies_at__gt=at)
    rows = Link.objects.filter(living, pk=row_id, person__is_active=True)
    link = rows.select_related("person").first()
    given = token.strip().lower().encode()
    if link is None or not hmac.compare_digest(token_of(link).encode(), given):
        return None
    return link


def end(purpose: str, *, about: UUID, person: Person | None = None) -> None:
    """End the links of this purpose about one thing, everybody's or one person's."""
    rows = Link.objects.filter(purpose=purpose, about=about)
    (rows.filter(person=person) if person else rows).delete()


def clear_dead(*, at: datetime) -> int:
    """Delete the rows of links whose day is over; returns how many."""
    deleted, _ = Link.objects.filter(dies_at__lte=at).delete()
    return deleted


def reply_address(
    purpose: str, *, person: Person, about: UUID, at: datetime, dies_at: datetime | None
) -> str:
    """An address for this person's answers about one thing; '' where no mail comes in."""
    return reply_addresses(purpose, {(person.pk, about): dies_at}, at=at)[person.pk, about]


def reply_addresses(
    purpose: str, wanted: Mapping[Pair, datetime | None], *, at: datetime
) -> dict[Pair, str]:
    """`reply_address` for many, by person and thing, in as many queries as for one."""
    local, _, domain = settings.SETWISE_REPLY_ADDRESS.rpartition("@")
    if not local:
        return dict.fromkeys(wanted, "")
    tokens = keep_all(purpose, wanted, at=at)
    return {pair: f"{local}+{token}@{domain}" for pair, token in tokens.items()}


def parse_reply_address(address: str) -> str | None:
    """The token in one of our reply addresses, however it is spelled; None in any other address."""
    own, _, domain = settings.SETWISE_REPLY_ADDRESS.lower().rpartition("@")
    local, _, at_domain = parseaddr(address)[1].lower().rpartition("@")
    name, _, token = local.partition("+")
    return token if own and token and (name, at_domain) == (own, domain) else None


def dead(request: HttpRequest) -> HttpResponse:
    """The one page for whatever opens nothing: it does not tell why, nor whose the link was.

    What was typed in a form that was sent too late stands on it, to be copied, and nowhere else.
    """
    typed = [words for name in TYPED if (words := request.POST.get(name, "").strip())]
    return private(render(request, "people/link_dead.html", {"typed": typed}, status=404))


def private(response: HttpResponse) -> HttpResponse:
    """Keep a page by link out of caches, and its address from other sites.

    The address may go back to this site: a page that sends it nowhere, by `no-referrer`, makes a
    browser post its form with `Origin: null`, which is refused.
    """
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def token_of(link: Link) -> str:
    """The one token that opens this link now."""
    signed = f"{link.purpose}:{link.pk.hex}:{link.number}"
    digest = salted_hmac(SALT, signed, algorithm="sha256").digest()[:DIGEST_BYTES]
    return base64.b32encode(link.pk.bytes + digest).decode().rstrip("=").lower()


def _row_id(token: str) -> UUID | None:
    token = token.strip()
    if len(token) != LENGTH:
        return None
    try:
        return UUID(bytes=base64.b32decode(token.upper() + "===")[:ID_BYTES])
    except ValueError:
        return None


def _rows(purpose: str, wanted: Mapping[Pair, object]) -> dict[Pair, Link]:
    rows = Link.objects.filter(
        purpose=purpose,
        person__in={person for person, _ in wanted},
        about__in={about for _, about in wanted},
    )
    return {pair: row for row in rows if (pair := (row.person_id, row.about)) in wanted}


def _made(purpose: str, wanted: Mapping[Pair, datetime | None], *, at: datetime) -> set[UUID]:
    """Make what is not there yet; the ids of the rows that would be, of which some may be."""
    rows = [
        Link(purpose=purpose, person_id=person, about=about, made_at=at, dies_at=dies_at)
        for (person, about), dies_at in wanted.items()
    ]
    Link.objects.bulk_create(rows, ignore_conflicts=True)
    return {row.pk for row in rows}


def _live_until(rows: Mapping[Pair, Link], wanted: Mapping[Pair, datetime | None]) -> None:
    changed = [row for pair, row in rows.items() if row.dies_at != wanted[pair]]
    for pair, row in rows.items():
        row.dies_at = wanted[pair]
    Link.objects.bulk_update(changed, ["dies_at"])


def _is_later(wanted: datetime | None, now: datetime | None) -> bool:
    return now is not None and (wanted is None or wanted > now)
