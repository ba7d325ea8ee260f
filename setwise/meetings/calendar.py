"""A meeting as calendars read it: iTIP by RFC 5545, 5546 and 6047.

What stands in a line is put on one line first: what a title says can start no other property, and
cannot turn around what is written after it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.encoding import iri_to_uri
from icalendar import Alarm, Calendar, Event, vCalAddress, vText, vUri

from setwise.meetings import zone_rules
from setwise.meetings.models import Meeting
from setwise.outbox.posting import CalendarPart
from setwise.people.models import Person
from setwise.ui import zones

PRODUCT = "-//Setwise//Setwise//EN"
ALARM = timedelta(minutes=-30)
REFRESH = timedelta(hours=1)  # how often a subscribed calendar may look again
PARTSTATS = {"yes": "ACCEPTED", "apologies": "DECLINED"}
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def uid(meeting: Meeting) -> str:
    """The meeting's name in every calendar, for life: not even moving the server changes it."""
    return f"{meeting.id}@setwise.invalid"


def request(
    meeting: Meeting, person: Person, *, answer: str, reply_to: str, at: datetime
) -> CalendarPart:
    """Ask one person to a meeting; `answer` is what they have said so far, "" for nothing.

    Their calendar answers to `reply_to`. Where that is "", nobody would read it: it is not asked to.
    """
    event = _event(meeting, organizer=reply_to, stamp=at)
    event.add("description", _description(meeting))
    event.add("attendee", _attendee(person, answer, rsvp=bool(reply_to)), encode=False)
    event.add("x-microsoft-disallow-counter", "TRUE")  # another time is proposed in Setwise
    event.add_component(_alarm(meeting))
    return CalendarPart("REQUEST", _calendar("REQUEST", [event], [meeting]).to_ical())


def cancel(
    meeting: Meeting, person: Person, *, answer: str, reply_to: str, at: datetime
) -> CalendarPart:
    """Take it out of one person's calendar: it is cancelled, or they have left the set."""
    event = _event(meeting, organizer=reply_to, stamp=at)
    for name in ("location", "url"):  # not told once more to somebody who has left
        event.pop(name, None)
    event["status"] = vText("CANCELLED")
    event.add("attendee", _attendee(person, answer, rsvp=False), encode=False)
    return CalendarPart("CANCEL", _calendar("CANCEL", [event], [meeting]).to_ical())


def published(
    meetings: Collection[Meeting], *, apologies: Collection[UUID] = (), named: bool = True
) -> bytes:
    """These meetings to be read, by a subscription or from a file: nobody is named, nothing asked.

    The same bytes as long as nothing changes. `apologies`: ids of those the reader does not come to.
    `named`: as a calendar of its own, not as something to put into another.
    """
    events = []
    for meeting in meetings:
        event = _event(meeting, stamp=meeting.cancelled_at or meeting.arranged_at)
        event.add("description", _description(meeting))
        away = meeting.id in apologies
        event["transp"] = vText("TRANSPARENT" if away else "OPAQUE")
        if not away and not meeting.cancelled_at:
            event.add_component(_alarm(meeting))
        events.append(event)
    calendar = _calendar("PUBLISH", events, meetings)
    if named:
        calendar.add("name", "Setwise")
        calendar.add("x-wr-calname", "Setwise")
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    return bytes(calendar.to_ical())


def _calendar(method: str, events: list[Event], meetings: Collection[Meeting]) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    told = {zones.zone(meeting.zone) for meeting in meetings if not _in_utc(meeting)}
    for zone in sorted(told, key=lambda zone: zone.key):
        here = [each.starts_at for each in meetings if zones.zone(each.zone) == zone]
        calendar.add_component(zone_rules.vtimezone(zone, min(here), max(here)))
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(meeting: Meeting, *, stamp: datetime, organizer: str = "") -> Event:
    event = Event()
    event.add("uid", uid(meeting))
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    zone = UTC if _in_utc(meeting) else zones.zone(meeting.zone)
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", title(meeting))
    if where := one_line(meeting.place) or iri_to_uri(meeting.link):
        event.add("location", where)
    event.add("url", vUri(_url("room:room", meeting)))
    event.add("organizer", _organizer(meeting, organizer), encode=False)
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    event.add("transp", "OPAQUE")
    return event


def title(meeting: Meeting) -> str:
    """What everybody's calendar shows: the set, and what its meeting was called; never an issue."""
    return ": ".join(filter(None, map(one_line, (meeting.learning_set.name, meeting.title))))


def _description(meeting: Meeting) -> str:
    lines = [
        f"Join by video: {iri_to_uri(meeting.link)}" if meeting.link else "",
        f"The room: {_url('room:room', meeting)}",
        f"Yes or apologies: {_url('meetings:meeting', meeting)}",
    ]
    return "\n".join(filter(None, lines))


def _organizer(meeting: Meeting, address: str) -> vCalAddress:
    mailbox = address or parseaddr(settings.SETWISE_MAIL_FROM)[1]
    return _mailbox(mailbox, one_line(meeting.learning_set.name))


def _attendee(person: Person, answer: str, *, rsvp: bool) -> vCalAddress:
    attendee = _mailbox(person.email, one_line(person.name) or person.email)
    attendee.params |= {
        "CUTYPE": "INDIVIDUAL",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": PARTSTATS.get(answer, "NEEDS-ACTION"),
        "RSVP": "TRUE" if rsvp else "FALSE",
    }
    return attendee


def _mailbox(address: str, name: str) -> vCalAddress:
    mailbox = vCalAddress(f"mailto:{quote(address, safe='@+')}")
    # RFC 6868's way to write a quotation mark here is known to few calendars
    mailbox.params["CN"] = name.replace('"', "”").replace("^", " ")
    return mailbox


def _alarm(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", ALARM)
    alarm.add("description", title(meeting))
    return alarm


def _in_utc(meeting: Meeting) -> bool:
    """Told in UTC: there is no zone, or its clock shows an hour of it twice."""
    zone = zones.zone(meeting.zone)
    ends = [moment.astimezone(zone) for moment in (meeting.starts_at, meeting.ends_at)]
    return zone.key == "UTC" or any(
        end.replace(fold=0).utcoffset() != end.replace(fold=1).utcoffset() for end in ends
    )


def one_line(text: str) -> str:
    """What was typed, without what ends a line or turns its direction."""
    joined = " ".join(text.split())
    return "".join(
        sign for sign in joined if sign not in TURNING and unicodedata.category(sign) not in UNSEEN
    )


UNSEEN = frozenset({"Cc", "Cs"})  # control characters, halves of a character


def _url(name: str, meeting: Meeting) -> str:
    return settings.SETWISE_ORIGIN + reverse(name, args=[meeting.id])
