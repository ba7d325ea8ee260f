"""What becomes of a letter that a mail server does not take: tried again ever later, or given up."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from setwise.outbox import clearing, sending, trying_again
from setwise.outbox.models import Letter
from setwise.vault import keys
from tests.outbox.test_sending import Postman, write
from tests.serving import free_port

pytestmark = pytest.mark.django_db
LATER = "451 4.7.1 greylisted, come again"
MINUTES = [1, 4, 10, 15, 30, 60, 120, 240, 480, 480, 720, 720]
assert sum(MINUTES) == 2 * 24 * 60


def letter() -> Letter:
    return Letter.objects.get()


def send() -> int:
    """One look of a worker, at the moment the letter is due."""
    return sending.send_due(at=letter().due_at)


def test_a_passing_failure_is_tried_again_ever_later_and_given_up_at_last(
    postman: Postman,
) -> None:
    write()
    postman.answers = [LATER] * 13
    waited = []
    for attempt in range(1, 13):
        assert send() == 0
        row = letter()
        assert (row.state, row.attempts, row.last_answer) == ("waiting", attempt, LATER)
        assert row.body_sealed is not None
        waited.append(round((row.due_at - timezone.now()) / timedelta(minutes=1)))
    assert waited == MINUTES
    assert send() == 0
    row = letter()
    assert (row.state, row.attempts, row.last_answer) == ("failed", 13, LATER)
    assert sending.send_due(at=row.due_at + timedelta(days=9)) == 0
    assert postman.accepted == []


def test_what_stopped_is_sent_again_by_a_press_for_a_week_and_not_after_that(
    postman: Postman,
) -> None:
    write("a")
    write("b")
    Letter.objects.update(state="failed", trouble="refused", due_at=timezone.now(), attempts=13)
    over = Letter.objects.get(name="b")
    Letter.objects.filter(pk=over.pk).update(due_at=timezone.now() - timedelta(days=7, minutes=1))
    assert clearing.purge_stopped(at=timezone.now()) == 1
    assert trying_again.try_again(trouble="dns", at=timezone.now()) == 0
    assert trying_again.try_again(trouble="refused", at=timezone.now()) == 1
    postman.answers = [LATER]
    assert sending.send_due(at=timezone.now()) == 0
    row = Letter.objects.get(name="a")
    assert (row.state, row.attempts, row.trouble) == ("waiting", 1, "greylisted")
    assert sending.send_due(at=row.due_at) == 1
    over.refresh_from_db()
    assert (over.state, over.body_sealed) == ("failed", None)


def test_what_is_of_no_use_any_more_is_not_sent_again(postman: Postman) -> None:
    write()
    soon = timezone.now() + timedelta(minutes=1)
    Letter.objects.update(state="failed", trouble="refused", expires_at=soon)
    assert clearing.purge_stopped(at=soon - timedelta(seconds=1)) == 0
    assert trying_again.try_again(trouble="refused", at=soon) == 0
    assert clearing.purge_stopped(at=soon) == 1
    assert letter().body_sealed is None


def test_a_letter_that_is_taken_at_last_is_sent_once(postman: Postman) -> None:
    write()
    postman.answers = [LATER, LATER]
    assert [send(), send(), send()] == [0, 0, 1]
    row = letter()
    assert (row.state, row.attempts, row.body_sealed) == ("sent", 3, None)
    assert row.sent_at is not None
    assert len(postman.accepted) == 1


def test_nothing_is_tried_before_its_time(postman: Postman) -> None:
    write()
    postman.answers = [LATER]
    send()
    assert sending.send_due(at=letter().due_at - timedelta(seconds=1)) == 0
    assert letter().attempts == 1


@pytest.mark.parametrize("answer", ["550 5.7.1 spam", "554 5.6.0 no"])
def test_a_letter_that_is_refused_for_good_is_not_tried_again(
    postman: Postman, answer: str
) -> None:
    write()
    postman.answers = [answer]
    assert send() == 0
    row = letter()
    assert (row.state, row.attempts, row.last_answer) == ("failed", 1, answer)
    assert row.trouble == "letter"
    assert trying_again.try_again(trouble="letter", at=timezone.now()) == 0  # its words are gone
    assert (row.body_sealed, row.sent_at) == (None, None)
    assert sending.send_due(at=timezone.now() + timedelta(days=9)) == 0
    assert postman.accepted == []


def test_a_server_that_does_not_answer_is_asked_again(settings: Any) -> None:
    settings.SETWISE_SMTP_URL = f"smtp://127.0.0.1:{free_port()}"
    write()
    assert send() == 0
    row = letter()
    assert (row.state, row.last_answer) == ("waiting", "No answer: ConnectionRefusedError")
    assert row.trouble == "refused"


def test_a_server_that_is_down_is_asked_for_one_letter_and_not_for_each(settings: Any) -> None:
    settings.SETWISE_SMTP_URL = f"smtp://127.0.0.1:{free_port()}"
    for name in ("a", "b", "c"):
        write(name)
    assert sending.send_due(at=timezone.now()) == 0
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_a_long_answer_is_kept_as_far_as_it_fits(postman: Postman) -> None:
    write()
    postman.answers = ["451 " + "x" * 400]
    send()
    assert letter().last_answer == "451 " + "x" * 296


def test_one_refused_letter_does_not_hold_up_the_others(postman: Postman) -> None:
    postman.refuses = "bo@setwise.example"
    for number, name in enumerate(["ada", "bo", "cy"]):
        write(key=str(number), address=f"{name}@setwise.example")
    assert sending.send_due(at=timezone.now()) == 2
    states = Letter.objects.order_by("name").values_list("to_email", "state")
    assert [state for _, state in states] == ["sent", "failed", "sent"]
    assert [message["To"] for message in postman.accepted] == [
        "ada@setwise.example",
        "cy@setwise.example",
    ]


def test_a_letter_to_somebody_who_was_erased_is_not_sent(postman: Postman) -> None:
    person = write()
    keys.destroy(person.key_id)
    assert send() == 0
    row = letter()
    assert (row.state, row.body_sealed) == ("failed", None)
    assert row.last_answer == "The person's key was erased."
    assert postman.accepted == []


def test_many_letters_are_sent_the_longest_due_first(postman: Postman) -> None:
    for number in range(4):
        write(key=str(number))
    for row in Letter.objects.all():
        Letter.objects.filter(pk=row.pk).update(
            due_at=timezone.now() - timedelta(minutes=int(row.name))
        )
    assert sending.send_due(at=timezone.now(), limit=2) == 2
    sent = Letter.objects.filter(state="sent").order_by("name")
    assert [row.name for row in sent] == ["2", "3"]


@pytest.mark.django_db
def test_what_is_no_trouble_of_ours_is_not_asked_of_the_database() -> None:
    assert trying_again.try_again(trouble="dns\0", at=timezone.now()) == 0
