"""Every route × every member of the cast → status. A route that is not in the table fails."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from setwise.actions.models import Action, Progress
from setwise.protocols.shipped import text_of
from setwise.room.models import Question, Round
from setwise.sets import varying, writing_guides
from setwise.sets.models import GroundRules, OwnGuide, Variant
from tests.cast import ROLES, Cast, cast
from tests.meetings.polls import opened
from tests.staging import staged

IN_SET = ("facilitator", "presenter", "member", "apologies", "late joiner")
OURS = ("sets", "meetings", "actions", "room", "privacy", "today", "people")
OPEN = dict.fromkeys(ROLES, 200)
INSIDE = {role: 200 if role in IN_SET else 404 for role in ROLES}
NOBODY = dict.fromkeys(ROLES, 404)
PUBLIC = {"sets:guides", "sets:guide", "today:practice", "today:practise", "today:practised"}
POST_ONLY = dict.fromkeys(ROLES, 405)


def only(*roles: str, others: int = 404) -> dict[str, int]:
    return {role: 200 if role in roles else others for role in ROLES}


def inside_but(*forbidden: str) -> dict[str, int]:
    return INSIDE | dict.fromkeys(forbidden, 403)


# GET, as each of the cast, after the case's meeting was held
TABLE: dict[str, dict[str, int]] = (
    {
        "healthz": OPEN,
        "account_login": dict.fromkeys(ROLES, 302),
        "account_request_login_code": dict.fromkeys(ROLES, 302),
        "account_confirm_login_code": dict.fromkeys(ROLES, 302),
        "account_logout": OPEN,
        "account_signup": dict.fromkeys(ROLES, 302),
        "account_inactive": OPEN,
        "account_email": dict.fromkeys(ROLES, 302),
        "account_email_verification_sent": dict.fromkeys(ROLES, 302),
        "outbox:demo-mail": NOBODY,
        "outbox:mail": only("operator"),
        "people:enter": dict.fromkeys(ROLES, 302),
        "people:begin": dict.fromkeys(ROLES, 410),
        "people:account": OPEN,
        "people:new-address": OPEN,
        "people:sessions": OPEN,
        "people:reminders": OPEN,
        "people:reminders-by-link": NOBODY,  # no token of theirs
        "people:stop-reminder": NOBODY,
        "sets:start": OPEN,
        "meetings:invitation": dict.fromkeys(ROLES, 410),
        "meetings:answer": NOBODY,  # no token of theirs
        "actions:update": NOBODY,
        "sets:about": INSIDE,
        "sets:people": INSIDE,
        "sets:graduation": INSIDE,
        "sets:given": NOBODY,  # nobody gave a seat away and left with it
        "sets:leave": INSIDE,
        "sets:end": inside_but("apologies"),
        "sets:playbook": OPEN,  # texts of Setwise's own
        "sets:rules": INSIDE,
        "sets:edit-rules": INSIDE,
        "sets:answer": INSIDE,
        "sets:version": INSIDE,
        "sets:protocols": INSIDE,
        "sets:protocol-from-file": INSIDE,
        "sets:protocol": INSIDE,
        "sets:protocol-file": INSIDE,
        "sets:vary": INSIDE,
        "sets:revise": INSIDE,
        "meetings:fix": INSIDE,
        "meetings:meeting": INSIDE,
        "meetings:calendar-file": INSIDE,
        "meetings:subscribing": OPEN,
        "meetings:feed": NOBODY,  # no such token
        "meetings:move": inside_but("presenter", "member", "apologies", "late joiner"),
        "meetings:cancel": inside_but("presenter", "member", "apologies", "late joiner"),
        "meetings:find": INSIDE,
        "meetings:rhythm": INSIDE,
        "meetings:poll": INSIDE,
        "meetings:poll-dates": INSIDE,
        "meetings:poll-places": INSIDE,
        # the presenter convenes it
        "meetings:cancel-poll": inside_but("member", "apologies", "late joiner"),
        "meetings:poll-by-link": NOBODY,  # no such token
        "actions:mine": OPEN,
        "actions:prepare": inside_but("facilitator"),  # from outside: brings no issue
        "actions:action": only("presenter"),
        "actions:edit": only("presenter"),
        "room:room": INSIDE,
        "room:stream": {role: 501 if role in IN_SET else 404 for role in ROLES},
        "room:screen": INSIDE,
        "room:screen-stream": {role: 501 if role in IN_SET else 404 for role in ROLES},
        "room:facilitating": INSIDE,
        "room:record": only("presenter"),
        "room:records": OPEN,
        "room:take-all": only("presenter", "member"),
        "room:take": only("presenter"),
        "room:record-edit": only("presenter"),
        "room:record-redact": only("presenter"),
        "room:record-delete": only("presenter"),
        "room:record-print": only("presenter"),
        "privacy:closing": INSIDE,
        "mailin:arrivals": only("operator"),
        "today:today": OPEN,
        "today:meetings": INSIDE,
        "today:set": INSIDE,
    }
    | dict.fromkeys(PUBLIC, OPEN)
    | {f"sets:{name}": INSIDE for name in ("set-guides", "skills", "write-guide")}
    | {f"sets:{name}-guide": only("facilitator") for name in ("own", "edit", "delete")}
    | {
        f"room:{name}": POST_ONLY
        for name in (
            *("process-notes", "erase-note", "note-process", "offer-guide", "open"),
            *("record-draft", "readers", "mark"),
            *("position", "clock", "today", "close", "knock", "check-in", "depart", "let-see"),
            *("chair", "rules", "bid", "choose", "say", "manner", "ask", "problem", "coach"),
            *("offer", "note", "decide", "let-go"),
            *("review", "check-out", "progress", "draft", "recording", "hand", "hands"),
        )
    }
    | dict.fromkeys(
        (
            *("outbox:mail-again", "people:end-session", "people:end-others", "sets:facilitator"),
            *("sets:suspend", "sets:again", "sets:withdraw", "sets:put-away", "sets:offer-guide"),
            *("sets:withdraw-rules", "sets:at-hand", "meetings:reply", "meetings:hold"),
            *("meetings:next-date", "meetings:chair", "meetings:remove-date"),
            *("meetings:remove-place", "meetings:settle", "meetings:close-poll"),
            *("actions:confirm", "actions:ally", "actions:confirm-progress", "privacy:take-back"),
            *("people:address-is-right", "people:coach"),
        ),
        POST_ONLY,
    )
)


def routes(patterns: list[Any], namespace: str = "") -> dict[str, list[str]]:
    """Each route's name and the names of its arguments."""
    found: dict[str, list[str]] = {}
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = f"{each.namespace}:" if each.namespace else namespace
            found |= routes(each.url_patterns, inner)
        elif isinstance(each, URLPattern) and each.name:
            found[namespace + each.name] = list(each.pattern.regex.groupindex)
    return found


