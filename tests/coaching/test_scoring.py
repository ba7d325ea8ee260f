from __future__ import annotations

import pytest

from benchmarks.coach import resampling, scoring
from benchmarks.coach.corpus import Utterance
from setwise.coaching import reading

pytestmark = pytest.mark.pure
GOOD = "What would you like to be different by the spring?"
ADVICE = "Have you thought about asking the chair to do it?"
TWO = "What did you expect from the day, and what did you actually get?"


def test_the_interval_is_wilsons() -> None:
    # Brown, Cai and DasGupta (2001): 0 of n reaches up to z² / (n + z²)
    assert scoring.interval(0, 101) == [0.0, 0.037]
    assert scoring.interval(5, 10) == [0.237, 0.763]
    assert scoring.interval(0, 0) == [0.0, 1.0]


def test_the_spread_of_a_mean_holds_what_it_is_the_spread_of() -> None:
    right, wrong = (frozenset({"open"}),) * 2, (frozenset({"open"}), frozenset({"advice"}))
    spread = resampling.f1_intervals([right] * 80 + [wrong] * 20, ("open", "advice"))
    low, high = spread["open"]
    assert 0.8 < low < 160 / 180 < high < 0.95
    assert spread["advice"] == [0.0, 0.0]
    assert spread["macro"] == [round(low / 2, 3), round(high / 2, 3)]


def test_a_hint_is_right_where_its_label_is_and_wrong_on_a_good_open_question() -> None:
    given = [
        Utterance(GOOD, "open", frozenset()),
        Utterance(ADVICE, "advice", frozenset({"disguised"})),
        Utterance(ADVICE, "open", frozenset()),  # as a reader might have labelled it
        Utterance(TWO, "open", frozenset({"multiple"})),
    ]
    found = scoring.scores([(each, reading.read(each.text)) for each in given])
    assert (found["hints"]["n"], found["hints"]["precision"]) == (3, 0.667)
    assert (found["hints"]["on_good_open"], found["hints"]["good_open"]) == (0.5, 2)
    nudge = found["nudge"]
    assert (nudge["precision"], nudge["recall"], nudge["n"]) == (0.5, 1.0, 1)
    assert (nudge["false_on_open"], nudge["open"]) == (0.3333, 3)
