"""Somebody who has a mailbox and a calendar, and never signs in: invited, asked, coming, away, at work.

Letters come from the real worker by SMTP and go back by LMTP; pages are opened by their links, each
in a browser that knows nothing of the one before.
"""

from __future__ import annotations

import json
import re
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from tests.journeys.postbox import Postbox, postbox
from tests.journeys.replaying import CASE
from tests.mailin.test_lmtp import called
from tests.meetings.test_calendar_reply import SAMPLES, UID
from tests.serving import Server, free_port
from tests.sets.test_letters import strings

pytestmark = pytest.mark.server
GWEN = "gwen@ward.example"
NOTE, ACTION = "Thursdays are dialysis days.", "Ask both of the night nurses."
PROGRESS = "One has said yes; the other wants a week."
RUTH = """
from datetime import timedelta
from django.utils import timezone
from setwise.people.models import Person
from setwise.sets import seats
from setwise.sets.models import LearningSet
at, learning_set = timezone.now(), LearningSet.objects.get()
ruth = seats.take(Person.objects.with_email("ruth@setwise.example"), learning_set.pk)
"""
INVITES = """
from setwise.sets import inviting
inviting.invite(ruth, emails=["gwen@ward.example"], as_facilitator=False, at=at)
"""
ASKS = """
from setwise.meetings import polling
given = polling.Proposal(dates=(at + timedelta(days=30), at + timedelta(days=31)), minutes=90,
    places=(polling.Where(place="Room 4"),), zone="Europe/London", closes_at=at + timedelta(days=7))
polling.open_poll(ruth, proposal=given, at=at)
"""
SETTLES = """
from setwise.meetings import settling
from setwise.meetings.models import Poll
poll = Poll.objects.get()
settling.settle(ruth, poll, dates=[poll.dates.earliest("starts_at").pk], place=None, at=at)
"""
WRITES_DOWN = f"""
from setwise.actions import deciding, falling_due
gwen = Person.objects.with_email("{GWEN}")
decision = deciding.Decision("{ACTION}", at.astimezone(gwen.tzinfo).date())
deciding.commit(owner=gwen, learning_set=learning_set, meeting=None, decision=decision,
    at=at - timedelta(days=1))
falling_due.post_due(at=at)
"""
KEPT = f"""
import json
from django.contrib.sessions.models import Session
from setwise.actions.models import Progress
from setwise.meetings.models import PollAnswer, PollComment, Reply
gwen = Person.objects.with_email("{GWEN}")
print("KEPT" + json.dumps({{
    "belongs": learning_set.memberships.seated().filter(person=gwen, is_member=True).count(),
    "dates": list(PollAnswer.objects.filter(person=gwen, date__isnull=False)
        .order_by("date__starts_at").values_list("answer", flat=True)),
    "note": [row.words("words") for row in PollComment.objects.filter(person=gwen)],
    "reply": list(Reply.objects.filter(person=gwen).values_list("answer", flat=True)),
    "progress": [row.happened() for row in Progress.objects.filter(action__owner=gwen)],
}}))
"""


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


@pytest.fixture
def server(tmp_path: Path, loaded: Path, box: Postbox) -> Iterator[Server]:
    shutil.copytree(loaded, tmp_path, dirs_exist_ok=True)
    server = Server(tmp_path)
    server.settings |= {
        "SETWISE_ORIGIN": server.url,
        "SETWISE_SMTP_URL": f"smtp://127.0.0.1:{box.port}",
        "SETWISE_REPLY_ADDRESS": "set@sets.example",
        "SETWISE_LMTP": str(free_port()),
    }
    yield server.start()
    server.stop()


def midday() -> str:
    """A time zone where it is about noon, so that a reminder may come whenever this runs."""
    behind = datetime.now(UTC).hour - 12
    return f"Etc/GMT{behind:+d}" if behind else "UTC"