def url(name: str, names: list[str], company: Cast) -> str:
    given = company.learning_set
    presented = Round.objects.get(presenter=company.people["presenter"])
    note = Question.objects.filter(round=presented).first()
    action = Action.objects.filter(owner=company.people["presenter"]).first()
    told = Progress.objects.first()
    assert note and action and told
    values: dict[str, object] = {
        "set_id": given.id,
        "meeting_id": company.meeting.id,
        "membership_id": company.membership("apologies").id,
        "invitation_id": note.id,
        "handover_id": note.id,
        "number": 1,
        "token": "no-such-token",
        "session_id": 0,
        "action_id": action.id,
        "progress_id": told.id,
        "round_id": presented.id,
        "note_id": note.id,
        "guide_id": OwnGuide.objects.get().pk,
        "key": "listening",
        "offer_id": note.id,
        "expected": 0,
        "kind": "question",
        "row_id": note.id,
        "poll_id": given.polls.get().id,
        "name": "statement",
        "way": Variant.objects.get(learning_set=given).key,
    }
    return reverse(name, kwargs={each: values[each] for each in names})


def test_every_route_is_in_the_table() -> None:
    assert set(routes(get_resolver().url_patterns)) == set(TABLE)


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, held) as company:
        yield company


def held() -> Cast:
    """The case after its meeting; its set has a protocol of its own, and is polled."""
    company = cast(held=True)
    seat = company.seat("facilitator")
    varying.keep(seat, text=text_of("half-hour"), at=timezone.now())
    writing_guides.write(seat, title="Ours", text="Loud", for_facilitator=True, at=timezone.now())
    opened(company.seat("presenter"), at=timezone.now())
    return company


@pytest.fixture
def company(stage: Cast, db: None) -> Cast:
    """The case after its meeting was held."""
    return copy.deepcopy(stage)


@pytest.mark.parametrize("role", ROLES)
def test_each_route_answers_this_person_as_the_table_says(role: str, company: Cast) -> None:
    assert GroundRules.objects.filter(state="in force").count() == 1
    client = Client(raise_request_exception=True)
    client.force_login(
        company.people[role], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    known = routes(get_resolver().url_patterns)
    answers = {
        name: client.get(url(name, names, company)).status_code for name, names in known.items()
    }
    assert answers == {name: TABLE[name][role] for name in known}


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in_page(company: Cast) -> None:
    for name, names in routes(get_resolver().url_patterns).items():
        if name.split(":")[0] in OURS:
            response = Client().get(url(name, names, company))
            expected = (200,) if name in PUBLIC else (302, 404, 405, 410)
            assert response.status_code in expected, name
            if response.status_code == 302:
                assert response["Location"].startswith("/accounts/login/"), name
