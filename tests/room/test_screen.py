"""The big screen: it follows the room, is made of no word, and its code leads to the door."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setwise.actions.models import Action, Progress
from setwise.people.models import Person
from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.room import asking, loading, moving, regions
from setwise.room.models import Bid, CheckOut, Option, Question, Review, Room, Round
from setwise.room.screen import address
from setwise.room.stream.big_screen import show_screen
from setwise.room.stream.viewer import Message, Viewer
from setwise.room.views.screen import code
from tests.cast import Cast
from tests.room.looking import to_clarify

pytestmark = [pytest.mark.long, pytest.mark.once]

SEALED = {
    Round: ("statement", "presentation", "feedback"),
    Question: ("text",),
    Option: ("text",),
    Bid: ("issue", "why_now"),
    Review: ("helped", "change"),
    CheckOut: ("learning",),
}


class Screen(Viewer):
    """A big screen whose stream writes down what it would be sent."""

    def __init__(self, play: Play, key: str) -> None:
        super().__init__(
            asyncio.new_event_loop(), play.meeting.pk, "", play.people[key], screen=True
        )
        self.play, self.messages = play, list[dict[str, Any]]()

    def offer(self, message: Message) -> None:
        self.messages.append(message.content)

    def close(self) -> None:
        self.gone = True

    def look(self) -> None:
        room = Room.objects.select_related("meeting__learning_set").get(meeting=self.meeting)
        show_screen(self, loading.load(room, at=self.play.at), regions.Rendered())


def page(person: Person, play: Play) -> str:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = client.get(reverse("room:screen", args=[play.meeting.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def said() -> set[str]:
    """Every word of the meeting that is sealed, opened; no scrap so short that a page may have it."""
    words = {
        row.words(name)
        for model, names in SEALED.items()
        for row in model._default_manager.all()
        for name in names
    }
    words |= {row.text() for row in Action.objects.all()}
    words |= {text for row in Progress.objects.all() for text in (row.happened(), row.learned())}
    return {each for each in words if len(each) > 12}


def test_no_word_of_a_whole_meeting_reaches_it(
    company: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    play, shown = company.play, list[str]()
    screen, tick = Screen(play, "ruth"), Play.tick

    def watched(self: Play) -> datetime:
        if Room.objects.filter(meeting=self.meeting).exists():
            screen.look()
            shown.append(page(company.people["member"], self))
        return tick(self)

    monkeypatch.setattr(Play, "tick", watched)
    play.hold()
    watched(play)
    everything = json.dumps(screen.messages, ensure_ascii=False) + "".join(shown)
    words = said()
    assert len(words) > 30  # there was something to leak
    assert {each for each in words if each in everything} == set()
    for seen in ("Check-in", "Questions to Amara", "The meeting is over"):
        assert seen in json.dumps(screen.messages, ensure_ascii=False)
        assert seen in "".join(shown)


def test_its_page_opens_no_sealed_word_and_asks_the_same_of_a_full_room(open_play: Play) -> None:
    ruth = open_play.people["ruth"]
    row = to_clarify(open_play)
    page(ruth, open_play)
    with CaptureQueriesContext(connection) as few:
        page(ruth, open_play)
    for number in range(12):
        asking.ask(
            open_play.entry("tomasz"), row, text=f"Question {number}?", for_=None, at=open_play.at
        )
    with CaptureQueriesContext(connection) as many:
        page(ruth, open_play)
    assert len(many) == len(few)
    assert not any("vault_key" in query["sql"] for query in many)  # without a key nothing opens


def test_its_stream_says_a_change_once_and_nothing_of_words(open_play: Play) -> None:
    screen = Screen(open_play, "niamh")
    row = to_clarify(open_play)
    screen.look()
    asking.ask(open_play.entry("tomasz"), row, text="Since when?", for_=None, at=open_play.tick())
    screen.look()
    assert len(screen.messages) == 1
    moving.move(open_play.entry("ruth"), commands.PauseForLearning("voices"), at=open_play.tick())
    screen.look()
    assert len(screen.messages) == 2
    assert "Whom have we heard" in screen.messages[1]["regions"]["screen"]
    assert set(screen.messages[1]) == {"version", "regions", "announce"}


def test_it_closes_with_the_seat(open_play: Play, company: Cast) -> None:
    screen = Screen(open_play, "niamh")
    row = open_play.filled.learning_set.memberships.get(person=open_play.people["niamh"])
    row.suspended_at = open_play.at
    row.save()
    screen.look()
    assert screen.gone and screen.messages == []


def test_before_the_room_is_open_it_says_when_and_shows_the_code(company: Cast) -> None:
    html = page(company.people["apologies"], company.play)
    assert "We begin on" in html and 'class="qr"' in html
    assert "Welcome" in html and "setwise-clock" not in html


def test_its_code_leads_to_the_door_and_carries_no_secret(open_play: Play) -> None:
    where = address(open_play.meeting)
    door = reverse("room:room", args=[open_play.meeting.pk])
    assert where == settings.SETWISE_ORIGIN + door
    drawn = code(where)
    assert drawn in page(open_play.people["ruth"], open_play)
    assert "style" not in drawn and drawn != code(where + "?")
    answer = Client().get(door)
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
