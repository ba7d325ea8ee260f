"""What waits to remind somebody who is in a set no more."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from setwise.meetings import coming_up
from setwise.outbox.models import Letter
from setwise.people import reminding
from setwise.people.mailing import post
from setwise.sets import seating
from setwise.sets.models import Membership
from tests.meetings.test_coming_up import ARRANGED, crowd, meet
from tests.sets.gathering import Gathered

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 3, 29, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("how", ["left", "ended", "suspended"])
def test_whoever_is_out_is_reminded_of_their_own_and_of_other_sets(
    three: Gathered, how: str
) -> None:
    """What waits: of this set's meeting, of another's, and their own actions after the meeting."""
    person, other = three.people[2], crowd("other", three.people[2])
    meet(three)
    coming_up.post_due(at=NOW)
    for kind, about in (("after_meeting", uuid4()), ("action_due", uuid4())):
        key = reminding.key(person, kind, about=about)
        post(key=key, to=person, template="people/email/changed", context={}, kind=kind)
    match how:
        case "left":
            seating.leave(three.seat(2), at=ARRANGED)
        case "ended":
            seating.end(three.seat(0), three.membership(2), talked=True, at=ARRANGED)
        case "suspended":
            Membership.objects.filter(pk=three.membership(0).pk).update(is_facilitator=True)
            seating.suspend(three.seat(0), three.membership(2), at=ARRANGED)
    rows = Letter.objects.filter(name__startswith=f"reminder:{person.pk}:")
    assert sorted(row.state for row in rows) == ["expired", "waiting", "waiting", "waiting"]
    (ended,) = rows.filter(state="expired")
    assert ended.name.endswith(f":{three.learning_set.pk}")
    assert rows.filter(name__endswith=f":{other.pk}", state="waiting").exists()
