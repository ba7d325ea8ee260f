"""Reminders as their reader chose them: which, when, or one e-mail a week. Nobody overrides it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from setwise.outbox import daytime, posting
from setwise.people import linking
from setwise.people.models import Person, ReminderChoice

KINDS = (
    *("preparation", "meeting_week", "meeting_day", "poll"),
    *("action_due", "action_overdue", "after_meeting"),
)
DIGEST = "digest"
PORTION = 1000  # a statement has a limit of so many thousand ids
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Choices:
    """What one person chose. `hour` and `weekday` (0 is Monday) are in their own zone."""

    on: frozenset[str] = frozenset(KINDS)
    manner: str = "single"
    weekday: int = 0
    hour: int = 8

    def wants(self, kind: str) -> bool:
        """Whether a letter of this kind is to come by itself."""
        return self.manner == "single" and kind in self.on

    def gathers(self, kind: str) -> bool:
        """Whether the weekly e-mail is to tell of this kind."""
        return self.digest and kind in self.on

    @property
    def digest(self) -> bool:
        return self.manner == "weekly"


@dataclass(frozen=True, slots=True)
class Reminder(Generic[T]):
    """One that may be due: on the person's `day`, at the hour they chose, before `until`.

    `key` is the letter's, and makes it come once. What was due before `since` never comes: then it
    was news itself. `about` is the caller's own.
    """

    kind: str
    person: Person
    key: str
    day: date
    until: datetime
    about: T
    since: datetime | None = None


def choices_of(people: Iterable[Person]) -> dict[UUID, Choices]:
    """Everyone's choices by their ids, in one query. Where there is no mailbox, none is wanted."""
    asked = list(people)
    ids = [person.pk for person in asked]
    rows = {row.pk: _read(row) for row in ReminderChoice.objects.filter(person__in=ids)}
    none = Choices(on=frozenset())
    return {
        each.pk: none if each.has_no_mailbox else rows.get(each.pk, Choices()) for each in asked
    }


def kept_for(person: Person) -> ReminderChoice:
    """The person's row, or a new one that is not saved yet."""
    return ReminderChoice.objects.filter(person=person).first() or ReminderChoice(person=person)


def ready(reminders: Collection[Reminder[T]], *, at: datetime) -> list[Reminder[T]]:
    """Those to post now: wanted, due, not too late, by day where their reader is, and not posted yet.

    Two queries a thousand. Whether what it is about is done already is the caller's to see.
    """
    rows = list(reminders)
    portions = (rows[start : start + PORTION] for start in range(0, len(rows), PORTION))
    return [each for portion in portions for each in _ready(portion, at=at)]


def _ready(reminders: list[Reminder[T]], *, at: datetime) -> list[Reminder[T]]:
    near = [each for each in reminders if _is_now(each, at)]
    choices = choices_of(each.person for each in near)
    due = []
    for each in near:
        choice = choices[each.person.pk]
        falls = moment(each.person, each.day, choice.hour)
        if choice.wants(each.kind) and (each.since or falls) <= falls <= at:
            due.append(each)
    known = posting.posted(each.key for each in due) if due else set()
    return [each for each in due if each.key not in known]


def hundreds(reminders: Sequence[Reminder[T]]) -> Iterator[Sequence[Reminder[T]]]:
    """The reminders in portions, each to be posted in one transaction and a fixed number of queries."""
    for start in range(0, len(reminders), 100):
        yield reminders[start : start + 100]


