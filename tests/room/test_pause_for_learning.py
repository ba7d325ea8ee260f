"""A pause for learning asks everybody the same, hides nothing, and returns to where the set was."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.protocols.engine import Reason, Refused
from setwise.protocols.prompting import learning_questions
from setwise.protocols.reading import asked, prompt
from setwise.room import asking, chairing, moving, regions
from setwise.room.standing import standing
from tests.room.looking import texts, to_clarify, view

pytestmark = pytest.mark.once

QUESTION = "Who else knows of it?"


def shown(play: Play, key: str) -> dict[str, str]:
    seen = view(play, key)
    return regions.render(seen, standing(seen, play.people[key].id), regions.Rendered())


def press(play: Play, key: str, **words: str) -> int:
    client = Client()
    client.force_login(
        play.people[key], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    url = reverse("room:clock", args=[play.meeting.pk])
    return client.post(url, words, headers={"X-Setwise-Room": "1"}).status_code


def test_everybody_is_asked_and_the_words_stay(open_play: Play) -> None:
    row = to_clarify(open_play)
    asking.ask(open_play.entry("tomasz"), row, text=QUESTION, for_=None, at=open_play.tick())
    assert press(open_play, "ruth", ask="listening") == 204
    words = learning_questions()["listening"]
    for key in ("ruth", "amara", "tomasz"):
        html = shown(open_play, key)
        assert words in html["mine"]
        assert "Pause for learning" in html["clock"]
        assert texts(open_play, key) == [QUESTION]
    assert regions.announcement(view(open_play, "tomasz")) == f"Pause for learning. {words}"
    assert press(open_play, "ruth", do="resume") == 204
    assert "Pause for learning" not in shown(open_play, "amara")["clock"]
    assert view(open_play, "amara").course.stop.stage == "clarify"


def test_the_presenter_may_turn_it_into_a_pause_that_hides_the_words(open_play: Play) -> None:
    row = to_clarify(open_play)
    asking.ask(open_play.entry("tomasz"), row, text=QUESTION, for_=None, at=open_play.tick())
    assert press(open_play, "ruth", ask="") == 204
    assert texts(open_play, "niamh") == [QUESTION]
    assert press(open_play, "amara", do="pause") == 204
    assert texts(open_play, "niamh") == []
    assert press(open_play, "ruth", ask="") == 409


def test_members_cannot_and_an_unknown_question_is_refused(open_play: Play) -> None:
    to_clarify(open_play)
    assert press(open_play, "tomasz", ask="") == 403
    assert press(open_play, "amara", ask="") == 403
    assert press(open_play, "ruth", ask="nothing") == 409
    assert view(open_play, "ruth").course.asking == ""


def test_the_coach_steps_in_at_any_time_where_the_way_of_meeting_has_one(open_play: Play) -> None:
    tomasz = open_play.people["tomasz"].id
    chairing.hand_over(open_play.entry("ruth"), to=tomasz, at=open_play.tick())
    with pytest.raises(Refused) as refused:
        moving.move(open_play.entry("ruth"), commands.PauseForLearning(), at=open_play.tick())
    assert refused.value.reason is Reason.NOT_YOURS
    assert "Step in" not in shown(open_play, "ruth")["mine"]
    today = commands.Today(protocol="question-only")
    moving.move(open_play.entry("tomasz"), today, at=open_play.tick())
    assert "Step in" in shown(open_play, "ruth")["mine"]
    assert "Step in" not in shown(open_play, "amara")["mine"]
    moving.move(open_play.entry("ruth"), commands.PauseForLearning(), at=open_play.tick())
    assert "Back to" in shown(open_play, "ruth")["mine"]
    moving.move(open_play.entry("ruth"), commands.Resume(), at=open_play.tick())
    assert view(open_play, "ruth").course.paused_at is None


def test_prompts_are_for_whoever_leads_and_for_nobody_else(open_play: Play) -> None:
    to_clarify(open_play)
    said = prompt(view(open_play, "ruth").course)
    assert said != asked(view(open_play, "ruth").course, hand=open_play.entry("ruth").hand())
    told = {
        key for key in ("ruth", "amara", "tomasz", "niamh") if said in shown(open_play, key)["mine"]
    }
    assert told == {"ruth"}
    chairing.hand_over(
        open_play.entry("ruth"), to=open_play.people["tomasz"].id, at=open_play.tick()
    )
    told = {
        key for key in ("ruth", "amara", "tomasz", "niamh") if said in shown(open_play, key)["mine"]
    }
    assert told == {"ruth", "tomasz"}
