"""What the operator may know of the mail: how much, since when, and why it did not leave.

Never a body or a subject; of an address its first letter and its domain.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Max, Min, Q

from setwise.outbox.answers import masked
from setwise.outbox.models import Letter
from setwise.outbox.troubles import KINDS, Trouble

SHOWN = 20  # letters of a state, the newest first
LATELY = (
    ("an hour", timedelta(hours=1)),
    ("a day", timedelta(days=1)),
    ("a week", timedelta(days=7)),
)
SILENT = "No answer"  # the trouble's own sentence says it better
UNKNOWN = Trouble("", "It was never tried, or its reason is no longer kept.")


@dataclass(frozen=True, slots=True)
class Line:
    """One letter: `kind` is its template's name, such as *invitation*."""

    kind: str
    to: str
    posted_at: datetime
    due_at: datetime
    attempts: int
    answer: str


@dataclass(frozen=True, slots=True)
class Group:
    """The letters of one state that met one trouble; `again` of them still have their words."""

    trouble: Trouble
    count: int
    since: datetime
    due_at: datetime
    again: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Overview:
    waiting: list[Group]
    failed: list[Group]
    sent: list[tuple[str, int]]
    doubtful: int
    last_at: datetime | None


def of(*, at: datetime) -> Overview:
    """In a fixed number of queries, however many letters there are."""
    waiting, failed = Q(state__in=("waiting", "claimed")), Q(state="failed")
    week = Letter.objects.filter(state="sent", sent_at__gt=at - timedelta(days=7))
    counts = {f"n{i}": Count("pk", filter=Q(sent_at__gt=at - t)) for i, (_, t) in enumerate(LATELY)}
    lately = week.aggregate(last_at=Max("sent_at"), doubtful=Count("pk", Q(doubts__gt=0)), **counts)
    return Overview(
        waiting=_groups(waiting),
        failed=_groups(failed),
        sent=[(words, lately[f"n{i}"]) for i, (words, _) in enumerate(LATELY)],
        doubtful=lately["doubtful"],
        last_at=lately["last_at"],
    )


def _groups(which: Q) -> list[Group]:
    rows = (
        Letter.objects.filter(which)
        .values("trouble")
        .annotate(
            count=Count("pk"),
            since=Min("posted_at"),
            due=Min("due_at"),
            again=Count("pk", filter=Q(body_sealed__isnull=False)),
        )
        .order_by("-count", "trouble")
    )
    groups = {
        row["trouble"]: Group(
            KINDS.get(row["trouble"], UNKNOWN), row["count"], row["since"], row["due"], row["again"]
        )
        for row in rows
    }
    for letter in Letter.objects.filter(which).defer("body_sealed").order_by("-posted_at")[:SHOWN]:
        if letter.trouble in groups:  # none that another worker moved on in between
            groups[letter.trouble].lines.append(_line(letter))
    return list(groups.values())


def _line(letter: Letter) -> Line:
    kind = letter.template.rpartition("/")[2].replace("_", " ")
    return Line(
        kind=kind,
        to=masked(letter.to_email) or "forgotten",
        posted_at=letter.posted_at,
        due_at=letter.due_at,
        attempts=letter.attempts,
        answer="" if letter.last_answer.startswith(SILENT) else masked(letter.last_answer),
    )
