from __future__ import annotations

from datetime import datetime

from django.db import transaction

from setwise.actions.models import Action, Progress, Shown
from setwise.actions.models.action import ENDED
from setwise.meetings.models import Meeting
from setwise.people import reminding
from setwise.people.models import Person


@transaction.atomic
def tell(
    action: Action,
    *,
    state: str,
    happened: str = "",
    learned: str = "",
    meeting: Meeting | None = None,
    typed_by: Person | None = None,
    at: datetime,
) -> Progress:
    """Say how an action goes: done, going, changed or let go; all of them are ends worth hearing.

    Typed by a note-taker it is a draft: the action's state changes when its owner confirms.
    """
    draft = typed_by is not None and typed_by.id != action.owner_id
    progress = Progress(
        action=action,
        meeting=meeting,
        key_id=action.key_id,
        state=state,
        at=at,
        typed_by=typed_by if draft else None,
        confirmed_at=None if draft else at,
    )
    progress.seal(happened=happened, learned=learned)
    progress.save(force_insert=True)
    if not draft:
        _move(action, state, at)
    return progress


@transaction.atomic
def confirm(progress: Progress, *, at: datetime) -> None:
    """Confirm what a note-taker wrote about one's action."""
    if Progress.objects.filter(pk=progress.pk, confirmed_at=None).update(confirmed_at=at):
        _move(progress.action, progress.state, at)


def show(action: Action, meeting: Meeting, *, on: bool, at: datetime) -> None:
    """Show an action to those checked in to one meeting, or take it back."""
    if on:
        Shown.objects.get_or_create(action=action, meeting=meeting, defaults={"at": at})
    else:
        Shown.objects.filter(action=action, meeting=meeting).delete()


def _move(action: Action, state: str, at: datetime) -> None:
    Action.objects.filter(pk=action.pk).update(state=state, ended_at=at if state in ENDED else None)
    reminding.withdraw(action.owner_id, about=action.id)  # after it: a worker may hold the action
    if state in ENDED and action.meeting_id:  # they have been at their actions since the meeting
        reminding.withdraw(action.owner_id, about=action.meeting_id, kind="after_meeting")
