"""What people paste where several addresses are asked for."""

from __future__ import annotations

import pytest

from setwise.sets.forms import InviteForm

pytestmark = pytest.mark.pure
TWO = ["anwen@estuary.example", "bo@estuary.example"]


def read(text: str) -> InviteForm:
    form = InviteForm({"emails": text})
    form.is_valid()
    return form


@pytest.mark.parametrize(
    "between",
    ["\n", "\r\n", "\n\n  \n", ",", ", ", " ,\n", ";", "; ", ";;", " ", "   ", "\t", ",;\n"],
)
def test_each_usual_separator_stands_between_two_addresses(between: str) -> None:
    assert read(between.join(TWO)).cleaned_data["emails"] == TWO


def test_separators_may_be_mixed_and_stand_at_either_end() -> None:
    text = " \n, one@a.example two@a.example; three@a.example,\r\nfour@a.example\n;"
    assert read(text).cleaned_data["emails"] == [
        *("one@a.example", "two@a.example", "three@a.example", "four@a.example"),
    ]


def test_an_address_may_have_a_name_before_it_as_address_books_write_it() -> None:
    text = "Anwen Parry <Anwen@estuary.example>, <bo@estuary.example>"
    assert read(text).cleaned_data["emails"] == TWO


def test_the_same_address_twice_is_one_whatever_its_capitals() -> None:
    assert read("Bo@Estuary.example bo@estuary.EXAMPLE").cleaned_data["emails"] == [TWO[1]]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("anwen", "anwen"),
        ("anwen at home, bo@estuary.example", "anwen at home"),
        ("bo@estuary.example\nAnwen Parry\nbo@estuary", "Anwen Parry, bo@estuary"),
        ("Anwen Parry <anwen>", "Anwen Parry <anwen>"),
        ("anwen@estuary.example Bo", "anwen@estuary.example Bo"),
        ("bo@estuary.example; @; ,bo@@estuary.example", "@, bo@@estuary.example"),
    ],
)
def test_all_that_is_no_address_is_named_as_it_was_typed(text: str, named: str) -> None:
    assert dict(read(text).errors) == {"emails": [f"This is not an e-mail address: {named}"]}


@pytest.mark.parametrize("text", ["", "  ", ",", " ; \n , "])
def test_nothing_at_all_is_asked_for_again(text: str) -> None:
    assert dict(read(text).errors) == {"emails": ["Write at least one address."]}
