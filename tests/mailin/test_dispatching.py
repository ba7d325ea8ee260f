"""What a message becomes: its signed address says whose it is, its From says nothing."""

from __future__ import annotations

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.mailin.limiting import MOST
from setwise.mailin.models import Arrival
from setwise.meetings import polling, scheduling
from setwise.meetings.models import Meeting, Poll, PollComment, Reply
from setwise.outbox.models import Letter
from setwise.outbox.posting import post
from setwise.people import linking
from setwise.people.models import Person
from setwise.privacy import closing
from setwise.sets import seating
from tests.actions.company import decided, stands_in_clear
from tests.cast import Cast
from tests.mailin.sending import WORDS, arrive, arrive_as, counted, plain, token
from tests.meetings.planning import AT, PLAN, plan

NOW = timezone.now()


def for_action(action: Action) -> str:
    return token("reply-action", action.owner, action.pk, at=NOW)


def letters() -> int:
    return Letter.objects.count()


def test_words_about_an_action_are_progress_of_its_owner(company: Cast, action: Action) -> None:
    posted = letters()
    assert arrive_as("outlook-desktop-en", token=for_action(action), at=NOW) == "progress"
    told = Progress.objects.get(action=action)
    assert told.happened().startswith("I rang both ward leaders – that took an hour.")
    assert "You decided" not in told.happened()
    assert (told.state, told.typed_by, told.confirmed_at) == ("going", None, NOW)
    action.refresh_from_db()
    assert action.state == "going"
    assert letters() == posted  # nothing is answered


def test_words_about_an_action_that_ended_leave_it_ended(action: Action) -> None:
    Action.objects.filter(pk=action.pk).update(state="done", ended_at=NOW)
    assert arrive(plain(for_action(action)), at=NOW) == "progress"
    assert Action.objects.get(pk=action.pk).state == "done"


def test_words_are_sealed_and_nothing_of_a_message_is_kept_or_logged(
    action: Action, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    assert arrive(plain(for_action(action), sender="secret@y.example"), at=NOW) == "progress"
    assert Progress.objects.get(action=action).happened() == WORDS
    assert not stands_in_clear(WORDS)
    assert not stands_in_clear("secret@y.example")
    assert WORDS not in caplog.text
    assert for_action(action) not in caplog.text


def test_words_about_a_poll_go_to_the_convenor_alone(company: Cast, poll: Poll) -> None:
    member = company.people["member"]
    given = token("reply-poll", member, poll.pk, at=NOW)
    assert arrive_as("gmail-web-en", token=given, at=AT) == "poll"
    comment = PollComment.objects.get()
    assert (comment.poll, comment.person) == (poll, member)
    assert comment.words("words").startswith("I rang the first of them.")
    news = Letter.objects.filter(template="meetings/email/poll_comment")
    assert [each.to_email for each in news] == [company.people["facilitator"].email]


def test_more_words_than_a_note_holds_are_cut_and_not_lost(company: Cast, poll: Poll) -> None:
    given = token("reply-poll", company.people["member"], poll.pk, at=NOW)
    assert arrive(plain(given, "word " * 900), at=AT) == "poll"
    kept = PollComment.objects.get().words("words")
    assert (len(kept), kept[-1]) == (polling.MOST_WORDS, "…")


def for_meeting(company: Cast, meeting: Meeting, role: str = "member") -> dict[str, str]:
    given = token("reply-meeting", company.people[role], meeting.pk, at=NOW)
    return {"token": given, "meeting": str(meeting.pk)}


@pytest.mark.parametrize(
    ("name", "answer"),
    [("outlook-accepts", "yes"), ("gmail-accepts", "yes"), ("apple-declines", "apologies")],
)
def test_what_a_calendar_answers_is_recorded(
    company: Cast, meeting: Meeting, name: str, answer: str
) -> None:
    assert arrive_as(name, **for_meeting(company, meeting), at=AT) == "calendar"
    row = Reply.objects.get(meeting=meeting)
    assert (row.person, row.answer) == (company.people["member"], answer)


def test_a_calendars_answer_counts_for_its_own_meeting_at_its_own_time(
    company: Cast, meeting: Meeting
) -> None:
    other = for_meeting(company, meeting) | {"meeting": str(uuid4())}
    assert arrive_as("outlook-accepts", **other, at=AT) == "late"
    later = plan(starts_at=PLAN.starts_at + timedelta(days=1))
    scheduling.move(company.seat("facilitator"), meeting, plan=later, at=AT)
    assert arrive_as("gmail-accepts", **for_meeting(company, meeting), at=AT) == "late"
    assert not Reply.objects.filter(meeting=meeting).exists()


@pytest.mark.parametrize("role", ["former", "suspended", "other set"])
def test_whoever_has_no_seat_answers_for_nobody(
    company: Cast, meeting: Meeting, poll: Poll, role: str
) -> None:
    """Their address was good once, or somebody put the thing of another set behind it."""
    assert arrive_as("outlook-accepts", **for_meeting(company, meeting, role), at=AT) == "unknown"
    given = token("reply-poll", company.people[role], poll.pk, at=NOW)
    assert arrive(plain(given), at=AT) == "unknown"
    assert not Reply.objects.filter(meeting=meeting).exists()
    assert not PollComment.objects.exists()


def test_an_action_is_told_of_by_its_owner_alone(company: Cast, action: Action) -> None:
    for role in ("facilitator", "presenter", "operator", "stranger"):
        given = token("reply-action", company.people[role], action.pk, at=NOW)
        assert arrive(plain(given, sender=action.owner.email), at=NOW) == "unknown"
        Arrival.objects.all().delete()
    assert not Progress.objects.filter(action=action).exists()
    assert arrive(plain(for_action(action), sender="anybody@y.example"), at=NOW) == "progress"


def test_dead_altered_and_other_tokens_do_nothing(company: Cast, action: Action) -> None:
    good, owner = for_action(action), action.owner
    altered = good[:-1] + ("a" if good[-1] != "a" else "b")
    other = linking.keep("action", person=owner, about=action.pk, at=NOW, dies_at=None)
    dead = linking.keep("reply-action", person=owner, about=uuid4(), at=NOW, dies_at=NOW)
    for number, given in enumerate(("a" * 45, altered, other, dead, "x" * 400, "%00", "")):
        assert arrive(plain(given, number=number), at=NOW) == "unknown"
    Person.objects.filter(pk=owner.pk).update(is_active=False)
    assert arrive(plain(good, number=99), at=NOW) == "unknown"
    assert not Progress.objects.filter(action=action).exists()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *(("exchange-absence", "automatic"), ("gmail-absence", "automatic")),
        *(("outlook-absence-de", "automatic"), ("receipt", "automatic")),
        *(("attachment-alone", "empty"), ("quotation-alone", "empty"), ("no-message", "malformed")),
        ("outlook-accepts", "unasked"),
    ],
)
def test_what_is_no_answer_is_counted_and_changes_nothing(
    action: Action, name: str, kind: str
) -> None:
    posted = letters()
    assert arrive_as(name, token=for_action(action), at=NOW) == kind
    assert counted() == {kind: 1}
    assert not Progress.objects.filter(action=action).exists()
    assert letters() == posted


