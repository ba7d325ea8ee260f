"""Deciding, reviewing, checking out and progress: what people take away from a meeting."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from setwise.actions import progressing
from setwise.actions.deciding import LONGEST, Decision, commit
from setwise.actions.models import Action
from setwise.protocols.reading import may_write
from setwise.room.entering import Entry, touch
from setwise.room.models import CheckOut, Review, Round, RoundAction
from setwise.room.note_taking import written_for
from setwise.room.refusing import Refusal, worded
from setwise.sets.models import Clause


def decide(
    entry: Entry, round_: Round, *, decision: Decision, for_: UUID | None, at: datetime
) -> Action:
    """The presenter commits an action; a note-taker writes a draft that the presenter confirms."""
    owner = written_for(entry, for_)
    if owner.id != round_.presenter_id:
        raise PermissionDenied("The presenter decides the actions of their round.")
    worded("text", decision.text, most=LONGEST, needed="Write what will be done.")
    if not may_write(entry.room.course, "action", presenter=True, recording=entry.room.recording):
        raise Refusal("text", "Actions are decided in the third stage.")
    action = commit(
        owner=owner,
        learning_set=entry.seat.learning_set,
        meeting=entry.room.meeting,
        decision=decision,
        typed_by=entry.person,
        at=at,
    )
    RoundAction.objects.create(round=round_, action=action)
    touch(entry.room, people=False)
    return action


def review(entry: Entry, *, helped: str, rule: str, change: str, at: datetime) -> None:
    """What helped, a rule to talk about, and the one change that opens the next meeting."""
    entry.must_be_entered()
    if not may_write(entry.room.course, "review", presenter=False, recording=entry.room.recording):
        raise Refusal("change", "The review has its own step.")
    helped, change = worded("helped", helped, most=2000), worded("change", change, most=2000)
    if rule and rule not in dict(Clause.SUBJECTS):
        raise Refusal("rule", "Choose one of the subjects.")
    if not (helped or rule or change):
        raise Refusal("change", "Write what helped, a rule to talk about, or one change.")
    key_id = entry.seat.learning_set.key_id
    row = Review.objects.filter(room=entry.room).first() or Review(room=entry.room, key_id=key_id)
    row.seal("helped", helped)
    row.seal("change", change)
    row.rule_to_discuss, row.at = rule, at
    row.save()
    touch(entry.room, people=False)


def check_out(
    entry: Entry,
    *,
    learning: str,
    action: str,
    due_on: date | None,
    passed: bool,
    for_: UUID | None,
    at: datetime,
) -> None:
    """One learning, for one's own log; an action, or a pass. Once a person; again changes it."""
    owner = written_for(entry, for_)
    if not may_write(
        entry.room.course, "learning", presenter=False, recording=entry.room.recording
    ):
        raise Refusal("learning", "Check-out has its own step.")
    learning, action = worded("learning", learning), worded("action", action, most=LONGEST)
    if not (learning or action or passed):
        raise Refusal("learning", "Write a learning, an action, or pass.")
    row = CheckOut.objects.filter(room=entry.room, person=owner).first() or CheckOut(
        room=entry.room, person=owner, key_id=owner.key_id
    )
    own = owner == entry.person
    row.typed_by, row.confirmed_at = (None, at) if own else (entry.person, None)
    row.passed, row.at = passed, at
    row.seal("learning", learning)
    if action and row.action is None:
        row.action = commit(
            owner=owner,
            learning_set=entry.seat.learning_set,
            meeting=entry.room.meeting,
            decision=Decision(text=action, due_on=due_on),
            typed_by=entry.person,
            at=at,
        )
    row.save()
    touch(entry.room, words=False)


def action_here(entry: Entry, action_id: UUID) -> Action:
    """An open action of the person's own, or one shown in this meeting; Http404 for any other."""
    own, shown = Q(owner=entry.person), Q(shown__meeting=entry.room.meeting)
    rows = Action.objects.open().filter(own | shown, learning_set=entry.seat.learning_set)
    return get_object_or_404(rows.distinct(), pk=action_id)


def tell_progress(
    entry: Entry,
    action: Action,
    *,
    state: str,
    happened: str,
    learned: str,
    shown: bool,
    at: datetime,
) -> None:
    """How an action went; shown to those checked in when its owner says so."""
    entry.must_be_entered()
    own = action.owner_id == entry.person.id
    if not own:
        written_for(entry, action.owner_id)
    if state:
        if state not in ("done", "going", "changed", "let go"):
            raise Refusal("state", "Choose done, going on, changed or let go.")
        progressing.tell(
            action,
            state=state,
            happened=worded("happened", happened),
            learned=worded("learned", learned),
            meeting=entry.room.meeting,
            typed_by=entry.person,
            at=at,
        )
    if own:
        progressing.show(action, entry.room.meeting, on=shown, at=at)
    touch(entry.room, people=False)
