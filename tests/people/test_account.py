"""What a person says about themselves: checked, kept when refused, shown as far as they like."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from setwise.people.models import Person
from setwise.sets.models import Membership
from setwise.sets.starting import start_set

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ACCOUNT = "/account/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TYPED = {
    "name": "Ama Okafor",
    "role": "Ward leader",
    "zone": "Asia/Kathmandu",
    "language": "en-gb",
    "strengths": "Listening\n\n  Numbers ",
    "growing": "Delegating",
}


@pytest.fixture
def own(client: Client, amara: Person) -> Client:
    client.force_login(amara, backend=BACKEND)
    return client


def test_what_was_written_is_kept_a_line_a_thing(own: Client, amara: Person) -> None:
    assert own.post(ACCOUNT, TYPED).headers["Location"] == ACCOUNT
    amara.refresh_from_db()
    assert (amara.name, amara.role, amara.zone) == ("Ama Okafor", "Ward leader", "Asia/Kathmandu")
    assert (amara.strengths, amara.growing) == (["Listening", "Numbers"], ["Delegating"])
    assert amara.shows_strengths is False
    assert ">\nListening\nNumbers</textarea>" in own.get(ACCOUNT).content.decode()


@pytest.mark.parametrize(
    ("field", "text", "reason"),
    [
        ("name", " ", "Write your name."),
        ("name", "x" * 201, "at most 200 characters"),
        ("zone", "Mars/Base", "Choose a time zone from the list."),
        ("zone", "../../etc/passwd", "Choose a time zone from the list."),
        ("language", "tlh", "Select a valid choice"),
        ("strengths", "x" * 81, "Keep each line below 80 characters."),
        ("growing", "\n".join("abcdefghijk"), "Ten lines at most; there are 11."),
    ],
)
def test_what_is_refused_says_why_beside_the_field_and_keeps_the_rest(
    own: Client, amara: Person, field: str, text: str, reason: str
) -> None:
    answer = own.post(ACCOUNT, TYPED | {field: text})
    html = answer.content.decode()
    assert answer.status_code == 422
    _, _, beside = html.partition(f'id="id_{field}-error">')
    assert reason in beside.partition("</p>")[0]
    assert 'value="Ward leader"' in html
    assert 'href="/account/">Amara</a>' in html  # the page's header: not yet another name
    if field in ("strengths", "growing"):
        assert f">\n{text}</textarea>" in html
    amara.refresh_from_db()
    assert (amara.name, amara.role, amara.language) == ("Amara Okafor", "", "en-gb")


def test_nobody_makes_themselves_an_operator_or_takes_another_address(
    own: Client, amara: Person
) -> None:
    own.post(ACCOUNT, TYPED | {"is_staff": "on", "email": "ruth@setwise.example"})
    amara.refresh_from_db()
    assert (amara.name, amara.is_staff) == ("Ama Okafor", False)
    assert amara.email == "amara@setwise.example"


def test_strengths_are_shown_to_the_set_only_if_their_owner_likes(
    own: Client, amara: Person
) -> None:
    tomasz = Person.objects.create_user("tomasz@setwise.example", "Tomasz")
    at = timezone.now()
    learning_set = start_set(
        amara, name="A set", purpose="", accent="plum", takes_part="both", at=at
    )
    Membership.objects.create(learning_set=learning_set, person=tomasz, joined_at=at)
    other = Client()
    other.force_login(tomasz, backend=BACKEND)

    def page() -> str:
        answer = other.get(f"/sets/{learning_set.id}/people/")
        assert answer.status_code == 200
        return answer.content.decode()

    own.post(ACCOUNT, TYPED)
    assert "Ward leader" in page()
    assert "Listening" not in page() and "Delegating" not in page()
    own.post(ACCOUNT, TYPED | {"shows_strengths": "on"})
    assert "Listening" in page() and "Delegating" in page()


def test_pages_are_in_the_zone_of_their_reader(own: Client) -> None:
    assert "Times are Istanbul time." in own.get("/account/sessions/").content.decode()


def test_a_zone_that_this_machine_forgot_is_utc_and_stops_no_page(
    own: Client, amara: Person
) -> None:
    Person.objects.filter(pk=amara.pk).update(zone="Mars/Base")
    assert [own.get(path).status_code for path in ("/", "/actions/", ACCOUNT)] == [200, 200, 200]
    assert "Times are UTC time." in own.get("/account/sessions/").content.decode()
    assert '<option value="UTC" selected>' in own.get(ACCOUNT).content.decode()


def test_the_zones_are_grouped_and_the_own_one_is_chosen_once(own: Client) -> None:
    html = own.get(ACCOUNT).content.decode()
    groups = [part.partition('"')[0] for part in html.split('<optgroup label="')[1:]]
    assert groups[:2] == ["Common", "Europe"] and groups[-1] == "Other names"
    zone = html.partition('<select name="zone"')[2].partition("</select>")[0]
    assert zone.count(" selected") == 1
    assert '<option value="Europe/Istanbul" selected>Istanbul</option>' in zone


def test_the_account_page_signs_out_and_wipes_what_was_typed_in_this_browser(own: Client) -> None:
    html = own.get(ACCOUNT).content.decode()
    form = html.partition("<main")[2].partition('action="/accounts/logout/"')[2].partition(">")[0]
    assert "data-wipes-drafts" in form
    assert own.post("/accounts/logout/").status_code == 302
    assert own.get(ACCOUNT).headers["Location"] == f"/accounts/login/?next={ACCOUNT}"


def test_a_null_among_strengths_is_refused_beside_them(client: Client, amara: Person) -> None:
    client.force_login(amara, backend="allauth.account.auth_backends.AuthenticationBackend")
    words = {"name": "Amara", "zone": "UTC", "language": "en-gb", "strengths": "calm\x00"}
    answer = client.post("/account/", words)
    assert answer.status_code == 422
    assert "Null characters are not allowed" in answer.content.decode()
