"""Text parts fold at 72 characters, and lose nothing by it."""

from __future__ import annotations

import pytest

from setwise.outbox.wrapping import wrapped

pytestmark = pytest.mark.pure
LONG = "Read them and say yes, or what would let you say it, before you meet again next week. "


def test_long_lines_fold_at_spaces_and_keep_every_word() -> None:
    text = f"Short.\n\n{LONG * 3}\n\nShort again."
    lines = wrapped(text).split("\n")
    assert max(map(len, lines)) <= 72
    assert (lines[0], lines[1], lines[-2], lines[-1]) == ("Short.", "", "", "Short again.")
    assert " ".join(wrapped(text).split()) == " ".join(text.split())


@pytest.mark.parametrize(("start", "under"), [("* ", "  "), ("    ", "    "), ("", "")])
def test_what_follows_stands_under_the_first_word(start: str, under: str) -> None:
    first, second = wrapped(start + LONG).split("\n")[:2]
    assert first.startswith(f"{start}Read") and second.startswith(under)
    assert not second.startswith(f"{under} ")


def test_a_link_stays_whole_on_its_line() -> None:
    link = f"https://sets.example.org/invitations/{'a-b_c' * 20}/"
    assert wrapped(link) == link
    assert wrapped(f"By video: {link}").split("\n") == ["By video:", link]


def test_what_is_short_is_left_as_it_is() -> None:
    text = "* one\n    ABCD-EFGH\n\n--\nSetwise  "
    assert wrapped(text) == text
    assert wrapped("one\n\n\n\ntwo") == "one\n\ntwo"
