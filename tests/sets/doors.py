"""Every page and every form of a set, for asking whether one person may pass."""

from __future__ import annotations

from django.urls import reverse

from setwise.sets.models import Membership
from tests.cast import Cast
from tests.meetings.planning import typed

SEATED = ("facilitator", "presenter", "member", "apologies", "late joiner")  # of the cast


def pages(company: Cast) -> list[str]:
    """All that everyone in the set may open."""
    of_set = ("today:set", "sets:about", "sets:people", "sets:leave", "sets:rules")
    of_rules = ("sets:edit-rules", "sets:answer", "meetings:fix")
    return [
        *(reverse(name, args=[company.learning_set.id]) for name in of_set + of_rules),
        reverse("sets:version", args=[company.learning_set.id, 1]),
        reverse("meetings:meeting", args=[company.meeting.id]),
        reverse("room:room", args=[company.meeting.id]),
    ]


def forms(company: Cast, other: Membership) -> dict[str, dict[str, str]]:
    """Forms that would change something for whoever may send them, `other` among what they change."""
    given, of_set = company.learning_set.id, f"/sets/{company.learning_set.id}/"
    met, of_person = f"/meetings/{company.meeting.id}/", f"{of_set}people/{other.id}/"
    return {
        f"{of_set}about/": {"name": "Renamed", "purpose": "", "accent": "plum"},
        f"{of_set}people/": {"emails": "friend@elsewhere.example"},
        f"{of_set}people/facilitator/": {"to": str(other.id)},
        f"{of_set}people/leave/": {},
        f"{of_person}suspension/": {},
        f"{of_person}end/": {"talked": "1"},
        f"{of_set}rules/answer/": {"says": "no", "would_let": "My way"},
        f"{of_set}rules/withdrawal/": {},
        f"{met}reply/": {"answer": "apologies"},
        f"{met}cancellation/": {},
        reverse("meetings:fix", args=[given]): typed(),
        reverse("room:open", args=[company.meeting.id]): {},
    }
