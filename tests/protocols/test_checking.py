"""One checker for files and for a set's own protocols: what it takes can be held, to the end."""

from __future__ import annotations

import math
import tomllib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from setwise.protocols import commands as c
from setwise.protocols import reading, shipped, writing
from setwise.protocols.agenda import LONGEST, SHORTEST, plan
from setwise.protocols.checking import read
from setwise.protocols.course import Course, start
from setwise.protocols.engine import Hand, apply
from setwise.protocols.fitting import decides, fitting
from setwise.protocols.shape import Protocol, ProtocolError, Stage
from tests.protocols.making import GOOD, WITH_ROUND, anything, odd, workable

pytestmark = [pytest.mark.pure, pytest.mark.long]
START = datetime(2027, 2, 9, 14, tzinfo=UTC)


def checked(data: Any) -> tuple[Protocol, list[str]]:
    protocol, faults = read(data, key="ours")
    return protocol, [str(each) for each in faults or fitting(protocol)]


def told(faults: list[str]) -> None:
    for line in faults:
        assert line and "\n" not in line and line[-1] in ".…", line
        # a place may begin with a figure: it is a name out of somebody’s file
        assert line[0] == line[0].upper() and line.isprintable()


@given(data=workable(), minutes=st.integers(SHORTEST, LONGEST), issues=st.integers(1, 2))
def test_what_is_taken_can_be_walked_to_its_end_and_the_minutes_add_up(
    data: dict[str, Any], minutes: int, issues: int
) -> None:
    protocol, faults = checked(data)
    told(faults)
    assume(not faults)
    text = writing.write(protocol)
    assert shipped.parse(text, key="ours") == protocol
    planned = plan(protocol, minutes=protocol.minutes, issues=protocol.issues)
    waiting = sum(s.minutes for step in protocol.steps for s in step.stages if s.optional)
    kept = protocol.in_hand + waiting * protocol.issues
    assert sum(stop.minutes for stop in planned) + kept == protocol.minutes
    for stop in planned:
        if protocol.part(stop.step, stop.stage).speaks == "each":
            assert all(stop.minutes * 60 / people >= 15 for people in range(4, 8))
    course = start("ours", minutes=minutes, issues=issues, at=START, text=text)
    assert all(stop.minutes >= 1 for stop in course.stops)
    assert sum(stop.minutes for stop in course.stops) * 60 + course.in_hand == minutes * 60
    walked(course, rounds=min(issues, protocol.issues))


def walked(course: Course, *, rounds: int) -> None:
    """Walk it from start to end, in the time that is planned; in each round somebody decides."""
    at, chair, decided = START, Hand(controls=True), []
    for left in reversed(range(len(course.stops))):
        here = reading.part(course)
        if isinstance(here, Stage) and decides(here):
            decided.append(course.round)
            assert reading.may_write(course, "action")
        reading.asked(course, hand=Hand(presenter=True))
        assert reading.where(course, at=at).pace.ahead >= 0
        at += timedelta(minutes=course.stop.minutes)
        command = c.Next(course.moves) if left else c.Close()
        course = apply(course, command, at=at, hand=chair)
        assert Course.from_json(course.to_json()) == course
    assert course.closed_at == at
    assert sum(course.spent) == sum(stop.minutes for stop in course.stops) * 60
    assert decided == list(range(1, rounds + 1))


@given(
    data=st.dictionaries(st.sampled_from(["title", "source", "minutes", "steps", "x"]), anything)
)
def test_odd_data_is_refused_in_sentences(data: dict[str, Any]) -> None:
    told(checked(data)[1])


@given(data=odd)
def test_odd_parts_put_together_are_refused_in_sentences(data: dict[str, Any]) -> None:
    told(checked(data)[1])


@given(where=st.data())
def test_one_odd_value_in_a_shipped_protocol_is_named_where_it_is(where: st.DataObject) -> None:
    data = tomllib.loads(shipped.text_of(where.draw(st.sampled_from(shipped.KEYS))))
    tables = [data, *data["steps"], *(s for step in data["steps"] for s in step.get("stages", ()))]
    table = where.draw(st.sampled_from(tables))
    name = where.draw(st.sampled_from(sorted(table)))
    value = where.draw(anything)
    assume(not isinstance(value, float) or not math.isnan(value))
    assume(not isinstance(value, str) and value not in (table[name], [], {}))
    assume(type(value) is not int and name not in ("advice", "optional", "fixed", "between_issues"))
    table[name] = value
    assume(name != "writes" or value != [])
    faults = checked(data)[1]
    told(faults)
    assert faults


