"""The last yes and the last silence at the same moment: whichever comes second sees the first."""

from __future__ import annotations

import pytest
from django.utils import timezone

from setwise.sets import agreeing, seating
from tests.sets.agreements import propose, say
from tests.sets.gathering import gather
from tests.together import together

AT = timezone.now()


@pytest.mark.django_db(transaction=True)
def test_the_last_yes_and_the_last_silence_at_once_put_it_in_force() -> None:
    gathered = gather(3)
    rules = propose(gathered.seat(0))
    say(rules, gathered.people[:1])
    seat, leaver = gathered.seat(1), gathered.seat(2)
    assert together(
        lambda: agreeing.answer(seat, rules, says="yes", at=AT),
        lambda: seating.leave(leaver, at=AT),
    ) == ["done", "done"]
    rules.refresh_from_db()
    assert rules.state == "in force"
