"""The agreement on its pages: written, read, kept in versions, taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from setwise.sets import agreeing, amending
from setwise.sets.samples import SAMPLES
from tests.cast import Cast
from tests.sets.agreements import AT, later, propose, say, words_of
from tests.sets.gathering import Gathered
from tests.sets.mailbox import received
from tests.sets.visiting import beside, day, page, signed_in, told

pytestmark = pytest.mark.once

FLOOR = "Until it is, a floor holds: nothing leaves the room"


def path(gathered: Gathered | Cast, name: str = "") -> str:
    return f"/sets/{gathered.learning_set.id}/rules/{name}"


def filled(client: Client, url: str) -> dict[str, Any]:
    """What the writing page's form holds as it is opened."""
    fields = client.get(url).context["form"]
    found = {field.html_name: field.value() for field in fields}
    return {name: value for name, value in found.items() if value not in (None, False)}


def test_before_any_rules_the_page_says_which_floor_holds(company: Cast, three: Gathered) -> None:
    assert FLOOR in page(signed_in(three.people[0]), path(three))
    words = page(signed_in(company.people["member"]), path(company))
    assert FLOOR not in words and company.case["ground_rules"][0]["text"] in words


def test_the_samples_can_be_saved_and_nobody_is_asked_yet(three: Gathered) -> None:
    client = signed_in(three.people[0])
    body = filled(client, path(three, "edit/"))
    assert told(client, path(three, "edit/"), **body) == ["Saved. Nobody is asked yet."]
    row = three.learning_set.ground_rules.get()
    assert (row.state, words_of(row)) == ("draft", list(SAMPLES))
    assert received("") == {}
    other = page(signed_in(three.people[1]), path(three))
    assert "Version 1 is being written. Nobody is asked yet." in other


def test_words_and_settings_are_proposed_as_they_were_written(three: Gathered) -> None:
    client = signed_in(three.people[0])
    body = filled(client, path(three, "edit/")) | {
        "words_time": "We begin on the hour.\r\n\r\n  \r\nWe end early,\r\nnever late.\r\n",
        "words_confidentiality": "",
        "quorum": "2",
        "record_readers": "present",
        "moves_below_quorum": "on",
        "duty_of_care": "We say so first.",
        "propose": "1",
    }
    answer = client.post(path(three, "edit/"), body)
    assert answer.headers["Location"] == path(three, "answer/")
    row = three.learning_set.ground_rules.get()
    kept = [each for each in SAMPLES if each[0] not in ("time", "confidentiality")]
    assert [(subject, text.splitlines()) for subject, text in words_of(row)] == [
        ("time", ["We begin on the hour."]),
        ("time", ["We end early,", "never late."]),
        *((subject, [text]) for subject, text in kept),
    ]
    assert (row.quorum, row.record_readers, row.moves_below_quorum, row.duty_of_care) == (
        *(2, "present", True),
        "We say so first.",
    )
    assert received("rules_proposed") == {each.email: 1 for each in three.people[1:]}


def test_what_is_refused_says_why_beside_each_field_and_all_that_was_typed_is_kept(
    three: Gathered,
) -> None:
    client, url = signed_in(three.people[0]), path(three, "edit/")
    wrong = {
        "quorum": ("1", "greater than or equal to 2"),
        "meeting_minutes": ("an hour", "Enter a whole number."),
        "apologies_notice_hours": ("-1", "greater than or equal to 0"),
        "keep_days_after_close": ("9" * 30, "less than or equal to 3650"),
        "issues_per_meeting": ("3", "3 is not one of the available choices"),
        "record_readers": ("everybody", "everybody is not one of the available choices"),
        "air_time": ("", "This field is required."),
        "outside": ("x" * 1001, "at most 1000 characters"),
        "words_time": ("y" * 1001, "Keep each rule below 1000 characters."),
        "words_notes": ("z\n\n" * 1700, "at most 5000 characters"),
        "words_other": ("a\0b", "Null characters are not allowed."),
    }
    right = {"words_attendance": "We <come>.", "duty_of_care": "We say so.", "propose": "1"}
    typed = {name: text for name, (text, _) in wrong.items()} | right
    answer = client.post(url, filled(client, url) | typed)
    for name, (_, reason) in wrong.items():
        assert reason in beside(answer, name)
    html = answer.content.decode()
    chosen = {"propose", "issues_per_meeting", "record_readers", "air_time"}
    for text in (text for name, text in typed.items() if name not in chosen):
        kept = text.replace("<", "&lt;").replace(">", "&gt;")
        assert f'value="{kept}"' in html or f">\n{kept}</textarea>" in html
    assert not three.learning_set.ground_rules.exists()