def test_words_where_only_a_calendar_is_read_are_passed_to_nobody(
    company: Cast, meeting: Meeting
) -> None:
    given = for_meeting(company, meeting)["token"]
    assert arrive(plain(given), at=AT) == "unasked"


def test_words_to_what_is_over_come_too_late(company: Cast, poll: Poll) -> None:
    given = token("reply-poll", company.people["member"], poll.pk, at=NOW)
    polling.cancel(company.seat("facilitator"), poll, at=AT)
    assert arrive(plain(given), at=AT) == "late"
    assert not PollComment.objects.exists()


def test_a_letter_of_ours_that_comes_round_again_is_a_loop(action: Action) -> None:
    post(key="k", to=action.owner, template="people/email/code", context={"code": "1"})
    raw = plain(for_action(action)).replace(b"<0@y.example>", b"<%s@any.example>")
    assert (
        arrive(raw.replace(b"%s", str(Letter.objects.get(name="k").pk).encode()), at=NOW) == "loop"
    )
    ours = plain(for_action(action), sender="setwise@localhost", number=1)
    assert arrive(ours, at=NOW) == "loop"
    own = plain(for_action(action), sender=f"setwise+{'b' * 45}@sets.example", number=2)
    assert arrive(own, at=NOW) == "loop"
    assert not Progress.objects.filter(action=action).exists()


def test_one_person_is_not_heard_without_end(company: Cast, action: Action) -> None:
    given = for_action(action)
    for number in range(MOST):
        assert arrive(plain(given, number=number), at=NOW) == "progress"
    assert arrive(plain(given, number=MOST), at=NOW) == "many"
    other = decided(company.people["presenter"], company.learning_set)
    assert arrive(plain(for_action(other), number=900), at=NOW) == "progress"
    soon = NOW + timedelta(minutes=61)
    assert arrive(plain(given, number=901), at=soon) == "progress"


def test_a_closed_set_takes_no_note(company: Cast, poll: Poll) -> None:
    given = token("reply-poll", company.people["member"], poll.pk, at=NOW)
    seat = company.seat("facilitator")
    day = (AT + timedelta(days=8)).date()
    closing.announce(seat, day=day, at=AT)
    closing.close_due(at=AT + timedelta(days=9))
    assert arrive(plain(given), at=AT + timedelta(days=9)) in ("late", "unknown")
    assert not PollComment.objects.exists()


def test_who_left_still_tells_of_their_own_action(company: Cast, action: Action) -> None:
    seating.leave(company.seat("member"), at=NOW)
    assert arrive(plain(for_action(action)), at=NOW) == "progress"
