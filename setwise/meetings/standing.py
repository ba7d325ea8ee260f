"""How a poll stands: who has answered, and its dates and places, the best first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from setwise.meetings import convening
from setwise.meetings.models import Poll, PollAnswer, PollDate, PollPlace
from setwise.meetings.ranking import Choice, Ranked, Voter, rank
from setwise.people.models import Person
from setwise.sets.agreeing import current_settings
from setwise.sets.models import Membership


@dataclass(frozen=True, slots=True)
class Standing:
    """A poll among those who belong to its set now. Dates that have begun are in `over` alone."""

    people: list[Person]
    dates: list[tuple[PollDate, Ranked]]
    places: list[tuple[PollPlace, Ranked]]
    over: list[PollDate]
    answers: dict[UUID, dict[UUID, str]]  # by date or place, then by person

    @property
    def missing(self) -> list[Person]:
        """Who has still to answer a date."""
        coming = [date.id for date, _ in self.dates]
        return [
            person
            for person in self.people
            if any(person.id not in self.answers.get(date, {}) for date in coming)
        ]

    @property
    def answered(self) -> list[Person]:
        missing = {person.id for person in self.missing}
        return [each for each in self.people if self.dates and each.id not in missing]

    @property
    def best(self) -> tuple[PollDate, Ranked] | None:
        """The date that stands first, if anybody can come to it."""
        return self.dates[0] if self.dates and self.dates[0][1].can else None

    @property
    def agreed(self) -> list[PollDate]:
        """For each meeting the best date to which everyone has said yes; none while one has none."""
        best = [self._agreed(ranked) for ranked in self.by_occurrence.values()]
        return [date for date in best if date] if all(best) else []

    @property
    def by_occurrence(self) -> dict[int, list[tuple[PollDate, Ranked]]]:
        """The dates by the meeting of the series that they are for, each list the best first."""
        found: dict[int, list[tuple[PollDate, Ranked]]] = {}
        for date, row in sorted(self.dates, key=lambda pair: pair[0].occurrence):
            found.setdefault(date.occurrence, []).append((date, row))
        return found

    @staticmethod
    def _agreed(ranked: list[tuple[PollDate, Ranked]]) -> PollDate | None:
        return next((date for date, row in ranked if row.agreed), None)


def of(poll: Poll, *, at: datetime) -> Standing:
    """Read a poll in a number of queries that does not grow with its dates or people."""
    seats = Membership.objects.seated().filter(learning_set=poll.learning_set_id)
    seats = seats.select_related("person").order_by("person__name", "person_id")
    people = [(seat.person, seat.is_member) for seat in seats]
    dates = list(PollDate.objects.filter(poll=poll).order_by("starts_at"))
    places = list(PollPlace.objects.filter(poll=poll).order_by("place", "link"))
    answers = _answers(poll)
    voters = [Voter(person.id, person.zone, counts) for person, counts in people]
    members = sum(voter.counts for voter in voters)
    quorum = min(current_settings(poll.learning_set).quorum, members)
    ranked = rank([_choice(row, answers) for row in dates], voters, quorum=quorum, after=at)
    ranked_places = rank([_choice(row, answers) for row in places], voters)
    dates_by_id: dict[Hashable, PollDate] = {row.id: row for row in dates}
    places_by_id: dict[Hashable, PollPlace] = {row.id: row for row in places}
    return Standing(
        people=[person for person, _ in people],
        dates=[(dates_by_id[row.id], row) for row in ranked],
        places=[(places_by_id[row.id], row) for row in ranked_places],
        over=[row for row in dates if row.starts_at <= at],
        answers=answers,
    )


def owed_by(person: Person, *, at: datetime) -> dict[UUID, Poll]:
    """By set, the poll with a date still to come that this person has not answered."""
    given = PollAnswer.objects.filter(person=person, date=OuterRef("pk"))
    unanswered = PollDate.objects.filter(~Exists(given), poll=OuterRef("pk"), starts_at__gt=at)
    polls = Poll.objects.visible_to(person).taking_answers(at=at).filter(Exists(unanswered))
    return {poll.learning_set_id: poll for poll in polls}


def to_settle_by(person: Person, *, at: datetime) -> dict[UUID, Poll]:
    """By set, the closed poll that waits for this person, its convenor, to choose a date."""
    coming = PollDate.objects.filter(poll=OuterRef("pk"), starts_at__gt=at)
    waiting = Poll.objects.visible_to(person).unsettled().filter(Exists(coming))
    closed = [poll for poll in waiting.order_by("opened_at") if not poll.takes_answers(at=at)]
    theirs = convening.convenors(closed, at=at)
    return {poll.learning_set_id: poll for poll in closed if theirs.get(poll.id) == person}


def running(person: Person, *, at: datetime) -> dict[UUID, Poll]:
    """By set, the poll that takes answers now."""
    polls = Poll.objects.visible_to(person).taking_answers(at=at)
    return {poll.learning_set_id: poll for poll in polls}


def _answers(poll: Poll) -> dict[UUID, dict[UUID, str]]:
    found: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    rows = PollAnswer.objects.filter(Q(date__poll=poll) | Q(place__poll=poll))
    for row in rows:
        about = row.date_id or row.place_id
        assert about
        found[about][row.person_id] = row.answer
    return dict(found)


def _choice(row: PollDate | PollPlace, answers: dict[UUID, dict[UUID, str]]) -> Choice:
    starts_at = row.starts_at if isinstance(row, PollDate) else None
    return Choice(row.id, answers.get(row.id, {}), starts_at)