def test_rules_without_a_word_are_refused(three: Gathered) -> None:
    client = signed_in(three.people[0])
    body = filled(client, path(three, "edit/"))
    body |= {name: " " for name in body if name.startswith("words_")}
    answer = client.post(path(three, "edit/"), body)
    assert (answer.status_code, three.learning_set.ground_rules.count()) == (422, 0)
    assert "Write at least one rule in words." in answer.content.decode()


def test_changing_a_proposal_is_said_to_ask_everyone_again(three: Gathered) -> None:
    client, warning = signed_in(three.people[0]), "If you change it, everyone is asked again:"
    assert warning not in page(client, path(three, "edit/"))
    rules = propose(three.seat(0))
    say(rules, three.people[:1])
    assert warning in page(client, path(three, "edit/"))
    client.post(path(three, "edit/"), filled(client, path(three, "edit/")))
    rules.refresh_from_db()
    assert (rules.state, rules.assents.count()) == ("withdrawn", 1)
    new = agreeing.being_agreed(three.learning_set)
    assert new and (new.number, new.state, new.assents.count()) == (2, "draft", 0)


def test_reopening_a_rule_starts_from_what_is_in_force_which_goes_on_binding(
    company: Cast,
) -> None:
    client, url = signed_in(company.people["member"]), path(company, "edit/")
    body = filled(client, url)
    assert (body["quorum"], body["record_readers"]) == (4, "presenter")
    assert body["words_other"] == company.case["ground_rules"][-1]["text"]
    client.post(url, body | {"words_other": "We laugh.", "propose": "1"})
    words = page(client, path(company))
    assert "Version 2 is proposed. What is in force below binds until everyone has said" in words
    assert company.case["ground_rules"][-1]["text"] in words and "We laugh." not in words
    in_force = agreeing.rules_in_force(company.learning_set)
    assert in_force and in_force.number == 1


def test_a_version_shows_who_said_what_and_when(three: Gathered) -> None:
    client, url = signed_in(three.people[2]), path(three, "versions/1/")
    assert client.get(url).status_code == 404
    rules = propose(three.seat(0))
    assert "Nobody has answered yet." in page(client, url)
    for number, person in enumerate(three.people):
        say(rules, [person], at=later(number * 40))
    words = page(client, url)
    assert f"In force, agreed {day(later(80))}." in words
    for number, person in enumerate(three.people):
        assert f"{person}: yes, {day(later(number * 40))}" in words


def test_every_agreed_version_is_kept_on_the_page(three: Gathered) -> None:
    client = signed_in(three.people[0])
    say(propose(three.seat(0), words=[("time", "Old words")]), three.people, at=AT)
    assert "Every version" not in page(client, path(three))
    client.post(path(three, "withdrawal/"))
    say(propose(three.seat(0), words=[("time", "New words")]), three.people, at=later(50))
    listed = page(client, path(three)).partition("Every version")[2].partition("</ul>")[0]
    assert f"in force, agreed {day(later(50))}" in listed.partition("</li>")[0]
    assert f"past, agreed {day(AT)}" in listed.partition("</li>")[2]
    assert "Old words" in page(client, path(three, "versions/1/"))
    assert "Old words" not in page(client, path(three))


def test_anyone_in_the_set_may_take_a_proposal_back(company: Cast) -> None:
    rules = propose(company.seat("member"))
    client = signed_in(company.people["presenter"])
    assert "Take this version back" in page(client, path(company))
    said = ["Taken back. What was in force before still is."]
    assert told(client, path(company, "withdrawal/")) == said
    assert told(client, path(company, "withdrawal/")) == []
    rules.refresh_from_db()
    assert rules.state == "withdrawn"
    assert "Take this version back" not in page(client, path(company))


def test_the_writing_page_names_the_version_that_will_be_saved(three: Gathered) -> None:
    amending.withdraw(three.seat(0), propose(three.seat(0)))
    url = f"/sets/{three.learning_set.id}/rules/edit/"
    assert "<h1>Ground rules, version 2</h1>" in page(signed_in(three.people[0]), url)
    assert amending.draft(three.seat(0), at=AT).number == 2
