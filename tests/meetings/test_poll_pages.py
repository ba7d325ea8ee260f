"""The page of a poll: answered, noted on, added to, settled and called off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setwise.meetings import polling, settling
from setwise.meetings.models import Meeting, Poll, PollAnswer
from setwise.sets import seating
from setwise.sets.models import LearningSet, Membership
from tests.cast import Cast
from tests.meetings.polls import days_on, opened, to_all
from tests.sets.gathering import Gathered, join, newcomer
from tests.sets.mailbox import mail
from tests.sets.visiting import beside, page, queries, signed_in, told

pytestmark = pytest.mark.once

AT = timezone.now()


@pytest.fixture
def poll(three: Gathered) -> Poll:
    return opened(three.seat(0), at=AT)


def url(poll: Poll, name: str = "poll") -> str:
    return reverse(f"meetings:{name}", args=[poll.pk])


def answers(poll: Poll, answer: str, **others: str) -> dict[str, str]:
    return {f"answer:{pk}": value for pk, value in to_all(poll, answer, **others).items()}


def test_answers_are_kept_and_shown_again(three: Gathered, poll: Poll) -> None:
    bo = signed_in(three.people[1])
    [message] = told(bo, url(poll), **answers(poll, "yes", first="no"), words="")
    assert message.startswith("Thank you.")
    shown = page(bo, url(poll))
    assert shown.count('value="yes" checked') == 3
    assert shown.count('value="no" checked') == 1
    assert "Still to answer: Anwen, Chidi." in shown


def test_each_sees_the_times_in_their_own_zone_with_the_places_beside(
    three: Gathered, poll: Poll
) -> None:
    three.people[1].zone = "Asia/Kathmandu"
    three.people[1].save()
    shown = page(signed_in(three.people[1]), url(poll))
    assert "17:45 (Kathmandu time)" in shown
    assert "12:00 (London time), at the place" in shown
    assert "at the place" not in page(signed_in(three.people[2]), url(poll))


def test_a_note_is_for_the_convenor_and_its_author(three: Gathered, poll: Poll) -> None:
    anwen, bo, chidi = map(signed_in, three.people)
    told(bo, url(poll), words="Only by train.")
    assert "Only by train." in page(anwen, url(poll))
    assert "Only by train." in page(bo, url(poll))
    assert "Only by train." not in page(chidi, url(poll))
    assert "A note to whoever asks" in page(bo, url(poll))
    assert "A note to whoever asks" not in page(anwen, url(poll))  # to themselves
    seating.leave(three.seat(1), at=AT)
    assert "Only by train." not in page(anwen, url(poll))


def test_whoever_joins_and_convenes_later_reads_no_earlier_note(
    three: Gathered, poll: Poll
) -> None:
    polling.answer(three.seat(1), poll, given={}, words="Only by train.", at=AT)
    delyth = newcomer("Delyth")
    join(three.learning_set, delyth)
    Membership.objects.filter(person=delyth).update(is_facilitator=True)
    seating.leave(three.seat(0), at=AT)
    at = timezone.now()
    polling.answer(three.seat(1), poll, given={}, words="By bus as well.", at=at)
    shown = page(signed_in(delyth), url(poll))
    assert "By bus as well." in shown
    assert "Only by train." not in shown


def test_a_note_written_too_late_is_given_back(three: Gathered, poll: Poll) -> None:
    polling.close(three.seat(0), poll, at=AT)
    bo = signed_in(three.people[1])
    answer = bo.post(url(poll), {"words": "Only by train."})
    assert "closed" in beside(answer, "words")
    assert "Only by train." in answer.content.decode()
    assert told(bo, url(poll), **answers(poll, "yes")) == [
        "This poll is closed, so nothing was changed."
    ]
    assert not PollAnswer.objects.exists()


def test_settling_is_one_press_and_again_changes_nothing(three: Gathered, poll: Poll) -> None:
    anwen = signed_in(three.people[0])
    first, second = poll.dates.order_by("starts_at")[:2]
    place = poll.places.get()
    settle = url(poll, "settle")
    assert "Meet then" in page(anwen, url(poll))
    for _ in range(2):
        answer = anwen.post(settle, {"date": first.pk, "place": place.pk})
        meeting = Meeting.objects.get(learning_set=three.learning_set)
        assert answer["Location"] == reverse("meetings:meeting", args=[meeting.pk])
    assert told(anwen, settle, date=second.pk)[-1].startswith("This poll was settled")
    assert anwen.post(settle, {"date": "no such"}).status_code == 404
    assert "Meet then" not in page(anwen, url(poll))
    assert len(mail(about="fixed")) == 3


def test_a_date_that_began_meanwhile_is_not_settled(three: Gathered, poll: Poll) -> None:
    poll.dates.exclude(pk=poll.dates.earliest("starts_at").pk).delete()
    poll.dates.update(starts_at=AT - timedelta(hours=1))
    anwen = signed_in(three.people[0])
    date = poll.dates.get()
    assert told(anwen, url(poll, "settle"), date=date.pk) == [settling.DATE_OVER]
    shown = page(anwen, url(poll))
    assert "Over by now:" in shown
    assert "There is no date to choose from yet." in shown


def test_everyone_says_no(three: Gathered, poll: Poll) -> None:
    for number in range(3):
        polling.answer(three.seat(number), poll, given=to_all(poll, "no"), at=AT)
    shown = page(signed_in(three.people[0]), url(poll))
    assert "No date suits anybody." in shown
    assert "Nobody can; too few for your quorum of three" in shown


def test_dates_and_places_are_added_and_taken_out(three: Gathered, poll: Poll) -> None:
    chidi = signed_in(three.people[2])
    day = f"{days_on(AT, 20):%Y-%m-%d}"
    assert "By the clocks of the place (London time)." in page(chidi, url(poll, "poll-dates"))
    told(chidi, url(poll, "poll-dates"), date=day, time="16:00")
    told(chidi, url(poll, "poll-places"), link="meet.example/us")
    assert (poll.dates.count(), poll.places.count()) == (4, 2)
    soon = chidi.post(
        url(poll, "poll-dates"), {"date": f"{AT + timedelta(days=2):%Y-%m-%d}", "time": "16:00"}
    )
    assert beside(soon, "date") == polling.TOO_EARLY
    assert beside(chidi.post(url(poll, "poll-places"), {"link": ""}), "place").startswith(
        "Say where"
    )
    added = poll.dates.latest("starts_at")
    assert told(chidi, reverse("meetings:remove-date", args=[poll.pk, added.pk])) == ["Taken out."]
    assert poll.dates.count() == 3


def test_calling_it_off_asks_first_and_ends_it(three: Gathered, poll: Poll) -> None:
    anwen = signed_in(three.people[0])
    assert "Call the poll off?" in page(anwen, url(poll, "cancel-poll"))
    assert told(anwen, url(poll, "cancel-poll")) == ["Called off. Everyone is told by e-mail."]
    assert "This poll was called off." in page(anwen, url(poll))


def test_the_pages_take_as_many_queries_for_many(company: Cast) -> None:
    poll = opened(company.seat("presenter"), at=AT)
    client = signed_in(company.people["presenter"])
    polling.comment(company.seat("late joiner"), poll, words="By bus.", at=AT)
    few = queries(client, url(poll)), queries(client, url(poll, "poll-dates"))
    for days in range(20, 30):
        polling.add_date(company.seat("member"), poll, starts_at=days_on(AT, days), at=AT)
    for role in ("member", "apologies", "presenter", "facilitator"):
        given = to_all(poll, "if need be")
        polling.answer(company.seat(role), poll, given=given, words=f"From {role}", at=AT)
    join(company.learning_set, newcomer("Delyth"))
    assert (queries(client, url(poll)), queries(client, url(poll, "poll-dates"))) == few


def test_the_poll_of_a_closed_set_asks_for_no_answer(three: Gathered, poll: Poll) -> None:
    LearningSet.objects.filter(pk=three.learning_set.pk).update(closed_at=AT)
    shown = page(signed_in(three.people[1]), url(poll))
    assert "This set is closed, and this poll with it." in shown
    assert "Keep my answers" not in shown and "chooses a date" not in shown
