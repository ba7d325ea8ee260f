"""Two people write the review at once: each part is kept, and nobody's is overwritten unseen."""

from __future__ import annotations

import pytest

from setwise.project.demo.playing import Play
from setwise.room import concluding
from setwise.room.models import Review
from setwise.room.refusing import Refusal

NOTHING = {"helped": "", "rule": "", "change": ""}


def write(play: Play, who: str, was: dict[str, str], **sent: str) -> None:
    words = NOTHING | was | sent
    concluding.review(play.entry(who), **words, was=NOTHING | was, at=play.tick())


def kept() -> dict[str, str]:
    row = Review.objects.get()
    return {
        "helped": row.words("helped"),
        "rule": row.rule_to_discuss,
        "change": row.words("change"),
    }


def test_what_i_left_alone_stays_as_somebody_else_made_it(open_play: Play) -> None:
    open_play.to("review")
    write(open_play, "ruth", {}, change="Slower")
    write(open_play, "niamh", {}, helped="Silence")  # her page is older than Ruth's change
    assert kept() == {"helped": "Silence", "rule": "", "change": "Slower"}


def test_two_who_change_the_same_are_told_and_the_second_may_insist(open_play: Play) -> None:
    open_play.to("review")
    write(open_play, "ruth", {}, change="Slower")
    with pytest.raises(Refusal, match="Somebody changed this") as refusal:
        write(open_play, "niamh", {}, change="Faster")
    assert (refusal.value.field, refusal.value.fresh) == ("change", {"was_change": "Slower"})
    assert kept()["change"] == "Slower"
    write(open_play, "niamh", {"change": "Slower"}, change="Faster")
    assert kept()["change"] == "Faster"
