"""What is so in each of a person's sets, in a number of queries that does not grow with the sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from setwise.actions import asking_to_prepare
from setwise.actions.models import Action
from setwise.meetings import going_ahead, rotating, standing
from setwise.meetings.models import Meeting, Poll, Reply
from setwise.meetings.quorum import Quorum
from setwise.meetings.rotating import Turn
from setwise.people.models import Person
from setwise.room.models import Room, Round
from setwise.sets import graduating
from setwise.sets.agreeing import owed_by
from setwise.sets.models import Graduation, GroundRules, LearningSet
from setwise.today import dates

FORGOTTEN = timedelta(hours=12)  # after a meeting's end its open room is one that nobody closed
WRITING = timedelta(days=3)  # so long is a recording, once begun, being written down
BEFORE, AFTER = timedelta(days=3), timedelta(days=14)  # around the day of a decision


@dataclass(frozen=True, slots=True)
class Situation:
    """What is so in one set, for one person, at one moment. Loaded for all sets at once."""

    learning_set: LearningSet
    members: int
    meeting: Meeting | None
    room_open: bool
    answer: str  # this person's to the meeting: yes, apologies or '' for none yet
    owed: GroundRules | None
    any_rules: bool
    draft: bool
    due: UUID | None
    zone: str
    at: datetime
    recording: bool = False  # the room is open to write down a meeting already held
    reader: UUID | None = None
    graduates: Graduation | None = None  # it waits for this person's answer
    chairs: bool = False  # this person chairs the meeting
    convenor: Turn | None = None  # whose turn it is to arrange one, where none is fixed
    too_few: Quorum | None = None  # who come to the meeting, where this person is to move it
    to_prepare: bool = False  # this person is asked to prepare for the meeting
    polled: bool = False  # the set is being asked for its next date
    to_answer: Poll | None = None  # a poll with dates that this person has not answered
    to_settle: Poll | None = None  # a closed poll in which this person is to choose a date
    to_decide: Round | None = None  # a round of theirs that ended with a day to decide by


def situations(person: Person, *, at: datetime, today: date) -> list[Situation]:
    """Every set of `person`; `today` is their own day."""
    sets = list(
        LearningSet.objects.visible_to(person).filter(closed_at=None).order_by("name", "id")
    )
    members = _members(sets)
    rooms = _rooms(person, at)
    meetings = _meetings(person, at) | {set_id: room.meeting for set_id, room in rooms.items()}
    answers = dict(Reply.objects.filter(person=person).values_list("meeting_id", "answer"))
    owed, ruled = owed_by(person), _ruled(person)
    drafts, due = _actions(person, today)
    too_few = going_ahead.asked_of(person, meetings.values(), at=at)
    to_prepare = asking_to_prepare.asked_of(person, meetings.values(), at=at)
    to_decide = _to_decide(person, today)
    graduates = graduating.owed_by(person, at=at)
    turns = rotating.chairs(meetings.values(), at=at)
    polls = standing.running(person, at=at)
    to_answer = standing.owed_by(person, at=at) if polls else {}
    to_settle = standing.to_settle_by(person, at=at)
    chaired = {meeting_id for meeting_id, turn in turns.items() if turn.person == person}
    convenors = rotating.convenors([row.id for row in sets if row.id not in meetings], at=at)
    return [
        Situation(
            learning_set=row,
            members=members[row.id],
            meeting=meetings.get(row.id),
            room_open=row.id in rooms,
            answer=answers.get(meetings[row.id].id, "") if row.id in meetings else "",
            owed=owed.get(row.id),
            any_rules=row.id in ruled,
            draft=row.id in drafts,
            due=due.get(row.id),
            zone=person.zone,
            reader=person.id,
            at=at,
            recording=row.id in rooms and rooms[row.id].recording,
            graduates=graduates.get(row.id),
            chairs=row.id in meetings and meetings[row.id].id in chaired,
            convenor=convenors.get(row.id),
            too_few=too_few.get(meetings[row.id].id) if row.id in meetings else None,
            to_prepare=row.id in meetings and meetings[row.id].id in to_prepare,
            polled=row.id in polls,
            to_answer=to_answer.get(row.id),
            to_settle=to_settle.get(row.id),
            to_decide=to_decide.get(row.id),
        )
        for row in sets
    ]


def _meetings(person: Person, at: datetime) -> dict[UUID, Meeting]:
    """By set, the next one."""
    soonest: dict[UUID, Meeting] = {}
    for meeting in dates.coming(person, at=at):
        soonest.setdefault(meeting.learning_set_id, meeting)
    return soonest


def _rooms(person: Person, at: datetime) -> dict[UUID, Room]:
    """By set, the room that is open now: not one that was cancelled, or that nobody closed."""
    live = Q(recording=False, meeting__ends_at__gt=at - FORGOTTEN)
    written = Q(recording=True, opened_at__gt=at - WRITING)
    rooms = (
        Room.objects.visible_to(person)
        .filter(live | written, closed_at=None, meeting__cancelled_at=None)
        .select_related("meeting")
        .order_by("opened_at")
    )
    return {room.meeting.learning_set_id: room for room in rooms}


def _ruled(person: Person) -> set[UUID]:
    """The sets that have begun to agree rules."""
    versions = GroundRules.objects.visible_to(person).exclude(state="withdrawn")
    return set(versions.values_list("learning_set_id", flat=True))


def _members(sets: list[LearningSet]) -> dict[UUID, int]:
    counted = (
        LearningSet.objects.filter(pk__in=[row.id for row in sets])
        .annotate(
            number=Count(
                "memberships",
                filter=Q(memberships__left_at=None, memberships__is_member=True),
            )
        )
        .values_list("id", "number")
    )
    return dict(counted)


def _actions(person: Person, today: date) -> tuple[set[UUID | None], dict[UUID | None, UUID]]:
    own = Action.objects.filter(owner=person)
    drafts: set[UUID | None] = set(
        own.filter(confirmed_at=None).values_list("learning_set_id", flat=True)
    )
    due: dict[UUID | None, UUID] = {}
    for set_id, action_id in (
        own.open().filter(due_on__lte=today).order_by("due_on").values_list("learning_set_id", "id")
    ):
        due.setdefault(set_id, action_id)
    return drafts, due


def _to_decide(person: Person, today: date) -> dict[UUID, Round]:
    """By set, the ended round that left this person a day to decide by, while that is about now.

    An action of theirs in that set, decided in the round or since, is the decision.
    """
    decided = Action.objects.filter(
        owner=person,
        learning_set=OuterRef("room__meeting__learning_set"),
        confirmed_at__isnull=False,
        decided_at__gte=Coalesce(OuterRef("started_at"), OuterRef("ended_at")),
    )
    rounds = (
        Round.objects.presented_by(person)
        .filter(
            ~Exists(decided),
            ended_at__isnull=False,
            deleted_at=None,
            decide_by__range=(today - AFTER, today + BEFORE),
        )
        .select_related("room__meeting")
        .order_by("-decide_by")
    )
    return {row.room.meeting.learning_set_id: row for row in rounds}
