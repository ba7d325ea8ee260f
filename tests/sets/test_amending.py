"""Writing a version and proposing it; the old one binds until the new one is agreed."""

from __future__ import annotations

import pytest

from setwise.sets import agreeing, amending
from setwise.sets.models import GroundRules
from setwise.sets.samples import SAMPLES
from tests.cast import Cast
from tests.sets.agreements import AT, WORDS, later, propose, say, words_of
from tests.sets.gathering import Gathered
from tests.sets.mailbox import received


def test_the_first_version_starts_from_samples_and_nothing_is_saved(three: Gathered) -> None:
    rules, words = amending.outline(three.learning_set)
    assert (rules.number, words) == (1, list(SAMPLES))
    assert {subject for subject, _ in words} == {
        *("time", "confidentiality", "attendance", "notes", "other"),
    }
    assert not three.learning_set.ground_rules.exists()


def test_an_amendment_starts_from_the_words_and_settings_in_force(company: Cast) -> None:
    in_force = agreeing.rules_in_force(company.learning_set)
    assert in_force
    row = amending.draft(company.seat("member"), at=AT)
    given = [(rule["subject"], rule["text"]) for rule in company.case["ground_rules"]]
    assert words_of(row) == words_of(in_force) == given
    assert (row.number, row.written_by) == (2, company.people["member"])
    assert [getattr(row, name) for name in amending.SETTINGS] == [
        getattr(in_force, name) for name in amending.SETTINGS
    ]


def test_there_is_one_draft_whoever_opens_it(three: Gathered) -> None:
    first = amending.draft(three.seat(0), at=AT)
    amending.write(three.seat(0), first, settings={}, clauses=WORDS, at=AT)
    assert amending.draft(three.seat(1), at=later(1)) == first
    assert amending.outline(three.learning_set) == (first, list(WORDS))


def test_a_version_holds_what_was_written_last_in_its_order(three: Gathered) -> None:
    row = amending.draft(three.seat(0), at=AT)
    words = [("time", "Second"), ("time", " "), ("time", "First"), ("other", "Third")]
    settings = {"quorum": 2, "record_readers": "present", "outside": "Our own learning"}
    amending.write(three.seat(1), row, settings=settings, clauses=words, at=later(1))
    row.refresh_from_db()
    assert words_of(row) == [words[0], *words[2:]]
    assert {name: getattr(row, name) for name in settings} == settings
    assert (row.written_by, row.written_at) == (three.people[1], later(1))


def test_a_proposal_asks_each_of_the_others_once(company: Cast) -> None:
    rules = propose(company.seat("member"))
    amending.propose(company.seat("presenter"), rules, at=later(1))
    seated = {person.email for person in company.keys.values()}
    seated.add(company.people["late joiner"].email)
    assert received("rules_proposed") == dict.fromkeys(seated - {company.people["member"].email}, 1)


def test_a_draft_asks_nobody(three: Gathered) -> None:
    row = amending.draft(three.seat(0), at=AT)
    amending.write(three.seat(0), row, settings={}, clauses=WORDS, at=AT)
    assert (row.state, received("")) == ("draft", {})
    assert agreeing.owed_by(three.people[1]) == {}


def test_a_proposal_that_is_changed_is_kept_and_the_new_words_are_asked_about_anew(
    three: Gathered,
) -> None:
    rules, other = propose(three.seat(0)), [("time", "Other words")]
    say(rules, three.people[:2])
    new = amending.write(three.seat(2), rules, settings={}, clauses=other, at=AT)
    rules.refresh_from_db()
    assert (rules.number, rules.state, rules.assents.count()) == (1, "withdrawn", 2)
    assert (new.number, new.state, new.assents.count()) == (2, "draft", 0)
    assert (words_of(rules), words_of(new)) == (list(WORDS), other)
    for version in (rules, new):
        with pytest.raises(agreeing.NotProposed):
            agreeing.answer(three.seat(0), version, says="yes", at=AT)
    amending.propose(three.seat(2), new, at=later(1))
    assert say(new, three.people) == ["proposed", "proposed", "in force"]
    anwen, bo, chidi = (person.email for person in three.people)
    assert received("rules_proposed") == {bo: 2, chidi: 1, anwen: 1}


def test_the_old_version_binds_until_the_new_one_is_agreed(company: Cast) -> None:
    old = agreeing.rules_in_force(company.learning_set)
    seated = [row.person for row in company.learning_set.memberships.seated()]
    binding = [agreeing.current_settings(company.learning_set)]
    new = propose(company.seat("member"), record_readers="present")
    binding.append(agreeing.current_settings(company.learning_set))
    say(new, seated[:-1])
    binding.append(agreeing.current_settings(company.learning_set))
    assert binding == [old] * 3
    say(new, seated[-1:], at=later(3))
    assert agreeing.current_settings(company.learning_set) == new
    assert (new.in_force_at, new.record_readers) == (later(3), "present")


def test_a_version_taken_back_leaves_what_was_in_force(company: Cast) -> None:
    old = agreeing.rules_in_force(company.learning_set)
    rules = propose(company.seat("member"))
    amending.withdraw(company.seat("presenter"), rules)
    rules.refresh_from_db()
    assert (rules.state, agreeing.being_agreed(company.learning_set)) == ("withdrawn", None)
    assert agreeing.current_settings(company.learning_set) == old
    with pytest.raises(agreeing.NotProposed):
        agreeing.answer(company.seat("member"), rules, says="yes", at=AT)


def test_what_is_in_force_is_not_taken_back_or_written_over(company: Cast) -> None:
    rules = agreeing.rules_in_force(company.learning_set)
    assert rules
    before = words_of(rules)
    amending.withdraw(company.seat("member"), rules)
    with pytest.raises(GroundRules.DoesNotExist):
        amending.write(company.seat("member"), rules, settings={}, clauses=WORDS, at=AT)
    rules.refresh_from_db()
    assert (rules.state, words_of(rules)) == ("in force", before)


def test_a_number_is_given_once_also_when_its_version_is_taken_back(three: Gathered) -> None:
    amending.withdraw(three.seat(0), propose(three.seat(0)))
    say(propose(three.seat(0)), three.people)
    amending.draft(three.seat(0), at=AT)
    rows = three.learning_set.ground_rules.order_by("number").values_list("number", "state")
    assert list(rows) == [(1, "withdrawn"), (2, "in force"), (3, "draft")]


def test_a_seat_in_another_set_writes_proposes_and_withdraws_nothing(
    company: Cast, three: Gathered
) -> None:
    stranger, row = three.seat(0), amending.draft(company.seat("member"), at=AT)
    with pytest.raises(GroundRules.DoesNotExist):
        amending.write(stranger, row, settings={}, clauses=WORDS, at=AT)
    assert not amending.propose(stranger, row, at=AT)
    amending.withdraw(stranger, row)
    row.refresh_from_db()
    assert row.state == "draft"
    assert amending.propose(company.seat("member"), row, at=AT)
