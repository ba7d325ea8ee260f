"""Yes or apologies: the last answer stands, and nobody asks why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from setwise.meetings import replying, scheduling
from setwise.meetings.models import Meeting, Reply
from tests.cast import Cast
from tests.meetings.planning import AT
from tests.sets.mailbox import mail
from tests.sets.visiting import page, signed_in, told


def test_the_last_answer_stands(company: Cast, meeting: Meeting) -> None:
    for minutes, answer in enumerate(("yes", "apologies", "yes", "apologies")):
        at = AT + timedelta(minutes=minutes)
        replying.reply(company.seat("member"), meeting, answer=answer, at=at)
    row = meeting.replies.get()
    assert (row.person, row.answer) == (company.people["member"], "apologies")
    assert row.answered_at == AT + timedelta(minutes=3)


def test_an_answer_is_said_on_the_page_and_to_nobody_by_e_mail(company: Cast) -> None:
    url, client = f"/meetings/{company.meeting.id}/", signed_in(company.people["late joiner"])
    before = company.meeting.replies.count()
    assert "Are you coming?" in page(client, url)
    assert told(client, f"{url}reply/", answer="yes") == ["Noted: you are coming."]
    assert "You are coming." in page(client, url)
    (said,) = told(client, f"{url}reply/", answer="apologies")
    assert said.startswith("Noted: you send apologies.")
    assert "You sent apologies." in page(client, url)
    assert company.meeting.replies.count() == before + 1
    assert mail() == []


@pytest.mark.parametrize("answer", ["", "perhaps", "YES", "a\0b"])
def test_an_odd_answer_changes_nothing(company: Cast, answer: str) -> None:
    before = list(Reply.objects.order_by("id").values())
    client = signed_in(company.people["member"])
    said = told(client, f"/meetings/{company.meeting.id}/reply/", answer=answer)
    assert said == ["Choose yes or apologies."]
    assert list(Reply.objects.order_by("id").values()) == before


def test_nobody_answers_once_it_is_over_or_cancelled(company: Cast, meeting: Meeting) -> None:
    seat = company.seat("member")
    replying.reply(seat, meeting, answer="yes", at=meeting.ends_at - timedelta(seconds=1))
    with pytest.raises(scheduling.NotChangeable):
        replying.reply(seat, meeting, answer="apologies", at=meeting.ends_at)
    scheduling.cancel(company.seat("facilitator"), meeting, at=AT)
    with pytest.raises(scheduling.NotChangeable):
        replying.reply(seat, meeting, answer="apologies", at=AT)
    assert meeting.replies.get().answer == "yes"


def test_the_page_says_that_a_cancelled_meeting_takes_no_answer(company: Cast) -> None:
    url, client = f"/meetings/{company.meeting.id}/", signed_in(company.people["late joiner"])
    Meeting.objects.filter(pk=company.meeting.pk).update(cancelled_at=AT)
    assert told(client, f"{url}reply/", answer="yes") == [
        "This meeting is over or was cancelled, so nothing was changed."
    ]
    words = page(client, url)
    assert "This meeting was cancelled." in words and "Are you coming?" not in words
    assert not Reply.objects.filter(person=company.people["late joiner"]).exists()


@pytest.mark.parametrize("role", ["former", "suspended", "other set", "operator", "stranger"])
def test_nobody_outside_the_set_answers(company: Cast, role: str) -> None:
    url, before = f"/meetings/{company.meeting.id}/reply/", Reply.objects.count()
    answer = signed_in(company.people[role]).post(url, {"answer": "yes"})
    assert (answer.status_code, Reply.objects.count()) == (404, before)
