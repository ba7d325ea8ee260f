"""An operator sees how much came in and of which kind, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setwise.mailin.models import Arrival
from setwise.people.models import Person
from tests.actions.company import browser, decided, gather, somebody
from tests.mailin.sending import WORDS, arrive, plain, token

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = timezone.now()


@pytest.fixture
def operator() -> Person:
    return somebody("operator", is_staff=True)


def page(person: Person) -> str:
    return browser(person).get(reverse("mailin:arrivals")).content.decode()


def test_what_came_is_counted_and_nothing_of_it_shown(operator: Person, settings: Any) -> None:
    settings.SETWISE_LMTP = ("127.0.0.1", 8024)
    action = decided(somebody("amara"), gather("ruth", "amara"))
    given = token("reply-action", action.owner, action.pk, at=NOW)
    assert "Nothing came in." in page(operator)
    assert [arrive(plain(given, number=number), at=NOW) for number in range(3)] == ["progress"] * 3
    Arrival.objects.filter(pk=Arrival.objects.first().pk).update(came_at=NOW - timedelta(days=8))  # type: ignore[union-attr]
    shown = page(operator)
    assert "Kept as progress on an action</dt><dd>3, 2 of them within seven days" in shown
    assert "by LMTP at port 8024" in shown
    assert WORDS not in shown
    assert "Amara" not in shown


def test_what_could_not_be_taken_in_is_said(operator: Person) -> None:
    Arrival.objects.create(digest=b"1", came_at=NOW)
    assert "1 could not be taken in yet. It is tried again" in page(operator)


def test_however_much_came_it_is_as_many_queries(operator: Person) -> None:
    client = browser(operator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("mailin:arrivals"))
        return len(found)

    queries()
    few = queries()
    Arrival.objects.bulk_create(
        Arrival(digest=b"%d" % n, came_at=NOW, handled_at=NOW, kind=kind)
        for n, kind in enumerate(("progress", "poll", "unknown", "bounce") * 20)
    )
    assert queries() == few
