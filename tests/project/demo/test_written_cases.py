"""Whole cases of other sets, before their meeting and as held: every word is where it was said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from setwise.actions.models import Action, Progress
from setwise.project.demo.case import DEFAULT, present, read
from setwise.project.demo.filling import Filled
from setwise.project.demo.load import load
from setwise.room.models import CheckOut, Review, Room, Round

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
CASES = sorted((Path(__file__).parents[1] / "cases").glob("*.toml"))


@pytest.fixture(params=[DEFAULT, *CASES], ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def test_a_case_stands_just_before_its_meeting(path: Path) -> None:
    filled = load(path)
    assert not Room.objects.exists()
    assert list(filled.people) == [each["key"] for each in read(path)["people"]]
    assert Action.objects.count() == len(read(path).get("last_actions", ()))


def test_a_played_case_is_held_to_its_end_by_whoever_came(path: Path) -> None:
    filled = load(path, played=True)
    case, room = read(path), Room.objects.get()
    here = present(case)
    assert room.closed_at is not None
    leads = [each["key"] for each in case["people"] if each.get("seat") == "facilitator"]
    assert room.chair == filled.people[next((key for key in leads if key in here), here[0])]
    came = room.check_ins.exclude(entered_at=None).values_list("person", flat=True)
    assert set(came) == {filled.people[key].id for key in here}


def test_every_word_of_a_played_case_is_kept(path: Path) -> None:
    filled = load(path, played=True)
    case = read(path)
    rounds = list(Round.objects.all())
    assert [words_of(row) for row in rounds] == [
        words_in(each, case, filled) for each in case.get("rounds", ())
    ]
    told = [
        (row.action.owner, row.state, row.happened(), row.learned())
        for row in Progress.objects.all()
    ]
    assert told == [
        (
            filled.people[each["who"]],
            each["outcome"],
            each.get("progress", ""),
            each.get("learned", ""),
        )
        for each in case.get("last_actions", ())
        if each["who"] in present(case)
    ]
    left = {
        row.person: (row.words("learning"), row.action.text() if row.action else "", row.passed)
        for row in CheckOut.objects.all()
    }
    said = {
        each["who"]: (each.get("learning", ""), each.get("action", ""), False)
        for each in case.get("check_out", ())
    }
    assert left == {filled.people[key]: said.get(key, ("", "", True)) for key in present(case)}


def test_the_review_is_kept_where_there_is_one(path: Path) -> None:
    load(path, played=True)
    given = read(path).get("review", {})
    rows = [
        (row.words("helped"), row.rule_to_discuss, row.words("change"))
        for row in Review.objects.all()
    ]
    names = ("helped", "rule_to_discuss", "change")
    assert rows == ([tuple(given.get(name, "") for name in names)] if given else [])


def words_of(row: Round) -> dict[str, Any]:
    return {
        "presenter": row.presenter,
        "parts": [row.words(name) for name in ("statement", "presentation", "feedback")],
        "questions": [(q.author, q.stage, q.words("text"), q.mark) for q in row.questions.all()],
        "options": [(option.author, option.words("text")) for option in row.options.all()],
        "actions": [
            (a.text(), a.first_step(), a.sign(), a.confidence, a.ally, a.owner)
            for a in Action.objects.filter(decided_in__round=row).order_by("decided_at")
        ],
    }


def words_in(given: dict[str, Any], case: Any, filled: Filled) -> dict[str, Any]:
    """What the case says of a round, by those who were there; a bid is the first word of an issue."""
    people, here = filled.people, present(case)
    bids = {each["who"]: each["issue"] for each in case.get("bids", ())}
    statement = given.get("statement") or bids.get(given["presenter"], "")
    parts = [statement, given.get("presentation", ""), given.get("feedback", {}).get("text", "")]
    return {
        "presenter": people[given["presenter"]],
        "parts": parts,
        "questions": [
            (people[q["who"]], q["stage"], q["text"], q.get("outcome", ""))
            for q in given.get("questions", ())
            if q["who"] in here
        ],
        "options": [(people[o["who"]], o["text"]) for o in given.get("options", ())],
        "actions": [
            (
                *(a["text"], a.get("first_step", ""), a.get("sign", "")),
                *(a.get("confidence"), people.get(a.get("ally", "")), people[given["presenter"]]),
            )
            for a in given.get("actions", ())
        ],
    }


def test_what_an_issue_was_before_it_was_reworded_is_kept(path: Path) -> None:
    load(path, played=True)
    for row, given in zip(Round.objects.all(), read(path).get("rounds", ()), strict=True):
        if first := given.get("first_statement"):
            assert row.words("first_statement") == first
