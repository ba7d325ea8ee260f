"""A whole meeting through its use-cases: what the case says is what the database holds."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.outbox.models import Letter
from setwise.room.entering import enter
from setwise.room.models import Bid, CheckOut, Review, Round
from setwise.vault import sealing
from tests.cast import Cast


def test_the_database_holds_exactly_what_the_case_says(held: Cast) -> None:
    case = held.case
    for number, given in enumerate(case["rounds"], 1):
        row = Round.objects.get(number=number)
        assert row.presenter == held.keys[given["presenter"]]
        assert row.words("statement") == given["statement"]
        assert row.words("presentation") == given["presentation"]
        assert row.words("feedback") == given["feedback"]["text"]
        assert [(q.author, q.stage, q.words("text"), q.mark) for q in row.questions.all()] == [
            (held.keys[q["who"]], q["stage"], q["text"], q["outcome"]) for q in given["questions"]
        ]
        assert [(o.author, o.words("text")) for o in row.options.all()] == [
            (held.keys[o["who"]], o["text"]) for o in given["options"]
        ]
        decided = Action.objects.filter(decided_in__round=row).order_by("decided_at")
        assert [(a.text(), a.first_step(), a.sign(), a.confidence, a.ally) for a in decided] == [
            (a["text"], a["first_step"], a["sign"], a["confidence"], held.keys.get(a.get("ally")))
            for a in given["actions"]
        ]
    assert {b.person: b.words("issue") for b in Bid.objects.filter(passed=False)} == {
        held.keys[b["who"]]: b["issue"] for b in case["bids"]
    }
    assert {
        p.action.owner: (p.happened(), p.learned(), p.state) for p in Progress.objects.all()
    } == {
        held.keys[a["who"]]: (a["progress"], a["learned"], a["outcome"])
        for a in case["last_actions"]
    }
    learned = {c.person: c.words("learning") for c in CheckOut.objects.filter(passed=False)}
    assert learned == {held.keys[c["who"]]: c["learning"] for c in case["check_out"]}
    review = Review.objects.get()
    assert review.words("change") == case["review"]["change"]


def test_each_gets_their_own_actions_by_e_mail_and_nobody_elses_words(held: Cast) -> None:
    letters = Letter.objects.filter(template="room/email/actions")
    assert letters.count() == len(held.case["meeting"]["present"])
    texts: dict[UUID, list[str]] = {a.owner_id: [] for a in Action.objects.all()}
    for action in Action.objects.filter(meeting=held.meeting):
        texts[action.owner_id].append(action.text())
    for letter in letters:
        body = sealing.unseal(
            bytes(letter.body_sealed or b""),
            key_id=letter.key_id,
            context="letter.body",
            row_id=letter.id,
        )
        reader = next(p for p in held.keys.values() if p.email == letter.to_email)
        for owner, words in texts.items():
            for text in words:
                assert (text in body) == (owner == reader.id)


def test_nothing_said_stands_in_clear_in_any_table(held: Cast) -> None:
    secrets = [b["issue"] for b in held.case["bids"]]
    for given in held.case["rounds"]:
        secrets += [given["statement"], given["presentation"], given["feedback"]["text"]]
        secrets += [each["text"] for each in given["questions"] + given["actions"]]
    secrets += [each["learning"] for each in held.case["check_out"]] + [
        held.case["review"]["change"]
    ]
    assert Round.objects.first()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                text = " ".join(
                    bytes(v).decode("utf-8", "replace")
                    if isinstance(v, bytes | memoryview)
                    else str(v)
                    for v in row
                )
                assert not [words for words in secrets if words in text], table


def test_a_former_member_keeps_their_own_round_and_loses_the_rest(held: Cast) -> None:
    from django.http import Http404

    from setwise.room import records
    from setwise.sets import seating

    amara, tomasz = held.keys["amara"], held.keys["tomasz"]
    own, other = Round.objects.get(presenter=amara), Round.objects.get(presenter=tomasz)
    Round.objects.update(rule_readers="present")
    held.learning_set.ground_rules.update(record_readers="present")
    assert records.record_of(amara, other.id) == other
    seating.leave(held.seat("presenter"), at=timezone.now())
    assert records.record_of(amara, own.id) == own
    with pytest.raises(Http404):
        records.record_of(amara, other.id)
    with pytest.raises(Http404):
        records.record_of(held.people["late joiner"], own.id)
    with pytest.raises(Http404):
        enter(amara, held.meeting.pk)
