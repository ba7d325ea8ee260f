"""The e-mails about meetings, dates, actions and what follows a meeting."""

from __future__ import annotations

from datetime import timedelta

from setwise.meetings import (
    coming_up,
    following_seats,
    mail,
    polling,
    polls_due,
    replying,
    scheduling,
    settling,
    volunteering,
)
from setwise.meetings.models import Meeting, Poll
from setwise.project.demo.filling import seat_of
from setwise.sets import handing_over, seating
from tests.cast import Cast
from tests.emails.of_sets import EVERYONE
from tests.emails.scenes import DAY, NOW, Scene, day
from tests.meetings.planning import plan
from tests.meetings.polls import proposal, to_all


def fix(company: Cast, days: int = 14) -> Meeting:
    plan_ = plan(starts_at=day(days), minutes=120)
    return scheduling.fix(company.seat("facilitator"), plan=plan_, at=NOW)


def move(company: Cast) -> None:
    plan_ = plan(starts_at=day(15), minutes=120, place="Room 4")
    scheduling.move(company.seat("facilitator"), fix(company), plan=plan_, at=NOW)


def cancel(company: Cast) -> None:
    scheduling.cancel(company.seat("facilitator"), fix(company), at=NOW)


def leave(company: Cast) -> None:
    fix(company)
    seating.leave(company.seat("presenter"), at=NOW)
    following_seats.follow_due(at=NOW)


def remind(company: Cast) -> None:
    fix(company)
    coming_up.post_due(at=day(7, 10))


def welcome(company: Cast) -> None:
    fix(company)
    mail.welcome(company.membership("presenter"), at=NOW)


def relieve(company: Cast) -> None:
    """Nobody facilitates; whoever is to chair first is relieved of it."""
    meeting = fix(company)
    handing_over.give_facilitation(company.seat("facilitator"), to=None, at=NOW)
    volunteering.volunteer(company.seat("presenter"), meeting, at=NOW)
    volunteering.volunteer(company.seat("member"), meeting, at=NOW + DAY)


def ask(company: Cast, dates: tuple[int, ...] = (21, 22, 23)) -> Poll:
    given = proposal(NOW, dates=tuple(map(day, dates)), closes_at=NOW + 7 * DAY)
    return polling.open_poll(company.seat("facilitator"), proposal=given, at=NOW)


def ask_again(company: Cast) -> None:
    ask(company)
    for hour in range(7 * 24):
        polls_due.ask_due(at=NOW + timedelta(hours=hour))


def answer(company: Cast, words: str = "") -> Poll:
    poll = ask(company)
    for key, first in (
        ("amara", "no"),
        ("tomasz", "if need be"),
        ("niamh", "yes"),
        ("ruth", "yes"),
    ):
        given, seat = (
            to_all(poll, "yes", first=first),
            seat_of(company.keys[key], poll.learning_set),
        )
        polling.answer(seat, poll, given=given, words=words, at=NOW)
    return poll


def note(company: Cast) -> None:
    answer(company, "Thursdays only from noon on.")


def close(company: Cast) -> None:
    answer(company)
    polls_due.close_due(at=NOW + 8 * DAY)


def call_off(company: Cast) -> None:
    polling.cancel(company.seat("facilitator"), ask(company), at=NOW)


def settle_series(company: Cast) -> None:
    poll = ask(company, dates=(21, 63))
    dates = list(poll.dates.order_by("starts_at"))
    for number, date in enumerate(dates):
        date.occurrence = number + 1
        date.save()
    seat = company.seat("facilitator")
    settling.settle(
        seat, poll, dates=[date.pk for date in dates], place=poll.places.get().pk, at=NOW
    )


def lose_quorum(company: Cast) -> None:
    meeting = fix(company)
    for person in company.keys.values():
        if person != company.people["facilitator"]:
            seat = seat_of(person, company.learning_set)
            replying.reply(seat, meeting, answer="apologies", at=NOW)


SCENES = (
    Scene("meetings/email/welcome", "they have joined a set", "that person", welcome),
    Scene("meetings/email/poll_opened", "dates are proposed", "the others in the set", ask),
    Scene(
        "meetings/email/poll_again",
        "they have not answered a poll: twice at most",
        "that member",
        ask_again,
    ),
    Scene(
        "meetings/email/poll_comment",
        "somebody left a note about the dates",
        "the convenor",
        note,
        "ruth",
    ),
    Scene("meetings/email/poll_closed", "a poll’s deadline is over", "the convenor", close, "ruth"),
    Scene(
        "meetings/email/poll_cancelled", "a poll is called off", "the others in the set", call_off
    ),
    Scene("meetings/email/fixed", "a meeting is fixed", EVERYONE, fix),
    Scene("meetings/email/series", "several meetings are fixed at once", EVERYONE, settle_series),
    Scene(
        "meetings/email/invited",
        "a meeting comes to a calendar that lacks it: one of a series, or after a suspension",
        "that person",
        settle_series,
        "yusuf",
    ),
    Scene("meetings/email/moved", "a meeting changes", EVERYONE, move, "yusuf"),
    Scene("meetings/email/cancelled", "a meeting is cancelled", EVERYONE, cancel),
    Scene(
        "meetings/email/left",
        "they left a set whose meeting is in their calendar",
        "that person",
        leave,
    ),
    Scene(
        "meetings/email/relieved",
        "somebody else chairs in their place",
        "whoever was to chair",
        relieve,
    ),
    Scene(
        "meetings/email/too_few",
        "apologies leave too few for the quorum",
        "whoever arranges",
        lose_quorum,
        "ruth",
    ),
    Scene(
        "meetings/email/coming_up",
        "a week and a day before a meeting",
        "everyone who did not send apologies",
        remind,
    ),
)
