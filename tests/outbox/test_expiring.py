"""Mail that is of no use any more is not sent, and what it said is purged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from setwise.outbox import sending
from setwise.outbox.models import Letter
from setwise.sets import inviting
from tests.actions.company import gather, somebody
from tests.outbox.test_sending import Postman
from tests.today.arranging import seat

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def code() -> Letter:
    """The letter with the code that Ada has just asked for."""
    ada = somebody("ada")
    Client().post("/accounts/login/", {"email": ada.email})
    return Letter.objects.get()


def test_a_code_is_of_use_for_a_quarter_of_an_hour(code: Letter) -> None:
    assert code.expires_at is not None
    assert abs(code.expires_at - timezone.now() - timedelta(minutes=15)) < timedelta(seconds=30)


def test_a_code_is_sent_until_the_moment_it_ends(code: Letter, postman: Postman) -> None:
    assert code.expires_at is not None
    assert sending.send_due(at=code.expires_at - SECOND) == 1
    assert [message["To"] for message in postman.accepted] == ["ada@setwise.example"]


def test_a_code_that_is_over_is_not_sent_and_is_purged(code: Letter, postman: Postman) -> None:
    assert code.expires_at is not None
    assert Letter.objects.filter(body_sealed=None).count() == 0
    assert sending.send_due(at=code.expires_at) == 0
    row = Letter.objects.get()
    assert (row.state, row.body_sealed) == ("expired", None)
    assert row.last_answer == "It was too old to be of use."
    assert sending.send_due(at=code.expires_at + timedelta(days=1)) == 0
    assert postman.accepted == []


def test_a_code_does_not_outlive_its_time_by_being_tried_again(
    code: Letter, postman: Postman
) -> None:
    postman.answers = ["451 later"] * 9
    while code.state not in ("expired", "failed"):
        sending.send_due(at=code.due_at)
        code.refresh_from_db()
    # after pauses of 1, 4 and 10 minutes; the next leads beyond the quarter of an hour
    assert (code.state, code.attempts, code.body_sealed) == ("expired", 5, None)
    assert len(postman.answers) == 5
    assert postman.accepted == []


def test_a_code_in_a_killed_workers_hands_ends_as_well(code: Letter, postman: Postman) -> None:
    assert code.expires_at is not None
    assert sending._claim(code, code.expires_at - SECOND)
    assert sending.send_due(at=code.expires_at + sending.LEASE + SECOND) == 0
    code.refresh_from_db()
    assert (code.state, code.body_sealed) == ("expired", None)
    assert postman.accepted == []


def test_an_invitation_ends_with_its_link() -> None:
    learning_set = gather("ada")
    (invitation,) = inviting.invite(
        seat("ada", learning_set),
        emails=["guest@setwise.example"],
        as_facilitator=False,
        at=timezone.now(),
    )
    assert Letter.objects.get().expires_at == invitation.expires_at
