"""Words that came too late: their author may hand them to the presenter, who alone reads them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setwise.project.demo.playing import Play
from setwise.room import asking, closing, presenting, recording
from setwise.room.models import Round
from setwise.room.refusing import Late, Refusal
from tests.room.looking import readers, to_clarify


@pytest.fixture
def row(open_play: Play) -> Round:
    return to_clarify(open_play)


def test_words_that_came_too_late_are_handed_to_the_presenter_alone(
    open_play: Play, row: Round
) -> None:
    open_play.to("round", "options", 1)
    with pytest.raises(Late):
        asking.ask(open_play.entry("niamh"), row, text="Too late", for_=None, at=open_play.tick())
    note = asking.hand(open_play.entry("niamh"), row, text="Too late", at=open_play.tick())
    assert readers(open_play, "Too late") == {"amara", "niamh"}
    with pytest.raises(Refusal):
        presenting.open_question(open_play.entry("amara"), note, at=open_play.tick())
    asking.withdraw(open_play.entry("niamh"), note)
    assert readers(open_play, "Too late") == set()


def test_words_are_handed_over_after_the_meeting_too_but_not_for_ever(
    open_play: Play, row: Round
) -> None:
    entry = open_play.entry("ruth")
    closing.close(entry, at=open_play.tick())
    asking.hand(open_play.entry("niamh"), row, text="That evening", at=open_play.tick())
    row.refresh_from_db()
    record = recording.open_record(row, open_play.people["amara"])
    assert [(note.handed, text) for note, text in record.questions] == [(True, "That evening")]
    assert recording.open_record(row, open_play.people["tomasz"]).questions == ()
    later = open_play.tick() + timedelta(hours=13)
    with pytest.raises(Refusal):
        asking.hand(open_play.entry("niamh"), row, text="Next day", at=later)
    with pytest.raises(Refusal):
        asking.hand(open_play.entry("amara"), row, text="To myself", at=open_play.tick())
