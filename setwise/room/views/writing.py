"""Writing in a meeting: each reads its form and calls a use-case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from setwise.actions.deciding import Decision
from setwise.room import air_time, asking, bidding, concluding, confirming, framing, presenting
from setwise.room.concluding import REVIEWED
from setwise.room.entering import Entry
from setwise.room.models import PARTS, Option, Question
from setwise.room.refusing import Late, Refusal
from setwise.room.views.acts import act, act_always
from setwise.room.views.reading_forms import day_in, id_in, round_of


@act
def bid(entry: Entry, data: QueryDict, at: datetime) -> None:
    carried = id_in(data, "carried")
    if carried:
        return bidding.carry_over(entry, carried, at=at)
    return bidding.bid(
        entry,
        issue=data.get("issue", ""),
        why_now=data.get("why_now", ""),
        passed=bool(data.get("passed")),
        for_=id_in(data, "for_"),
        at=at,
    )


@act_always
def let_go(entry: Entry, data: QueryDict, at: datetime) -> None:
    air_time.let_go(entry, at=at)


@act
def say(entry: Entry, data: QueryDict, at: datetime, round_id: UUID, name: str) -> None:
    if name not in PARTS:
        raise Http404
    row = round_of(entry, round_id)
    presenting.say(entry, row, name=name, words=data.get(name, ""), at=at)


@act
def ask(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    row = round_of(entry, round_id)
    text, silent = data.get("text", ""), bool(data.get("silent"))
    asking.ask(entry, row, text=text, for_=id_in(data, "for_"), silent=silent, at=at)


@act
def problem(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    row = round_of(entry, round_id)
    if data.get("do") == "open":
        framing.open_all(entry, row, at=at)
    else:
        framing.write(entry, row, text=data.get("text", ""), at=at)


@act
def offer(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    row = round_of(entry, round_id)
    asking.offer(entry, row, text=data.get("text", ""), for_=id_in(data, "for_"), at=at)


@act_always  # what was typed in a meeting may be handed over a little after it too
def hand(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    asking.hand(entry, round_of(entry, round_id), text=data.get("text", ""), at=at)


@act
def note(entry: Entry, data: QueryDict, at: datetime, round_id: UUID, note_id: UUID) -> None:
    row = round_of(entry, round_id)
    found: Question | Option | None = (
        row.questions.filter(pk=note_id).first() or row.options.filter(pk=note_id).first()
    )
    if found is None:
        raise Late("", "It was taken back.")
    if data.get("do") == "withdraw":
        asking.withdraw(entry, found)
    elif data.get("do") == "open" and isinstance(found, Question):
        presenting.open_question(entry, found, at=at)
    else:
        raise Refusal("", "Choose to take it back, or to open it.")


@act_always  # what is mine I may take, or drop, when the meeting is over too
def draft(entry: Entry, data: QueryDict, at: datetime, kind: str, row_id: UUID) -> None:
    if data.get("do") == "drop":
        confirming.drop(entry.person, entry.room, kind=kind, pk=row_id)
    else:
        confirming.confirm(entry.person, entry.room, kind=kind, pk=row_id, at=at)


@act
def decide(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    row = round_of(entry, round_id)
    chosen = id_in(data, "option")
    option = get_object_or_404(row.options.all(), pk=chosen) if chosen else None
    text = option.words("text") if option else data.get("text", "").strip()
    decision = Decision(text=text, due_on=day_in(data, "due_on"))
    concluding.decide(entry, row, decision=decision, for_=id_in(data, "for_"), at=at)


@act
def review(entry: Entry, data: QueryDict, at: datetime) -> None:
    concluding.review(
        entry,
        helped=data.get("helped", ""),
        rule=data.get("rule", ""),
        change=data.get("change", ""),
        was={name: data.get(f"was_{name}", "") for name in REVIEWED if f"was_{name}" in data},
        at=at,
    )


@act
def check_out(entry: Entry, data: QueryDict, at: datetime) -> None:
    concluding.check_out(
        entry,
        learning=data.get("learning", ""),
        action=data.get("action", ""),
        due_on=day_in(data, "due_on"),
        passed=bool(data.get("passed")),
        for_=id_in(data, "for_"),
        at=at,
    )


@act
def progress(entry: Entry, data: QueryDict, at: datetime, action_id: UUID) -> None:
    action = concluding.action_here(entry, action_id)
    concluding.tell_progress(
        entry,
        action,
        state=data.get("state", ""),
        happened=data.get("happened", ""),
        learned=data.get("learned", ""),
        shown=bool(data.get("shown")),
        at=at,
    )
