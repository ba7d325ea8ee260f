"""A worker that is killed: its letter is taken over after the lease, and never sooner."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from setwise.outbox import composing, sending, transport
from setwise.outbox.models import Letter
from tests.outbox.test_sending import Postman, write
from tests.together import together

SECOND = timedelta(seconds=1)


def killed() -> Letter:
    """A worker claims the only letter, and is killed before it does anything more."""
    row = Letter.objects.get()
    assert sending._claim(row, timezone.now())
    return row


@pytest.mark.django_db
def test_a_claimed_letter_is_left_alone_until_its_lease_is_over(postman: Postman) -> None:
    write()
    lease = killed().lease_until
    assert lease is not None
    assert abs(lease - timezone.now() - timedelta(minutes=10)) < timedelta(seconds=30)
    assert sending.send_due(at=lease) == 0
    assert postman.accepted == []
    assert sending.send_due(at=lease + SECOND) == 1
    assert len(postman.accepted) == 1
    letter = Letter.objects.get()
    assert (letter.attempts, letter.doubts) == (2, 1)  # nobody knows whether it came twice


@pytest.mark.django_db
def test_a_letter_accepted_just_before_the_kill_comes_again_as_the_same_letter(
    postman: Postman,
) -> None:
    write()
    row = killed()
    assert transport.deliver(composing.message(row)).accepted
    assert sending.send_due(at=timezone.now() + sending.LEASE + SECOND) == 1
    first, second = postman.accepted
    assert first["Message-ID"] == second["Message-ID"] == f"<{row.id}@setwise.invalid>"
    assert first["Date"] == second["Date"]
    assert Letter.objects.get().doubts == 1


@pytest.mark.django_db
def test_a_letter_that_ended_is_claimed_by_nobody() -> None:
    write()
    for state in ("sent", "failed", "expired"):
        Letter.objects.update(state=state, lease_until=timezone.now() - timedelta(days=1))
        assert not sending._claim(Letter.objects.get(), timezone.now())
    Letter.objects.update(state="waiting")
    assert sending._claim(Letter.objects.get(), timezone.now())


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_takes_a_letter_over() -> None:
    write()
    later = timezone.now() + sending.LEASE + SECOND
    pk, taken = killed().pk, list[bool]()
    read = [Letter.objects.get(pk=pk) for _ in range(4)]

    def take_over(letter: Letter) -> None:
        taken.append(sending._claim(letter, later))

    assert together(*[partial(take_over, each) for each in read]) == ["done"] * 4
    assert sorted(taken) == [False, False, False, True]
