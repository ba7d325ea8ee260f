from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.meetings.ranking import Choice, Ranked, Voter, rank

pytestmark = pytest.mark.pure

NOON = datetime(2027, 3, 9, 12, tzinfo=UTC)
SIX = [Voter(name, "Europe/London") for name in "abcdef"]
WORTH = ("no", "", "if need be", "yes")  # from the worst to the best
ZONES = ("Europe/London", "Asia/Kathmandu", "America/St_Johns", "Pacific/Auckland")
answers = st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(("yes", "if need be", "no")))
dates = st.lists(st.tuples(answers, st.integers(0, 400)), max_size=6).map(
    lambda rows: [
        Choice(number, given, NOON + timedelta(hours=hours))
        for number, (given, hours) in enumerate(rows)
    ]
)
voters = st.lists(st.sampled_from(ZONES), min_size=1, max_size=6).map(
    lambda zones: [Voter(name, zone) for name, zone in zip("abcdef", zones, strict=False)]
)


def why(answers: str, *, at: datetime | None = NOON, quorum: int = 0, size: int = 6) -> str:
    """What is said of one choice; `answers` as `ynb.` for yes, no, if need be and none."""
    meant = {"y": "yes", "n": "no", "b": "if need be"}
    said = {voter.id: meant[a] for voter, a in zip(SIX, answers, strict=False) if a in meant}
    [row] = rank([Choice(1, said, at)], SIX[:size], quorum=quorum)
    return row.why


def test_why_is_said_in_words() -> None:
    assert why("yyyyyy") == "all six"
    assert why("yyyyyb") == "all six, one if need be"
    assert why("yyybn.") == "four of six, one if need be, one cannot, one still to answer"
    assert why("b.....") == "one of six, if need be, five still to answer"
    assert why("bbbbbb") == "all six, if need be"
    assert why("......") == "nobody has answered yet"
    assert why("nnnnnn") == "nobody can"
    assert why("nn....") == "nobody so far, four still to answer"
    assert why("yy", size=2) == "both"
    assert why("y", size=1) == "the only one asked"


def test_early_and_late_starts_are_named_by_the_clock_of_whom_they_strike() -> None:
    people = [Voter("a", "Europe/London"), Voter("b", "Europe/Athens"), Voter("c", "Asia/Tokyo")]
    said = {"a": "yes", "b": "yes", "c": "if need be"}
    [row] = rank([Choice(1, said, NOON.replace(hour=7))], people)
    assert row.why == "all three, one if need be; 07:00 for one of them"
    [row] = rank([Choice(1, said | {"a": "no"}, NOON.replace(hour=11))], people)
    assert row.why == "two of three, one if need be, one cannot; 20:00 for one of them"


def test_too_few_for_the_quorum_is_said_once_all_have_answered() -> None:
    assert why("yynnnn", quorum=3) == "two of six, four cannot; too few for your quorum of three"
    assert why("yynnn.", quorum=3) == "two of six, three cannot, one still to answer"
    people = [*SIX[:2], Voter("c", "Europe/London", counts=False)]
    [row] = rank([Choice(1, dict.fromkeys("bc", "yes") | {"a": "no"}, NOON)], people, quorum=2)
    assert row.short_of == 2  # a facilitator from outside does not make a quorum


def test_a_date_that_has_begun_is_left_out() -> None:
    choices = [Choice(1, {}, NOON), Choice(2, {}, NOON + timedelta(minutes=1))]
    assert [row.id for row in rank(choices, SIX, after=NOON)] == [2]


def test_nothing_to_rank_and_nobody_to_ask() -> None:
    assert rank([], SIX) == []
    [row] = rank([Choice(1, {"a": "yes"}, NOON)], [])
    assert not row.agreed
    assert row.why == "nobody has answered yet"


def test_of_equal_dates_the_earlier_and_of_equal_places_the_first_named_stands_first() -> None:
    later, sooner = Choice("l", {}, NOON + timedelta(days=1)), Choice("s", {}, NOON)
    assert [row.id for row in rank([later, sooner], SIX)] == ["s", "l"]
    assert [row.id for row in rank([Choice("z"), Choice("a")], SIX)] == ["z", "a"]


@given(dates, voters)
def test_each_date_is_ranked_once_and_every_person_counted_once(
    choices: list[Choice], people: list[Voter]
) -> None:
    rows = rank(choices, people)
    assert sorted(row.id for row in rows) == list(range(len(choices)))  # type: ignore[type-var]
    for row in rows:
        assert row.yes + row.if_need_be + row.no + row.unanswered == len(people) == row.asked
        assert sum(many for _, many in row.odd_hours) <= row.can


@given(dates, voters, st.randoms())
def test_the_order_of_asking_changes_nothing(
    choices: list[Choice], people: list[Voter], random: object
) -> None:
    mixed = list(choices)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    first = [(row.can, row.yes, row.no) for row in rank(choices, people)]
    assert [(row.can, row.yes, row.no) for row in rank(mixed, people[::-1])] == first
    assert first == sorted(first, key=lambda row: (-row[0], -row[1], row[2]))


@given(dates.filter(bool), voters, st.sampled_from("abcdef"))
def test_a_better_answer_never_lowers_a_date(
    choices: list[Choice], people: list[Voter], person: str
) -> None:
    one = choices[0]
    places = [
        _place(
            rank([Choice(one.id, _with(one, person, worth), one.starts_at), *choices[1:]], people)
        )
        for worth in WORTH
    ]
    assert places == sorted(places, reverse=True)


def _with(choice: Choice, person: str, answer: str) -> dict[object, str]:
    rest = {key: value for key, value in choice.answers.items() if key != person}
    return rest | ({person: answer} if answer else {})


def _place(rows: list[Ranked]) -> int:
    return [row.id for row in rows].index(0)