def press(url: str, **fields: str) -> str:
    """Open a page as anybody would by its link alone, fill its form, press; what it says then."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    with browser.open(url) as answer:
        html = answer.read().decode()
    (token,) = set(re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html))
    names = dict.fromkeys(re.findall(r'name="(answer:[^"]+)"', html))
    said = dict(zip(names, fields.pop("each", "").split(","), strict=False))
    typed = urlencode({"csrfmiddlewaretoken": token} | said | fields).encode()
    with browser.open(url, typed) as answer:
        page: str = answer.read().decode()
        return page


def send(server: Server, letter: EmailMessage, words: str, calendar: bytes = b"") -> None:
    """Answer a letter, as a mail program does; the mail server hands the answer over."""
    answer = EmailMessage()
    answer["From"], answer["To"], answer["Subject"] = GWEN, str(letter["Reply-To"]), "Re: your set"
    answer["Message-ID"] = f"<{len(words)}@ward.example>"
    answer.set_content(f"{words}\n\nOn Monday, Setwise wrote:\n> Dear Gwen,\n")
    if calendar:
        params = {"method": "REPLY", "charset": "utf-8"}
        answer.add_alternative(calendar, maintype="text", subtype="calendar", params=params)
    with called(int(server.settings["SETWISE_LMTP"])) as mail_server:
        assert mail_server.send_message(answer, GWEN, [str(letter["Reply-To"])]) == {}


def accepted(invitation: EmailMessage) -> bytes:
    """What her calendar answers to an invitation."""
    (part,) = (each for each in invitation.walk() if each.get_content_type() == "text/calendar")
    found = re.search(r"^UID:(\S+)", part.get_content(), re.MULTILINE)
    assert found
    sample = (SAMPLES / "gmail-accepted.ics").read_bytes()
    mine = sample.replace(b"tomasz@setwise.example", GWEN.encode())
    return mine.replace(UID.encode(), found[1].encode())


def shows(address: str, words: str) -> bool:
    """Whether a page comes to show these words: what arrives by LMTP is taken in by the worker."""
    for _ in range(100):
        with build_opener().open(address) as page:
            if words in page.read().decode():
                return True
        time.sleep(0.2)
    return False


def test_a_journey_that_never_opens_the_site(server: Server, box: Postbox) -> None:
    server.ask(RUTH + INVITES)
    welcome = press(box.link_to(GWEN, "invites you"), name="Gwen Rees", zone=midday())
    assert "Welcome to" in welcome
    assert box.newest(GWEN, "Welcome to")

    server.ask(RUTH + ASKS)
    asked = box.newest(GWEN, "when can we meet?")
    kept = press(box.link_to(GWEN, "when can we meet?"), each="if need be,no,yes")
    assert "Your answers are kept" in kept
    send(server, asked, NOTE)

    server.ask(RUTH + SETTLES)
    fixed = box.newest(GWEN, ": we meet on")
    send(server, fixed, "Gwen has accepted.", accepted(fixed))
    by_link = box.link_to(GWEN, ": we meet on")
    assert shows(by_link, "You are coming")
    assert "You sent apologies" in press(by_link, answer="apologies")

    server.ask(RUTH + WRITES_DOWN)
    send(server, box.newest(GWEN, "your action for today"), PROGRESS)
    kept = json.loads(server.ask(RUTH + KEPT).split("KEPT")[1])
    assert kept == {
        "belongs": 1,
        "dates": ["if need be", "no"],
        "note": [NOTE],
        "reply": ["apologies"],
        "progress": [PROGRESS],
    }
    assert leaks(box) == []
    assert [url for url in addresses(box) if not is_bare(url)] == []


def leaks(box: Postbox) -> list[tuple[str, str]]:
    """The words said in confidence that a letter holds, and to whom it went."""
    parts = ("bids", "rounds", "review", "check_out", "ground_rules")
    said = {text for part in parts for text in strings(CASE[part]) if len(text.split()) > 3}
    assert len(said) > 40
    secrets = said | {NOTE, PROGRESS, ACTION}
    letters = box.everything()
    assert len(letters) > 10
    found = {(to, text) for to, words in letters for text in secrets if text in words}
    return sorted(found - {(GWEN, ACTION)})


def addresses(box: Postbox) -> set[str]:
    """Every address of ours in any letter, and in the calendars that go along, which fold lines."""
    unfolded = [re.sub(r"\r?\n[ \t]", "", words) for _, words in box.everything()]
    found = {url for words in unfolded for url in re.findall(r"http://[^\s\"'<>\\]+", words)}
    assert len(found) > 10
    return found


def is_bare(url: str) -> bool:
    """Whether it is made of names of pages, numbers and tokens alone."""
    parts = urlsplit(url)
    words = [
        word for word in parts.path.strip("/").split("/") if not re.fullmatch(r"[a-z_]+", word)
    ]
    tokens = re.compile(r"[0-9a-f-]{36}|[a-z2-7]{45}|[\w-]{40,64}")
    return (
        parts.hostname == "localhost"  # at the port that the demo was loaded at, or at this one
        and not parts.query
        and all(tokens.fullmatch(word) for word in words)
    )
