"""What is kept of a room, and for how long."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Model, Q, QuerySet

from setwise.room.models import (
    Attended,
    Bid,
    CheckIn,
    CheckOut,
    Deed,
    Draft,
    Option,
    Presence,
    Problem,
    ProcessNote,
    Question,
    Review,
    Room,
    Round,
    RoundAction,
)
from setwise.sets.models import LearningSet


def erase(learning_set: LearningSet, *, at: datetime) -> None:
    """Keep who met and who presented, each presenter's own record without the others' names, and
    what each person took with them. Call in the transaction that erases the set.
    """
    rooms = Room.objects.filter(meeting__learning_set=learning_set)
    ProcessNote.objects.filter(learning_set=learning_set).delete()
    for model in (Bid, Presence, Review):
        model._default_manager.filter(room__in=rooms).delete()
    for of_round in (Attended, Draft):
        of_round._default_manager.filter(round__room__in=rooms).delete()
    for note in (Question, Option):
        notes = note._default_manager.filter(round__room__in=rooms)
        notes.filter(confirmed_at=None).delete()
        notes.update(author=None, typed_by=None)
    problems = Problem.objects.filter(round__room__in=rooms)
    problems.filter(round__problems_opened_at=None).delete()
    problems.update(author=None)
    own = Q(action__owner=F("round__presenter")) | Q(action__owner=F("round__shared_with"))
    RoundAction.objects.filter(round__room__in=rooms).exclude(own).delete()
    _narrow_people(rooms)
    rounds = Round.objects.filter(room__in=rooms)
    rounds.update(rule_readers="presenter", readers="presenter")
    rounds.filter(ended_at=None).update(ended_at=at)
    rooms.filter(closed_at=None).update(closed_at=at)  # without its clock it cannot close itself
    rooms.update(chair=None, chair_before=None, chair_how="", course_json={}, closes_at=None)


def _narrow_people(rooms: QuerySet[Room]) -> None:
    """Who was let in stays: they met. What they took with them is theirs."""
    met = CheckIn.objects.filter(room__in=rooms)
    met.filter(admitted_at=None).delete()
    met.update(knocked_at=None, entered_at=None, left_at=None, hand_raised_at=None)
    leaving = CheckOut.objects.filter(room__in=rooms)
    leaving.filter(Q(confirmed_at=None) | Q(learning_sealed__isnull=True)).delete()
    leaving.update(typed_by=None)


def lower_hands(*, over: datetime) -> None:
    """Forget the hands that were still up when a meeting closed before `over`."""
    up = CheckIn.objects.filter(hand_raised_at__isnull=False, room__closed_at__lt=over)
    if up.exists():
        up.update(hand_raised_at=None)


def outlived(*, sent: datetime, drafted: datetime, seen: datetime) -> list[QuerySet[Model]]:
    """What nobody needs once a meeting is over: what was sent before `sent` is sent no more, what
    note-takers wrote at meetings closed before `drafted` is no more confirmed, and who had a page
    open before `seen` has it no more."""
    drafts = Q(confirmed_at=None)
    return [
        Deed.objects.filter(at__lt=sent),
        Presence.objects.filter(until__lt=seen),
        Draft.objects.filter(round__room__closed_at__lt=drafted),
        Question.objects.filter(drafts, round__room__closed_at__lt=drafted),
        Option.objects.filter(drafts, round__room__closed_at__lt=drafted),
        Bid.objects.filter(drafts, room__closed_at__lt=drafted),
        CheckOut.objects.filter(drafts, room__closed_at__lt=drafted),
    ]
