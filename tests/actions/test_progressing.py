"""Saying how an action goes. Done, changed and let go are ends alike; none is a failure."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from setwise.actions import progressing
from setwise.actions.models import Action, Progress
from setwise.people.models import Person
from tests.actions.company import browser, stands_in_clear

pytestmark = pytest.mark.django_db
TOLD = {"state": "done", "happened": "حدث شيء آخر", "learned": "I build before I ask"}


@pytest.fixture
def own(amara: Person) -> Client:
    return browser(amara)


@pytest.fixture
def url(action: Action) -> str:
    return f"/actions/{action.id}/"


@pytest.fixture
def told_by_tomasz(action: Action, tomasz: Person) -> Progress:
    """What a note-taker wrote about Amara's action."""
    return progressing.tell(
        action, state="let go", happened="She said so", typed_by=tomasz, at=timezone.now()
    )


def section(client: Client, name: str) -> list[str]:
    """The hrefs in one section of the page of one's actions."""
    html = client.get("/actions/").content.decode()
    found = html.partition(f'aria-labelledby="{name}"')[2].partition("</section>")[0]
    return [part.partition('"')[0] for part in found.split('href="')[1:]]


@pytest.mark.parametrize(
    ("state", "ended"), [("done", True), ("going", False), ("changed", True), ("let go", True)]
)
def test_each_of_the_four_answers_is_taken(own: Client, url: str, state: str, ended: bool) -> None:
    assert own.post(url, TOLD | {"state": state}).headers["Location"] == url
    row = Action.objects.get()
    assert (row.state, row.ended_at is not None) == (state, ended)
    (told,) = Progress.objects.all()
    assert (told.state, told.happened(), told.learned()) == (
        state,
        TOLD["happened"],
        TOLD["learned"],
    )
    shown = [link for link in section(own, "open") if not link.startswith("/guides/")]
    assert shown == ([] if ended else [url])
    assert ("What became of the others (1)" in own.get("/actions/").text) is ended


def test_what_happened_and_was_learned_is_read_again_and_sealed(own: Client, url: str) -> None:
    own.post(url, TOLD)
    html = own.get(url).content.decode()
    assert TOLD["happened"] in html and f"Learned: {TOLD['learned']}" in html
    assert [stands_in_clear(TOLD[name]) for name in ("happened", "learned")] == [False, False]


def test_an_action_that_was_done_can_be_going_on_again(own: Client, url: str) -> None:
    own.post(url, TOLD)
    own.post(url, {"state": "going"})
    row = Action.objects.get()
    assert (row.state, row.ended_at) == ("going", None)
    assert [told.state for told in Progress.objects.all()] == ["done", "going"]
    assert section(own, "open") == [url]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("state", "", "Choose one. All four are good answers."),
        ("state", "open", "Select a valid choice"),
        ("state", "failed", "Select a valid choice"),
        ("happened", "x" * 5001, "at most 5000 characters"),
        ("learned", "x" * 5001, "at most 5000 characters"),
    ],
)
def test_what_is_refused_changes_nothing_and_keeps_what_was_typed(
    own: Client, url: str, field: str, value: str, reason: str
) -> None:
    typed = TOLD | {field: value}
    answer = own.post(url, typed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert reason in html.partition(f'id="id_{field}-error">')[2].partition("</p>")[0]
    assert f"\n{typed['happened']}</textarea>" in html
    assert f"\n{typed['learned']}</textarea>" in html
    assert not Progress.objects.exists()
    assert Action.objects.get().state == "open"


def test_a_note_takers_words_move_nothing_until_the_owner_confirms(
    own: Client, url: str, told_by_tomasz: Progress
) -> None:
    assert Action.objects.get().state == "open"
    page = own.get(url).content.decode()
    assert "Written down for you: let go. She said so" in page and "How it went" not in page
    answer = own.post(f"{url}progress/{told_by_tomasz.id}/confirmation/")
    assert answer.headers["Location"] == url
    row = Action.objects.get()
    assert (row.state, row.ended_at is not None) == ("let go", True)
    page = own.get(url).content.decode()
    assert "How it went" in page and "Written down for you" not in page


def test_confirming_again_does_not_undo_what_came_after(
    own: Client, url: str, told_by_tomasz: Progress
) -> None:
    confirmation = f"{url}progress/{told_by_tomasz.id}/confirmation/"
    own.post(confirmation)
    own.post(url, {"state": "going"})
    own.post(confirmation)
    assert Action.objects.get().state == "going"


def test_only_the_owner_confirms_and_only_what_belongs_to_the_action(
    own: Client, url: str, action: Action, told_by_tomasz: Progress, tomasz: Person
) -> None:
    other = f"/progress/{told_by_tomasz.id}/confirmation/"
    assert (
        browser(tomasz).post(f"{url}progress/{told_by_tomasz.id}/confirmation/").status_code == 404
    )
    second = Action.objects.create(
        owner=action.owner, key=action.key, decided_at=timezone.now(), confirmed_at=timezone.now()
    )
    assert own.post(f"/actions/{second.id}{other}").status_code == 404
    assert Progress.objects.get().confirmed_at is None
