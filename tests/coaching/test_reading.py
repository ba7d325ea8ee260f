from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.coach import corpus, scoring
from setwise.coaching import hinting, reading
from setwise.coaching.hinting import Setting

pytestmark = pytest.mark.pure
LIMIT = 2000  # characters a question may have


@given(st.text(max_size=LIMIT))
def test_any_text_is_read_and_every_place_is_inside_it(text: str) -> None:
    read = reading.read(text)
    assert read.act in ("", *reading.ACTS)
    assert read.certainty == {} or abs(sum(read.certainty.values()) - 1) < 1e-9
    for spans in read.because.values():
        for start, end in spans:
            assert 0 <= start < end <= len(text)
    hint = hinting.hint(text, Setting())
    assert hint is None or all(words in text for words in hint.because)


@given(st.lists(st.sampled_from([e.text for e in corpus.load()]), min_size=1, max_size=12))
def test_however_it_is_put_together(texts: list[str]) -> None:
    text = " ".join(texts)
    for name, spans in reading.read(text).because.items():
        assert name in {*reading.ACTS, "disguised", *reading.FLAGS}
        assert all(0 <= start < end <= len(text) for start, end in spans)


@pytest.mark.parametrize(
    "text", ["?" * LIMIT, "a " * 1000, "what, " * 333, "İ" * LIMIT, "é'a" * 600]
)
def test_the_longest_text_takes_no_longer_than_its_length(text: str) -> None:
    reading.model()
    begun = time.process_time()
    hinting.hint(text, Setting())
    assert time.process_time() - begun < 0.5  # a fault of growth, not of a busy machine


def test_what_it_was_fitted_on_is_read_as_it_was_labelled() -> None:
    """Weights that no longer belong to the features would fail here, and nowhere else."""
    ours = corpus.load()
    right = sum(reading.read(each.text).act == each.act for each in ours)
    assert right / len(ours) > 0.95


def test_what_it_was_not_fitted_on_is_read_well_enough() -> None:
    """Nobody may fit to this file, or this test and the figures in docs/coach.md say nothing."""
    unseen = corpus.load(Path(corpus.__file__).with_name("unseen.tsv"))
    ours = {each.text.lower() for each in corpus.load()}
    assert not [each.text for each in unseen if each.text.lower() in ours]
    found = scoring.scores([(each, reading.read(each.text)) for each in unseen])
    nudge = found["nudge"]
    assert found["macro_f1"] > 0.75
    assert (nudge["false_on_open"], nudge["open"]) == (0, 39)
    assert nudge["precision"] > 0.9 and nudge["recall"] > 0.5


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("What would you like to be different by the spring?", "open"),
        ("How many people are on the night shift?", "closed"),
        ("You should ring the landlord today.", "advice"),
        ("That sounds really hard, I feel for you.", "other"),
    ],
)
def test_plain_cases(text: str, act: str) -> None:
    assert reading.read(text).act == act


def test_advice_in_the_clothes_of_a_question_is_told_from_plain_advice() -> None:
    asked = reading.read("Have you thought about asking the chair to do it?")
    assert (asked.act, "disguised" in asked.flags) == ("advice", True)
    told = reading.read("You should ring the landlord today.")
    assert (told.act, told.flags) == ("advice", frozenset())
