"""Advice is plainly marked wherever a set meets a protocol that permits it, and nowhere else."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from django.urls import reverse

from setwise.project.demo.playing import Play
from setwise.protocols import commands
from setwise.protocols.shipped import shipped
from setwise.room import moving
from setwise.sets.models import GroundRules

pytestmark = pytest.mark.once

MARKED = {each.key for each in shipped() if each.advice}


def page(play: Play, name: str, **names: object) -> str:
    client = Client()
    client.force_login(
        play.people["niamh"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    answer = client.get(reverse(name, kwargs=names or {"meeting_id": play.meeting.pk}))
    assert answer.status_code == 200
    return html.unescape(answer.content.decode()).lower()


@pytest.mark.parametrize("key", ["classic", *sorted(MARKED)])
def test_before_the_meeting(company: object, key: str) -> None:
    play: Play = company.play  # type: ignore[attr-defined]
    GroundRules.objects.update(protocol=key)
    set_id = play.filled.learning_set.pk
    for words in (
        page(play, "meetings:meeting"),
        page(play, "room:room"),  # its door
        page(play, "sets:rules", set_id=set_id),
        page(play, "sets:version", set_id=set_id, number=1),
    ):
        assert ("advice permitted" in words) == (key in MARKED)
    assert "troika (advice permitted)</option>" in page(play, "sets:edit-rules", set_id=set_id)


@pytest.mark.parametrize("key", ["question-only", *sorted(MARKED)])
def test_in_the_room(open_play: Play, key: str) -> None:
    moving.move(open_play.entry("ruth"), commands.Today(protocol=key), at=open_play.tick())
    words = page(open_play, "room:room")
    assert ('<span class="pill">advice permitted</span>' in words) == (key in MARKED)
    assert ("(advice permitted)</p>" in words) == (key in MARKED)
