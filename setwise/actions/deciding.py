"""Deciding actions. Only their owner commits them; a note-taker's is a draft until confirmed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from setwise.actions.models import Action
from setwise.meetings.models import Meeting
from setwise.people import reminding
from setwise.people.models import Person
from setwise.sets.models import LearningSet

LONGEST = 2000  # characters


@dataclass(frozen=True, slots=True)
class Decision:
    """What its owner decides to do. Only `text` is needed; the rest may come that evening."""

    text: str
    due_on: date | None = None
    first_step: str = ""
    sign: str = ""
    confidence: int | None = None
    ally: Person | None = None


def commit(
    *,
    owner: Person,
    learning_set: LearningSet,
    meeting: Meeting | None,
    decision: Decision,
    typed_by: Person | None = None,
    at: datetime,
) -> Action:
    """Save an action of `owner`. Typed by somebody else it is a draft, which the owner confirms."""
    draft = typed_by is not None and typed_by != owner
    action = Action(
        owner=owner,
        learning_set=learning_set,
        meeting=meeting,
        key_id=owner.key_id,
        decided_at=at,
        typed_by=typed_by if draft else None,
        confirmed_at=None if draft else at,
    )
    _put(action, decision)
    action.save(force_insert=True)
    return action


@transaction.atomic
def change(action: Action, *, decision: Decision, at: datetime) -> Action:
    """Change one's own action; a draft is confirmed by changing it."""
    action = Action.objects.select_for_update().get(pk=action.pk)
    reminding.withdraw(action.owner_id, about=action.id)
    _put(action, decision)
    action.confirmed_at = action.confirmed_at or at
    action.save()
    return action


@transaction.atomic
def reword(
    action: Action, *, text: str, due_on: date | None, confirmed_at: datetime | None
) -> Action:
    """Change an action's words and date, and leave the rest of it as it is.

    A draft stays one where `confirmed_at` is None: then a note-taker has reworded it.
    """
    action = Action.objects.select_for_update().get(pk=action.pk)
    action.seal(text=text, first_step=action.first_step(), sign=action.sign())
    action.due_on, action.confirmed_at = due_on, action.confirmed_at or confirmed_at
    action.save(
        update_fields=["text_sealed", "first_step_sealed", "sign_sealed", "due_on", "confirmed_at"]
    )
    return action


def swap_words(action: Action, swap: Callable[[str], str], *, save: bool) -> list[str]:
    """Put other words in the place of some; those that changed, as they read then."""
    before = {"text": action.text(), "first_step": action.first_step(), "sign": action.sign()}
    after = {name: swap(words) for name, words in before.items()}
    changed = [words for name, words in after.items() if words != before[name]]
    if changed and save:
        action.seal(**after)
        action.save(update_fields=["text_sealed", "first_step_sealed", "sign_sealed"])
    return changed


def confirm(action: Action, *, at: datetime) -> None:
    """Confirm a draft that a note-taker wrote: from now on it is the owner's action."""
    Action.objects.filter(pk=action.pk, confirmed_at=None).update(confirmed_at=at)


def discard(action: Action) -> bool:
    """Throw away a draft that is not what its owner decided; False where it is no draft any more."""
    deleted, _ = Action.objects.filter(pk=action.pk, confirmed_at=None).delete()
    return bool(deleted)


def _put(action: Action, decision: Decision) -> None:
    action.seal(text=decision.text, first_step=decision.first_step, sign=decision.sign)
    action.due_on, action.confidence = decision.due_on, decision.confidence
    if action.ally_id != (decision.ally.id if decision.ally else None):
        action.ally, action.ally_accepted_at = decision.ally, None
