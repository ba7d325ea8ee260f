"""Each handing over is told to the whole set: by one letter, and on its people page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setwise.sets import handing_over
from tests.sets.gathering import Gathered, gather
from tests.sets.mailbox import mail, received
from tests.sets.test_handing_over import given
from tests.sets.test_seating import people
from tests.sets.visiting import page, signed_in, told

LATER = timezone.now() + timedelta(days=1)


@pytest.fixture
def held(db: None) -> Gathered:
    """Three members of whom the first, Anwen, facilitates."""
    return gather(3, starter="both")


def test_everyone_in_the_set_is_told_once_of_each_step(held: Gathered) -> None:
    row = given(held, 0, 1)
    assert received("facilitator") == received("") == {each.email: 1 for each in held.people}
    anwen, bo, chidi = (mail(to=person.email)[0] for person in held.people)
    assert (anwen.subject, bo.subject) == (
        "Estuary set: Bo facilitates now",
        "Estuary set: you facilitate now",
    )
    for part in (chidi.text.replace("\n", " "), chidi.html):
        assert "Anwen has given the facilitator’s seat of Estuary set to Bo." in part
        assert f"{people(held)}" in part
    handing_over.undo(held.seat(0), row, at=LATER)
    assert received("facilitator") == {each.email: 2 for each in held.people}
    assert "Anwen has undone the handing over" in mail(to=chidi.to)[1].text.replace("\n", " ")


def test_a_seat_left_empty_is_told_as_such(held: Gathered) -> None:
    given(held, 0, None)
    letter = mail(to=held.people[2].email)[0]
    assert letter.subject == "Estuary set: nobody facilitates now"
    assert "Anwen has left the facilitator’s seat of Estuary set empty." in letter.text.replace(
        "\n", " "
    )
    given(held, 2, 2)
    assert "Chidi has taken the facilitator’s seat" in mail(to=letter.to)[1].text


def test_the_page_shows_the_last_step_and_offers_undo_to_whoever_may(held: Gathered) -> None:
    url, offer = people(held), 'name="undo"'
    clients = [signed_in(person) for person in held.people]
    assert "gave the seat" not in page(clients[0], url)
    chosen = held.membership(1).id
    assert told(clients[0], f"{url}facilitator/", to=chosen) == ["Bo facilitates now."]
    today = f"{timezone.now():%-d %B %Y}"
    pages = [page(client, url) for client in clients]
    assert [f"Anwen gave the seat to Bo on {today}." in words for words in pages] == [True] * 3
    assert [offer in words for words in pages] == [True, True, False]
    row = handing_over.last(held.learning_set)
    assert row
    assert clients[2].post(f"{url}facilitator/", {"undo": row.id}).status_code == 403
    assert told(clients[1], f"{url}facilitator/", undo=row.id) == ["Undone."]
    pages = [page(client, url) for client in clients]
    assert [f"Bo undid that on {today}." in words for words in pages] == [True] * 3
    assert [offer in words for words in pages] == [False] * 3
    assert told(clients[1], f"{url}facilitator/", undo=row.id) == [
        "That was undone already, or the seat has been given on since."
    ]
