"""Words that came too late: offered back to their author, who may hand them to the presenter."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import resolve, reverse

from setwise.people.models import Person
from setwise.room.composing.shape import RefusedForm
from setwise.room.models import Room, Round
from setwise.room.refusing import Late

HANDABLE = frozenset({"ask", "offer", "hand"})  # acts whose words are for the presenter
WORDS = (
    *("text", "issue", "why_now", "statement", "presentation", "feedback"),
    *("helped", "change", "learning", "action", "happened", "learned"),
)


@dataclass(frozen=True, slots=True)
class Unsent:
    """`hand` is where they may be handed to `hand_to`, '' where they are for nobody but the writer."""

    words: str
    sentence: str
    hand: str = ""
    hand_to: str = ""


def unsent(refused: RefusedForm | None, room: Room, person: Person) -> Unsent | None:
    """A plain form that came too late, or was refused as it was handed over; else None."""
    if refused is None:
        return None
    act = resolve(refused.path)
    if not isinstance(refused.refusal, Late) and act.url_name != "hand":
        return None
    words = "\n".join(filter(None, (refused.typed.get(name, "") for name in WORDS)))
    sentence = refused.refusal.sentence
    if act.url_name not in HANDABLE or refused.typed.get("for_"):
        return Unsent(words, sentence) if words else None
    row = handable_rounds(room, person).filter(pk=act.kwargs["round_id"]).first()
    if row is None:
        return Unsent(words, sentence)
    url = reverse("room:hand", args=[room.meeting_id, row.pk])
    return Unsent(words, sentence, url, row.names)


def handable_rounds(room: Room, person: Person) -> QuerySet[Round]:
    """The rounds of this meeting, begun or over, whose presenter is somebody else."""
    begun = Round.objects.filter(room=room, deleted_at=None).exclude(started_at=None)
    others = begun.exclude(Q(presenter=person) | Q(shared_with=person))
    return others.select_related("presenter", "shared_with")
