"""The guides: short, sourced, found where they help."""

from __future__ import annotations

from importlib.resources import files

import pytest

from setwise.coaching import guides as texts
from setwise.coaching.cards import playbook
from setwise.coaching.guides import guides
from setwise.protocols.shipped import shipped

pytestmark = pytest.mark.pure
FOLDER = files("setwise.coaching") / "guides" / "en"


@pytest.mark.parametrize("key", guides())
def test_a_guide_is_short_and_names_its_sources(key: str) -> None:
    text = (FOLDER / f"{key}.md").read_text("utf-8")
    guide = guides()[key]
    assert len(text.split()) < 300
    assert text.startswith("# ") and guide.title and guide.body
    assert "Sources: " in guide.body.rpartition("\n\n")[2]


def test_every_file_is_in_the_index_and_the_other_way_round() -> None:
    there = {each.name for each in FOLDER.iterdir()}
    assert there == {f"{key}.md" for key in guides()}
    assert {each.audience for each in guides().values()} == set(texts.AUDIENCES)


def test_what_is_not_translated_is_read_in_english() -> None:
    assert guides("en-gb") == guides("cy") == guides("../../etc") == guides("")


def test_links_lead_to_guides_that_there_are() -> None:
    index = texts._index()
    for table in ("asking", "leading", "cards"):
        for place, keys in index[table].items():
            assert keys and set(keys) <= set(guides()), (table, place)
    for table in ("skills", "grow"):
        assert set(index[table]) <= set(guides())
    assert set(index["cards"]) == {card.key for card in playbook()}


def test_a_stage_is_helped_by_other_guides_for_whoever_leads() -> None:
    asking = texts.here(stage="explore", step="round", leads=False)
    leading = texts.here(stage="explore", step="round", leads=True)
    assert [each.key for each in asking] == ["open-questions", "eight-kinds"]
    assert "stepping-in" in {each.key for each in leading}
    assert texts.here(stage="no-such", step="break", leads=False) == []
    stages = {s.key for each in shipped() for step in each.steps for s in step.stages}
    assert stages <= set(texts._index()["asking"])  # each has a guide of its own
    known = {step.kind for each in shipped() for step in each.steps}
    assert set(texts._index()["leading"]) & known


@pytest.mark.parametrize(
    ("words", "first"),
    [("silence", "silence"), ("  SILENCE ", "silence"), ("eight kinds", "eight-kinds")],
)
def test_search_finds_words_and_puts_titles_first(words: str, first: str) -> None:
    assert texts.search(words, guides().values())[0].key == first


def test_search_wants_every_word_and_finds_accents_without_them() -> None:
    every = guides().values()
    assert texts.search("silence zebra", every) == texts.search(" \t", every) == []
    assert texts.search("presenter's", every) == texts.search("presenter’s", every) != []
    assert texts.search("sílence", every) == texts.search("silence", every)


def test_what_somebody_wants_to_grow_suggests_guides_or_nothing() -> None:
    found = texts.suggested(["Listening longer", "Saying no."])
    assert [each.key for each in found] == ["listening", "challenging-kindly"]
    assert texts.suggested(["finance", "الإصغاء", ""]) == []
    assert "challenging-kindly" not in {each.key for each in texts.suggested(["knowing Norway"])}
