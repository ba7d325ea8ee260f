"""A protocol as a form and back: nothing is lost on the way, and parts move as one expects."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.protocols import checking, shipped
from setwise.protocols.fitting import fitting
from setwise.protocols.shape import Fault, Protocol
from setwise.sets import arranging
from setwise.sets.sheet import TYPED, Row, Sheet

pytestmark = pytest.mark.pure
KEYS = st.sampled_from(shipped.KEYS)


def sheet_of(key: str) -> Sheet:
    protocol = shipped.load(key)
    return Sheet.of(protocol, title=protocol.title, source=protocol.source)


def sent(sheet: Sheet) -> Sheet:
    """The same after a browser has sent its page."""
    values = {
        f"{row.name}.{name}": value for row in sheet.rows for name, value in row.values.items()
    }
    names = [row.name for row in sheet.rows]
    return Sheet.sent(names, {**values, **sheet.head}, source=sheet.source)


def read(sheet: Sheet, key: str = "own") -> tuple[Protocol, list[Fault]]:
    protocol, faults = checking.read(sheet.data(), key=key)
    return protocol, faults or fitting(protocol)


@pytest.mark.parametrize("key", shipped.KEYS)
def test_a_shipped_protocol_is_the_same_after_a_page(key: str) -> None:
    sheet = sent(sheet_of(key))
    assert read(sheet, key) == (shipped.load(key), [])
    assert sheet.taken == shipped.load(key).minutes - shipped.load(key).in_hand


@given(key=KEYS, data=st.data())
def test_whatever_is_pressed_the_rows_stay_whole_and_are_told_in_sentences(
    key: str, data: st.DataObject
) -> None:
    sheet = sheet_of(key)
    for _ in range(data.draw(st.integers(1, 6))):
        names = st.sampled_from([*(row.name for row in sheet.rows), "nothing", ""])
        press = data.draw(st.sampled_from(["earlier", "later", "without", "add"]))
        if press == "add":
            part = data.draw(st.sampled_from([*arranging.library(), "nothing"]))
            sheet = arranging.with_part(sheet, part, data.draw(names))
        else:
            sheet = getattr(arranging, press)(sheet, data.draw(names))
        sheet = sent(sheet)
    within = ""
    for row in sheet.rows:  # the stages of a round follow it, and each row has a name of its own
        assert row.within in ("", within)
        within = "" if row.within == "" and not row.is_round else row.within or row.key
    assert len({row.name for row in sheet.rows}) == len(sheet.rows)
    protocol, faults = read(sheet)
    refused = sheet.refused(faults)
    assert refused.refusals == bool(faults)
    assert [row.name for row in refused.rows] == [row.name for row in sheet.rows]
    if not faults:
        assert shipped.parse(shipped.text_of(key), key=key) and protocol.minutes


@given(
    names=st.lists(
        st.text(max_size=6) | st.sampled_from(["a", "r", "r/a", "r/b", "/x"]), max_size=6
    ),
    values=st.dictionaries(
        st.sampled_from([f"{row}.{name}" for row in ("a", "r", "r/a") for name in (*TYPED, "kind")])
        | st.sampled_from(["title", "minutes", "issues", "in_hand"]),
        st.text(max_size=8) | st.sampled_from(["round", "free", "5", "²", "9" * 30]),
    ),
)
def test_no_page_that_is_sent_makes_more_than_sentences(
    names: list[str], values: dict[str, str]
) -> None:
    sheet = Sheet.sent(names, values, source="Us")
    _, faults = read(sheet)
    assert faults and all(str(each)[-1] in ".…" for each in faults)
    assert sheet.refused(faults).refusals
    assert sheet.taken >= 0


def test_each_fault_stands_beside_its_field() -> None:
    sheet = sheet_of("classic")
    rows = [
        Row(r.key, {**r.values, "minutes": "x"}, r.within) if r.key == "clarify" else r
        for r in sheet.rows
    ]
    sheet = Sheet({**sheet.head, "title": ""}, tuple(rows), "Us")
    refused = sheet.refused(read(sheet)[1])
    assert refused.errors == {"title": "Write something here."}
    beside = {row.name: dict(row.errors) for row in refused.rows if row.errors}
    assert beside == {"round/clarify": {"minutes": "Minutes are whole numbers from 1 to 480."}}


def test_a_stage_moves_within_its_round_and_a_step_takes_its_stages_along() -> None:
    sheet = arranging.earlier(sheet_of("classic"), "round")
    names = [row.name for row in sheet.rows]
    assert names[:4] == ["check-in", "progress", "round", "round/present"]
    assert names.index("bidding") > names.index("round/feedback")
    sheet = arranging.earlier(sheet, "round/clarify")
    assert [row.name for row in sheet.rows][2:5] == ["round", "round/clarify", "round/present"]
    assert arranging.earlier(sheet, "round/clarify") == sheet
    assert arranging.later(sheet, "check-out") == sheet


def test_what_is_added_has_a_key_of_its_own_and_does_not_split_a_round() -> None:
    sheet = arranging.with_part(sheet_of("classic"), "step:lunch", "round/present")
    sheet = arranging.with_part(sheet, "step:lunch", "check-out")
    names = [row.name for row in sheet.rows]
    assert names[names.index("lunch") - 1] == "round/feedback"
    assert names[-1] == "lunch-2"
    sheet = arranging.with_part(sheet, "stage:mirror:Mirror", "check-in")
    names = [row.name for row in sheet.rows]
    assert names[names.index("round/mirror") - 1] == "round/feedback"
