from __future__ import annotations

import pytest

from setwise.coaching.cards import playbook

pytestmark = pytest.mark.pure


def test_the_playbook_has_a_card_for_each_thing_that_goes_wrong() -> None:
    assert [card.key for card in playbook()] == [
        *("advice", "one-voice", "interrogating", "rescuing", "long-story"),
        *("silence", "upset", "duty-of-care", "hierarchy"),
    ]


def test_every_card_is_short_and_can_be_read_aloud() -> None:
    for card in playbook():
        assert 1 <= len(card.notice) <= 3
        assert len(card.say) >= 3
        assert all(len(line) < 130 and line[-1] in ".?" for line in card.say)
        assert len(card.leave) < 420
