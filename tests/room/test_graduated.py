"""From an agreed moment on, whoever facilitated reads nothing said after it: by the date alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setwise.project.demo.playing import Play
from setwise.room import asking, entering, loading
from setwise.room.models import Room
from setwise.room.standing import standing
from setwise.room.stream.held import Held
from setwise.sets.models import Membership
from tests.room.looking import texts, to_clarify

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_the_room_of_a_meeting_under_way_closes_to_them(open_play: Play) -> None:
    row = to_clarify(open_play)
    ruth = open_play.people["ruth"]
    asking.ask(open_play.entry("niamh"), row, text="Before?", for_=None, at=open_play.tick())
    assert "Before?" in texts(open_play, "ruth")
    url = reverse("room:room", args=[open_play.meeting.pk])
    client = Client()
    client.force_login(ruth, backend=BACKEND)
    assert client.get(url).status_code == 200
    past = timezone.now() - timedelta(seconds=1)
    Membership.objects.filter(person=ruth).update(facilitates_until=past)
    asking.ask(open_play.entry("niamh"), row, text="After?", for_=None, at=open_play.tick())
    assert "After?" in texts(open_play, "tomasz")
    assert client.get(url).status_code == 404
    assert client.post(reverse("room:ask", args=[open_play.meeting.pk, row.pk])).status_code == 404
    with pytest.raises(Http404):
        entering.enter(ruth, open_play.meeting.pk)


def test_a_stream_that_is_open_ends_by_the_moment_though_nothing_moved(open_play: Play) -> None:
    ruth, held = open_play.people["ruth"], Held()
    soon = timezone.now() + timedelta(minutes=5)
    Membership.objects.filter(person=ruth).update(facilitates_until=soon)
    room = Room.objects.select_related("meeting__learning_set").get()
    before = held.read(loading.RoomNow.of(room), whole=True, at=soon - timedelta(seconds=1))
    assert standing(before, ruth.pk).belongs
    after = held.read(loading.RoomNow.of(room), whole=False, at=soon)  # people are not read again
    assert not standing(after, ruth.pk).belongs
    assert standing(after, open_play.people["amara"].pk).belongs


def test_a_member_who_facilitated_is_shown_as_a_member(open_play: Play) -> None:
    ruth, now = open_play.people["ruth"], timezone.now()
    Membership.objects.filter(person=ruth).update(facilitates_until=now, is_member=True)
    room = Room.objects.select_related("meeting__learning_set").get()
    who = standing(loading.load(room, at=now), ruth.pk)
    assert (who.belongs, who.facilitates) == (True, False)
