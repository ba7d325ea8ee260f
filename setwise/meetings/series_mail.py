"""What a set is told when several meetings are fixed at once: one letter that lists them all.

Each meeting comes after it by itself, for calendars take one from a letter.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import mail
from setwise.meetings.models import Meeting, Reply
from setwise.people.mailing import post
from setwise.people.models import Person
from setwise.sets.models import Membership


def fixed(meetings: Sequence[Meeting], *, by: Person | None) -> None:
    """Tell the others; everyone where `by` is None. One meeting is told as it always is."""
    if len(meetings) == 1:
        mail.fixed(meetings[0], by=by)
        return
    first = meetings[0]
    seats = Membership.objects.seated().filter(learning_set=first.learning_set_id)
    people = [seat.person for seat in seats.select_related("person")]
    coming = _coming(meetings)
    for person in people:
        if person == by:
            continue
        post(
            key=f"meetings-fixed:{first.id}:{first.sequence}:{person.id}",
            to=person,
            template="meetings/email/series",
            context={
                "by": by,
                "learning_set": first.learning_set,
                "reader": person,
                "first": first,
                "meetings": [(each, person.id in coming[each.id]) for each in meetings],
                "asked": any(person.id not in coming[each.id] for each in meetings),
                "elsewhere": person.zone != first.zone,
                "url": settings.SETWISE_ORIGIN + reverse("today:set", args=[first.learning_set_id]),
            },
        )
    for meeting in meetings:
        mail.invited(meeting, people, at=timezone.now())


def _coming(meetings: Sequence[Meeting]) -> dict[object, set[object]]:
    """By meeting, who has said yes to it: they are not asked again."""
    found: dict[object, set[object]] = {each.id: set() for each in meetings}
    said = Reply.objects.filter(meeting__in=meetings, answer="yes")
    for meeting_id, person_id in said.values_list("meeting_id", "person_id"):
        found[meeting_id].add(person_id)
    return found
