from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from setwise.meetings import polling, settling
from setwise.meetings.models import Poll, PollAnswer, PollComment
from setwise.sets import seating
from setwise.sets.models import LearningSet
from tests.meetings.polls import days_on, opened, to_all
from tests.sets.gathering import Gathered
from tests.sets.mailbox import mail
from tests.sets.visiting import beside, page, signed_in

pytestmark = pytest.mark.once

AT = timezone.now()


@pytest.fixture
def poll(three: Gathered) -> Poll:
    return opened(three.seat(0), at=AT)


def link(to: str) -> str:
    """The path in the letter that asks this person."""
    [letter] = mail(about="poll_opened", to=f"{to}@estuary.example")
    found = re.search(r"(/polls/answer/\S+/)$", letter.text, re.MULTILINE)
    assert found
    return found[1]


def given(poll: Poll, answer: str) -> dict[str, str]:
    return {f"answer:{pk}": value for pk, value in to_all(poll, answer).items()}


def test_opening_changes_nothing_and_the_button_answers(three: Gathered, poll: Poll) -> None:
    client = Client()
    for _ in range(2):  # a mail scanner, then its reader
        assert "For Bo." in page(client, link("bo"))
    assert not PollAnswer.objects.exists()
    answer = client.post(link("bo"), given(poll, "yes") | {"words": "Only by train."}, follow=True)
    assert "Your answers are kept" in answer.content.decode()
    assert set(PollAnswer.objects.values_list("person__name", "answer")) == {("Bo", "yes")}
    assert PollComment.objects.get().person == three.people[1]
    assert page(client, link("bo")).count('value="yes" checked') == 4
    assert "_auth_user_id" not in client.session  # nobody is signed in


def test_it_opens_nothing_once_the_set_is_closed(three: Gathered, poll: Poll) -> None:
    LearningSet.objects.filter(pk=poll.learning_set_id).update(closed_at=timezone.now())
    for answer in (Client().get(link("bo")), Client().post(link("bo"), given(poll, "yes"))):
        assert answer.status_code == 404
        assert three.learning_set.name not in answer.content.decode()


def test_it_shows_nobody_elses_answers_and_is_kept_out_of_caches(
    three: Gathered, poll: Poll
) -> None:
    polling.answer(three.seat(2), poll, given=to_all(poll, "no"), words="Ask my boss.", at=AT)
    answer = Client().get(link("bo"))
    shown = answer.content.decode()
    assert "Chidi" not in shown
    assert "boss" not in shown
    assert "no-store" in answer["Cache-Control"]


def test_it_dies_with_belonging_and_with_the_poll(three: Gathered, poll: Poll) -> None:
    bo, chidi = link("bo"), link("chidi")
    assert Client().get(bo).status_code == 200
    seating.leave(three.seat(1), at=AT)
    for method in (Client().get, Client().post):
        assert method(bo).status_code == 404
    settling.settle(
        three.seat(0), poll, dates=[poll.dates.earliest("starts_at").pk], place=None, at=AT
    )
    assert Client().get(chidi).status_code == 404


def test_what_was_typed_until_the_poll_closed_is_given_back(three: Gathered, poll: Poll) -> None:
    bo, words = link("bo"), "Only by train.\n<b>Not</b> on Mondays."
    polling.close(three.seat(0), poll, at=AT)
    answer = Client().post(bo, given(poll, "yes") | {"words": words})
    shown = answer.content.decode()
    assert answer.status_code == 404
    assert "Only by train.<br>&lt;b&gt;Not&lt;/b&gt; on Mondays." in shown
    assert "What you wrote" not in Client().post(bo, given(poll, "yes")).content.decode()
    assert not PollComment.objects.exists()


def test_altered_it_opens_nothing(three: Gathered, poll: Poll) -> None:
    token = link("bo")
    other = token[:-2] + ("a" if token[-2] != "a" else "b") + "/"
    assert Client().post(other, given(poll, "yes")).status_code == 404
    assert not PollAnswer.objects.exists()


def test_forwarded_to_somebody_signed_in_it_does_nothing(three: Gathered, poll: Poll) -> None:
    answer = signed_in(three.people[2]).post(link("bo"), given(poll, "yes"))
    assert answer.status_code == 403
    assert not PollAnswer.objects.exists()


def test_the_last_yes_settles_and_the_page_says_so(three: Gathered) -> None:
    poll = opened(three.seat(0), at=AT, settles_itself=True)
    for number in (0, 2):
        polling.answer(three.seat(number), poll, given=to_all(poll, "yes"), at=AT)
    bo = link("bo")
    answer = Client().post(bo, given(poll, "yes"))
    assert "It is settled: you meet on" in answer.content.decode()
    assert Client().get(bo).status_code == 404


def test_too_long_a_note_is_kept_and_refused_with_the_answers(three: Gathered, poll: Poll) -> None:
    answer = Client().post(link("bo"), given(poll, "yes") | {"words": "a" * 2001})
    assert "2000" in beside(answer, "words")
    assert answer.content.decode().count('value="yes" checked') == 4


def test_it_says_when_there_is_nothing_to_answer(three: Gathered, poll: Poll) -> None:
    poll.dates.all().delete()
    assert "There is no date to answer just now." in page(Client(), link("bo"))
    polling.add_date(three.seat(2), poll, starts_at=days_on(AT, 20), at=AT)
    assert "There is no date" not in page(Client(), link("bo"))
