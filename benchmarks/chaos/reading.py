"""What the database holds in the end, its words opened by the vault; prints it for the checker.

Reads the rooms' meetings, one a line, from standard input.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from uuid import UUID

import django

django.setup()

from django.db.models import Count  # noqa: E402

from benchmarks.chaos import legality  # noqa: E402
from benchmarks.chaos.facts import MARK, Held  # noqa: E402
from setwise.actions.models import Action, Progress  # noqa: E402
from setwise.room.models import (  # noqa: E402
    Bid,
    CheckOut,
    Deed,
    Option,
    Problem,
    Question,
    Review,
    Room,
    Round,
)


def held(meetings: list[UUID]) -> Held:
    """Everything of these meetings that was written or moved."""
    found = Held()
    deeds = Deed.objects.values_list("person", "number").annotate(Count("pk"))
    found.deeds = {(str(person), str(number)): count for person, number, count in deeds}
    for kind, words in _rows(meetings):
        found.rows.update((kind, mark) for mark in MARK.findall(words))
    for part, words in _parts(meetings):
        mark = MARK.search(words)
        found.parts[part] = mark.group() if mark else ""
    for room in Room.objects.filter(meeting__in=meetings):
        meeting = str(room.meeting_id)
        found.versions[meeting], found.moves[meeting] = room.version, room.course.moves
        found.illegal += legality.faults(room)
    return found


def _rows(meetings: list[UUID]) -> Iterator[tuple[str, str]]:
    for question in Question.objects.filter(round__room__meeting__in=meetings):
        yield "question", question.words("text")
    for option in Option.objects.filter(round__room__meeting__in=meetings):
        yield "option", option.words("text")
    for action in Action.objects.filter(decided_in__round__room__meeting__in=meetings):
        yield "action", action.text()
    for progress in Progress.objects.filter(meeting__in=meetings):
        yield "happened", progress.happened()
        yield "learned", progress.learned()


def _parts(meetings: list[UUID]) -> Iterator[tuple[str, str]]:
    for bid in Bid.objects.filter(room__meeting__in=meetings).select_related("room"):
        for name in ("issue", "why_now"):
            yield f"{name} {bid.room.meeting_id} {bid.person_id}", bid.words(name)
    for row in Round.objects.filter(room__meeting__in=meetings):
        for name in ("statement", "presentation", "feedback"):
            yield f"{name} {row.pk}", row.words(name)
    for problem in Problem.objects.filter(round__room__meeting__in=meetings):
        yield f"problem {problem.round_id} {problem.author_id}", problem.words("text")
    for review in Review.objects.filter(room__meeting__in=meetings).select_related("room"):
        for name in ("helped", "change"):
            yield f"{name} {review.room.meeting_id}", review.words(name)
    outs = CheckOut.objects.filter(room__meeting__in=meetings)
    for out in outs.select_related("room", "action"):
        whose = f"{out.room.meeting_id} {out.person_id}"
        yield f"learning {whose}", out.words("learning")
        yield f"action {whose}", out.action.text() if out.action else ""


if __name__ == "__main__":
    print(json.dumps(held([UUID(each) for each in sys.stdin.read().split()]).dumped()))
