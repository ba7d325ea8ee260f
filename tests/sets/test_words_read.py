"""An answer counts for the words that were read, and for no others."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from setwise.sets import agreeing, amending
from setwise.sets.models import Assent, GroundRules
from tests.cast import Cast
from tests.sets.agreements import AT, later, propose, say
from tests.sets.gathering import Gathered
from tests.sets.visiting import page, signed_in, told

pytestmark = pytest.mark.once

CHANGED = "The rules were changed while you were reading, so your answer was not counted."


def url(gathered: Gathered | Cast) -> str:
    return f"/sets/{gathered.learning_set.id}/rules/answer/"


def answered(gathered: Gathered) -> list[Assent]:
    return list(Assent.objects.filter(rules__learning_set=gathered.learning_set))


def shown(client: Client, where: str) -> str:
    """Which version the page asks about, as its form will say."""
    words = page(client, where)
    return words.partition('name="about" value="')[2].partition('"')[0]


def rewritten(gathered: Gathered, rules: GroundRules, words: str) -> GroundRules:
    """Somebody rewrites a proposal and proposes it again."""
    new = amending.write(
        gathered.seat(2), rules, settings={}, clauses=[("time", words)], at=later(1)
    )
    amending.propose(gathered.seat(2), new, at=later(1))
    return new


def test_a_yes_to_words_that_were_rewritten_is_not_counted(three: Gathered) -> None:
    rules = propose(three.seat(0), words=[("time", "Old words")])
    client = signed_in(three.people[1])
    about = shown(client, url(three))
    new = rewritten(three, rules, "New words")
    answer = client.post(url(three), {"about": about, "says": "yes"})
    assert answer.status_code == 409
    words = html.unescape(answer.content.decode())
    assert CHANGED in words and "New words" in words and "Old words" not in words
    assert f'value="{new.id}"' in words
    assert " checked" not in words.partition("<form method")[2]  # a yes is given anew
    assert not answered(three)


def test_what_was_typed_is_kept_beside_the_new_words(three: Gathered) -> None:
    rules = propose(three.seat(0))
    client = signed_in(three.people[1])
    typed = {"about": shown(client, url(three)), "says": "no", "would_let": "An <hour>"}
    rewritten(three, rules, "New words")
    words = client.post(url(three), typed).content.decode()
    assert ">\nAn &lt;hour&gt;</textarea>" in words
    checked = [part for part in words.split("<input")[1:] if " checked" in part.partition(">")[0]]
    assert ['value="no"' in part for part in checked] == [True]
    assert not answered(three)
    typed["about"] = words.partition('name="about" value="')[2].partition('"')[0]
    assert told(client, url(three), **typed) == ["Noted."]
    assert [row.would_let() for row in answered(three)] == ["An <hour>"]


@pytest.mark.parametrize("about", ["", "nothing", "00000000-0000-4000-8000-000000000000", "a\0b"])
def test_an_answer_that_says_not_to_what_is_not_counted(three: Gathered, about: str) -> None:
    propose(three.seat(0))
    client = signed_in(three.people[1])
    for words in ({"about": about, "says": "yes"}, {"says": "yes"}):
        assert client.post(url(three), words).status_code == 409
    assert not answered(three)


def test_a_version_of_another_set_is_not_answered_here(company: Cast, three: Gathered) -> None:
    theirs = propose(company.seat("member"))
    own = propose(three.seat(0))
    client = signed_in(three.people[1])
    assert client.post(url(three), {"about": theirs.id, "says": "yes"}).status_code == 409
    assert not Assent.objects.filter(person=three.people[1]).exists()
    assert client.post(url(three), {"about": own.id, "says": "yes"}).status_code == 302


def test_words_that_came_into_force_while_they_were_read_are_answered(three: Gathered) -> None:
    rules = propose(three.seat(0))
    client = signed_in(three.people[2])
    about = shown(client, url(three))
    say(rules, three.people[:2])
    present = [person.id for person in three.people[:2]]
    GroundRules.objects.filter(pk=rules.pk).update(quorum=2)
    assert agreeing.settle_at_meeting(rules, present=present, at=later(1))
    assert client.post(url(three), {"about": about, "says": "yes"}).status_code == 302
    assert agreeing.owes_answer(three.people[2], three.learning_set) is None


def test_words_that_nobody_asks_about_any_more_are_given_back(three: Gathered) -> None:
    rules = propose(three.seat(0))
    client = signed_in(three.people[1])
    typed: dict[str, Any] = {"about": shown(client, url(three)), "says": "no"}
    amending.withdraw(three.seat(0), rules)
    answer = client.post(url(three), typed | {"would_let": "An hour"})
    assert answer.status_code == 409
    words = html.unescape(answer.content.decode())
    assert "That version is not being agreed any more." in words and "An hour" in words
    assert told(client, url(three), **typed) == ["That version is not being agreed any more."]
    assert not answered(three)


def test_a_proposal_that_was_rewritten_is_kept_with_who_answered_what_and_when(
    three: Gathered,
) -> None:
    rules = propose(three.seat(0), words=[("time", "Old words")], quorum=2)
    say(rules, three.people[:1], at=later(1))
    agreeing.answer(three.seat(1), rules, says="no", would_let="An hour", at=later(2))
    new = rewritten(three, rules, "New words")
    assert new.quorum == 2
    client, of_set = signed_in(three.people[2]), f"/sets/{three.learning_set.id}/rules/"
    listed = page(client, of_set).partition("Proposals taken back or written anew (1)")[2]
    assert f'href="{of_set}versions/1/">Version 1</a>' in listed.partition("</ul>")[0]
    words = page(client, f"{of_set}versions/1/")
    assert "Old words" in words and "Withdrawn, once proposed" in words
    assert f"Anwen: yes, {later(1):%-d %B %Y}" in words
    assert f"Bo: not yet, {later(2):%-d %B %Y}" in words and "An hour" in words
    assert "Nobody has answered yet." in page(client, f"{of_set}versions/2/")


def test_a_draft_that_was_never_proposed_is_no_proposal(three: Gathered) -> None:
    amending.withdraw(three.seat(0), amending.draft(three.seat(0), at=AT))
    words = page(signed_in(three.people[0]), f"/sets/{three.learning_set.id}/rules/")
    assert "Proposals taken back" not in words


def writing(gathered: Gathered, number: int) -> tuple[Client, dict[str, Any]]:
    """A person at the writing page, and the form as it was opened."""
    client = signed_in(gathered.people[number])
    answer = client.get(f"/sets/{gathered.learning_set.id}/rules/edit/")
    body = {field.html_name: field.value() for field in answer.context["form"]}
    body = {name: value for name, value in body.items() if value not in (None, False)}
    return client, body | {"seen": answer.context["seen"]}


def test_nobodys_words_are_written_over_by_somebody_who_has_not_read_them(
    three: Gathered,
) -> None:
    where = f"/sets/{three.learning_set.id}/rules/edit/"
    (first, ours), (second, theirs) = writing(three, 0), writing(three, 1)
    assert first.post(where, ours | {"words_other": "Ours", "propose": "1"}).status_code == 302
    answer = second.post(where, theirs | {"words_other": "Theirs", "propose": "1"})
    assert answer.status_code == 409
    words = html.unescape(answer.content.decode())
    assert "Somebody else wrote on these rules while you did" in words and "Theirs" in words
    row = agreeing.being_agreed(three.learning_set)
    assert row and [clause.text for clause in row.clauses.filter(subject="other")] == ["Ours"]
    again = theirs | {"words_other": "Theirs", "seen": answer.context["seen"]}
    assert second.post(where, again).status_code == 302
    states = three.learning_set.ground_rules.order_by("number").values_list("number", "state")
    assert list(states) == [(1, "withdrawn"), (2, "draft")]
