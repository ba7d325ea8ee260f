from __future__ import annotations

import pytest

from setwise.protocols import shipped
from setwise.protocols.shape import ProtocolError

pytestmark = pytest.mark.pure

GOOD = """
title = "T"
source = "S"
minutes = 10
[[steps]]
key = "a"
kind = "free"
title = "A"
minutes = 10
speaks = "everyone"
"""


def test_every_shipped_protocol_names_its_source() -> None:
    assert [p.key for p in shipped.shipped()] == list(shipped.KEYS)
    assert all(p.source and p.summary for p in shipped.shipped())


def test_advice_is_marked_wherever_a_protocol_is_chosen() -> None:
    marked = {p.key for p in shipped.shipped() if "advice permitted" in p.label}
    assert (
        marked == {p.key for p in shipped.shipped() if p.advice} == {"peer-consultation", "troika"}
    )


@pytest.mark.parametrize("key", shipped.KEYS)
def test_every_round_has_its_three_stages_in_their_order(key: str) -> None:
    for step in shipped.load(key).steps:
        numbers = [stage.number for stage in step.stages if stage.number]
        assert numbers == sorted(numbers)
        assert set(numbers) in (set(), {1, 2, 3})


def test_a_good_protocol_is_read() -> None:
    assert shipped.parse(GOOD, key="good").minutes == 10


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("minutes = 10\n[[", "minutes = 12\n[["), "does not make 12"),
        (('kind = "free"', 'kind = "dance"'), "no kind of step"),
        (('speaks = "everyone"', 'speaks = "cats"'), "nobody who speaks"),
        (('title = "T"', "title = "), "not a TOML file"),
        (('source = "S"\n', ""), "lacks 'source'"),
        (("[[steps]]", "[steps]"), "as tables"),
        (('source = "S"', 'source = "S"\nin_hand = []'), "not of the kind"),
        (('source = "S"', 'source = "S"\nissues = 7'), "no, one or two issues"),
        (('source = "S"', 'source = "S"\nissues = 1'), "one step of the kind round"),
    ],
)
def test_a_protocol_that_cannot_work_is_refused_with_a_sentence(
    change: tuple[str, str], sentence: str
) -> None:
    assert change[0] in GOOD
    with pytest.raises(ProtocolError, match=sentence):
        shipped.parse(GOOD.replace(*change), key="bad")


def test_a_round_without_a_decision_is_refused() -> None:
    text = GOOD.replace('kind = "free"', 'kind = "round"').replace(
        'title = "T"', 'title = "T"\nissues = 1'
    )
    text += '[[steps.stages]]\nkey = "x"\ntitle = "X"\nminutes = 10\nspeaks = "presenter"\n'
    with pytest.raises(ProtocolError, match="decides"):
        shipped.parse(text, key="bad")