@given(text=st.text(max_size=300) | st.text(alphabet='[]{}="\n.a1#,', max_size=300))
def test_no_text_makes_more_than_sentences(text: str) -> None:
    with pytest.raises(ProtocolError) as refused:  # no text so short tells a protocol
        shipped.parse(text, key="ours")
    assert refused.value.faults
    told(str(refused.value).splitlines())


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 9_000,
        "a = " + "1" * 9_000,
        "a = 1\na = 1",
        "\0",
        "x" * 60_001,
        'a = "\\ud800"',
    ],
    ids=["deep", "long number", "twice", "nul", "too long", "surrogate"],
)
def test_what_trips_a_reader_of_toml_is_a_sentence(text: str) -> None:
    with pytest.raises(ProtocolError) as refused:
        shipped.parse(text, key="ours")
    assert len(refused.value.faults) == 1
    told(str(refused.value).splitlines())


def test_a_good_protocol_is_read() -> None:
    assert shipped.parse(GOOD, key="good").minutes == 30
    assert shipped.parse(WITH_ROUND, key="good").issues == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("minutes = 40", "minutes = 42"), "Minutes: The steps take 40 minutes and 0 are kept in "),
        (("minutes = 40", "minutes = true"), "Minutes: Minutes are whole numbers from 30 to 480."),
        (("minutes = 40", "minutes = 1"), "Minutes: Minutes are whole numbers from 30 to 480."),
        (('kind = "free"', 'kind = "dance"'), "Step 1, kind: Use one of: bidding, break,"),
        (('speaks = "everyone"', 'speaks = "cats"'), "Step 1, speaks: Use one of: controls,"),
        (
            ('speaks = "everyone"', 'speaks = "others"'),
            "Step 1, speaks: There is a presenter in a r",
        ),
        (('title = "T"', "title = "), "This is not a TOML file: "),
        (('title = "T"', 'title = "a\\nb"'), "Title: Keep it on one line"),
        (
            ('title = "T"', f'title = "{"a" * 61}"'),
            "Title: Keep it below 60 characters: it has 61.",
        ),
        (('source = "S"\n', ""), "Source: Write something here."),
        (
            ('source = "S"', 'source = "S"\nminuts = 3'),
            "Minuts: Nothing in a protocol is called so.",
        ),
        (('key = "a"', 'key = "break-now"'), "Step 1, key: Setwise itself uses break-now"),
        (('key = "a"', 'key = "r"'), "Step 2, key: Each needs a key of its own."),
        (('key = "a"', 'key = "A b"'), "Step 1, key: A key is small letters"),
        (
            ('source = "S"', 'source = "S"\nin_hand = []'),
            "In_hand: Write a whole number from 0 to 480.",
        ),
        (("issues = 1", "issues = 7"), "Issues: Write a whole number from 0 to 2."),
        (("issues = 1", "issues = 0"), "Issues: There is a round: say one issue, or two."),
        (
            ('"action"', '"option"'),
            "Step 2, stages: A round needs a stage in which the presenter de",
        ),
        (
            ('speaks = "presenter"', 'speaks = "everyone"'),
            "Step 2, stages: A round needs a stage in",
        ),
        (
            ("number = 3", "number = 2"),
            "Step 2, stages: A round needs a stage in which the presenter",
        ),
        (('"action"', '"action", "bid"'), "Step 2, stage 1, writes: Not in a round: bid."),
        (
            ('kind = "round"', 'kind = "round"\nminutes = 9'),
            "Step 2, minutes: The stages take 10 minu",
        ),
        (
            ('kind = "free"', 'kind = "free"\nwrites = ["option"]'),
            "Step 1, writes: In a round only: op",
        ),
        (
            ("number = 3", "number = 3\noptional = true"),
            "Step 2, stage 1, optional: Only the stage sh",
        ),
    ],
)
def test_what_cannot_work_is_refused_where_it_is(change: tuple[str, str], sentence: str) -> None:
    assert change[0] in WITH_ROUND
    with pytest.raises(ProtocolError) as refused:
        shipped.parse(WITH_ROUND.replace(*change, 1), key="bad")
    assert str(refused.value).startswith(sentence)


def test_steps_that_are_no_tables_are_refused() -> None:
    with pytest.raises(ProtocolError, match=r"^Steps: Write these as tables: \[\[steps\]\]\.$"):
        shipped.parse(GOOD.replace("[[steps]]", "[steps]"), key="bad")


def test_each_in_turn_needs_time_for_a_full_set() -> None:
    short = GOOD.replace('speaks = "everyone"', 'speaks = "each"').replace("= 30\ns", "= 1\ns")
    with pytest.raises(ProtocolError, match="Step 1, minutes: For 7 people in turn"):
        shipped.parse(short, key="bad")


def test_more_parts_than_the_shortest_meeting_has_minutes_are_refused() -> None:
    many = "".join(
        f'[[steps]]\nkey = "s{n}"\nkind = "free"\ntitle = "S"\nminutes = 1\nspeaks = "everyone"\n'
        for n in range(31)
    )
    with pytest.raises(ProtocolError, match="There are 31 parts, too many"):
        shipped.parse(f'title = "T"\nsource = "S"\nminutes = 31\n{many}', key="bad")
