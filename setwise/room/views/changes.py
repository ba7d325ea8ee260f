"""What can be changed in a room. Each handler reads its form and calls one use-case."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404

from setwise.actions.deciding import Decision
from setwise.protocols import commands
from setwise.room import asking, bidding, checking_in, closing, concluding, moving, presenting
from setwise.room.entering import Entry
from setwise.room.models import Option, Question, Round
from setwise.room.refusing import Refusal
from setwise.room.views.acts import act


def person_in(data: QueryDict, name: str) -> UUID | None:
    """The person a field names, None where it is empty; an odd value is nobody."""
    value = data.get(name, "")
    try:
        return UUID(value) if value else None
    except ValueError as error:
        raise Refusal(name, "Choose somebody from the list.") from error


def somebody(data: QueryDict, name: str) -> UUID:
    found = person_in(data, name)
    if found is None:
        raise Refusal(name, "Choose somebody.")
    return found


def number_in(data: QueryDict, name: str, default: int) -> int:
    try:
        return int(data.get(name) or default)
    except ValueError as error:
        raise Refusal(name, "Write a whole number.") from error


def day_in(data: QueryDict, name: str) -> date | None:
    value = data.get(name, "").strip()
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise Refusal(name, "Write a date such as 2027-02-09.") from error


def round_of(entry: Entry, round_id: UUID) -> Round:
    return get_object_or_404(Round, pk=round_id, room=entry.room)


@act
def position(entry: Entry, data: QueryDict, at: datetime, expected: int) -> None:
    ways: dict[str, commands.Command] = {
        "next": commands.Next(expected),
        "back": commands.Back(expected),
        "end-round": commands.EndRound(expected),
    }
    command = ways.get(data.get("go", ""))
    if command is None:
        raise Refusal("", "Choose next, back, or to end the round.")
    moving.move(entry, command, at=at)


@act
def clock(entry: Entry, data: QueryDict, at: datetime) -> None:
    ways: dict[str, commands.Command] = {
        "more": commands.AddMinutes(5),
        "break": commands.BreakNow(5),
        "pause": commands.Pause(),
        "resume": commands.Resume(),
        "sharing": commands.AskSharing(),
    }
    command = ways.get(data.get("do", ""))
    if command is None:
        raise Refusal("", "Choose what the clock should do.")
    moving.move(entry, command, at=at)


@act
def today(entry: Entry, data: QueryDict, at: datetime) -> None:
    issues = number_in(data, "issues", 0)
    if issues not in (0, 1, 2):
        raise Refusal("issues", "One issue or two.")
    protocol = data.get("protocol") or None
    moving.move(entry, commands.Today(issues or None, protocol), at=at)


@act
def close(entry: Entry, data: QueryDict, at: datetime) -> None:
    closing.close(entry, at=at)


@act
def knock(entry: Entry, data: QueryDict, at: datetime) -> None:
    checking_in.knock(entry, at=at)


@act
def check_in(entry: Entry, data: QueryDict, at: datetime) -> None:
    who = person_in(data, "person")
    checking_in.admit(entry, who=None if who is None else [who], at=at)


@act
def leave(entry: Entry, data: QueryDict, at: datetime) -> None:
    checking_in.mark_left(entry, who=somebody(data, "person"), at=at)


@act
def let_see(entry: Entry, data: QueryDict, at: datetime) -> None:
    checking_in.let_see_earlier(entry, who=somebody(data, "person"))


@act
def chair(entry: Entry, data: QueryDict, at: datetime) -> None:
    moving.hand_over(entry, to=somebody(data, "to"))


@act
def rules(entry: Entry, data: QueryDict, at: datetime) -> None:
    moving.settle_rules(entry, at=at)


@act
def bid(entry: Entry, data: QueryDict, at: datetime) -> None:
    bidding.bid(
        entry,
        issue=data.get("issue", ""),
        why_now=data.get("why_now", ""),
        passed=bool(data.get("passed")),
        for_=person_in(data, "for_"),
        at=at,
    )


@act
def choose(entry: Entry, data: QueryDict, at: datetime) -> None:
    if data.get("undo"):
        bidding.unchoose(entry)
    else:
        bidding.choose(entry, presenter=somebody(data, "presenter"), at=at)


@act
def say(entry: Entry, data: QueryDict, at: datetime, round_id: UUID, name: str) -> None:
    if name not in ("statement", "presentation", "feedback"):
        raise Http404
    presenting.say(entry, round_of(entry, round_id), name=name, words=data.get(name, ""))


@act
def manner(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    row = round_of(entry, round_id)
    if "options" in data:
        presenting.invite_options(entry, row, on=data["options"] == "on")
    elif "silent" in data:
        presenting.go_silent(entry, row, on=data["silent"] == "on")
    else:
        day = day_in(data, "decide_by")
        if day is None:
            raise Refusal("decide_by", "Choose the day by which you will decide.")
        presenting.decide_by(entry, row, day=day)


@act
def ask(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    row = round_of(entry, round_id)
    asking.ask(entry, row, text=data.get("text", ""), for_=person_in(data, "for_"), at=at)


@act
def offer(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    row = round_of(entry, round_id)
    asking.offer(entry, row, text=data.get("text", ""), for_=person_in(data, "for_"), at=at)


@act
def note(entry: Entry, data: QueryDict, at: datetime, round_id: UUID, note_id: UUID) -> None:
    row = round_of(entry, round_id)
    found: Question | Option = row.questions.filter(pk=note_id).first() or get_object_or_404(
        row.options.all(), pk=note_id
    )
    if data.get("do") == "withdraw":
        asking.withdraw(entry, found)
    elif data.get("do") == "open" and isinstance(found, Question):
        presenting.open_question(entry, found, at=at)
    else:
        entry.must_be_entered()
        asking.confirm(entry.person.id, found, at=at)


@act
def decide(entry: Entry, data: QueryDict, at: datetime, round_id: UUID) -> None:
    decision = Decision(text=data.get("text", "").strip(), due_on=day_in(data, "due_on"))
    row = round_of(entry, round_id)
    concluding.decide(entry, row, decision=decision, for_=person_in(data, "for_"), at=at)


@act
def review(entry: Entry, data: QueryDict, at: datetime) -> None:
    concluding.review(
        entry,
        helped=data.get("helped", ""),
        rule=data.get("rule", ""),
        change=data.get("change", ""),
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
        for_=person_in(data, "for_"),
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
