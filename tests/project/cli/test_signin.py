"""`signin-link PERSON`: one link for one person, once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from setwise.people.models import Person, SigninLink
from tests.people.posting import is_signed_in
from tests.project.cli.conftest import Answer, Setwise

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ORIGIN = "https://sets.example"


@pytest.fixture(autouse=True)
def ada(settings: Any) -> Person:
    settings.SETWISE_ORIGIN = ORIGIN
    return Person.objects.create_user("ada@setwise.example", "Ada")


def test_a_link_signs_its_person_in_once(setwise: Setwise, client: Client, ada: Person) -> None:
    answer = setwise("signin-link", ada.email)
    (line,) = answer.out
    assert (answer.status, answer.error) == (0, [])
    assert line.startswith(f"{ORIGIN}/enter/")
    path = line.removeprefix(ORIGIN)
    assert client.post(path).status_code == 302
    assert is_signed_in(client)
    assert Client().post(path).status_code == 410


def test_an_address_is_found_however_it_is_written(setwise: Setwise) -> None:
    assert setwise("signin-link", " Ada@Setwise.EXAMPLE ").status == 0


def test_nobody_is_made_for_an_unknown_address(setwise: Setwise) -> None:
    said = "Nobody here has the address nobody@setwise.example."
    assert setwise("signin-link", "nobody@setwise.example") == Answer(1, [], [said])
    assert not SigninLink.objects.exists()
    assert Person.objects.count() == 1
