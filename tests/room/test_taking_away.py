"""A record taken away: its words as they are, and others' names only where the rules say so."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from markdown_it import MarkdownIt

from setwise.room.models import CheckOut, Round
from setwise.sets import seating
from tests.cast import Cast

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NASTY = "<b>no</b> & *no* [no](javascript:no)\n# no\n\n1. no &lt; | `no`"


def taken(person: Any, name: str, *args: Any) -> str:
    client = Client()
    client.force_login(person, backend=BACKEND)
    answer = client.get(reverse(f"room:{name}", args=args))
    assert answer.status_code == 200
    if name.startswith("take"):
        assert answer["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer["Content-Disposition"].startswith("attachment; filename=")
    return answer.content.decode()


def spoken(source: str) -> str:
    """The text of a Markdown document, which holds no tag of anybody's."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    found = []
    for token in tokens:
        assert token.type not in (
            "html_block",
            "fence",
            "code_block",
            "table_open",
            "blockquote_open",
        )
        for child in token.children or []:
            assert child.type in ("text", "hardbreak"), child
            found.append(child.content or "\n")
    return " ".join("".join(found).split())


def test_everything_of_the_record_is_in_it_as_it_was_said(held: Cast) -> None:
    row = Round.objects.get(presenter=held.people["presenter"])
    row.seal("presentation", NASTY)
    row.save()
    source = taken(row.presenter, "take", row.pk)
    text = spoken(source)
    said = [row.words("statement"), NASTY.replace("\n", " "), row.words("feedback")]
    said += [note.words("text") for note in (*row.questions.all(), *row.options.all())]
    said += [each.action.text() for each in row.decided.all()]
    assert len(said) > 8
    missing = [words for words in said if "".join(words.split()) not in "".join(text.split())]
    assert missing == []


@pytest.mark.parametrize("rule", [True, False])
@pytest.mark.parametrize("name", ["take", "record-print"])
def test_the_others_are_named_where_the_rules_say_so(held: Cast, name: str, rule: bool) -> None:
    row = Round.objects.get(presenter=held.people["presenter"])
    held.learning_set.ground_rules.filter(state="in force").update(names_taken_away=rule)
    askers = {str(note.author) for note in row.questions.all() if note.author != row.presenter}
    taken_ = taken(row.presenter, name, row.pk)
    assert askers and {asker for asker in askers if asker in taken_} == (askers if rule else set())


def test_whoever_left_takes_no_names_away_whatever_the_rules_say(held: Cast) -> None:
    row = Round.objects.get(presenter=held.people["presenter"])
    held.learning_set.ground_rules.update(names_taken_away=True)
    asker = next(str(note.author) for note in row.questions.all())
    assert asker in taken(row.presenter, "take", row.pk)
    seating.leave(held.seat("presenter"), at=held.play.tick())
    for name, args in (("take", [row.pk]), ("record-print", [row.pk]), ("take-all", [])):
        source = taken(row.presenter, name, *args)
        assert asker not in source and row.words("statement")[:10] in source


def test_a_draft_is_in_no_record_that_is_taken_away(held: Cast) -> None:
    row = Round.objects.get(presenter=held.people["presenter"])
    question = row.questions.all()[0]
    question.seal("text", "Not yet confirmed?")
    question.confirmed_at = None
    question.save()
    assert "Not yet confirmed" not in taken(row.presenter, "take", row.pk)


def test_my_rounds_tells_what_i_took_with_me_and_nobody_else(held: Cast) -> None:
    row = CheckOut.objects.exclude(learning_sealed__isnull=True).exclude(confirmed_at=None)[0]
    assert row.words("learning") in html.unescape(taken(row.person, "records"))
    other = Client()
    other.force_login(held.people["stranger"], backend=BACKEND)
    assert other.get("/records/markdown/").status_code == 404
    assert "What I took with me" not in other.get("/records/").content.decode()
