"""A set's own guides: for its people alone, sealed, changed by whoever wrote them."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setwise.people.models import Person
from setwise.sets import writing_guides
from setwise.sets.models import LearningSet, OwnGuide
from tests.cast import Cast, cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORD = "zyxwordle"


@pytest.fixture
def company(db: None) -> Cast:
    return cast()


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def page(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return answer.content.decode()


def written(company: Cast, role: str = "facilitator", only: bool = False) -> OwnGuide:
    return writing_guides.write(
        company.seat(role),
        title=f"Our {WORD}",
        text=f"## Where\n\n*Room 4*, <b>{WORD}</b>",
        for_facilitator=only,
        at=timezone.now(),
    )


def folder(company: Cast) -> str:
    return f"/sets/{company.learning_set.pk}/guides/"


def test_a_member_writes_one_and_the_set_reads_it_as_markdown(company: Cast) -> None:
    client = browser(company.people["member"])
    body = {"title": "Our room", "text": f"## Where\n\n*Room 4*, <b>{WORD}</b>"}
    first = client.post(folder(company) + "new/", body)
    assert client.post(folder(company) + "new/", body)["Location"] == first["Location"]
    assert OwnGuide.objects.count() == 1
    html = page(browser(company.people["presenter"]), first["Location"])
    assert "<h2>Where</h2>" in html and f"&lt;b&gt;{WORD}" in html and "Change it" not in html
    assert "Our room" in page(browser(company.people["presenter"]), folder(company))


def test_nobody_outside_reads_it_and_it_is_sealed(company: Cast) -> None:
    row = written(company)
    for role in ("former", "suspended", "other set", "operator", "stranger"):
        client = browser(company.people[role])
        assert client.get(f"{folder(company)}{row.pk}/").status_code == 404, role
    other = LearningSet.objects.exclude(pk=company.learning_set.pk).get()
    inside = browser(company.people["other set"])
    assert inside.get(f"/sets/{other.pk}/guides/{row.pk}/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT title_sealed, text_sealed FROM sets_ownguide")
        assert WORD.encode() not in b"".join(map(bytes, cursor.fetchone()))
    assert WORD in row.text and row.key_id == company.learning_set.key_id


def test_one_for_the_facilitator_is_nobody_elses(company: Cast) -> None:
    row = written(company, only=True)
    url = f"{folder(company)}{row.pk}/"
    assert WORD in page(browser(company.people["facilitator"]), url)
    member = browser(company.people["member"])
    assert member.get(url).status_code == 404
    assert WORD not in page(member, folder(company))
    with pytest.raises(PermissionDenied):
        written(company, "member", only=True)


def test_its_writer_or_the_facilitator_changes_and_deletes_it(company: Cast) -> None:
    row = written(company, "member")
    url = f"{folder(company)}{row.pk}/"
    body = {"title": "Anew", "text": "Other words", "seen": "1"}
    presenter = browser(company.people["presenter"])
    assert presenter.post(url + "edit/", body).status_code == 403
    assert presenter.post(url + "deletion/").status_code == 403
    member = browser(company.people["member"])
    assert f'value="Our {WORD}"' in page(member, url + "edit/")
    assert member.post(url + "edit/", body).status_code == 302
    again = member.post(url + "edit/", body | {"text": "Typed too late"})
    assert again.status_code == 422 and "Typed too late" in again.content.decode()
    row.refresh_from_db()
    assert (row.title, row.text, row.version) == ("Anew", "Other words", 2)
    assert browser(company.people["facilitator"]).post(url + "deletion/").status_code == 302
    assert not OwnGuide.objects.exists()


@pytest.mark.parametrize("wrong", [{"title": " "}, {"text": ""}, {"text": "x" * 6001}])
def test_what_is_refused_comes_back_filled_in(company: Cast, wrong: dict[str, str]) -> None:
    body = {"title": "Our room", "text": "Room 4"} | wrong
    answer = browser(company.people["member"]).post(folder(company) + "new/", body)
    assert answer.status_code == 422 and "field__error" in answer.content.decode()
    assert not OwnGuide.objects.exists()


def test_a_set_has_so_many_and_no_more(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing_guides, "MOST", 1)
    written(company)
    body = {"title": "Another", "text": "Words"}
    answer = browser(company.people["member"]).post(folder(company) + "new/", body)
    assert answer.status_code == 422 and "Words</textarea>" in answer.content.decode()


def test_a_closed_sets_guides_are_read_and_not_written(company: Cast) -> None:
    row = written(company)
    LearningSet.objects.filter(pk=company.learning_set.pk).update(closed_at=timezone.now())
    ruth = browser(company.people["facilitator"])
    assert WORD in page(ruth, f"{folder(company)}{row.pk}/")
    for path in ("new/", f"{row.pk}/edit/", f"{row.pk}/deletion/"):
        assert ruth.post(folder(company) + path, {"title": "A", "text": "B"}).status_code == 403


def test_the_page_asks_the_same_with_one_and_with_many(company: Cast) -> None:
    client, at = browser(company.people["member"]), timezone.now()
    written(company)
    page(client, folder(company))
    with CaptureQueriesContext(connection) as one:
        page(client, folder(company))
    for number in range(4):
        writing_guides.write(
            company.seat("member"), title=f"{number}", text="x", for_facilitator=False, at=at
        )
    with CaptureQueriesContext(connection) as many:
        page(client, folder(company))
    assert len(many) == len(one)


def test_the_page_of_all_guides_leads_to_those_of_ones_own_sets(company: Cast) -> None:
    assert folder(company) in page(browser(company.people["member"]), "/guides/")
    for role in ("former", "suspended", "stranger"):
        assert "/sets/" not in page(browser(company.people[role]), "/guides/"), role
    assert "Written by your" not in page(Client(), "/guides/")
