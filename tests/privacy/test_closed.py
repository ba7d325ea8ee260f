"""A closed set is only read: nothing in it is asked or changed any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from setwise.coaching.guides import guides
from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from setwise.privacy import closing
from setwise.protocols.shipped import text_of
from setwise.room import noting, opening
from setwise.sets import (
    amending,
    graduating,
    handing_over,
    inviting,
    offering_guides,
    varying,
)
from setwise.sets.models import (
    Graduation,
    Handover,
    Membership,
    Variant,
)
from tests.cast import Cast
from tests.privacy.test_closing import DAY, NOW, announce, browser


def test_a_closed_set_is_only_read(held: Cast) -> None:
    announce(held)
    closing.close_due(at=NOW + 30 * DAY)
    seat, at = held.seat("facilitator"), NOW + 31 * DAY
    plan = scheduling.Plan(at + DAY, "Europe/London", 120, place="Here")
    meeting = Meeting.objects.filter(learning_set=held.learning_set, room=None)[0]
    with pytest.raises(PermissionDenied):
        scheduling.fix(seat, plan=plan, at=at)
    with pytest.raises(PermissionDenied):
        opening.open_room(seat, meeting, at=at)
    with pytest.raises(PermissionDenied):
        inviting.invite(seat, emails=["a@setwise.example"], as_facilitator=False, at=at)
    with pytest.raises(PermissionDenied):
        amending.draft(seat, at=at)
    for change in _changes(held, at):
        with pytest.raises(PermissionDenied):
            change()
    page = browser(held.people["presenter"])
    home = page.get(f"/sets/{held.learning_set.pk}/")
    assert home.status_code == 200 and "This set is closed" in home.content.decode()
    assert "Sets that have closed" in page.get("/").content.decode()


def _changes(held: Cast, at: datetime) -> list[Callable[[], object]]:
    """What else somebody might change, each of which was let through before."""
    seat, member, guide = held.seat("facilitator"), held.people["member"].id, next(iter(guides()))
    text = text_of("classic")
    variant = Variant.objects.create(
        learning_set=held.learning_set, line=uuid4(), text=text, written_at=at
    )
    holder = Membership.objects.get(learning_set=held.learning_set, is_facilitator=True)
    row = Graduation.objects.create(
        learning_set=held.learning_set,
        facilitator=holder,
        proposed_at=at,
        takes_effect_at=at + 2 * DAY,
    )
    given = Handover.objects.create(
        learning_set=held.learning_set, taker=holder, by=holder.person, at=at
    )
    return [
        lambda: noting.write(seat, text="We hurried.", meant="", at=at),
        lambda: offering_guides.offer(seat, to=member, guide=guide, at=at),
        lambda: graduating.propose(seat, on=(at + 2 * DAY).date(), at=at),
        lambda: graduating.answer(held.seat("member"), row, says="yes", at=at),
        lambda: graduating.withdraw(seat, row, at=at),
        lambda: handing_over.give_facilitation(seat, to=None, at=at),
        lambda: handing_over.undo(seat, given, at=at),
        lambda: varying.keep(seat, text=text, at=at),
        lambda: varying.put_away(seat, variant),
        lambda: varying.take_out(seat, variant),
    ]


@pytest.mark.parametrize(
    "path", ["facilitating", "graduation", "protocols", "protocols/classic", "protocols/from-file"]
)
def test_a_closed_set_offers_no_form_that_it_would_refuse(held: Cast, path: str) -> None:
    page = browser(held.people["facilitator"])
    url = f"/sets/{held.learning_set.pk}/{path}/"
    button = "Keep" if path == "protocols/from-file" else "button"
    assert button in page.get(url).content.decode().split("<main")[1]
    announce(held)
    closing.close_due(at=NOW + 30 * DAY)
    answer = page.get(url)
    assert "<form" not in answer.content.decode().split("<main")[1].split("</main")[0]
    assert answer.status_code == (403 if path == "protocols/from-file" else 200)


def test_people_leave_and_are_suspended_after_the_end_and_nothing_else_is_asked_there(
    held: Cast,
) -> None:
    page = browser(held.people["facilitator"])
    urls = [
        f"/sets/{held.learning_set.pk}/{path}"
        for path in ("people/", "people/facilitator/", "about/")
    ]
    before = page.get(urls[0]).content.decode()
    assert [url in before for url in urls] == [True, True, True]
    announce(held)
    closing.close_due(at=NOW + 30 * DAY)
    after = page.get(urls[0]).content.decode()
    assert [f'"{url}"' in after for url in urls] == [False, False, False]
    assert "Suspend access for now" in after and "Leave this set" in after
    assert page.get(urls[2]).status_code == 403
