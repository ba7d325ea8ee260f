"""What is kept of a server's answer tells why, and nothing of the letter or its reader."""

from __future__ import annotations

import pytest

from setwise.outbox.answers import kept, masked

pytestmark = pytest.mark.pure
ORIGIN = "https://sets.example.org"


@pytest.mark.parametrize(
    ("answer", "left"),
    [
        (
            f"554 blocked URL <{ORIGIN}/invitations/SECRET/?a=1>, see https://spam.example/why",
            f"554 blocked URL <{ORIGIN}/…>, see https://spam.example/why",
        ),
        ("554 spam: 'Friday set: we meet' is bad", "554 spam: '…' is bad"),
        ("550 5.1.1 <amara.o@ward.example>: unknown", "550 5.1.1 <a…@ward.example>: unknown"),
        ("450 one\nline\r\n  only", "450 one line only"),
        ("451 " + "x" * 400, "451 " + "x" * 296),
        ("250 OK", "250 OK"),
    ],
)
def test_an_answer_is_kept_without_what_it_quotes(answer: str, left: str) -> None:
    assert kept(answer, subject="Friday set: we meet", origin=ORIGIN) == left


def test_an_answer_is_whole_where_a_letter_has_no_subject() -> None:
    assert kept("550 no", subject="", origin=ORIGIN) == "550 no"


@pytest.mark.parametrize(
    ("address", "left"),
    [
        ("amara@setwise.example", "a…@setwise.example"),
        ("łucja@b.example", "ł…@b.example"),
        ("a@b", "a…@b"),
        ("none here", "none here"),
    ],
)
def test_of_an_address_its_first_letter_and_its_domain_are_left(address: str, left: str) -> None:
    assert masked(address) == left
