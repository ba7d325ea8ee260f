"""Letters say that something happened, and never what was said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from setwise.meetings import scheduling
from setwise.outbox.models import Letter
from setwise.people import reminding
from setwise.sets import agreeing, amending, inviting, seating
from setwise.sets.models import Assent, Clause
from tests.cast import Cast, cast
from tests.meetings.planning import PLAN, plan
from tests.sets.agreements import propose
from tests.sets.mailbox import Mail, mail
from tests.staging import staged

pytestmark = pytest.mark.once

AT = timezone.now()
RULES = (("confidentiality", "The word of this house is persimmon."),)
REASON = "If we also said what happens to Gwenllian’s rota"


def strings(value: Any) -> Iterator[str]:
    """Every sentence somewhere inside a part of the case; single words would be anywhere."""
    if isinstance(value, str) and " " in value:
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def write_letters() -> Cast:
    """The case after its meeting, and then everything about which a set writes letters."""
    company = cast(held=True)
    facilitator, member = company.seat("facilitator"), company.seat("member")
    Clause.objects.filter(rules__learning_set=company.learning_set).delete()
    rules = propose(member, words=RULES, outside=REASON, duty_of_care=REASON, at=AT)
    agreeing.answer(facilitator, rules, says="no", would_let=REASON, at=AT)
    seating.leave(company.seat("apologies"), at=AT)
    emails = ["guest@elsewhere.example"]
    (row,) = inviting.invite(facilitator, emails=emails, as_facilitator=True, at=AT)
    inviting.send_again(member, row, at=AT)
    meeting = scheduling.fix(facilitator, plan=plan(title="Spring"), at=PLAN.starts_at)
    scheduling.move(facilitator, meeting, plan=plan(minutes=60), at=PLAN.starts_at)
    scheduling.cancel(facilitator, meeting, at=PLAN.starts_at)
    late = company.membership("late joiner")
    seating.suspend(facilitator, late, at=AT)
    seating.restore(facilitator, late, at=AT)
    seating.end(facilitator, late, talked=True, at=AT)
    amending.withdraw(member, rules)
    return company


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, write_letters) as company:
        yield company


@pytest.fixture
def busy(written: Cast, db: None) -> Cast:
    return written


def letters() -> list[Mail]:
    """All but each person's own actions, which tests/room reads."""
    return [letter for letter in mail() if letter.about != "actions"]


def test_no_letter_has_a_word_that_was_said_in_confidence(busy: Cast) -> None:
    assert [row.would_let() for row in Assent.objects.filter(answer="no")] == [REASON]
    assert Clause.objects.filter(text=RULES[0][1]).count() == 1
    parts = ("last_actions", "bids", "rounds", "review", "check_out", "ground_rules")
    secrets = {text for part in parts for text in strings(busy.case[part])}
    assert len(secrets) > 60
    secrets |= {REASON, "persimmon", "Gwenllian"}
    found = [
        (letter.about, text) for letter in letters() for text in secrets if text in letter.words
    ]
    assert found == []


def test_each_kind_has_a_subject_both_its_parts_and_says_the_set(busy: Cast) -> None:
    name = busy.learning_set.name
    kinds = {letter.about for letter in letters()}
    assert kinds == {
        *("rules_proposed", "invitation", "fixed", "moved", "cancelled"),
        *("suspended", "restored", "ended"),
    }
    for letter in letters():
        assert name in letter.subject and "\n" not in letter.subject
        assert name in letter.text and "Setwise, a home for action learning" in letter.text
        assert name in letter.html and letter.html.lstrip().startswith("<!doctype html>")


def test_subjects_carry_no_title_place_or_purpose(busy: Cast) -> None:
    hidden = ("Spring", PLAN.title, PLAN.place, busy.case["set"]["purpose"])
    assert [
        letter.subject for letter in letters() if any(w in letter.subject for w in hidden)
    ] == []
    assert sum("Spring" in letter.text for letter in letters()) > 5


def test_the_keys_of_letters_are_kinds_numbers_and_moments(busy: Cast) -> None:
    kinds = "|".join(reminding.KINDS)
    plain = re.compile(rf"[a-z-]+(:([0-9a-fT.+-]+|{kinds}))+")
    names = Letter.objects.values_list("name", flat=True)
    assert [name for name in names if not plain.fullmatch(name)] == []
