"""The room without a script: forms sent twice, refused forms, and what a page's source holds."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import checking_in, moving, presenting
from setwise.room.models import Question, Round
from tests.room.looking import to_clarify

pytestmark = [pytest.mark.long, pytest.mark.once]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ISSUE, TOLD = "Hers, said aloud", "What she told at length"


def signed_in(play: Play, key: str) -> Client:
    client = Client()
    client.force_login(play.people[key], backend=BACKEND)
    return client


def room(play: Play) -> str:
    return reverse("room:room", args=[play.meeting.pk])


def form(html: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that goes there."""
    found = re.search(rf'<form method="post" action="{re.escape(action)}".*?</form>', html, re.S)
    assert found, action
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', found[0]))


@pytest.fixture
def row(open_play: Play) -> Round:
    row = to_clarify(open_play)
    for name, words in (("statement", ISSUE), ("presentation", TOLD)):
        row.refresh_from_db()
        presenting.say(open_play.entry("amara"), row, name=name, words=words, at=open_play.tick())
    return row


def test_a_form_sent_twice_is_one_question(open_play: Play, row: Round) -> None:
    client = signed_in(open_play, "niamh")
    url = reverse("room:ask", args=[open_play.meeting.pk, row.pk])
    sent = form(client.get(room(open_play)).content.decode(), url) | {"text": "Who knows?"}
    assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
    assert [note.words("text") for note in Question.objects.all()] == ["Who knows?"]
    again = client.post(url, sent | {"text": "Other words"})  # the page had gone back in time
    assert again.status_code == 409
    assert "Other words" in again.content.decode()


def test_a_refused_form_comes_back_beside_its_sentence_and_alone(
    open_play: Play, row: Round
) -> None:
    client = signed_in(open_play, "niamh")
    url = reverse("room:ask", args=[open_play.meeting.pk, row.pk])
    words = "So long. " * 300
    answer = client.post(url, {"text": words})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert html.count(words.strip()) == 1
    assert html.count("Keep it below 2000 characters") == 1
    assert re.findall(r'id="(composer-\w+)[^>]* open>', html) == ["composer-question"]


@pytest.mark.parametrize("key", ["niamh", "amara"])
def test_who_is_there_finds_the_words_in_the_page(open_play: Play, row: Round, key: str) -> None:
    html = signed_in(open_play, key).get(room(open_play)).content.decode()
    assert ISSUE in html
    assert TOLD in html


def words_in_page(play: Play, key: str) -> list[str]:
    html = signed_in(play, key).get(room(play)).content.decode()
    return [words for words in (ISSUE, TOLD) if words in html]


def test_a_pause_hides_the_words_from_the_source_too(open_play: Play, row: Round) -> None:
    moving.move(open_play.entry("amara"), commands.Pause(), at=open_play.tick())
    assert {key: words_in_page(open_play, key) for key in ("amara", "niamh", "ruth")} == {
        "amara": [],
        "niamh": [],
        "ruth": [],
    }


def test_a_latecomers_page_holds_nothing_said_before(open_play: Play, row: Round) -> None:
    checking_in.knock(open_play.entry("dele"), at=open_play.tick())
    checking_in.admit(
        open_play.entry("ruth"), who=[open_play.people["dele"].pk], at=open_play.tick()
    )
    open_play.to("round", "explore", 1)
    assert words_in_page(open_play, "dele") == []
    html = signed_in(open_play, "dele").get(room(open_play)).content.decode()
    assert "is Amara Nwosu’s to show you" in html
    checking_in.let_see_earlier(open_play.entry("amara"), who=open_play.people["dele"].pk)
    assert words_in_page(open_play, "dele") == [ISSUE, TOLD]


def test_a_question_that_came_too_late_is_offered_back_to_hand_over(
    open_play: Play, row: Round
) -> None:
    client = signed_in(open_play, "niamh")
    url = reverse("room:ask", args=[open_play.meeting.pk, row.pk])
    hand = reverse("room:hand", args=[open_play.meeting.pk, row.pk])
    open_play.to("round", "present", 2)
    answer = client.post(url, {"text": "What if you waited?"})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert html.count("What if you waited?") == 1
    assert "Hand them to Amara Nwosu" in html
    sent = form(html, hand)
    too_long = client.post(hand, sent | {"text": "So long. " * 300})
    assert too_long.status_code == 422
    assert too_long.content.decode().count("So long. " * 299) == 1
    assert client.post(hand, sent | {"text": "What if you waited?"}).status_code == 302
    note = Question.objects.get()
    assert (note.words("text"), note.handed, note.opened_at) == ("What if you waited?", True, None)


def test_a_bid_that_came_too_late_is_given_back(open_play: Play, row: Round) -> None:
    url = reverse("room:bid", args=[open_play.meeting.pk])
    answer = signed_in(open_play, "yusuf").post(url, {"issue": "My own", "why_now": "It is due"})
    html = answer.content.decode()
    assert (answer.status_code, html.count("My own\nIt is due")) == (409, 1)
    assert "Hand them to" not in html


def test_words_that_come_in_a_pause_stay_in_their_form(open_play: Play, row: Round) -> None:
    moving.move(open_play.entry("amara"), commands.Pause(), at=open_play.tick())
    url = reverse("room:ask", args=[open_play.meeting.pk, row.pk])
    answer = signed_in(open_play, "niamh").post(url, {"text": "Sent in a pause"})
    html = answer.content.decode()
    assert (answer.status_code, html.count("Sent in a pause")) == (409, 1)
    assert "Hand them to" not in html
    opened = re.findall(r'id="(composer-question)-[^"]*" data-composer="question"( hidden)?', html)
    assert opened == [("composer-question", "")]


def test_a_round_that_is_over_is_written_to_no_more(open_play: Play, row: Round) -> None:
    open_play.to("round", "present", 2)
    client: Any = signed_in(open_play, "amara")
    url = reverse("room:say", args=[open_play.meeting.pk, row.pk, "statement"])
    answer = client.post(url, {"statement": "Rewritten"})
    row.refresh_from_db()
    assert (answer.status_code, row.words("statement")) == (409, ISSUE)
