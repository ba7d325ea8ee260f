"""Signed links: one purpose each; replayed, altered, renewed, ended, and whose person has gone."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from setwise.people import linking
from setwise.people.models import Link, Person
from tests.together import together

NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
ABOUT = uuid.uuid4()


def sent(person: Person, purpose: str = "meeting", about: uuid.UUID = ABOUT) -> str:
    return linking.renew(purpose, person=person, about=about, at=NOW, dies_at=LATER)


def kept(person: Person, at: datetime = NOW, dies_at: datetime | None = LATER) -> str:
    return linking.keep("reminders", person=person, about=person.pk, at=at, dies_at=dies_at)


def opened(token: str, purpose: str = "meeting", at: datetime = NOW) -> Person | None:
    link = linking.find(purpose, token, at=at)
    return link.person if link else None


def test_a_link_opens_its_one_purpose_as_often_as_it_is_opened(amara: Person) -> None:
    token = sent(amara)
    assert [opened(token), opened(token), opened(token.upper())] == [amara, amara, amara]
    assert opened(token, "poll") is None
    link = linking.find("meeting", token, at=NOW)
    assert link and link.about == ABOUT
    by_token = linking.by_token(token, at=NOW)
    assert by_token and by_token.purpose == "meeting"


def test_a_token_fits_a_url_and_the_local_part_of_an_address(amara: Person) -> None:
    for _ in range(20):
        token = sent(amara, about=uuid.uuid4())
        assert len(token) == linking.LENGTH <= 48
        assert token.isascii() and token.isalnum() and token == token.lower()


def test_an_altered_token_opens_nothing(amara: Person) -> None:
    token = sent(amara)
    for place in range(len(token)):
        for other in ("a", "z", "7"):
            changed = token[:place] + other + token[place + 1 :]
            assert (opened(changed) == amara) == (changed == token), place
    for wrong in (
        "",
        " ",
        token[:-1],
        token + "a",
        "é" * 45,
        "1" * 45,
        "=" * 45,
        token[:-1] + "\0",
    ):
        assert opened(wrong) is None


def test_a_token_of_another_secret_opens_nothing(amara: Person, settings: Any) -> None:
    token = sent(amara)
    settings.SECRET_KEY = "somebody else’s"
    assert opened(token) is None
    assert opened(sent(amara)) == amara


def test_a_row_that_changes_hands_or_purpose_is_another_link(amara: Person) -> None:
    token = sent(amara)
    Link.objects.update(purpose="action")
    assert opened(token, "action") is None


def test_a_new_one_ends_those_sent_before(amara: Person) -> None:
    first, second = sent(amara), sent(amara)
    assert first != second
    assert (opened(first), opened(second)) == (None, amara)
    assert Link.objects.count() == 1


def test_what_is_kept_stays_the_same_until_it_dies(amara: Person) -> None:
    token = kept(amara)
    assert kept(amara, at=NOW + timedelta(days=1)) == token
    assert kept(amara, dies_at=NOW) == token  # nobody’s link is cut short by a later letter
    assert opened(token, "reminders", LATER - timedelta(seconds=1)) == amara
    assert opened(token, "reminders", LATER) is None
    fresh = kept(amara, at=LATER, dies_at=LATER + timedelta(days=1))
    assert fresh != token
    assert (opened(token, "reminders", LATER), opened(fresh, "reminders", LATER)) == (None, amara)
    assert kept(amara, at=LATER, dies_at=None) == fresh
    assert opened(fresh, "reminders", LATER + timedelta(days=9999)) == amara


def test_links_end_with_their_thing(amara: Person) -> None:
    tomasz = Person.objects.create_user("tomasz@setwise.example", "Tomasz")
    hers, his, other = sent(amara), sent(tomasz), sent(amara, about=uuid.uuid4())
    linking.end("meeting", about=ABOUT, person=amara)
    assert (opened(hers), opened(his), opened(other)) == (None, tomasz, amara)
    linking.end("meeting", about=ABOUT)
    assert (opened(his), opened(other)) == (None, amara)


def test_a_closed_or_erased_account_has_no_links(amara: Person) -> None:
    token = sent(amara)
    Person.objects.update(is_active=False)
    assert opened(token) is None
    Person.objects.update(is_active=True)
    assert opened(token) == amara
    amara.delete()
    assert opened(token) is None
    assert not Link.objects.exists()


def test_the_dead_are_cleared_away(amara: Person) -> None:
    sent(amara)
    assert linking.clear_dead(at=LATER - timedelta(seconds=1)) == 0
    assert linking.clear_dead(at=LATER) == 1


@pytest.mark.parametrize("many", [linking.renew_all, linking.keep_all])
def test_many_take_as_many_queries_as_one(db: None, many: Any) -> None:
    people = [Person.objects.create_user(f"p{n}@setwise.example", "P") for n in range(12)]
    counts = []
    for some in (people[:1], people[1:]):
        for _ in range(2):  # made, and again
            with CaptureQueriesContext(
                connection,
            ) as seen:
                tokens = many("meeting", {(each.pk, ABOUT): LATER for each in some}, at=NOW)
            counts.append(len(seen))
            assert [opened(tokens[each.pk, ABOUT]) for each in some] == some
    assert counts[:2] == counts[2:]


def test_an_answer_comes_to_the_address_of_its_link(amara: Person, settings: Any) -> None:
    def address() -> str:
        return linking.reply_address("reply-poll", person=amara, about=ABOUT, at=NOW, dies_at=LATER)

    assert address() == ""
    settings.SETWISE_REPLY_ADDRESS = "Replies@Sets.example"
    given = address()
    assert given == address() and given.startswith("Replies+") and given.endswith("@Sets.example")
    for spelled in (given, given.upper(), f"Amara <{given.lower()}>"):
        token = linking.parse_reply_address(spelled)
        assert token and opened(token, "reply-poll") == amara
    for other in (
        *("", "nonsense", "replies@sets.example", "replies+@sets.example"),
        *(given.replace("Replies", "other"), given.replace("Sets", "elsewhere")),
    ):
        assert linking.parse_reply_address(other) is None, other
    settings.SETWISE_REPLY_ADDRESS = ""
    assert linking.parse_reply_address(given) is None


def test_the_longest_reply_address_is_one_that_mail_servers_take(
    amara: Person, settings: Any
) -> None:
    settings.SETWISE_REPLY_ADDRESS = "r" * 18 + "@sets.example"
    given = linking.reply_address("reply-poll", person=amara, about=ABOUT, at=NOW, dies_at=LATER)
    assert len(given.partition("@")[0]) == 64


@pytest.mark.django_db(transaction=True)
def test_two_who_renew_at_once_leave_one_living_link() -> None:
    amara = Person.objects.create_user("amara@setwise.example", "Amara")
    tokens = list[str]()

    def press() -> None:
        tokens.append(sent(amara))

    assert together(press, press) == ["done", "done"]
    living = sent(amara)
    assert [opened(token) for token in (*tokens, living)] == [None, None, amara]
