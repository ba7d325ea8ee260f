"""Holding a case's meeting from beginning to end, through the same use-cases as its people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from setwise.actions.deciding import Decision, change
from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.project.demo.filling import Filled, seat_of
from setwise.protocols import commands
from setwise.room import (
    asking,
    bidding,
    checking_in,
    closing,
    concluding,
    entering,
    moving,
    opening,
    presenting,
)
from setwise.room.entering import Entry
from setwise.room.models import Round


class Play:
    """One meeting being held. Each press comes a moment after the last."""

    def __init__(self, filled: Filled) -> None:
        self.filled, self.case, self.people = filled, filled.case, filled.people
        self.meeting = filled.meeting
        self.at = self.meeting.starts_at
        given = self.case["meeting"]
        self.present = list(given.get("present") or self.people)
        keys = [p["key"] for p in self.case["people"] if p.get("seat") == "facilitator"]
        self.chair = next((key for key in keys if key in self.present), self.present[0])

    def hold(self) -> None:
        """Hold it, from opening the door to closing it."""
        chair = self.people[self.chair]
        opening.open_room(seat_of(chair, self.filled.learning_set), self.meeting, at=self.at)
        for key in self.present:
            checking_in.knock(self.entry(key), at=self.tick())
        checking_in.admit(self.entry(self.chair), who=None, at=self.tick())
        self.to("progress")
        self.progress()
        self.to("bidding")
        self.bids()
        for number, each in enumerate(self.case.get("rounds", ()), 1):
            self.round(number, each)
        self.to("review")
        self.review()
        self.to("check-out")
        self.check_out()
        closing.close(self.entry(self.chair), at=self.tick())

    def tick(self) -> datetime:
        self.at += timedelta(seconds=20)
        return self.at

    def entry(self, key: str) -> Entry:
        return entering.locked(self.people[key], self.meeting.pk)

    def to(self, step: str, stage: str | None = None, round_: int | None = None) -> None:
        """Press *next* until the meeting is there; give up at its last stop."""
        while True:
            entry = self.entry(self.chair)
            course = entry.room.course
            stop = course.stop
            if (stop.step, stop.stage, stop.round) == (step, stage, round_):
                return
            if course.position + 1 == len(course.stops):
                raise ValueError(f"The protocol has no {stage or step}.")
            moving.move(entry, commands.Next(course.moves), at=self.tick())

    def progress(self) -> None:
        for given, action in self.filled.last_actions:
            if given["who"] in self.present:
                concluding.tell_progress(
                    self.entry(given["who"]),
                    action,
                    state=given.get("outcome", ""),
                    happened=given.get("progress", ""),
                    learned=given.get("learned", ""),
                    shown=True,
                    at=self.tick(),
                )

    def bids(self) -> None:
        bidders = {given["who"]: given for given in self.case.get("bids", ())}
        for key in self.present:
            given = bidders.get(key, {})
            bidding.bid(
                self.entry(key),
                issue=given.get("issue", ""),
                why_now=given.get("why_now", ""),
                passed=not given,
                for_=None,
                at=self.tick(),
            )
        for given in self.case.get("rounds", ()):
            presenter = self.people[given["presenter"]].pk
            bidding.choose(self.entry(self.chair), presenter=presenter, at=self.tick())

    def round(self, number: int, given: Mapping[str, Any]) -> None:
        key = given["presenter"]
        self.to("round", "present", number)
        row = Round.objects.get(room__meeting=self.meeting, number=number)
        for name, words in (
            ("statement", given.get("first_statement")),
            ("statement", given.get("statement")),
            ("presentation", given.get("presentation")),
        ):
            if words:
                row.refresh_from_db()
                presenting.say(self.entry(key), row, name=name, words=words, at=self.tick())
        for stage in ("clarify", "explore"):
            self.to("round", stage, number)
            self.questions(row, given, stage)
        self.to("round", "options", number)
        presenting.invite_options(self.entry(key), row, on=True)
        row.refresh_from_db()
        for option in given.get("options", ()):
            asking.offer(
                self.entry(option["who"]), row, text=option["text"], for_=None, at=self.tick()
            )
        self.to("round", "decide", number)
        for each in given.get("actions", ()):
            self.decide(row, key, each)
        self.to("round", "feedback", number)
        if words := given.get("feedback", {}).get("text"):
            presenting.say(self.entry(key), row, name="feedback", words=words, at=self.tick())

    def questions(self, row: Round, given: Mapping[str, Any], stage: str) -> None:
        for each in given.get("questions", ()):
            if each["stage"] == stage:
                note = asking.ask(
                    self.entry(each["who"]), row, text=each["text"], for_=None, at=self.tick()
                )
                mark = each.get("outcome", "")
                presenting.mark(row.presenter_id, note, mark=mark)

    def decide(self, row: Round, key: str, given: Mapping[str, Any]) -> None:
        entry = self.entry(key)
        day = self.meeting.local_start.date() + timedelta(days=given.get("due_days", 0))
        short = Decision(text=given["text"], due_on=day)
        action: Action = concluding.decide(entry, row, decision=short, for_=None, at=self.tick())
        ally: Person | None = self.people.get(given.get("ally", ""))
        later = Decision(
            text=given["text"],
            due_on=day,
            first_step=given.get("first_step", ""),
            sign=given.get("sign", ""),
            confidence=given.get("confidence"),
            ally=ally,
        )
        change(action, decision=later, at=self.tick())

    def review(self) -> None:
        given = self.case.get("review", {})
        if given:
            concluding.review(
                self.entry(self.chair),
                helped=given.get("helped", ""),
                rule=given.get("rule_to_discuss", ""),
                change=given.get("change", ""),
                at=self.tick(),
            )

    def check_out(self) -> None:
        leaving = {given["who"]: given for given in self.case.get("check_out", ())}
        for key in self.present:
            given = leaving.get(key, {})
            days = given.get("due_days")
            start = self.meeting.local_start.date()
            concluding.check_out(
                self.entry(key),
                learning=given.get("learning", ""),
                action=given.get("action", ""),
                due_on=start + timedelta(days=days) if days is not None else None,
                passed=not given,
                for_=None,
                at=self.tick(),
            )


@transaction.atomic
def play(filled: Filled) -> None:
    """Hold the whole meeting of a case that was filled."""
    Play(filled).hold()
