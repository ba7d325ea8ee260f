"""What nobody needs once a meeting is over is erased long before the set's own day."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.outbox.models import Letter
from setwise.privacy import expiring
from setwise.project.worker import work_seldom
from setwise.room import presenting
from setwise.room.models import Bid, CheckIn, Deed, Draft, Presence, Question, Room, Round
from tests.cast import Cast

DAY = timedelta(days=1)


def test_a_note_takers_draft_can_be_confirmed_for_thirty_days(held: Cast) -> None:
    row, at = Round.objects.get(number=1), Room.objects.get().closed_at
    question = row.questions.exclude(confirmed_at=None)[0]
    action = Action.objects.filter(meeting=held.meeting).exclude(confirmed_at=None)[0]
    told = Progress.objects.filter(meeting=held.meeting).exclude(confirmed_at=None)[0]
    bid = Bid.objects.filter(confirmed_at__isnull=False)[0]
    kept = {model: model._default_manager.count() for model in (Question, Action, Progress, Bid)}
    for each in (question, action, told, bid):
        type(each)._default_manager.filter(pk=each.pk).update(confirmed_at=None)
    presenting.draft(held.keys["niamh"], row, name="feedback", words="Heard.", at=held.play.at)
    assert at
    expiring.expire(at=at + 29 * DAY)
    assert {m: m._default_manager.count() for m in kept} == kept and Draft.objects.exists()
    expiring.expire(at=held.meeting.ends_at + 31 * DAY)
    assert {m: m._default_manager.count() for m in kept} == {m: n - 1 for m, n in kept.items()}
    assert not Draft.objects.exists()


def test_a_note_that_a_post_was_done_goes_after_a_week(held: Cast) -> None:
    at = timezone.now()
    for days in (6.9, 7.1):
        Deed.objects.create(
            person=held.people["member"], number=uuid4(), digest=b"x", at=at - days * DAY
        )
    expiring.expire(at=at)
    assert Deed.objects.filter(digest=b"x").count() == 1


def test_that_somebody_had_a_page_open_goes_after_a_day(held: Cast) -> None:
    at, room = timezone.now(), Room.objects.get()
    for role, hours in (("member", 23), ("presenter", 25)):
        until = at - timedelta(hours=hours)
        Presence.objects.create(room=room, person=held.people[role], until=until)
    expiring.expire(at=at)
    assert [row.person for row in Presence.objects.all()] == [held.people["member"]]


def test_to_whom_a_letter_went_and_about_what_goes_after_ninety_days(held: Cast) -> None:
    at = timezone.now()
    Letter.objects.update(state="sent", body_sealed=None, posted_at=at - 89 * DAY)
    count = Letter.objects.count()
    first = Letter.objects.all()[0]
    Letter.objects.filter(pk=first.pk).update(posted_at=at - 91 * DAY)
    work_seldom()
    assert Letter.objects.exclude(subject="").exclude(to_email="").count() == count - 1
    first.refresh_from_db()
    assert (first.subject, first.to_email, first.last_answer) == ("", "", "")
    assert first.name  # that it was posted once, for good


def test_a_hand_that_was_still_up_at_the_end_is_forgotten(held: Cast) -> None:
    closed_at = Room.objects.get().closed_at
    assert closed_at
    CheckIn.objects.update(hand_raised_at=closed_at)
    expiring.expire(at=closed_at + timedelta(hours=23))
    assert CheckIn.objects.exclude(hand_raised_at=None).exists()
    expiring.expire(at=closed_at + timedelta(hours=25))
    assert not CheckIn.objects.exclude(hand_raised_at=None).exists()