def post(
    reminders: Sequence[Reminder[T]],
    *,
    template: str,
    contexts: Mapping[str, Mapping[str, object]],
    replies: Mapping[str, str] | None = None,
    at: datetime,
) -> int:
    """Post letters of one template, with their feet; returns how many. By their keys: `contexts`, and
    in `replies` where answers go.

    One whose key is missing there is left out: what it is about was done in this moment.
    """
    wanted = [each for each in reminders if each.key in contexts]
    tokens = _tokens([each.person for each in wanted], at=at)
    return posting.post_all(
        [
            posting.Item(
                key=each.key,
                to=each.person,
                template=template,
                context={"reader": each.person, **contexts[each.key]},
                expires_at=each.until,
                reply_to=(replies or {}).get(each.key, ""),
                unsubscribe=_url("people:stop-reminder", tokens[each.person.pk], each.kind),
                by_day=True,
            )
            for each in wanted
        ]
    )


def key(
    person: Person, kind: str, *, about: UUID, once: str = "", within: UUID | None = None
) -> str:
    """The key of the letter that reminds somebody of something, once for each `once`.

    `within`: the set whose matter it is, and no more the person's once they have left it.
    """
    parts = ("reminder", person.pk, about, kind, once, within)
    return ":".join(str(part) for part in parts if part)


def withdraw(person_id: UUID, *, about: UUID, kind: str = "") -> None:
    """Let no reminder of this thing go out to this person that still waits.

    `kind` is a kind or how several begin.
    """
    posting.withdraw(key_prefix=f"reminder:{person_id}:{about}:{kind}")


def withdraw_within(person_id: UUID, set_id: UUID) -> None:
    """The same of all that is this set's matter. Their own actions stay theirs, and other sets."""
    posting.withdraw(key_prefix=f"reminder:{person_id}:", key_suffix=f":{set_id}")


def keep_to(person: Person) -> None:
    """Let no reminder go out that waits, and that this person has chosen not to have since."""
    choices = choices_of([person])[person.pk]
    for name in posting.waiting(key_prefix=f"reminder:{person.pk}:"):
        kind = name.split(":")[3]
        if not (choices.digest if kind == DIGEST else choices.wants(kind)):
            posting.withdraw(key_prefix=name)


def moment(person: Person, day: date, hour: int) -> datetime:
    """That hour of that day where the person is, whatever its clocks do that day."""
    return datetime.combine(day, time(hour), tzinfo=person.tzinfo)


def local_day(person: Person, at: datetime) -> date:
    return at.astimezone(person.tzinfo).date()


def choose(person: Person, changed: Mapping[str, object]) -> None:
    """Keep these, by the names of their fields: the last stands, and what waits is held to it."""
    ReminderChoice.objects.update_or_create(person=person, defaults=changed)
    keep_to(person)


def switch_off(person: Person, kind: str) -> None:
    """Stop one kind of reminder. Stopping the weekly e-mail stops them all: none comes instead."""
    choose(person, {"manner": "none"} if kind == DIGEST else {kind: False})


def feet(people: Collection[Person], kind: str, *, at: datetime) -> dict[UUID, str]:
    """By person, the address at the foot of a letter of this kind: it stops the kind, or all."""
    tokens = _tokens(people, at=at)
    return {pk: _url("people:stop-reminder", token, kind) for pk, token in tokens.items()}


def page_for(person: Person, *, at: datetime) -> str:
    """The address at which this person chooses, without signing in."""
    token = linking.keep("reminders", person=person, about=person.pk, at=at, dies_at=None)
    return _url("people:reminders-by-link", token)


def _tokens(people: Collection[Person], *, at: datetime) -> dict[UUID, str]:
    wanted = {(person.pk, person.pk): None for person in people}
    return {pk: token for (pk, _), token in linking.keep_all("reminders", wanted, at=at).items()}


def _is_now(each: Reminder[T], at: datetime) -> bool:
    has_come = each.day <= local_day(each.person, at)
    return at < each.until and has_come and daytime.is_day(each.person.zone, at)


def _read(row: ReminderChoice) -> Choices:
    on = frozenset(kind for kind in KINDS if getattr(row, kind))
    return Choices(on, row.manner, row.weekday, row.hour)


def _url(name: str, *args: str) -> str:
    return settings.SETWISE_ORIGIN + reverse(name, args=args)
