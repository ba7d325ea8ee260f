"""Each message once: two workers, one killed in it, and one that nobody foresaw."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DataError, OperationalError
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.mailin import dispatching, receiving
from setwise.mailin.models import Arrival
from setwise.vault.serverkey import KeyTrouble
from tests.actions.company import decided, gather, somebody
from tests.mailin.sending import WORDS, arrive, counted, plain, token
from tests.together import together

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture
def action() -> Action:
    return decided(somebody("amara"), gather("ruth", "amara"))


@pytest.fixture
def message(action: Action) -> bytes:
    return plain(token("reply-action", action.owner, action.pk, at=NOW))


def test_the_same_message_again_does_nothing(message: bytes) -> None:
    assert arrive(message, at=NOW) == "progress"
    assert arrive(b"Received: by another way\r\n" + message, at=NOW + timedelta(days=1)) == "again"
    assert Progress.objects.count() == 1
    assert counted() == {"progress": 1}


def test_without_a_message_id_the_whole_of_it_tells(message: bytes) -> None:
    bare = message.replace(b"Message-ID: <0@y.example>\r\n", b"")
    assert [arrive(bare, at=NOW), arrive(bare, at=NOW), arrive(bare + b"More\r\n", at=NOW)] == [
        *("progress", "again", "progress")
    ]


def test_one_message_to_two_addresses_is_taken_by_both(action: Action, message: bytes) -> None:
    other = decided(action.owner, gather("ruth", "amara", name="Another"))
    also = plain(token("reply-action", other.owner, other.pk, at=NOW))  # the same Message-ID
    assert [arrive(message, at=NOW), arrive(also, at=NOW)] == ["progress", "progress"]


@pytest.mark.parametrize("error", [OperationalError(WORDS), KeyTrouble(WORDS), ValueError(WORDS)])
def test_what_stands_in_the_way_leaves_the_message_for_later(
    message: bytes,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(dispatching, "dispatch", refuse)
        for minutes in (0, 1, 2):
            with pytest.raises(receiving.TryLater):
                arrive(message, at=NOW + timedelta(minutes=minutes))
    assert WORDS not in caplog.text
    assert len(caplog.messages) <= 1  # said once, not at every try
    assert not Progress.objects.exists()
    assert arrive(message, at=NOW + timedelta(hours=1)) == "progress"


@pytest.mark.parametrize("error", [ValueError, DataError])
def test_a_message_that_never_can_be_taken_in_is_given_up_after_two_days(
    message: bytes, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse(*args: object, **more: object) -> None:
        raise error

    monkeypatch.setattr(dispatching, "dispatch", refuse)
    with pytest.raises(receiving.TryLater):
        arrive(message, at=NOW)
    assert arrive(message, at=NOW + receiving.GIVE_UP) == "trouble"
    assert counted() == {"trouble": 1}
    assert arrive(message, at=NOW + receiving.GIVE_UP) == "again"


def test_a_worker_killed_in_a_message_has_done_nothing(
    message: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the words were written and before the end: BaseException passes every handler."""
    done = dispatching.dispatch

    class Killed(BaseException):
        pass

    def and_die(*args: object, **more: object) -> None:
        done(*args, **more)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(dispatching, "dispatch", and_die)
        with pytest.raises(Killed):
            arrive(message, at=NOW)
    assert (Progress.objects.count(), Arrival.objects.count()) == (0, 0)
    assert arrive(message, at=NOW) == "progress"


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_mailbox_handle_each_message_once(action: Action) -> None:
    given = token("reply-action", action.owner, action.pk, at=NOW)
    messages = [plain(given, number=number) for number in range(8)]
    became: list[str] = []

    def work() -> None:
        became.extend(arrive(message, at=NOW) for message in messages)

    assert together(work, work) == ["done", "done"]
    assert sorted(became) == ["again"] * 8 + ["progress"] * 8
    assert Progress.objects.count() == 8


def test_that_a_message_came_is_forgotten_and_earlier_who_wrote_how_many(message: bytes) -> None:
    arrive(message, at=NOW)
    assert bytes(Arrival.objects.get().writer or b"")
    assert receiving.forget(at=NOW + timedelta(hours=23)) == 0
    assert receiving.forget(at=NOW + timedelta(hours=25)) == 1
    assert Arrival.objects.get().writer is None
    assert receiving.forget(at=NOW + timedelta(days=91)) == 1
    assert not Arrival.objects.exists()
