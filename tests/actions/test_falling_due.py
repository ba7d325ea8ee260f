"""Reminders of one's own actions: on the day, once afterwards, to their owner, none once it is done."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setwise.actions import deciding, falling_due, progressing
from setwise.actions.deciding import Decision
from setwise.actions.models import Action
from setwise.outbox.models import Letter
from setwise.people import linking, reminding
from setwise.people.models import Person
from setwise.people.reminding import Reminder
from setwise.sets.models import LearningSet
from tests.actions.company import TEXT, decided, leave, somebody
from tests.sets.mailbox import mail

pytestmark = pytest.mark.django_db
DUE = date(2027, 3, 28)  # in London the clocks go forward that night
BEFORE = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment + "+00:00")


def run(*moments: str) -> list[int]:
    return [falling_due.post_due(at=at(moment)) for moment in moments]


def due(owner: Person, learning_set: LearningSet, **more: Any) -> Action:
    action = decided(owner, learning_set, due_on=DUE, **more)
    Action.objects.filter(pk=action.pk).update(decided_at=BEFORE)
    action.refresh_from_db()
    return action


@pytest.mark.parametrize(
    ("zone", "day", "after"),
    [
        ("Europe/London", "2027-03-28T07:00", "2027-03-29T07:00"),
        ("Asia/Kathmandu", "2027-03-28T02:15", "2027-03-29T02:15"),
        ("America/St_Johns", "2027-03-28T10:30", "2027-03-29T10:30"),
    ],
)
def test_its_owner_is_reminded_on_the_day_and_once_after(
    amara: Person, learning_set: LearningSet, zone: str, day: str, after: str
) -> None:
    amara.zone = zone
    amara.save()
    due(amara, learning_set)
    second = timedelta(seconds=1)
    assert falling_due.post_due(at=at(day) - second) == 0
    assert run(day, day) == [1, 0]
    assert falling_due.post_due(at=at(after) - second) == 0
    assert run(after, "2027-03-30T14:00", "2027-04-20T14:00") == [1, 0, 0]
    assert [letter.to for letter in mail(about="due")] == [amara.email] * 2


def test_the_letter_has_ones_own_words_in_its_body_alone(
    amara: Person, tomasz: Person, learning_set: LearningSet, settings: Any
) -> None:
    settings.SETWISE_REPLY_ADDRESS = "replies@sets.example"
    action = due(amara, learning_set, ally=tomasz)
    deciding_ally = Action.objects.filter(pk=action.pk)
    deciding_ally.update(ally_accepted_at=BEFORE)
    run("2027-03-28T12:00", "2027-03-29T12:00")
    first, second = mail(about="due")
    assert first.to == second.to == amara.email  # and not to the ally
    assert TEXT in first.prose and TEXT not in first.subject
    assert first.subject == "Tuesday set: your action for today"
    assert second.subject == "Tuesday set: your action, whose day has passed"
    assert "/actions/update/" in first.text and "or simply answer this e-mail" in first.prose
    token = linking.keep(
        "reply-action", person=amara, about=action.pk, at=BEFORE, dies_at=at("2027-04-01T09:00")
    )
    assert linking.find("reply-action", token, at=at("2027-03-29T12:00"))


@pytest.mark.parametrize(
    "why", ["done", "let go", "changed", "draft", "no date", "other date", "off", "old", "just now"]
)
def test_nobody_is_reminded_for_no_reason(
    amara: Person, tomasz: Person, learning_set: LearningSet, why: str
) -> None:
    action = due(amara, learning_set, typed_by=tomasz if why == "draft" else None)
    moment = "2027-03-28T12:00"
    match why:
        case "done" | "let go" | "changed":
            progressing.tell(action, state=why, at=BEFORE)
        case "draft":
            assert action.confirmed_at is None
        case "no date":
            deciding.change(action, decision=Decision(TEXT), at=BEFORE)
        case "other date":
            deciding.change(action, decision=Decision(TEXT, DUE + timedelta(days=9)), at=BEFORE)
        case "off":
            reminding.switch_off(amara, "action_due")
        case "old":
            moment = "2027-04-06T12:00"
        case _:
            Action.objects.update(decided_at=at(moment))
    assert run(moment) == [0]


def test_what_is_going_is_still_reminded_of(amara: Person, learning_set: LearningSet) -> None:
    progressing.tell(due(amara, learning_set), state="going", at=BEFORE)
    leave(amara, learning_set)  # it stays her own
    assert run("2027-03-28T12:00") == [1]


@pytest.mark.parametrize("how", ["told", "changed", "switched off"])
def test_what_waits_for_a_mail_server_is_withdrawn_once_it_is_pointless(
    amara: Person, learning_set: LearningSet, how: str
) -> None:
    action, other = due(amara, learning_set), due(somebody("tomasz"), learning_set)
    assert run("2027-03-28T12:00") == [2]
    match how:
        case "told":
            progressing.tell(action, state="done", at=BEFORE)
        case "changed":
            deciding.change(action, decision=Decision("Other words", DUE), at=BEFORE)
        case "switched off":
            reminding.switch_off(amara, "poll")
            assert Letter.objects.filter(state="waiting").count() == 2
            reminding.switch_off(amara, "action_due")
    waits = Letter.objects.get(state="waiting", template="actions/email/due")
    assert waits.to_email == other.owner.email


def test_one_s_own_action_is_reminded_of_after_leaving(
    amara: Person, learning_set: LearningSet
) -> None:
    due(amara, learning_set)
    assert run("2027-03-28T12:00") == [1]
    leave(amara, learning_set)
    assert Letter.objects.filter(state="waiting", template="actions/email/due").count() == 1


def test_nobody_is_reminded_of_what_ended_as_it_was_planned(
    amara: Person, learning_set: LearningSet, monkeypatch: pytest.MonkeyPatch
) -> None:
    action, ready = due(amara, learning_set), reminding.ready

    def meanwhile(rows: list[Reminder[Action]], *, at: datetime) -> list[Reminder[Action]]:
        found = ready(rows, at=at)
        progressing.tell(action, state="done", at=at)
        return found

    monkeypatch.setattr(reminding, "ready", meanwhile)
    assert run("2027-03-28T12:00") == [0]


def test_many_take_as_many_queries_as_few(learning_set: LearningSet, settings: Any) -> None:
    settings.SETWISE_REPLY_ADDRESS = "replies@sets.example"
    counts = []
    for name, number in (("few", 2), ("many", 40)):
        for each in range(number):
            due(somebody(f"{name}{each}"), learning_set)
        with CaptureQueriesContext(connection) as seen:
            assert run("2027-03-28T12:00") == [number]
        counts.append(len(seen))
        Action.objects.all().delete()
    assert counts[0] == counts[1]
