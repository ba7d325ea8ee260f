"""A *not yet* is heard: by the set on its rules page, and at the opening of its next meeting."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from setwise.sets import agreeing, amending, objecting, seating
from setwise.sets.models import Membership
from setwise.vault import keys
from setwise.vault.sealing import KeyGone
from tests.cast import Cast
from tests.sets.agreements import propose, say
from tests.sets.gathering import Gathered, join, newcomer
from tests.sets.visiting import page, queries, signed_in, told

HOUR = "If we met for an hour"


def object_to(gathered: Gathered, number: int, words: str = HOUR) -> datetime:
    """This person's no to what is proposed or in force."""
    at = timezone.now()
    rules = agreeing.asked_about(gathered.people[number], gathered.learning_set)
    assert rules
    agreeing.answer(gathered.seat(number), rules, says="no", would_let=words, at=at)
    return at


def heard(gathered: Gathered) -> list[tuple[str, str, int, bool]]:
    return [
        (each.person.name, each.words, each.version, each.in_force)
        for each in objecting.open_objections(gathered.learning_set)
    ]


def rules_page(gathered: Gathered | Cast) -> str:
    return f"/sets/{gathered.learning_set.id}/rules/"


def test_a_no_to_a_proposal_is_open_with_its_authors_name_and_version(three: Gathered) -> None:
    say(propose(three.seat(0)), three.people[:1])
    at = object_to(three, 1)
    assert heard(three) == [("Bo", HOUR, 1, False)]
    assert objecting.open_objections(three.learning_set)[0].at == at


def test_it_is_settled_by_a_yes_a_withdrawal_or_another_version(three: Gathered) -> None:
    rules = propose(three.seat(0))
    object_to(three, 1)
    assert len(heard(three)) == 1
    say(rules, three.people[1:2])
    assert heard(three) == []
    object_to(three, 1)
    amending.withdraw(three.seat(0), rules)
    assert heard(three) == []
    first = propose(three.seat(0))
    say(first, three.people)
    object_to(three, 2)
    assert heard(three) == [("Chidi", HOUR, first.number, True)]
    say(propose(three.seat(0)), three.people)
    assert heard(three) == []


@pytest.mark.parametrize("way", ["left", "suspended"])
def test_whoever_is_out_keeps_nothing_open(three: Gathered, way: str) -> None:
    propose(three.seat(0))
    object_to(three, 1)
    assert len(heard(three)) == 1
    if way == "left":
        seating.leave(three.seat(1), at=timezone.now())
    else:
        Membership.objects.filter(person=three.people[1]).update(suspended_at=timezone.now())
    assert heard(three) == []


def test_an_absentees_no_reopens_the_rules_which_hold_and_lets_them_enter(
    company: Cast,
) -> None:
    person = company.people["late joiner"]
    client, in_force = signed_in(person), agreeing.rules_in_force(company.learning_set)
    assert in_force and agreeing.owes_answer(person, company.learning_set) == in_force
    words = page(client, f"{rules_page(company)}answer/")
    assert "“Not yet” reopens them at your next meeting; until then they hold" in words
    said = told(
        client, f"{rules_page(company)}answer/", about=in_force.id, says="no", would_let=HOUR
    )
    assert said == [
        "Noted. What you said opens your next meeting. The agreed rules hold until then, and you "
        "may enter it."
    ]
    assert agreeing.owes_answer(person, company.learning_set) is None
    assert agreeing.rules_in_force(company.learning_set) == in_force
    (open_,) = objecting.open_objections(company.learning_set)
    assert (open_.person, open_.words, open_.in_force) == (person, HOUR, True)


def test_the_set_reads_it_on_its_rules_page_until_it_is_settled(three: Gathered) -> None:
    rules = propose(three.seat(0))
    object_to(three, 1)
    for person in three.people:
        words = page(signed_in(person), rules_page(three)).partition("What is not settled yet")[2]
        assert HOUR in words and "Bo</strong> could not live with version 1 yet" in words
    say(rules, three.people[1:2])
    assert "What is not settled yet" not in page(signed_in(three.people[0]), rules_page(three))


def test_whoever_joined_later_reads_it_nowhere(three: Gathered) -> None:
    propose(three.seat(0))
    at = object_to(three, 1)
    late = newcomer("Delyth")
    join(three.learning_set, late)
    pages = [rules_page(three), f"{rules_page(three)}versions/1/", f"{rules_page(three)}answer/"]
    assert [HOUR in page(signed_in(three.people[2]), url) for url in pages] == [True, True, False]
    assert [HOUR in page(signed_in(late), url) for url in pages] == [False] * 3
    assert "Bo: not yet" in page(signed_in(late), pages[1])  # that it was said, as for everyone
    assert objecting.heard_by(late, three.learning_set) == []
    Membership.objects.filter(person=late).update(joined_at=at - timedelta(seconds=1))
    assert [HOUR in page(signed_in(late), url) for url in pages] == [True, True, False]


def test_nobody_outside_hears_it(three: Gathered, company: Cast) -> None:
    propose(three.seat(0))
    object_to(three, 1)
    assert objecting.heard_by(three.people[0], three.learning_set)
    assert objecting.heard_by(company.people["member"], three.learning_set) == []
    assert signed_in(company.people["member"]).get(rules_page(three)).status_code == 404


def test_it_is_gone_with_the_sets_key(three: Gathered) -> None:
    propose(three.seat(0))
    object_to(three, 1)
    keys.destroy(three.learning_set.key_id)
    with pytest.raises(KeyGone):
        objecting.open_objections(three.learning_set)


def test_its_pages_take_as_many_queries_with_many_as_with_one(three: Gathered) -> None:
    propose(three.seat(0))
    client, counts = signed_in(three.people[0]), list[tuple[int, ...]]()
    pages = rules_page(three), f"{rules_page(three)}versions/1/"
    for numbers in ((1,), (0, 2)):
        for number in numbers:
            object_to(three, number)
        assert all(HOUR in page(client, url) for url in pages)
        counts.append(tuple(queries(client, url) for url in pages))
    assert len(heard(three)) == 3
    assert counts[0] == counts[1]


def test_versions_and_proposals_take_as_many_queries_many_as_one(three: Gathered) -> None:
    client, url, counts = signed_in(three.people[0]), rules_page(three), list[int]()
    for times in (1, 4):
        for _ in range(times):
            say(propose(three.seat(0)), three.people)
            amending.withdraw(three.seat(0), propose(three.seat(0)))
        counts.append(queries(client, url))
    assert page(client, url).count(", proposed ") == 5
    assert counts[0] == counts[1]


def test_a_yes_taken_back_is_still_known_to_have_been_said(three: Gathered) -> None:
    rules = propose(three.seat(0))
    say(rules, three.people)
    object_to(three, 2)
    row = rules.assents.get(person=three.people[2])
    assert row.answer == "no"
    assert row.agreed_at
    url = f"/sets/{three.learning_set.id}/rules/versions/{rules.number}/"
    assert "had said yes on" in page(signed_in(three.people[0]), url)
