"""The time as whoever keeps it sees it: ahead or behind, what an overrun costs, what was done about it.

What an overrun costs is shown to nobody else.
"""

from __future__ import annotations

from dataclasses import dataclass

from setwise.protocols.pacing import Pace, break_can_be_shorter
from setwise.room.snapshot import Snapshot

BAR = 1000  # the whole length of the meeting


@dataclass(frozen=True, slots=True)
class Keeping:
    """`state` is ahead, behind or on time; minutes are whole, as they are shown.

    On the bar, as parts of `BAR`: `planned` is how far the plan has come, `now` how far the day has.
    """

    state: str
    minutes: int
    left: int
    in_hand: int
    over: int
    costs: str
    taken: int
    longer: int
    has_break: bool
    planned: int
    now: int

    @property
    def gap(self) -> tuple[int, int]:
        """Where the bar shows the difference, and how long it is."""
        return min(self.planned, self.now), abs(self.planned - self.now)


def shown(seen: Snapshot) -> Keeping:
    pace: Pace = seen.where.pace
    minutes = round(abs(pace.ahead) / 60)
    whole = seen.course.minutes
    used = whole - round(pace.left / 60)  # in whole minutes, so that nothing is sent more often
    return Keeping(
        state="on time" if not minutes else "ahead" if pace.ahead > 0 else "behind",
        minutes=minutes,
        left=max(0, whole - used),
        in_hand=round(pace.in_hand / 60),
        over=pace.minutes_over,
        costs=_costs(seen) if pace.minutes_over else "",
        taken=pace.taken,
        longer=pace.longer,
        has_break=break_can_be_shorter(seen.course),
        planned=_on_bar(used + round(pace.ahead / 60), whole),
        now=_on_bar(used, whole),
    )


def _on_bar(minutes: int, whole: int) -> int:
    return max(0, min(BAR, minutes * BAR // whole))


def _costs(seen: Snapshot) -> str:
    """Who would pay for the overrun if nothing is done: the later presenter, or the end."""
    course, over = seen.course, seen.where.pace.minutes_over
    ahead = range(course.position + 1, len(course.stops))
    begun = course.round or 0
    later = next((n for i in ahead if (n := course.stops[i].round) and n > begun), None)
    if later is None:
        titles = [course.stops[i].title.lower() for i in ahead if course.stops[i].round is None]
        if not titles:
            return f"The meeting ends {_minutes(over)} late."
        return f"That is {_minutes(over)} less for {' and '.join(titles)}, or a later end."
    name = next((name for number, _, name in seen.presenters if number == later), "")
    whose = f"{name}’s round" if name else f"round {later}"
    length = sum(course.planned(i) for i in ahead if course.stops[i].round == later) // 60
    if over >= length:
        return f"There is no time left for {whose}."
    return f"As it goes, {whose} has {length - over} of its {_minutes(length)}."


def _minutes(number: int) -> str:
    return f"{number} minute{'' if number == 1 else 's'}"
