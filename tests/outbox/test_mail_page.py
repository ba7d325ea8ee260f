"""The operator's page: what waits, what stopped and why, how much left; never what letters say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from setwise.outbox import sending
from setwise.outbox.models import Letter
from setwise.people.models import Person
from tests.outbox.test_sending import Postman, write

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/operating/mail/"


@pytest.fixture
def operator(client: Client) -> Client:
    client.force_login(Person.objects.create_user("olu@setwise.example", "Olu", is_staff=True))
    return client


def shown(operator: Client) -> str:
    answer = operator.get(PAGE)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_a_page_without_letters_says_so(operator: Client) -> None:
    page = shown(operator)
    assert "Nothing waits." in page and "Nothing stopped" in page
    assert "No mail server is set" in page
    assert f'href="{PAGE}"' in operator.get("/account/").content.decode()


def test_what_waits_and_what_stopped_is_told_with_why_and_nothing_of_the_letters(
    operator: Client, postman: Postman
) -> None:
    for name in ("ada", "bo", "cy"):
        write(name, f"{name}@ward.example")
    Letter.objects.filter(name="ada").update(subject="Friday set: a secret")
    postman.answers = ["451 4.7.1 come again", "554 5.7.1 about <bo@ward.example>"]
    assert sending.send_due(at=timezone.now()) == 1
    page = shown(operator)
    assert "lets strangers wait some minutes" in page and "451 4.7.1 come again" in page
    assert "refuses the letter itself" in page and "554 5.7.1 about &lt;b…@ward.example&gt;" in page
    assert "What it said is erased, so nothing is sent again from here." in page
    assert "<dt>Within an hour</dt><dd>1</dd>" in page
    assert "No mail server is set" not in page and "arrived twice" not in page
    for kept_back in ("Friday set", "ABC-DEF", "ada@", "bo@", "cy@", "Your code for Setwise"):
        assert kept_back not in page
    assert "<strong>code</strong> to <bdi>a…@ward.example</bdi>" in page


def test_what_may_have_come_twice_is_counted(operator: Client, postman: Postman) -> None:
    write("a")
    write("b")
    assert sending._claim(Letter.objects.get(name="a"), timezone.now())
    assert sending.send_due(at=timezone.now() + sending.LEASE + timedelta(seconds=1)) == 2
    assert "1 of them may have arrived twice: it was handed over" in shown(operator)


def test_what_stopped_for_a_passing_reason_is_sent_again_in_one_press(
    operator: Client, postman: Postman
) -> None:
    for name in ("a", "b"):
        write(name)
    Letter.objects.update(state="failed", trouble="dns", attempts=13)
    page = shown(operator)
    assert "2 letters: The mail server’s name is not found in DNS." in page
    assert "Send 2 again" in page
    answer = operator.post(f"{PAGE}again/", {"trouble": "dns"}, follow=True)
    assert "2 on their way again." in answer.content.decode()
    assert sending.send_due(at=timezone.now()) == 2
    answer = operator.post(f"{PAGE}again/", {"trouble": "dns"}, follow=True)
    assert "There was nothing that could be sent again." in answer.content.decode()


def test_the_page_takes_as_many_queries_for_many_letters_as_for_one(
    operator: Client, django_assert_num_queries: Any
) -> None:
    shown(operator)  # the first page of a session writes down that it was seen
    counts = []
    for more in (1, 30):
        for number in range(more):
            write(f"{more}-{number}", f"n{number}@setwise.example")
        Letter.objects.filter(name="30-0").update(state="failed", trouble="dns")
        with django_assert_num_queries(9, exact=False) as captured:
            page = shown(operator)
        counts.append(len(captured))
    assert counts[0] == counts[1]
    assert "The newest 20" in page


def test_nobody_but_an_operator_finds_the_page(client: Client) -> None:
    assert client.get(PAGE).status_code == 404
    client.force_login(Person.objects.create_user("ada@setwise.example", "Ada"))
    assert [client.get(PAGE).status_code, client.post(f"{PAGE}again/").status_code] == [404, 404]
    assert PAGE not in client.get("/account/").content.decode()
