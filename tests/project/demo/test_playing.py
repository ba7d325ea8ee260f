"""A case is held as its people would hold it, also with one round, no facilitator, three people."""

from __future__ import annotations

from pathlib import Path

import pytest

from setwise.actions.models import Action, Progress
from setwise.outbox.models import Letter
from setwise.project.demo.load import load
from setwise.room.models import CheckOut, Room, Round
from tests.project.demo.cases import LEAST, ROUND, RULES, case_file

pytestmark = pytest.mark.django_db


def played(folder: Path, *parts: str) -> Room:
    load(case_file(folder, *parts), played=True)
    return Room.objects.select_related("meeting").get()


def test_three_people_without_a_facilitator_hold_one_round(tmp_path: Path) -> None:
    room = played(tmp_path, LEAST, RULES, ROUND)
    assert room.closed_at is not None
    assert room.chair is not None and room.chair.name == "Mina"  # she opened it
    row = Round.objects.get()
    assert (row.number, row.presenter.name) == (1, "Otto")
    assert row.words("statement") == "How do I begin?"
    assert row.ended_at is not None
    assert [each.words("text") for each in row.questions.all()] == ["What if you did not?"]
    assert [each.words("text") for each in row.options.all()] == ["Wait a week."]
    action = Action.objects.get()
    assert (action.text(), action.owner.name, action.confirmed_at is None) == (
        "Ring her.",
        "Otto",
        False,
    )


@pytest.mark.parametrize("minutes", [30, 480])
def test_a_meeting_of_any_length_is_held_to_its_end(tmp_path: Path, minutes: int) -> None:
    room = played(tmp_path, LEAST, RULES, f"meeting_minutes = {minutes}", ROUND)
    assert room.closed_at is not None
    assert room.meeting.minutes == minutes


def test_a_meeting_without_a_round_is_held_to_its_end(tmp_path: Path) -> None:
    room = played(tmp_path, LEAST, RULES)
    assert room.closed_at is not None
    assert not Round.objects.exists()
    assert [row.passed for row in CheckOut.objects.all()] == [True] * 3


def test_everyone_gets_their_own_actions_by_e_mail_and_nobody_who_was_away(tmp_path: Path) -> None:
    away = LEAST + 'present = ["mina", "otto"]\napologies = ["pia"]\n'
    nobody_asks = ROUND.partition("[[rounds.questions]]")[0]
    played(tmp_path, away, RULES, nobody_asks)
    letters = Letter.objects.order_by("to_email")
    assert [(letter.template, letter.to_email) for letter in letters] == [
        ("room/email/actions", "mina@setwise.example"),
        ("room/email/actions", "otto@setwise.example"),
    ]


def test_progress_is_told_by_whoever_came_and_an_open_end_is_told_by_nobody(
    tmp_path: Path,
) -> None:
    action = '[[last_actions]]\nwho = "{}"\ntext = "Ask"\n'
    played(
        tmp_path,
        LEAST + 'present = ["mina", "otto"]\n',
        RULES,
        action.format("mina") + 'outcome = "done"\nprogress = "I asked"\n',
        action.format("otto"),
        action.format("pia") + 'outcome = "let go"\n',
    )
    assert [(told.action.owner.name, told.happened()) for told in Progress.objects.all()] == [
        ("Mina", "I asked")
    ]
    states = {row.owner.name: row.state for row in Action.objects.all()}
    assert states == {"Mina": "done", "Otto": "open", "Pia": "open"}
