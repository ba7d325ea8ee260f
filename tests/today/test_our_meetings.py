"""Our meetings: who met and when, who presented, how many actions were reviewed, and no word."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.meetings.models import Meeting
from setwise.room.models import CheckIn, Room, Round
from tests.cast import Cast, cast

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]


@pytest.fixture
def held() -> Cast:
    return cast(held=True)


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(held: Cast, role: str) -> Any:
    return browser(held.people[role]).get(f"/sets/{held.learning_set.pk}/meetings/")


def test_who_met_who_presented_and_how_many_actions_were_reviewed(held: Cast) -> None:
    row, *_ = page(held, "member").context["held"]
    came = {held.keys[key].name for key in held.play.present}
    assert set(row.met) == came and held.people["apologies"].name not in row.met
    assert row.presented == tuple(
        each.presenter.name for each in Round.objects.exclude(started_at=None)
    )
    told = Progress.objects.filter(meeting=row.meeting, state__in=("done", "changed", "let go"))
    assert row.reviewed == len({each.action_id for each in told}) > 0


def test_done_changed_and_let_go_count_alike_and_an_action_once(held: Cast) -> None:
    Progress.objects.all().delete()
    actions = list(Action.objects.filter(learning_set=held.learning_set)[:3])
    at = timezone.now()
    states = ("done", "changed", "let go", "going")
    for action, state in (
        (actions[0], states[0]),
        (actions[0], states[1]),
        (actions[1], states[2]),
        (actions[2], states[3]),
    ):
        Progress.objects.create(
            action=action,
            meeting=held.meeting,
            key_id=action.key_id,
            state=state,
            at=at,
            confirmed_at=at,
        )
    row, *_ = page(held, "member").context["held"]
    assert row.reviewed == 2


def test_no_word_that_was_said_is_on_it(held: Cast) -> None:
    shown = page(held, "late joiner").content.decode()
    for given in held.case["rounds"]:
        assert given["statement"] not in shown
        assert not [each for each in given["questions"] if each["text"] in shown]


def test_it_takes_as_many_queries_for_many_meetings_as_for_one(held: Cast) -> None:
    own, counts = browser(held.people["member"]), []
    url = f"/sets/{held.learning_set.pk}/meetings/"
    own.get(url)
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert len(own.get(url).context["held"]) == 2 + 8 * number
        counts.append(len(queries))
        for days in range(1, 9):
            again(held, days)
    assert counts[0] == counts[1]


def again(held: Cast, days: int) -> None:
    """A meeting as the one that was held, some days earlier."""
    room, earlier = Room.objects.get(meeting=held.meeting), timedelta(days=days)
    meeting = Meeting.objects.create(
        learning_set=held.learning_set,
        starts_at=held.meeting.starts_at - earlier,
        ends_at=held.meeting.ends_at - earlier,
        zone="Europe/London",
        minutes=120,
        arranged_at=held.meeting.arranged_at,
    )
    other = Room.objects.create(
        meeting=meeting, course_json=room.course_json, opened_at=room.opened_at - earlier
    )
    for row in CheckIn.objects.filter(room=room):
        CheckIn.objects.create(room=other, person=row.person, admitted_at=row.admitted_at)
    for round_ in Round.objects.filter(room=room):
        Round.objects.create(
            room=other,
            number=round_.number,
            presenter=round_.presenter,
            key_id=round_.key_id,
            started_at=round_.started_at,
        )
