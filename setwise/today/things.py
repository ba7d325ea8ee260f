"""The next thing to do in each of a person's sets: one thing, in the order a set needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.urls import reverse

from setwise.actions.models import Action
from setwise.meetings.models import Meeting, Reply
from setwise.people.models import Person
from setwise.room.models import Room
from setwise.sets.agreeing import owed_by
from setwise.sets.models import FEWEST, GroundRules, LearningSet
from setwise.today import dates
from setwise.ui import zones

MEETING_IS_ON = "Your meeting is on."
BEING_WRITTEN_DOWN = "Your last meeting is being written down."
SOON = timedelta(hours=1)  # the door of a meeting is offered this long before it starts


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do: a sentence, and the one button that starts it."""

    sentence: str
    button: str
    url: str


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


def situations(person: Person, *, at: datetime, today: date) -> list[Situation]:
    """Every set of `person`, in a number of queries that does not grow with the sets."""
    sets = list(
        LearningSet.objects.visible_to(person).filter(closed_at=None).order_by("name", "id")
    )
    members = _members(sets)
    meetings: dict[UUID, Meeting] = {}
    for meeting in dates.coming(person, at=at):
        meetings.setdefault(meeting.learning_set_id, meeting)
    rooms = {
        room.meeting.learning_set_id: room
        for room in Room.objects.visible_to(person).filter(closed_at=None).select_related("meeting")
    }
    meetings |= {set_id: room.meeting for set_id, room in rooms.items()}
    answers = dict(Reply.objects.filter(person=person).values_list("meeting_id", "answer"))
    owed = owed_by(person)
    ruled = set(
        GroundRules.objects.visible_to(person)
        .exclude(state="withdrawn")
        .values_list("learning_set_id", flat=True)
    )
    drafts, due = _actions(person, today)
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
            at=at,
            recording=row.id in rooms and rooms[row.id].recording,
        )
        for row in sets
    ]


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


def next_thing(now: Situation) -> Thing | None:
    """The first thing that is so, or None: then there is nothing to do, and that is said kindly."""
    return next((thing for rule in RULES if (thing := rule(now))), None)


def _room(now: Situation) -> Thing | None:
    if now.meeting is None or now.answer == "apologies":
        return None
    url = reverse("room:room", args=[now.meeting.id])
    if now.room_open:
        sentence = BEING_WRITTEN_DOWN if now.recording else MEETING_IS_ON
        return Thing(sentence, "Go to the room", url)
    if now.meeting.starts_at - SOON <= now.at:
        return Thing(_when_and_where(now.meeting, now.zone), "Go to the room", url)
    return None


def _when_and_where(meeting: Meeting, zone: str) -> str:
    at = f"{meeting.starts_at.astimezone(zones.zone(zone)):%H:%M}"
    whose = "" if zone == meeting.zone else f" ({zones.called(zone)})"
    return f"You meet at {at}{whose}, {f'in {meeting.place}' if meeting.place else 'by video'}."


def _rules(now: Situation) -> Thing | None:
    if now.owed is None:
        return None
    url = reverse("sets:answer", args=[now.learning_set.id])
    return Thing(
        "Ground rules are waiting for you. Can you live with them?", "Read and answer", url
    )


def _reply(now: Situation) -> Thing | None:
    if now.meeting is None or now.answer:
        return None
    url = reverse("meetings:meeting", args=[now.meeting.id])
    return Thing("A meeting is fixed. Are you coming?", "Answer", url)


def _draft(now: Situation) -> Thing | None:
    url = reverse("actions:mine")
    sentence = "Someone wrote down an action for you. Is it right?"
    return Thing(sentence, "Look at it", url) if now.draft else None


def _due(now: Situation) -> Thing | None:
    if now.due is None:
        return None
    url = reverse("actions:action", args=[now.due])
    return Thing("One of your actions was due. How did it go?", "Say how it went", url)


def _invite(now: Situation) -> Thing | None:
    if now.members >= FEWEST:
        return None
    url = reverse("sets:people", args=[now.learning_set.id])
    return Thing("Your set is still gathering.", "Invite people", url)


def _fix(now: Situation) -> Thing | None:
    if now.meeting is not None:
        return None
    url = reverse("meetings:fix", args=[now.learning_set.id])
    return Thing("No meeting is fixed yet.", "Fix a meeting", url)


def _propose(now: Situation) -> Thing | None:
    if now.any_rules:
        return None
    url = reverse("sets:rules", args=[now.learning_set.id])
    return Thing("Your set has no ground rules yet.", "Write the first ones", url)


RULES: tuple[Callable[[Situation], Thing | None], ...] = (
    _room,
    _rules,
    _reply,
    _draft,
    _due,
    _invite,
    _fix,
    _propose,
)
