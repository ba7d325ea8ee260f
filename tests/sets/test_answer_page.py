"""The page that asks *Can you live with this?*"""

from __future__ import annotations

import pytest

from setwise.sets import amending
from tests.cast import Cast
from tests.sets.agreements import propose, say
from tests.sets.gathering import Gathered
from tests.sets.visiting import beside, page, signed_in, told

pytestmark = pytest.mark.once


def url(gathered: Gathered | Cast) -> str:
    return f"/sets/{gathered.learning_set.id}/rules/answer/"


def test_the_page_shows_the_words_and_settings_that_are_asked_about(three: Gathered) -> None:
    propose(three.seat(0), words=[("notes", "Pens down.")], quorum=2, record_readers="present")
    words = page(signed_in(three.people[1]), url(three))
    for asked in ("Version 1, proposed", "Pens down.", "A quorum of 2", "those who were there"):
        assert asked in words


def test_the_last_yes_says_that_the_rules_are_in_force(three: Gathered) -> None:
    about = propose(three.seat(0)).id
    said = [told(signed_in(person), url(three), about=about, says="yes") for person in three.people]
    assert said == [["Noted."], ["Noted."], ["These ground rules are in force."]]


def test_a_no_keeps_what_would_let_them(three: Gathered) -> None:
    rules, client = propose(three.seat(0)), signed_in(three.people[0])
    words = {"about": rules.id, "says": "no", "would_let": "A shorter one"}
    assert told(client, url(three), **words) == ["Noted."]
    row = rules.assents.get()
    assert (row.answer, row.would_let()) == ("no", "A shorter one")


@pytest.mark.parametrize(
    ("says", "would_let", "field", "reason"),
    [
        ("", "Shorter", "says", "Choose one."),
        ("perhaps", "Shorter", "says", "perhaps is not one of the available choices"),
        ("no", " ", "would_let", "Say in a few words what would let you live with it."),
        ("no", "x" * 2001, "would_let", "at most 2000 characters"),
        ("yes", "a\0b", "would_let", "Null characters are not allowed."),
    ],
)
def test_an_answer_that_is_refused_is_kept_and_changes_nothing(
    three: Gathered, says: str, would_let: str, field: str, reason: str
) -> None:
    rules = propose(three.seat(0))
    typed = {"about": rules.id, "says": says, "would_let": would_let}
    answer = signed_in(three.people[0]).post(url(three), typed)
    assert reason in beside(answer, field)
    html = answer.content.decode()
    assert f">\n{would_let}</textarea>" in html
    checked = [part for part in html.split("<input")[1:] if " checked" in part.partition(">")[0]]
    assert [f'value="{says}"' in part for part in checked] == [True] * (says in ("yes", "no"))
    assert not rules.assents.exists()


def test_what_waits_for_me_is_asked_first_and_is_over_once_answered(company: Cast) -> None:
    client, rules_page = signed_in(company.people["late joiner"]), url(company)[: -len("answer/")]
    waits = "Version 1 waits for your answer."
    assert waits in page(client, rules_page)
    assert waits not in page(signed_in(company.people["member"]), rules_page)
    in_force = company.learning_set.ground_rules.get()
    told(client, url(company), about=in_force.id, says="yes")
    assert waits not in page(client, rules_page)
    propose(company.seat("member"))
    assert "Version 2 waits for your answer." in page(client, rules_page)


def test_an_answer_can_be_changed_while_the_version_is_proposed(three: Gathered) -> None:
    rules = propose(three.seat(0))
    say(rules, three.people[:1])
    words = {"about": rules.id, "says": "no", "would_let": "Sleep on it"}
    signed_in(three.people[0]).post(url(three), words)
    assert [row.answer for row in rules.assents.all()] == ["no"]


def test_there_is_nothing_to_answer_before_a_proposal_or_after_its_withdrawal(
    three: Gathered,
) -> None:
    client, rules_page = signed_in(three.people[1]), url(three)[: -len("answer/")]

    def sent_away() -> bool:
        answers = client.get(url(three)), client.post(url(three), {"says": "yes"})
        return [each.headers["Location"] for each in answers] == [rules_page] * 2

    assert sent_away()
    rules = amending.draft(three.seat(0), at=three.learning_set.started_at)
    assert sent_away()
    amending.propose(three.seat(0), rules, at=three.learning_set.started_at)
    assert client.get(url(three)).status_code == 200
    amending.withdraw(three.seat(0), rules)
    assert sent_away()
    assert not rules.assents.exists()
