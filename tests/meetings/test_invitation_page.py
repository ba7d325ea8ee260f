"""The page behind an invitation's link: the briefing, then yes or no, equally easy."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from setwise.meetings import scheduling
from setwise.people.models import Person
from setwise.sets import handing_over, inviting, seating
from setwise.sets.models import Invitation, Membership
from tests.meetings.planning import plan
from tests.sets.gathering import Gathered, join, newcomer
from tests.sets.mailbox import mail
from tests.sets.visiting import beside, page, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.once]
ANNA = "anna@elsewhere.example"
YES = {"answer": "yes", "name": "Anna Karlsson", "zone": "Asia/Kathmandu"}


def invite(gathered: Gathered, *, as_facilitator: bool = False) -> str:
    """The path of the page that Anna's letter leads to."""
    inviting.invite(
        gathered.seat(0), emails=[ANNA], as_facilitator=as_facilitator, at=timezone.now()
    )
    return mail(to=ANNA)[-1].link


def members(gathered: Gathered) -> list[str]:
    rows = gathered.learning_set.memberships.current().order_by("joined_at")
    return list(rows.values_list("person__email", flat=True))


def test_a_scanner_that_opens_the_link_answers_nothing(three: Gathered, client: Client) -> None:
    url = invite(three)
    before = Invitation.objects.values().get()
    answers = [client.head(url), client.get(url), client.get(url)]
    assert [answer.status_code for answer in answers] == [200] * 3
    assert Invitation.objects.values().get() == before
    assert "no-store" in answers[1].headers["Cache-Control"]
    assert answers[1].headers["Referrer-Policy"] == "same-origin"


def test_the_briefing_says_what_a_set_is_and_when_it_meets(three: Gathered, client: Client) -> None:
    three.learning_set.purpose = "People who mind an estuary"
    three.learning_set.save()
    url, start = invite(three), timezone.now() + timedelta(days=9)
    assert "When we meet" not in page(client, url)
    for place in ("Room 4", ""):
        scheduling.fix(three.seat(0), plan=plan(starts_at=start, place=place), at=timezone.now())
    words = page(client, url)
    for said in (
        *("What an action learning set is", "What is expected of you", "It is voluntary."),
        *("People who mind an estuary", "Anwen invites you to Estuary set", "you can leave at any"),
    ):
        assert said in words
    dates = words.partition("When we meet")[2].partition("</ul>")[0]
    assert "(London time), Room 4</li>" in dates and "(London time), by video</li>" in dates
    assert "meet.example" not in words  # the link is for whoever said yes


def test_a_stranger_reads_nobodys_name_but_the_inviters(three: Gathered, client: Client) -> None:
    page_ = page(client, invite(three)).partition("<form")[0]  # zones have names too
    words = re.sub("<[^>]+>", "", page_)  # and so has an icon a viewBox
    assert [person.name in words for person in three.people] == [True, False, False]


def test_yes_from_somebody_new_makes_their_account_and_takes_the_seat(
    three: Gathered, client: Client
) -> None:
    answer = client.post(invite(three), YES, follow=True)
    assert answer.redirect_chain == [(f"/sets/{three.learning_set.id}/", 302)]
    assert [str(each) for each in answer.context["messages"]] == ["Welcome to Estuary set."]
    person = Person.objects.get(email=ANNA)
    assert answer.context["request"].user == person
    assert (person.name, person.zone, person.is_staff) == ("Anna Karlsson", "Asia/Kathmandu", False)
    assert members(three)[-1] == ANNA and len(members(three)) == 4


def test_a_yes_that_is_refused_keeps_what_was_typed_and_the_link(
    three: Gathered, client: Client
) -> None:
    url = invite(three)
    answer = client.post(url, YES | {"name": "a\0b"})
    assert beside(answer, "name") == "Null characters are not allowed."
    assert '<option value="Asia/Kathmandu" selected' in answer.content.decode()
    answer = client.post(url, YES | {"zone": "Mars/Base"})
    assert beside(answer, "zone") == "Choose a time zone from the list."
    assert 'value="Anna Karlsson"' in answer.content.decode()
    assert beside(client.post(url, YES | {"name": " "}), "name") == "Write your name."
    assert (len(members(three)), Person.objects.filter(email=ANNA).exists()) == (3, False)
    assert client.post(url, YES).status_code == 302
    assert len(members(three)) == 4


def test_yes_from_somebody_with_an_account_who_is_signed_in(three: Gathered) -> None:
    anna = Person.objects.create_user(ANNA, "Anna")
    url, client = invite(three), signed_in(anna)
    assert 'name="name"' not in page(client, url)
    answer = client.post(url, {"answer": "yes"})
    assert answer.headers["Location"] == f"/sets/{three.learning_set.id}/"
    assert members(three)[-1] == ANNA
    anna.refresh_from_db()
    assert anna.name == "Anna"


