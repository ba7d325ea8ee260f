"""The question coach: a hint for its author alone, of which nothing is left anywhere."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.views.debug import ExceptionReporter

from setwise.coaching import hinting
from setwise.people.models import Person
from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import coaching_here, entering, moving, presenting
from setwise.room.models import Room, Round
from setwise.sets.models import LearningSet
from tests.cast import Cast
from tests.dumping import rows
from tests.room.looking import to_clarify

pytestmark = pytest.mark.long
ADVICE = "Have you thought about asking the zebrafinch committee to do it?"
RARE = "zebrafinch"
FACT = "Did she tell the landlord about the letter?"
GOOD = "What would you like to be different by the spring?"
ARABIC = "هل فكرت في أن تطلب من الرئيس أن يفعل ذلك؟"
BY_CODE = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _levels_as_they_were() -> Iterator[None]:
    """Made before `monkeypatch`, so undone after it: what each logger hears is remembered apart."""
    yield
    logging.Logger.manager._clear_cache()  # type: ignore[attr-defined]


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coaching_here, "_due", {})


@pytest.fixture
def play(open_play: Play) -> Play:
    to_clarify(open_play)
    open_play.to("round", "explore", 1)
    return open_play


def of(play: Play, key: str) -> Client:
    client = Client()
    client.force_login(Person.objects.get(pk=play.people[key].pk), backend=BY_CODE)
    return client


def ask(play: Play, text: str, key: str = "niamh") -> Any:
    return of(play, key).post(reverse("room:coach", args=[play.meeting.pk]), {"text": text})


def drawn(play: Play, key: str) -> bool:
    page = of(play, key).get(reverse("room:room", args=[play.meeting.pk]))
    return "<setwise-coach" in page.content.decode()


def test_advice_is_answered_with_the_words_and_not_kept_by_any_browser(play: Play) -> None:
    answer = ask(play, ADVICE)
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "This may land as advice. What question sits behind it?" in said
    assert "<q>" in said
    assert "often wrong" in said
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("text", [GOOD, ARABIC, "", "why not ask", "\x00" * 9, "x " * 20_000])
def test_silence(play: Play, text: str) -> None:
    answer = ask(play, text)
    assert (answer.status_code, answer.content) == (204, b"")


def test_it_knows_the_stage(play: Play) -> None:
    assert b"yes or no" in ask(play, FACT).content
    course = Room.objects.get().course
    moving.move(play.entry("ruth"), commands.Back(course.moves), at=play.tick())
    assert ask(play, FACT).status_code == 204  # right, while clarifying
    assert ask(play, ADVICE).status_code == 200
    play.to("round", "options", 1)
    assert ask(play, ADVICE).status_code == 204  # no stage of questions


def test_it_murmurs_in_a_silent_round_too(play: Play) -> None:
    row = Round.objects.get(room=Room.objects.get())
    presenting.go_silent(play.entry("ruth"), row, on=True)
    assert drawn(play, "niamh")
    assert ask(play, ADVICE).status_code == 200


def test_advice_is_welcome_where_the_way_of_meeting_permits_it(play: Play) -> None:
    moving.move(play.entry("ruth"), commands.Today(protocol="troika"), at=play.tick())
    assert Room.objects.get().course.follows.advice
    assert ask(play, ADVICE).status_code == 204


def test_switched_off_for_oneself_it_answers_no_more_and_is_not_drawn(play: Play) -> None:
    assert drawn(play, "niamh")
    assert of(play, "niamh").post(reverse("people:coach"), {}).status_code == 302
    assert (ask(play, ADVICE).status_code, drawn(play, "niamh")) == (403, False)
    assert (ask(play, ADVICE, "tomasz").status_code, drawn(play, "tomasz")) == (200, True)
    of(play, "niamh").post(reverse("people:coach"), {"on": "1"})
    assert (ask(play, ADVICE).status_code, drawn(play, "niamh")) == (200, True)


def test_switched_off_by_the_set_it_answers_nobody(play: Play, company: Cast) -> None:
    url = reverse("sets:about", args=[company.learning_set.pk])
    about = {"name": "Ours", "accent": "moss", "coached": "on"}
    of(play, "tomasz").post(url, about)
    assert ask(play, ADVICE).status_code == 200
    del about["coached"]
    assert of(play, "tomasz").post(url, about).status_code == 302
    assert not LearningSet.objects.get(pk=company.learning_set.pk).coached
    assert {ask(play, ADVICE, key).status_code for key in ("niamh", "tomasz", "ruth")} == {403}
    assert not drawn(play, "niamh")


def test_whoever_presents_has_no_coach(play: Play) -> None:
    assert not drawn(play, "amara")
    assert drawn(play, "ruth")


def test_nothing_typed_reaches_the_database_or_a_log(
    play: Play, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    niamh, url = of(play, "niamh"), reverse("room:coach", args=[play.meeting.pk])
    niamh.post(url, {"text": ADVICE})  # whatever a first visit writes is written
    _listen(caplog, monkeypatch)
    before = rows()
    with CaptureQueriesContext(connection) as asked:
        answer = niamh.post(url, {"text": ADVICE})
    assert b"<q>" in answer.content  # it was read
    assert {query["sql"].split()[0] for query in asked} == {"SELECT"}
    assert "django.db.backends" in {record.name for record in caplog.records}
    assert RARE not in repr([vars(record) for record in caplog.records]) + caplog.text
    assert rows() == before
    assert b"niamh" in before
    assert RARE.encode() not in before


@pytest.mark.parametrize("debug", [True, False])
def test_a_mistake_of_ours_carries_no_word(
    play: Play,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    debug: bool,
) -> None:
    def fail(text: str, setting: object) -> None:
        raise ValueError(text)

    settings.DEBUG = debug
    _listen(caplog, monkeypatch)
    monkeypatch.setattr(hinting, "hint", fail)
    answer = ask(play, ADVICE)
    assert (answer.status_code, answer.content) == (204, b"")
    assert "The question coach failed: ValueError" in caplog.text
    assert RARE not in repr([vars(record) for record in caplog.records]) + caplog.text


def test_nor_does_a_report_of_what_failed_on_the_way_to_it(
    play: Play, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(person: Person, meeting_id: object) -> None:
        raise RuntimeError("no database")

    reports: list[str] = []

    def report(request: HttpRequest, **_: object) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.extend((reporter.get_traceback_text(), reporter.get_traceback_html()))

    _listen(caplog, monkeypatch)
    monkeypatch.setattr(entering, "enter", fail)
    got_request_exception.connect(report)
    client = of(play, "niamh")
    client.raise_request_exception = False
    try:
        url = reverse("room:coach", args=[play.meeting.pk])
        answer = client.post(url, {"text": ADVICE})
    finally:
        got_request_exception.disconnect(report)
    assert answer.status_code == 500
    assert len(reports) == 2
    assert all("no database" in each and "text" in each for each in reports)
    assert RARE not in "".join(reports) + answer.content.decode() + caplog.text


def test_nobody_is_read_oftener_than_anybody_types(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [100.0]
    monkeypatch.setattr(coaching_here, "monotonic", lambda: now[0])
    monkeypatch.setattr(coaching_here, "REMEMBERED", 1)
    answers = [ask(play, GOOD).status_code for _ in range(coaching_here.AT_ONCE + 2)]
    assert answers == [204] * coaching_here.AT_ONCE + [429] * 2
    assert ask(play, GOOD, "tomasz").status_code == 204  # each by themselves
    now[0] += coaching_here.EVERY
    assert [ask(play, GOOD).status_code for _ in range(2)] == [204, 429]
    now[0] += 60
    assert ask(play, GOOD, "ruth").status_code == 204
    assert set(coaching_here._due) == {play.people["ruth"].pk}  # the others are forgotten


def _listen(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hear every logger at its finest, those that Setwise keeps quiet too."""
    for name in ("", *logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        monkeypatch.setattr(logger, "level", logging.DEBUG)
        monkeypatch.setattr(logger, "handlers", [*logger.handlers, caplog.handler])
        monkeypatch.setattr(logger, "disabled", False)
        logger.manager._clear_cache()  # type: ignore[attr-defined]
