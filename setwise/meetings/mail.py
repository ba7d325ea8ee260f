"""What a set is told about its meetings: when and where, in the reader's own zone."""

from __future__ import annotations

from typing import Literal

from django.conf import settings
from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.outbox.posting import post
from setwise.sets.models import Membership

News = Literal["fixed", "moved", "cancelled"]


def tell_everyone(news: News, meeting: Meeting) -> None:
    """Post one letter to each person in the set, in the caller's transaction."""
    seats = Membership.objects.seated().filter(learning_set=meeting.learning_set_id)
    for membership in seats.select_related("person"):
        person = membership.person
        post(
            key=f"meeting-{news}:{meeting.id}:{meeting.sequence}:{person.id}",
            to=person,
            template=f"meetings/email/{news}",
            context={
                "meeting": meeting,
                "learning_set": meeting.learning_set,
                "reader": person,
                "elsewhere": person.zone != meeting.zone,
                "url": settings.SETWISE_ORIGIN + reverse("meetings:meeting", args=[meeting.id]),
            },
        )
