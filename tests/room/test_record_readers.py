"""Who reads a record: narrower than the notes rule as its presenter likes, and never wider."""

from __future__ import annotations

import pytest
from django.http import Http404

from setwise.room import editing, records
from setwise.room.models import Round
from setwise.room.refusing import Refusal
from setwise.sets import seating
from setwise.sets.models import Membership
from tests.cast import Cast
from tests.room.test_keeping_records import browser, round_of, url


def test_who_reads_it_is_narrower_than_the_rule_and_never_wider(held: Cast) -> None:
    row, member = round_of(held), held.people["member"]
    mine = records.own(row.presenter, row.pk)
    with pytest.raises(Refusal):
        editing.decide_readers(mine, readers="present")
    held.learning_set.ground_rules.update(record_readers="present")
    with pytest.raises(Refusal):  # the rule at the time was another
        editing.decide_readers(mine, readers="present")
    Round.objects.update(rule_readers="present", readers="presenter")
    mine = records.own(row.presenter, row.pk)
    with pytest.raises(Http404):
        records.record_of(member, row.pk)
    editing.decide_readers(mine, readers="present")
    assert records.record_of(member, row.pk) == row
    held.learning_set.ground_rules.update(record_readers="presenter")  # agreed anew since
    assert row not in records.readable_rounds(member, held.learning_set)
    with pytest.raises(Http404):
        records.record_of(member, row.pk)
    held.learning_set.ground_rules.update(record_readers="present")
    editing.decide_readers(mine, readers="presenter")
    with pytest.raises(Http404):
        records.record_of(member, row.pk)


def test_whoever_left_and_joined_again_is_a_newcomer(held: Cast) -> None:
    row, member = round_of(held), held.people["member"]
    held.learning_set.ground_rules.update(record_readers="present")
    Round.objects.update(rule_readers="present")
    assert records.record_of(member, row.pk) == row
    seating.leave(held.seat("member"), at=held.play.tick())
    Membership.objects.create(
        learning_set=held.learning_set, person=member, joined_at=held.play.tick()
    )
    with pytest.raises(Http404):
        records.record_of(member, row.pk)


def test_whoever_may_read_a_record_may_not_change_it(held: Cast) -> None:
    row, member = round_of(held), browser(held.people["member"])
    held.learning_set.ground_rules.update(record_readers="present")
    Round.objects.update(rule_readers="present")
    names = ("record-edit", "record-redact", "record-delete", "record-print", "take")
    assert member.get(url(row, "record")).status_code == 200
    assert {member.get(url(row, name)).status_code for name in names} == {403}
    for name in (*names[:3], "readers"):
        assert member.post(url(row, name), {"sure": "1", "passage": "a"}).status_code == 403


def test_a_records_proof_is_not_made_by_hand(held: Cast) -> None:
    with pytest.raises(TypeError):
        records.OwnRecord(held.people["member"], round_of(held), object())
