"""Holding a case's meeting from beginning to end, through the same use-cases as its people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from setwise.actions.deciding import Decision, change
from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.project.demo.case import placed, present, said
from setwise.project.demo.filling import Filled, seat_of
from setwise.protocols import commands
from setwise.protocols.reading import may_write, part_of
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

ROUNDS = "classic"  # what a set turns to when it works on an issue after all


class Play:
    """One meeting being held. Each press comes a moment after the last.

    Whoever is not there says nothing, and what the protocol has no place for is left out; but where
    the case has rounds, the set finds the time for them: *Today we…*.
    """

    def __init__(self, filled: Filled) -> None:
        self.filled, self.case, self.people = filled, filled.case, filled.people
        self.meeting = filled.meeting
        self.at = self.meeting.starts_at
        self.present = present(self.case)
        keys = [p["key"] for p in self.case["people"] if p.get("seat") == "facilitator"]
        self.chair = next((key for key in keys if key in self.present), self.present[0])

    def hold(self) -> None:
        """Hold it, from opening the door to closing it."""
        self.open()
        self.progress()
        self.bids()
        for number, each in enumerate(self.case.get("rounds", ()), 1):
            self.round(number, each)
        self.review()
        self.check_out()
        closing.close(self.entry(self.chair), at=self.tick())

    def open(self) -> None:
        chair = self.people[self.chair]
        opening.open_room(seat_of(chair, self.filled.learning_set), self.meeting, at=self.at)
        for key in self.present:
            checking_in.knock(self.entry(key), at=self.tick())
        checking_in.admit(self.entry(self.chair), who=None, at=self.tick())
        self.make_time()

    def make_time(self) -> None:
        """*Today we…* work on as many issues as the case has, with a protocol that has rounds."""
        rounds, entry = len(self.case.get("rounds", ())), self.entry(self.chair)
        course = entry.room.course
        protocol = course.protocol if course.follows.issues >= rounds else ROUNDS
        if protocol != course.protocol or course.issues < rounds:
            today = commands.Today(issues=max(rounds, 1), protocol=protocol)
            moving.move(entry, today, at=self.tick())

    def tick(self) -> datetime:
        self.at += timedelta(seconds=20)
        return self.at

    def entry(self, key: str) -> Entry:
        return entering.locked(self.people[key], self.meeting.pk)

    def has(self, step: str, stage: str | None = None, round_: int | None = None) -> bool:
        """Whether the meeting still comes by there."""
        course = self.entry(self.chair).room.course
        ahead = course.stops[course.position :]
        return any((s.step, s.stage, s.round) == (step, stage, round_) for s in ahead)

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
        if self.has("progress"):
            self.to("progress")
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
        if self.has("bidding"):
            self.to("bidding")
            bidders = {given["who"]: given for given in self.case.get("bids", ())}
            for key in self.present:
                if not (entry := self.entry(key)).seat.is_member:
                    continue
                given = bidders.get(key, {})
                bidding.bid(
                    entry,
                    issue=given.get("issue", ""),
                    why_now=given.get("why_now", ""),
                    passed=not said(given, "issue"),
                    for_=None,
                    at=self.tick(),
                )
        for given in self.case.get("rounds", ()):
            presenter = self.people[given["presenter"]].pk
            bidding.choose(self.entry(self.chair), presenter=presenter, at=self.tick())

    def round(self, number: int, given: Mapping[str, Any]) -> None:
        """Hold one round: at each stage what the case has for it, as soon as it may be written."""
        row = Round.objects.get(room__meeting=self.meeting, number=number)
        parts = {
            "statement": self.state,
            "option": self.options,
            "action": self.decide,
            "feedback": self.feed_back,
        }
        course = self.entry(self.chair).room.course
        stops = [stop for stop in course.stops if stop.round == number]
        asking_in = [s.stage or "" for s in stops if "question" in part_of(course, s).writes]
        given = placed(given, asking_in)
        for stop in stops:
            self.to("round", stop.stage, number)
            self.questions(row, given, stop.stage or "")
            course = self.entry(self.chair).room.course
            for what in [each for each in parts if may_write(course, each)]:
                parts.pop(what)(row, given)

    def state(self, row: Round, given: Mapping[str, Any]) -> None:
        for name in ("first_statement", "statement", "presentation"):
            if words := said(given, name):
                self.say(row, given, name.removeprefix("first_"), words)

    def say(self, row: Round, given: Mapping[str, Any], name: str, words: str) -> None:
        row.refresh_from_db()
        presenting.say(self.entry(given["presenter"]), row, name=name, words=words, at=self.tick())

    def feed_back(self, row: Round, given: Mapping[str, Any]) -> None:
        if words := said(given.get("feedback", {}), "text"):
            self.say(row, given, "feedback", words)

    def questions(self, row: Round, given: Mapping[str, Any], stage: str) -> None:
        for each in given.get("questions", ()):
            if each["stage"] == stage and each["who"] in self.present:
                note = asking.ask(
                    self.entry(each["who"]), row, text=each["text"], for_=None, at=self.tick()
                )
                presenting.mark(row.presenter_id, note, mark=each.get("outcome", ""))

    def options(self, row: Round, given: Mapping[str, Any]) -> None:
        presenting.invite_options(self.entry(given["presenter"]), row, on=True)
        row.refresh_from_db()
        for each in given.get("options", ()):
            if each["who"] in self.present:
                asking.offer(
                    self.entry(each["who"]), row, text=each["text"], for_=None, at=self.tick()
                )

    def decide(self, row: Round, given: Mapping[str, Any]) -> None:
        for each in given.get("actions", ()):
            self.commit(row, given["presenter"], each)

    def commit(self, row: Round, key: str, given: Mapping[str, Any]) -> None:
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
        if self.has("review"):
            self.to("review")
        course = self.entry(self.chair).room.course
        any_words = any(said(given, name) for name in ("helped", "rule_to_discuss", "change"))
        if any_words and may_write(course, "review"):
            concluding.review(
                self.entry(self.chair),
                helped=given.get("helped", ""),
                rule=given.get("rule_to_discuss", ""),
                change=given.get("change", ""),
                at=self.tick(),
            )

    def check_out(self) -> None:
        if not self.has("check-out"):
            return
        self.to("check-out")
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
                passed=not (said(given, "learning") or said(given, "action")),
                for_=None,
                at=self.tick(),
            )


@transaction.atomic
def play(filled: Filled) -> None:
    """Hold the whole meeting of a case that was filled."""
    Play(filled).hold()
