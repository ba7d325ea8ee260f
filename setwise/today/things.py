"""The next thing to do in each of a person's sets: one thing, in the order a set needs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format

from setwise.meetings.models import Meeting
from setwise.sets.models import FEWEST
from setwise.today.situations import Situation
from setwise.ui import zones

MEETING_IS_ON = "Your meeting is on."
BEING_WRITTEN_DOWN = "Your last meeting is being written down."
SOON = timedelta(hours=1)  # the door of a meeting is offered this long before it starts


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do: a sentence, and the one button that starts it; or else the `other` way."""

    sentence: str
    button: str
    url: str
    other: str = ""
    other_url: str = ""


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
        sentence = _when_and_where(now.meeting, now.zone)
        return Thing(f"{sentence} You chair." if now.chairs else sentence, "Go to the room", url)
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


def _graduation(now: Situation) -> Thing | None:
    if now.graduates is None:
        return None
    who = now.graduates.facilitator.person
    url = reverse("sets:graduation", args=[now.learning_set.id])
    sentence = f"{who} proposes that you go on without a facilitator. Can you live with that?"
    return Thing(sentence, "Read and answer", url)


def _too_few(now: Situation) -> Thing | None:
    if now.too_few is None or now.meeting is None:
        return None
    url = reverse("meetings:meeting", args=[now.meeting.id])  # which offers the next best date
    if now.too_few.moves:
        return Thing("Too few can come. You agreed to move the meeting then.", "Move it", url)
    return Thing("Too few can come. Move the meeting, or hold it anyway.", "Decide", url)


def _reply(now: Situation) -> Thing | None:
    if now.meeting is None or now.answer:
        return None
    url = reverse("meetings:meeting", args=[now.meeting.id])
    return Thing("A meeting is fixed. Are you coming?", "Answer", url)


def _answer_poll(now: Situation) -> Thing | None:
    if now.to_answer is None:
        return None
    url = reverse("meetings:poll", args=[now.to_answer.id])
    return Thing("When can you meet? Your set is asking.", "Answer this poll", url)


def _settle(now: Situation) -> Thing | None:
    if now.to_settle is None:
        return None
    url = reverse("meetings:poll", args=[now.to_settle.id])
    return Thing("Your poll is closed. Which date shall it be?", "Settle a date", url)


def _draft(now: Situation) -> Thing | None:
    url = reverse("actions:mine")
    sentence = "Someone wrote down an action for you. Is it right?"
    return Thing(sentence, "Look at it", url) if now.draft else None


def _decide(now: Situation) -> Thing | None:
    if now.to_decide is None or now.to_decide.decide_by is None:
        return None
    day = date_format(now.to_decide.decide_by, "j F")
    url = reverse("room:record", args=[now.to_decide.id])
    return Thing(f"You said you would decide by {day}.", "Look at your round", url)


def _prepare(now: Situation) -> Thing | None:
    if now.meeting is None or not now.to_prepare:
        return None
    url = reverse("actions:prepare", args=[now.meeting.id])
    return Thing("You meet soon. What might you bring?", "Prepare", url)


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
    if now.meeting is not None or now.polled:
        return None
    find, fix = (reverse(f"meetings:{way}", args=[now.learning_set.id]) for way in ("find", "fix"))
    sentence = f"No meeting is fixed yet.{_whose_turn(now)}"
    return Thing(sentence, "Fix a meeting", fix, "Find a date", find)


def _whose_turn(now: Situation) -> str:
    """Who convenes, where nobody facilitates: it goes by turns, and anybody may."""
    if now.convenor is None:
        return ""
    if now.convenor.person.id == now.reader:
        return " It is your turn to arrange one."
    return f" It is {now.convenor.person}’s turn to arrange one, and anyone may."


def _propose(now: Situation) -> Thing | None:
    if now.any_rules:
        return None
    url = reverse("sets:rules", args=[now.learning_set.id])
    return Thing("Your set has no ground rules yet.", "Write the first ones", url)


RULES: tuple[Callable[[Situation], Thing | None], ...] = (
    _room,
    _rules,
    _graduation,
    _too_few,
    _reply,
    _answer_poll,
    _settle,
    _draft,
    _decide,
    _prepare,
    _due,
    _invite,
    _fix,
    _propose,
)
