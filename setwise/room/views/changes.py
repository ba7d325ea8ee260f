"""Moving through a meeting and settling how it goes: each reads its form and calls a use-case."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import QueryDict

from setwise.protocols import commands
from setwise.room import (
    agreeing_here,
    bidding,
    chairing,
    checking_in,
    closing,
    hand_raising,
    moving,
    opening,
    presenting,
)
from setwise.room.entering import Entry
from setwise.room.refusing import Refusal
from setwise.room.views.acts import act, act_always
from setwise.room.views.reading_forms import day_in, id_in, number_in, round_of, somebody
from setwise.sets import following


@act
def position(entry: Entry, data: QueryDict, at: datetime, expected: int) -> None:
    ways: dict[str, commands.Command] = {
        "next": commands.Next(expected),
        "back": commands.Back(expected),
        "end-round": commands.EndRound(expected),
        "deeper": commands.WithoutRounds(expected, deeper=True),
        "early": commands.WithoutRounds(expected, deeper=False),
    }
    command = ways.get(data.get("go", ""))
    if command is None:
        raise Refusal("", "Choose where to go.")
    moving.move(entry, command, at=at)


@act
def clock(entry: Entry, data: QueryDict, at: datetime) -> None:
    ways: dict[str, commands.Command] = {
        "more": commands.AddMinutes(5),
        "break": commands.BreakNow(5),
        "pause": commands.Pause(),
        "resume": commands.Resume(),
        "sharing": commands.AskSharing(),
        "share": commands.ShareFairly(),
        "shorten-break": commands.ShortenBreak(),
        "give-back": commands.GiveBack(),
        "stay": commands.StayLonger(10),
        "stay-no-longer": commands.StayLonger(-10),
    }
    command = ways.get(data.get("do", ""))
    if "ask" in data:
        command = commands.PauseForLearning(data.get("ask", ""))
    if command is None:
        raise Refusal("", "Choose what the clock should do.")
    moving.move(entry, command, at=at)


@act
def today(entry: Entry, data: QueryDict, at: datetime) -> None:
    issues = number_in(data, "issues", 0)
    if issues not in (0, 1, 2):
        raise Refusal("issues", "One issue or two.")
    protocol = data.get("protocol") or None
    own = following.way(entry.seat.learning_set, protocol) if protocol else None
    longer = number_in(data, "longer", 0)
    minutes = entry.room.course.minutes + longer if longer else None
    text = own.own_text if own else ""
    moving.move(entry, commands.Today(issues or None, protocol, minutes, text), at=at)


@act
def close(entry: Entry, data: QueryDict, at: datetime) -> None:
    closing.close(entry, at=at)


@act
def knock(entry: Entry, data: QueryDict, at: datetime) -> None:
    checking_in.knock(entry, at=at)


@act
def check_in(entry: Entry, data: QueryDict, at: datetime) -> None:
    who = id_in(data, "person")
    checking_in.admit(entry, who=None if who is None else [who], at=at)


@act
def leave(entry: Entry, data: QueryDict, at: datetime) -> None:
    checking_in.mark_left(entry, who=somebody(data, "person"), at=at)


@act
def let_see(entry: Entry, data: QueryDict, at: datetime) -> None:
    checking_in.let_see_earlier(entry, who=somebody(data, "person"))


@act
def chair(entry: Entry, data: QueryDict, at: datetime) -> None:
    chairing.hand_over(entry, to=somebody(data, "to"), at=at)


@act
def hands(entry: Entry, data: QueryDict, at: datetime, expected: int) -> None:
    if "raise" in data:
        hand_raising.raise_hand(entry, expected=expected, at=at)
    else:
        hand_raising.lower_hand(entry, whose=somebody(data, "lower"))


@act
def rules(entry: Entry, data: QueryDict, at: datetime) -> None:
    if "says" in data:
        number, words = number_in(data, "number", 0), data.get("would_let", "")
        agreeing_here.answer(
            entry, number=number, says=data.get("says", ""), would_let=words, at=at
        )
    else:
        agreeing_here.settle(entry, at=at)


@act_always
def recording(entry: Entry, data: QueryDict, at: datetime) -> None:
    opening.turn_to_recording(entry, at=at)


@act
def choose(entry: Entry, data: QueryDict, at: datetime) -> None:
    if data.get("undo"):
        bidding.unchoose(entry)
    elif data.get("longest"):
        bidding.choose_longest_waiting(entry, at=at)
    elif "shares" in data:
        bidding.share(entry, with_=somebody(data, "shares"), at=at)
    else:
        bidding.choose(entry, presenter=somebody(data, "presenter"), at=at)


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
