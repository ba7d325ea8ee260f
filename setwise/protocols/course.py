"""Where one meeting is on its way. It holds stops and times, and never a word that was said."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Self

from setwise.protocols.agenda import Stop, plan
from setwise.protocols.shape import Protocol
from setwise.protocols.shipped import kept, load

TIMES = ("began_at", "paused_at", "opened_at", "closed_at")


@dataclass(frozen=True, slots=True)
class Course:
    """The state that the engine walks.

    `position` counts stops from 0. `spent` are the seconds already spent at each stop, `added` the
    seconds added to it, or taken off it where they are negative. `moves` rises with every step forward
    or back, so that a press meant for another moment is recognised even where the position is the
    same again. `in_hand` are the seconds that the plan left free, `longer` the minutes that the set
    gave beyond it. In a pause for learning `asking` is the key of what the set is asked, ''
    otherwise; `asked` counts such questions, so that they take turns. `own` are the set's own
    protocols that it follows or has followed, by key and as TOML: whatever becomes of them, this
    meeting keeps them.
    """

    protocol: str
    minutes: int
    issues: int
    stops: tuple[Stop, ...]
    opened_at: datetime
    began_at: datetime
    position: int = 0
    added: tuple[int, ...] = ()
    spent: tuple[int, ...] = ()
    paused_at: datetime | None = None
    closed_at: datetime | None = None
    moves: int = 0
    in_hand: int = 0
    asking: str = ""
    asked: int = 0
    longer: int = 0
    own: tuple[tuple[str, str], ...] = ()

    @property
    def follows(self) -> Protocol:
        return self.protocol_of(self.protocol)

    def protocol_of(self, key: str) -> Protocol:
        """A protocol of the set's own that the course holds, or a shipped one; KeyError for none."""
        text = dict(self.own).get(key)
        return load(key) if text is None else kept(text, key)

    @property
    def stop(self) -> Stop:
        return self.stops[self.position]

    @property
    def untouched(self) -> bool:
        """Whether nobody moved on from its first stop: the meeting had no clock, or was not held."""
        return self.moves == 0

    @property
    def ends_at(self) -> datetime:
        """The end that was agreed, by the clock on the wall."""
        return self.opened_at + timedelta(minutes=self.minutes)

    def planned(self, index: int) -> int:
        """The seconds that this stop has by now."""
        return self.stops[index].minutes * 60 + self.added[index]

    @property
    def rounds(self) -> int:
        """How many rounds it has room for: no more than its protocol is written for."""
        return max((stop.round or 0 for stop in self.stops), default=0)

    @property
    def round(self) -> int | None:
        """The number of the round under way, a break taken in its middle included."""
        if self.stop.step == "break-now" and self.position + 1 < len(self.stops):
            return self.stops[self.position + 1].round
        return self.stop.round

    def to_json(self) -> dict[str, Any]:
        data = {each.name: getattr(self, each.name) for each in fields(self)}
        for name in TIMES:
            data[name] = data[name].isoformat() if data[name] else None
        data["stops"] = [stop.to_json() for stop in self.stops]
        data["added"], data["spent"] = list(self.added), list(self.spent)
        data["own"] = dict(self.own)
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """Read back what `to_json` wrote."""
        values = dict(data)
        for name in TIMES:
            values[name] = datetime.fromisoformat(values[name]) if values[name] else None
        values["stops"] = tuple(_stop(**stop) for stop in data["stops"])
        values["added"], values["spent"] = tuple(data["added"]), tuple(data["spent"])
        values["own"] = tuple(data.get("own", {}).items())
        return cls(**values)


@lru_cache(maxsize=4096)
def _stop(**stop: Any) -> Stop:
    """A stop that was read before is the same again: it costs nothing to make, or to compare."""
    return Stop(**stop)


def start(protocol: str, *, minutes: int, issues: int, at: datetime, text: str = "") -> Course:
    """A course at its first stop, its clock running from `at`.

    `text` is the protocol's TOML where it is the set's own; else KeyError for one not shipped.
    """
    follows = kept(text, protocol) if text else load(protocol)
    stops = plan(follows, minutes=minutes, issues=issues)
    nothing = (0,) * len(stops)
    return Course(
        protocol,
        minutes,
        issues,
        stops,
        opened_at=at,
        began_at=at,
        added=nothing,
        spent=nothing,
        in_hand=60 * (minutes - sum(stop.minutes for stop in stops)),
        own=((protocol, text),) if text else (),
    )


def spent_here(course: Course, at: datetime) -> int:
    """Seconds spent at the present stop, now and earlier; a clock that goes back counts nothing."""
    until = course.closed_at or course.paused_at or at
    return course.spent[course.position] + max(0, int((until - course.began_at).total_seconds()))