def test_the_link_alone_signs_nobody_in_to_an_account_that_exists(
    three: Gathered, client: Client
) -> None:
    anna = Person.objects.create_user(ANNA, "Anna")
    url = invite(three)
    answer = client.post(url, YES, follow=True)
    assert answer.redirect_chain[-1] == (f"/accounts/login/?next={url}", 302)
    assert not answer.context["request"].user.is_authenticated
    assert len(members(three)) == 3
    after = signed_in(anna)
    assert after.post(url, {"answer": "yes"}).status_code == 302
    assert members(three)[-1] == ANNA


@pytest.mark.parametrize("has_account", [True, False])
def test_yes_from_somebody_else_takes_no_seat(three: Gathered, has_account: bool) -> None:
    if has_account:
        Person.objects.create_user(ANNA, "Anna")
    url, bea = invite(three), newcomer("Bea")
    client = signed_in(bea)
    assert f"This invitation is for {ANNA}, and you are signed in as {bea.email}." in page(
        client, url
    )
    assert client.post(url, YES).status_code == 302
    assert client.get("/account/").context["request"].user == bea
    assert (len(members(three)), Invitation.objects.get().answer) == (3, "")
    assert Person.objects.filter(email=ANNA).exists() is has_account
    assert bea.email not in members(three)


def test_no_asks_nothing_and_makes_no_account(three: Gathered, client: Client) -> None:
    url = invite(three)
    answer = client.post(url, {"answer": "no"})
    assert answer.status_code == 200
    assert "Thank you for answering" in answer.content.decode()
    row = Invitation.objects.get()
    assert (row.answer, len(members(three))) == ("no", 3)
    assert not Person.objects.filter(email=ANNA).exists()
    assert len(mail()) == 1


@pytest.mark.parametrize("first", ["yes", "no"])
@pytest.mark.parametrize("second", ["yes", "no"])
def test_the_first_answer_counts_and_the_link_is_closed(
    three: Gathered, first: str, second: str
) -> None:
    url = invite(three)
    Client().post(url, YES | {"answer": first})
    for client in (Client(), signed_in(three.people[0])):
        assert client.post(url, YES | {"answer": second}).status_code == 410
        assert client.get(url).status_code == 410
    assert Invitation.objects.get().answer == first
    assert len(members(three)) == 3 + (first == "yes")


@pytest.mark.parametrize("how", ["expired", "sent again", "withdrawn", "closed", "made up"])
def test_a_dead_link_says_what_to_do_and_takes_no_answer(
    three: Gathered, client: Client, how: str
) -> None:
    url = invite(three)
    assert client.get(url).status_code == 200
    row = Invitation.objects.get()
    if how == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif how == "sent again":
        inviting.send_again(three.seat(0), row, at=timezone.now())
    elif how == "withdrawn":
        inviting.withdraw(row, at=timezone.now())
    elif how == "closed":
        for number in range(3):
            seating.leave(three.seat(number), at=timezone.now())
    else:
        url = f"{url[:-2]}{'A' if url[-2] != 'A' else 'B'}/"
    before = list(Membership.objects.order_by("id").values())
    for answer in (client.get(url), client.post(url, YES), client.post(url, {"answer": "no"})):
        assert answer.status_code == 410
        assert "ask whoever invited you to send it again" in answer.content.decode()
        assert "Estuary" not in answer.content.decode()
    assert Invitation.objects.get().answer == ""
    assert list(Membership.objects.order_by("id").values()) == before
    assert not Person.objects.filter(email=ANNA).exists()
    if how == "sent again":
        assert client.get(mail(to=ANNA)[-1].link).status_code == 200


def test_a_set_that_filled_up_meanwhile_says_so(three: Gathered) -> None:
    anna = Person.objects.create_user(ANNA, "Anna")
    url, client = invite(three), signed_in(anna)
    for number in range(5):
        join(three.learning_set, newcomer(f"Later{number}"))
    answer = client.post(url, {"answer": "yes"}, follow=True)
    assert [str(each) for each in answer.context["messages"]] == [
        "The set filled up in the meantime: eight members is the most."
    ]
    assert (len(members(three)), Invitation.objects.get().answer) == (8, "")
    three.learning_set.memberships.filter(person=three.people[2]).delete()
    assert client.post(url, {"answer": "yes"}).headers["Location"].startswith("/sets/")


def test_a_facilitators_seat_that_was_taken_meanwhile_says_so(three: Gathered) -> None:
    anna = Person.objects.create_user(ANNA, "Anna")
    url, client = invite(three, as_facilitator=True), signed_in(anna)
    handing_over.give_facilitation(three.seat(1), to=three.membership(1), at=timezone.now())
    answer = client.post(url, {"answer": "yes"}, follow=True)
    assert [str(each) for each in answer.context["messages"]] == [
        "The set has a facilitator already."
    ]
    assert (len(members(three)), Invitation.objects.get().answer) == (3, "")
