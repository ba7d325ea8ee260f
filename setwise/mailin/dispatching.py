"""What a message becomes. Its signed address says whose it is and what about; its From says nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404

from setwise.actions import progressing
from setwise.actions.models import Action
from setwise.mailin import limiting
from setwise.mailin.reading import Bounce, Incoming
from setwise.mailin.reading.bouncing import LETTER
from setwise.meetings import calendar_reply, polling, replying
from setwise.meetings.convening import NotOpen
from setwise.meetings.models import Meeting, Poll
from setwise.meetings.scheduling import NotChangeable
from setwise.outbox.models import Letter
from setwise.people import linking, returning
from setwise.people.models import Link
from setwise.sets import inviting, seats

HEARD = timedelta(days=30)  # how long after it was posted a letter may come back


@dataclass(frozen=True, slots=True)
class Result:
    """The message's kind, and whose signed address it came to."""

    kind: str
    writer: UUID | None = None


def dispatch(incoming: Incoming, token: str, *, at: datetime) -> Result:
    """Do what the message asks for, and nothing else; nothing is ever answered.

    Call in a transaction: what it becomes, and that it came, are kept together or not at all.
    """
    if _is_our_own(incoming):
        return Result("loop")
    if incoming.bounce:
        return Result("bounce" if _came_back(incoming.bounce, at) else "automatic")
    if incoming.kind not in ("words", "calendar"):
        return Result(incoming.kind)
    link = linking.by_token(token, at=at) if token else None
    if link is None or not link.purpose.startswith("reply-"):
        return Result("unknown")
    if limiting.too_many(link.person_id, at=at):
        return Result("many", link.person_id)
    return Result(_by_purpose(link, incoming, at), link.person_id)


def _by_purpose(link: Link, incoming: Incoming, at: datetime) -> str:
    try:
        match link.purpose, incoming.kind:
            case "reply-poll", "words":
                return _to_the_convenor(link, incoming.words, at)
            case "reply-action", "words":
                return _as_progress(link, incoming.words, at)
            case "reply-meeting", "calendar":
                return _as_answer(link, incoming.calendar, at)
    except Http404:  # no seat in that set any more
        return "unknown"
    except (PermissionDenied, NotOpen, NotChangeable):
        return "late"
    return "unasked"


def _to_the_convenor(link: Link, words: str, at: datetime) -> str:
    poll = Poll.objects.visible_to(link.person).filter(pk=link.about).first()
    if poll is None:
        return "unknown"
    seat = seats.take(link.person, poll.learning_set_id)
    polling.comment(seat, poll, words=_within(words, polling.MOST_WORDS), at=at)
    return "poll"


def _as_progress(link: Link, words: str, at: datetime) -> str:
    """Kept under its owner's key. An open action is going on from then; an ended one stays ended."""
    actions = Action.objects.visible_to(link.person).exclude(confirmed_at=None)
    action = actions.filter(pk=link.about, owner=link.person).first()
    if action is None:
        return "unknown"
    state = "going" if action.state == "open" else action.state
    progressing.tell(action, state=state, happened=words, at=at)
    return "progress"


def _as_answer(link: Link, ics: bytes, at: datetime) -> str:
    meeting = Meeting.objects.visible_to(link.person).filter(pk=link.about).first()
    said = calendar_reply.parse(ics)
    if meeting is None or said is None:
        return "unknown"
    seat = seats.take(link.person, meeting.learning_set_id)
    return "calendar" if replying.reply_by_calendar(seat, meeting, said, at=at) else "late"


def _came_back(bounce: Bounce, at: datetime) -> bool:
    """Whether it brings back a letter of ours to that address: nobody else knows its number."""
    sent = Letter.objects.filter(
        pk__in=bounce.letters, posted_at__gt=at - HEARD, to_email__in=bounce.addresses
    )
    found = set(sent.values_list("to_email", flat=True))
    for address in found if bounce.given_up else ():
        returning.mark(address, for_good=bounce.for_good, at=at)
        inviting.came_back(address, at=at)
    return bool(found)


def _is_our_own(incoming: Incoming) -> bool:
    """A letter of ours that somebody's forwarding sent back, or a server did."""
    own = parseaddr(settings.SETWISE_MAIL_FROM)[1].lower()
    if (
        incoming.kind != "bounce"
        and incoming.sender
        and (incoming.sender == own or linking.parse_reply_address(incoming.sender))
    ):
        return True
    number = LETTER.search(incoming.message_id)
    return bool(number and Letter.objects.filter(pk=UUID(number[1])).exists())


def _within(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
