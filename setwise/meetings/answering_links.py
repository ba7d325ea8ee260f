"""Links that say yes or apologies for one meeting: in each letter about it, each ending the last."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from setwise.meetings.models import Meeting
from setwise.people import linking
from setwise.people.models import Person

PURPOSE = "meeting"


def urls(
    pairs: Collection[tuple[Meeting, Person]], *, at: datetime
) -> dict[tuple[UUID, UUID], str]:
    """New links by the ids of meeting and person; those sent before die. As many queries as for one."""
    wanted = {(person.id, meeting.id): meeting.ends_at for meeting, person in pairs}
    tokens = linking.renew_all(PURPOSE, wanted, at=at)
    return {
        (meeting_id, person_id): settings.SETWISE_ORIGIN + reverse("meetings:answer", args=[token])
        for (person_id, meeting_id), token in tokens.items()
    }


def url(meeting: Meeting, person: Person, *, at: datetime) -> str:
    return urls([(meeting, person)], at=at)[meeting.id, person.id]
