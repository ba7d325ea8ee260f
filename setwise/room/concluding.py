"""Deciding, reviewing, checking out and progress: what people take away from a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404

from setwise.actions import progressing
from setwise.actions.deciding import LONGEST, Decision, commit, reword
from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.room.entering import Entry, touch
from setwise.room.models import CheckOut, Review, Round, RoundAction
from setwise.room.note_taking import must_not_overwrite, written_for
from setwise.room.presenting import must_be_time_for, must_be_under_way
from setwise.room.refusing import Refusal, worded
from setwise.sets.models import Clause

REVIEWED = ("helped", "rule", "change")
CHANGED = "Somebody changed this while you wrote. Look at it above; send yours again to replace it."


def decide(
    entry: Entry, round_: Round, *, decision: Decision, for_: UUID | None, at: datetime
) -> Action:
    """The presenter commits an action; a note-taker writes a draft that the presenter confirms."""
    owner = written_for(entry, for_)
    if owner.id not in round_.presenters:
        raise PermissionDenied("The presenter decides the actions of their round.")
    worded("text", decision.text, most=LONGEST, needed="Write what will be done.")
    must_be_under_way(entry, round_, "text")
    must_be_time_for(entry, "action", field="text")
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


def review(
    entry: Entry,
    *,
    helped: str,
    rule: str,
    change: str,
    was: Mapping[str, str] | None = None,
    at: datetime,
) -> None:
    """What helped, a rule to talk about, and the one change that opens the next meeting.

    `was` is what the writer's page held of each: what they left as it was stays as it is now, and
    what somebody else changed meanwhile is not overwritten.
    """
    entry.must_be_entered()
    must_be_time_for(entry, "review", field="change")
    sent = {
        "helped": worded("helped", helped, most=2000),
        "change": worded("change", change, most=2000),
        "rule": rule,
    }
    if rule and rule not in dict(Clause.SUBJECTS):
        raise Refusal("rule", "Choose one of the subjects.")
    if not any(sent.values()):
        raise Refusal("change", "Write what helped, a rule to talk about, or one change.")
    key_id = entry.seat.learning_set.key_id
    row = Review.objects.filter(room=entry.room).first() or Review(room=entry.room, key_id=key_id)
    now = {
        "helped": row.words("helped"),
        "change": row.words("change"),
        "rule": row.rule_to_discuss,
    }
    kept = {name: _merged(name, sent[name], now[name], (was or {}).get(name)) for name in REVIEWED}
    row.seal("helped", kept["helped"])
    row.seal("change", kept["change"])
    row.rule_to_discuss, row.at = kept["rule"], at
    row.save()
    touch(entry.room, people=False)


def _merged(name: str, sent: str, now: str, was: str | None) -> str:
    """One part of the review: mine, unless I left it alone or somebody else changed it too."""
    was = now if was is None else worded(name, was)
    if sent in (was, now):
        return now
    if was != now:
        raise Refusal(name, CHANGED, fresh={f"was_{name}": now})
    return sent


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
    must_be_time_for(entry, "learning", field="learning")
    learning, action = worded("learning", learning), worded("action", action, most=LONGEST)
    if not (learning or action or passed):
        raise Refusal("learning", "Write a learning, an action, or pass.")
    row = CheckOut.objects.filter(room=entry.room, person=owner).first() or CheckOut(
        room=entry.room, person=owner, key_id=owner.key_id
    )
    must_not_overwrite(entry, row, owner)
    own = owner == entry.person
    row.typed_by, row.confirmed_at = (None, at) if own else (entry.person, None)
    row.passed, row.at = passed, at
    row.seal("learning", learning)
    if action:
        row.action = _leave_with(entry, owner, row.action, Decision(text=action, due_on=due_on), at)
    row.save()
    touch(entry.room)


def _leave_with(
    entry: Entry, owner: Person, earlier: Action | None, decision: Decision, at: datetime
) -> Action:
    """The action of a check-out; written again it is the same action, changed."""
    if earlier is None:
        return commit(
            owner=owner,
            learning_set=entry.seat.learning_set,
            meeting=entry.room.meeting,
            decision=decision,
            typed_by=entry.person,
            at=at,
        )
    return reword(
        earlier,
        text=decision.text,
        due_on=decision.due_on,
        confirmed_at=at if owner == entry.person else None,
    )


def action_here(entry: Entry, action_id: UUID) -> Action:
    """An action of the person's own to tell of, or one shown here; Http404 for any other."""
    own, shown = Q(owner=entry.person), Q(shown__meeting=entry.room.meeting)
    rows = Action.objects.to_tell_at(entry.room.meeting).filter(own | shown)
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
    if not state and (happened.strip() or learned.strip()):
        raise Refusal("state", "Choose how it is: all four are good answers.")
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
