"""allauth's letters go through the outbox, those that it may learn to send among them."""

from __future__ import annotations

import pytest
from allauth.account.adapter import get_adapter

from setwise.people.adapter import TEMPLATES
from setwise.people.models import Person
from tests.people.posting import code_for, letters

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("prefix", [*TEMPLATES, "account/email/of_a_later_version"])
def test_each_letter_has_a_subject_and_both_its_parts(amara: Person, prefix: str) -> None:
    get_adapter().send_mail(prefix, amara.email, {"code": "ABCD-EFGH"})
    (letter,) = letters(amara.email)
    assert letter.subject and "Setwise" in letter.text + letter.subject


def test_a_letter_we_have_no_words_for_still_gives_its_code(amara: Person) -> None:
    get_adapter().send_mail("account/email/of_a_later_version", amara.email, {"code": "ABCD-EFGH"})
    assert code_for(amara.email) == "ABCD-EFGH"


def test_a_letter_we_have_no_words_for_says_that_something_changed(amara: Person) -> None:
    get_adapter().send_mail("account/email/password_changed", amara.email, {"user": amara})
    (letter,) = letters(amara.email)
    assert letter.subject == "About how you sign in"
    assert "/account/sessions/" in letter.text


def test_a_letter_to_a_person_whose_zone_was_forgotten_is_posted(amara: Person) -> None:
    Person.objects.filter(pk=amara.pk).update(zone="Mars/Base")
    get_adapter().send_mail("account/email/login_code", amara.email, {"code": "ABCD-EFGH"})
    assert code_for(amara.email) == "ABCD-EFGH"
