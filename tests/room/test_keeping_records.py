"""The presenter edits their record, takes words out of it, and deletes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setwise.actions.models import Action
from setwise.room import presenting
from setwise.room.models import Bid, Question, Room, Round
from setwise.room.parts import TAKEN_OUT, parts
from tests.cast import Cast

pytestmark = pytest.mark.long

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def browser(person: Any) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def round_of(held: Cast) -> Round:
    return Round.objects.get(presenter=held.people["presenter"])


def url(row: Round, name: str = "record-edit") -> str:
    return reverse(f"room:{name}", args=[row.pk])


def shown(row: Round) -> dict[str, str]:
    """What the editing page sends back if nobody touches it."""
    sent = {"version": str(row.record_version)}
    for part in parts(row):
        sent |= {part.name: part.text.replace("\n", "\r\n"), f"seen-{part.name}": part.seen}
    return sent


def a_question(row: Round) -> Question:
    question = row.questions.exclude(confirmed_at=None).exclude(author=row.presenter).first()
    assert question
    return question


def test_edited_words_stand_in_the_record_and_the_version_is_counted(held: Cast) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    question, was = a_question(row), Room.objects.get().words_version
    asker = question.author
    sent = shown(row) | {"presentation": "Put shortly.", f"question-{question.pk}": "My words?"}
    assert amara.post(url(row), sent).status_code == 302
    page = amara.get(url(row, "record")).content.decode()
    assert "Put shortly." in page and "My words?" in page and "Version 2" in page
    question.refresh_from_db()
    assert asker and question.author is None  # nobody is quoted with words that they did not say
    assert Room.objects.get().words_version == was + 1


def test_a_page_saved_untouched_changes_nothing(held: Cast) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    before = [(part.name, part.text, part.by_another) for part in parts(row)]
    amara.post(url(row), shown(row))
    again = round_of(held)
    assert again.record_version == 1 and again.edited_at is None
    assert [(part.name, part.text, part.by_another) for part in parts(again)] == before


def test_two_who_edit_other_parts_at_once_are_both_kept(held: Cast) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    page = shown(row)
    amara.post(url(row), page | {"feedback": "From the phone."})
    assert amara.post(url(row), page | {"presentation": "From here."}).status_code == 302
    row = round_of(held)
    assert (row.words("feedback"), row.words("presentation")) == ("From the phone.", "From here.")


def test_two_who_edit_one_part_at_once_are_asked_with_what_they_typed(held: Cast) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    page = shown(row) | {"feedback": "Mine."}
    amara.post(url(row), shown(row) | {"feedback": "Theirs.", "presentation": "Also new."})
    answer = amara.post(url(row), page)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert all(each in html for each in ("Mine.", "Theirs.", "You edited version 1", "version 2"))
    assert round_of(held).words("feedback") == "Theirs."
    form = answer.context["form"]
    again = {each.part.name: each.value for each in form.fields}
    again |= {f"seen-{each.part.name}": each.seen for each in form.fields}
    assert again["presentation"] == "Also new."  # untouched here: the newer words
    assert amara.post(url(row), again).status_code == 302
    row = round_of(held)
    assert (row.words("feedback"), row.words("presentation")) == ("Mine.", "Also new.")


def test_words_typed_for_what_was_taken_out_meanwhile_are_shown(held: Cast) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    name = f"question-{a_question(row).pk}"
    page = shown(row) | {name: "Reworded by me."}
    amara.post(url(row), shown(row) | {f"out-{name}": "1", "sure": "1"})
    answer = amara.post(url(row), page)
    assert answer.status_code == 409 and "Reworded by me." in answer.content.decode()


@pytest.mark.parametrize("name", ["statement", "question"])
def test_words_that_do_not_fit_are_refused_beside_them(held: Cast, name: str) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    if name == "question":
        name = f"question-{a_question(row).pk}"
    typed = "x" * 501 if name == "statement" else " "
    answer = amara.post(url(row), shown(row) | {name: typed, "feedback": "Kept typed."})
    html = answer.content.decode()
    assert answer.status_code == 422 and f'id="{name}-error"' in html and "Kept typed." in html
    assert round_of(held).record_version == 1


@pytest.mark.parametrize("mark", ["", "1"])
def test_a_question_is_taken_out_after_a_page_that_says_so(held: Cast, mark: str) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    question = a_question(row)
    words, name = question.words("text"), f"question-{question.pk}"
    sent = (
        shown(row) | {f"out-{name}": "1", "feedback": "New too."} | ({"mark": mark} if mark else {})
    )
    asked = amara.post(url(row), sent)
    assert "cannot be undone" in asked.content.decode()
    assert Question.objects.get(pk=question.pk).words("text") == words
    back = amara.post(url(row), sent | {"back": "1"}).content.decode()
    assert "New too." in back and f'name="out-{name}" value="1" checked' in back
    assert amara.post(url(row), sent | {"sure": "1"}).status_code == 302
    page = amara.get(url(row, "record")).content.decode()
    assert words not in page and (TAKEN_OUT in page) == bool(mark)
    assert Question.objects.filter(pk=question.pk).exists() == bool(mark)
    assert round_of(held).words("feedback") == "New too."


def test_words_taken_out_are_gone_wherever_they_stood(held: Cast) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    action = Action.objects.filter(decided_in__round=row).first()
    bid, question = Bid.objects.get(person=row.presenter), a_question(row)
    assert action
    for each, name in ((row, "presentation"), (bid, "issue"), (question, "text")):
        each.seal(name, "It is  MARGARET\nHill, again.")
        each.save()
    action.seal(text="Ring Margaret Hill.", first_step="Find Margaret Hill’s number.")
    action.save()
    presenting.draft(None, row, name="feedback", words="So said margaret hill", at=held.play.at)
    asked = amara.post(url(row, "record-redact"), {"passage": "Margaret Hill"})
    places = asked.context["places"]
    assert len(places) == 6 and all(TAKEN_OUT in place.after for place in places)
    assert round_of(held).words("presentation").startswith("It is  MARGARET")  # nothing yet
    sure = {"passage": "Margaret Hill", "sure": "1"}
    assert amara.post(url(row, "record-redact"), sure).status_code == 302
    assert "argaret" not in amara.get(url(row, "record")).content.decode()
    action.refresh_from_db()
    assert (action.text(), action.first_step()) == (
        f"Ring {TAKEN_OUT}.",
        f"Find {TAKEN_OUT}’s number.",
    )
    assert round_of(held).words("presentation") == f"It is  {TAKEN_OUT}, again."
    assert Bid.objects.get(pk=bid.pk).words("issue") == f"It is  {TAKEN_OUT}, again."
    assert round_of(held).drafts.get().words("text") == f"So said {TAKEN_OUT}"
    answer = amara.post(url(row, "record-redact"), sure)
    assert answer.status_code == 422 and "Margaret Hill" in answer.content.decode()


def test_a_mark_is_never_taken_for_words_and_a_passage_is_no_longer_than_a_part(
    held: Cast,
) -> None:
    row, page = round_of(held), browser(held.people["presenter"])
    row.seal("statement", "Take the team out")
    row.save()

    def take_out(passage: str) -> int:
        return page.post(url(row, "record-redact"), {"passage": passage, "sure": "1"}).status_code

    for word in ("take", "out", "e"):
        assert take_out(word) == 302
    row.refresh_from_db()
    assert row.words("statement") == f"{TAKEN_OUT} th{TAKEN_OUT} t{TAKEN_OUT}am {TAKEN_OUT}"
    assert take_out(TAKEN_OUT) == take_out("a " * 2501) == 422


def test_a_deleted_record_is_gone_for_everyone_and_the_actions_stay(held: Cast) -> None:
    row, amara = round_of(held), browser(held.people["presenter"])
    actions = Action.objects.filter(owner=row.presenter).count()
    assert actions and row.questions.exists()
    assert "cannot be undone" in amara.get(url(row, "record-delete")).content.decode()
    assert amara.post(url(row, "record-delete")).status_code == 302
    assert amara.get(url(row, "record")).status_code == 404
    assert str(row.pk) not in amara.get("/records/").content.decode()
    row = round_of(held)
    assert row.deleted_at and not row.questions.exists() and not row.options.exists()
    assert [row.words(name) for name in ("statement", "presentation", "feedback")] == [""] * 3
    assert Action.objects.filter(owner=row.presenter).count() == actions
    assert Bid.objects.get(person=row.presenter).words("issue") == ""
    assert amara.get("/").status_code == 200
    assert amara.get(f"/rooms/{held.meeting.pk}/").status_code == 200


@pytest.mark.parametrize("name", ["record-edit", "record-print", "take"])
def test_pages_of_a_record_count_the_same_with_many_questions(held: Cast, name: str) -> None:
    row, amara, counts = round_of(held), browser(held.people["presenter"]), []
    amara.get("/records/")
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            amara.get(url(row, name))
        counts.append(len(queries))
        for number in range(20):
            facts = {"key_id": row.key_id, "author": held.people["member"], "stage": "explore"}
            times = dict.fromkeys(("at", "opened_at", "confirmed_at"), held.play.at)
            note = Question(round=row, **facts, **times)
            note.seal("text", f"Question {number}?")
            note.save()
    assert counts[0] == counts[1]
