"""Whoever left by a graduation keeps what is theirs, and nothing else of the set."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from setwise.room.models import Round
from setwise.sets.models import Membership
from tests.cast import Cast
from tests.sets.visiting import page, signed_in


def test_what_is_theirs_stays_theirs(held: Cast) -> None:
    ruth = held.people["facilitator"]
    row = Round.objects.get(presenter=held.people["presenter"])
    Round.objects.filter(pk=row.pk).update(presenter=ruth)
    client = signed_in(ruth)
    record, meeting = (
        reverse("room:record", args=[row.pk]),
        reverse("meetings:meeting", args=[held.meeting.pk]),
    )
    assert client.get(meeting).status_code == 200
    past = timezone.now() - timedelta(seconds=1)
    Membership.objects.filter(person=ruth).update(facilitates_until=past)
    assert client.get(meeting).status_code == 404
    assert row.words("statement") in page(client, record)
    assert record in page(client, reverse("room:records"))
    assert client.get(reverse("actions:mine")).status_code == 200
