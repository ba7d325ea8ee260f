"""Every form outside the room × every member of the cast → status, after the case's meeting."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from setwise.actions.models import Action, Progress
from setwise.meetings import scheduling
from setwise.protocols.shipped import text_of
from setwise.room import noting, presenting
from setwise.room.models import Draft, ProcessNote, Question, Round
from setwise.sets import amending, inviting, offering_guides, varying, writing_guides
from setwise.sets.models import GuideOffer, OwnGuide
from tests.architecture.test_posting import may
from tests.architecture.test_routes import IN_SET, NOBODY, routes
from tests.cast import ROLES, Cast, cast
from tests.meetings.polls import opened
from tests.staging import staged

pytestmark = pytest.mark.long

ANYONE = dict.fromkeys(ROLES, 302)
INSIDE = may(*IN_SET, answer=302)
FACILITATOR = may("facilitator", answer=302)
CONVENOR = may("facilitator", "presenter", answer=302)  # the presenter opened the poll
PRESENTER = NOBODY | {"presenter": 302}  # what is hers alone is not known to anybody else
WRITER = may("facilitator", "presenter", answer=302)  # she wrote it
DAY = f"{timezone.now() + timedelta(days=40):%Y-%m-%d}"
SOON = f"{timezone.now() + timedelta(days=5):%Y-%m-%d}"
LAST = f"{timezone.now() + timedelta(days=50):%Y-%m-%d}"
WHEN = {"date": DAY, "time": "10:00", "zone": "Europe/London", "minutes": "90", "place": "Here"}
POLL = {"date_1": DAY, "time_1": "10:00", "closes_on": SOON, **WHEN}
TABLE: dict[str, tuple[dict[str, str], dict[str, int]]] = {
    "people:account": ({"name": "Somebody Else", "zone": "UTC", "language": "en-gb"}, ANYONE),
    "people:address-is-right": ({}, ANYONE),
    "people:new-address": ({"email": "new@setwise.example"}, ANYONE),
    "people:coach": ({}, ANYONE),
    "people:end-session": ({}, NOBODY),
    "people:end-others": ({}, ANYONE),
    "people:reminders": ({"manner": "weekly", "hour": "8", "weekday": "0"}, ANYONE),
    "outbox:mail-again": ({"trouble": "dns"}, NOBODY | {"operator": 302}),
    "sets:start": ({"name": "Ours", "accent": "moss", "takes_part": "member"}, ANYONE),
    "sets:about": ({"name": "Renamed", "accent": "plum"}, INSIDE),
    "sets:people": ({"emails": "new@setwise.example", "as_facilitator": "1"}, INSIDE),
    "sets:skills": ({"skills": "listening"}, INSIDE),
    "sets:write-guide": ({"title": "Ours", "text": "Room 4"}, INSIDE),
    "sets:edit-guide": ({"title": "A", "text": "B", "seen": "1"}, WRITER),
    "sets:delete-guide": ({}, WRITER),
    "sets:facilitator": ({"to": "{membership}"}, FACILITATOR),
    "sets:graduation": ({"do": "propose", "day": DAY}, FACILITATOR),
    "sets:given": ({}, NOBODY),
    "sets:leave": ({}, INSIDE),
    "sets:suspend": ({}, FACILITATOR),
    "sets:end": ({"talked": "1"}, INSIDE),
    "sets:again": ({}, INSIDE),
    "sets:withdraw": ({}, INSIDE),
    "sets:answer": ({"about": "{rules}", "says": "yes"}, INSIDE),
    "sets:withdraw-rules": ({}, INSIDE),
    "sets:offer-guide": ({"to": "{member}", "guide": "listening"}, FACILITATOR),
    "sets:put-away": ({}, PRESENTER),
    "sets:protocol-from-file": ({"text": text_of("troika")}, INSIDE),
    "sets:at-hand": ({}, INSIDE),
    "meetings:fix": (WHEN, INSIDE),
    "meetings:subscribing": ({"do": "renew"}, ANYONE),
    "meetings:reply": ({"answer": "yes"}, INSIDE),
    "meetings:move": (WHEN, FACILITATOR),
    "meetings:cancel": ({}, FACILITATOR),
    "meetings:hold": ({}, FACILITATOR),
    "meetings:next-date": ({}, FACILITATOR),
    "meetings:chair": ({}, INSIDE | {"facilitator": 403}),  # from outside: no member
    "meetings:find": (POLL, INSIDE),  # there is one open: they are led to it
    "meetings:poll": ({"words": "Only by train."}, INSIDE),
    "meetings:poll-dates": ({"date": LAST, "time": "10:00"}, INSIDE),
    "meetings:poll-places": ({"place": "There"}, INSIDE),
    "meetings:remove-date": ({}, CONVENOR),
    "meetings:remove-place": ({}, CONVENOR),
    "meetings:settle": ({"date": "{date}"}, CONVENOR),
    "meetings:rhythm": ({}, INSIDE),  # without a rhythm it asks for one
    "meetings:close-poll": ({}, CONVENOR),
    "meetings:cancel-poll": ({}, CONVENOR),
    "actions:prepare": ({"issue": "Mine"}, INSIDE | {"facilitator": 403}),  # is no member
    "today:practise": ({"text": "What else?"}, dict.fromkeys(ROLES, 200)),
    "privacy:closing": ({"day": LAST}, FACILITATOR),
    "privacy:take-back": ({}, INSIDE),
    "actions:action": ({"state": "done"}, PRESENTER),
    "actions:edit": ({"text": "Something else"}, PRESENTER),
    "actions:confirm": ({}, PRESENTER),
    "actions:confirm-progress": ({}, PRESENTER),
    "actions:ally": ({"answer": "yes"}, NOBODY),  # none of them was asked
    "room:process-notes": ({"text": "We hurried."}, FACILITATOR),
    "room:erase-note": ({}, NOBODY | {"facilitator": 302}),
    "room:readers": ({}, PRESENTER),
    "room:mark": ({"mark": "kept"}, PRESENTER),
    "room:record-draft": ({}, PRESENTER),
    "room:record-edit": ({}, PRESENTER),
    "room:record-redact": ({"passage": "the", "sure": "1"}, PRESENTER),
    "room:record-delete": ({}, PRESENTER),
}
# forms of whoever is not signed in, the rules' long form (proved in tests/sets), and the room's
ELSEWHERE = {"people:enter", "people:begin", "meetings:invitation", "sets:edit-rules"}
# by tests of their own: for whoever holds the link
ELSEWHERE |= {"people:reminders-by-link", "people:stop-reminder", "actions:update"}
ELSEWHERE |= {"meetings:answer", "meetings:poll-by-link"}
ELSEWHERE |= {"sets:vary", "sets:revise"}  # long too
ELSEWHERE |= {"meetings:feed"}  # takes none


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, held) as company:
        yield company


@pytest.fixture
def company(stage: Cast, db: None) -> Cast:
    return copy.deepcopy(stage)


def held() -> Cast:
    """The case held, the next meeting fixed, somebody invited, an amendment proposed."""
    company, at = cast(held=True), timezone.now()
    ruth = company.seat("facilitator")
    plan = scheduling.Plan(at + timedelta(days=30), "Europe/London", 120, place="Here")
    scheduling.fix(ruth, plan=plan, at=at)
    inviting.invite(ruth, emails=["asked@setwise.example"], as_facilitator=True, at=at)
    amending.propose(ruth, amending.draft(ruth, at=at), at=at)
    varying.keep(ruth, text=text_of("half-hour"), at=at)
    action = Action.objects.filter(owner=company.people["presenter"]).first()
    assert action
    Progress.objects.create(action=action, key_id=action.key_id, state="going", at=at)
    row = Round.objects.get(presenter=company.people["presenter"])
    presenting.draft(company.people["member"], row, name="feedback", words="That.", at=at)
    noting.write(ruth, text="We were slow to begin.", meant="", at=at)
    presenter = company.people["presenter"].pk
    offering_guides.offer(ruth, to=presenter, guide="presenting", at=at)
    amara = company.seat("presenter")
    writing_guides.write(amara, title="Ours", text="Room", for_facilitator=False, at=at)
    opened(amara, at=at)
    return company


def url(name: str, company: Cast) -> str:
    presented = Round.objects.get(presenter=company.people["presenter"])
    told = Progress.objects.get(action__owner=company.people["presenter"])
    values = {
        "set_id": company.learning_set.pk,
        "meeting_id": company.learning_set.meetings.latest("starts_at").pk,
        "membership_id": company.membership("apologies").pk,
        "invitation_id": company.learning_set.invitations.get().pk,
        "session_id": 0,
        "guide_id": OwnGuide.objects.get().pk,
        "offer_id": GuideOffer.objects.get().pk,
        "key": "listening",
        "handover_id": company.meeting.pk,  # no such
        "number": 1,
        "way": company.learning_set.variants.get().key,
        "action_id": told.action_id,
        "progress_id": told.pk,
        "round_id": presented.pk,
        "poll_id": company.learning_set.polls.get().pk,
        "kind": "part",
        "row_id": Draft.objects.get().pk,
        "note_id": getattr(Question.objects.filter(round=presented).first(), "pk", None),
    }
    poll = company.learning_set.polls.get()
    if name == "meetings:remove-date":
        values["row_id"] = poll.dates.earliest("starts_at").pk
    if name == "meetings:remove-place":
        values["row_id"] = poll.places.get().pk
    if name == "room:erase-note":
        values["note_id"] = ProcessNote.objects.get().pk
    names = routes(get_resolver().url_patterns)[name]
    return reverse(name, kwargs={each: values[each] for each in names})


@pytest.mark.parametrize("role", ROLES)
def test_each_form_answers_this_person_as_the_table_says(role: str, company: Cast) -> None:
    client = Client()
    client.force_login(
        company.people[role], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answers = {}
    rules = company.learning_set.ground_rules.get(state="proposed")
    rows = {"{member}": str(company.people["member"].pk)}
    rows |= {"{date}": str(company.learning_set.polls.get().dates.earliest("starts_at").pk)}
    rows |= {"{membership}": str(company.membership("member").pk), "{rules}": str(rules.pk)}
    for name, (words, _) in TABLE.items():
        filled = {key: rows.get(value, value) for key, value in words.items()}
        mark = transaction.savepoint()
        answers[name] = client.post(url(name, company), filled).status_code
        transaction.savepoint_rollback(mark)
    assert answers == {name: table[role] for name, (_, table) in TABLE.items()}


def test_every_form_of_these_apps_is_in_the_table(company: Cast) -> None:
    client = Client()
    client.force_login(
        company.people["facilitator"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    names = routes(get_resolver().url_patterns)
    taking = set()
    for name in names:
        if name.split(":")[0] in (
            "outbox",
            "sets",
            "meetings",
            "actions",
            "privacy",
            "today",
            "people",
        ):
            if name in ELSEWHERE:
                continue
            mark = transaction.savepoint()
            if client.post(url(name, company)).status_code != 405:
                taking.add(name)
            transaction.savepoint_rollback(mark)
    assert taking == {name for name in TABLE if not name.startswith("room:")}


# addresses, a file's text, words that the record holds; and what is kept by nobody at all
NOT_KEPT = {"sets:people", "sets:protocol-from-file", "room:record-redact", "today:practise"}


def test_sentences_typed_on_any_page_are_kept_by_the_browser(company: Cast) -> None:
    """A session that ended meanwhile loses none: the page that says so promises it."""
    seen, without = 0, set()
    for role in ("facilitator", "presenter"):
        client = Client()
        client.force_login(
            company.people[role], backend="allauth.account.auth_backends.AuthenticationBackend"
        )
        for name in TABLE:
            page = client.get(url(name, company)).content.decode()
            kept = re.findall("<setwise-draft.*?</setwise-draft>", page, re.DOTALL)
            seen += (inside := "".join(kept).count("<textarea"))
            without |= {name} if page.count("<textarea") > inside else set()
    assert seen > 20
    assert without == NOT_KEPT
