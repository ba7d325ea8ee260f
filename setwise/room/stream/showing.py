"""A look at one room, for everybody who looks at it: what several read alike is made once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from itertools import groupby
from typing import Any

from django.utils import timezone, translation

from setwise.room import mine, regions
from setwise.room.regions import Given
from setwise.room.snapshot import Snapshot, Words
from setwise.room.standing import Part, Scene, Standing, standing
from setwise.room.stream.big_screen import show_screen
from setwise.room.stream.held import Held
from setwise.room.stream.viewer import Message, Offer, Viewer

Changes = dict[str, str]


@dataclass(frozen=True, slots=True, eq=False)
class Common:
    """What all have who read the same, in one language."""

    html: Changes
    clock: Given
    course: object  # that the clock is sent again for: its seconds differ each time

    def since(self, before: Common | None) -> Changes:
        if before is self:
            return {}
        old = before.html if before else {}
        return {name: html for name, html in self.html.items() if old.get(name) != html}


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """What all of those have who take part alike as well."""

    common: Common
    hands: str
    shell: dict[str, Any]
    mine: Given


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All that a stream shows."""

    alike: Alike
    clock: str
    mine: str

    def since(self, before: State | None) -> tuple[Changes, bool]:
        """The regions to send to whoever was sent another state, and whether there is anything."""
        now = self.alike
        if before is None:
            own = {"clock": self.clock, "hands": now.hands, "mine": self.mine}
            return now.common.since(None) | own, True
        old = before.alike
        changed = now.common.since(old.common)
        if old.common.course != now.common.course:
            changed["clock"] = self.clock
        if old.hands != now.hands:
            changed["hands"] = now.hands
        if before.mine != self.mine:
            changed["mine"] = self.mine
        return changed, bool(changed) or old.shell != now.shell


class Look:
    def __init__(self, held: Held, snapshot: Snapshot) -> None:
        self._held, self._snapshot = held, snapshot
        self._scene = Scene.of(snapshot)
        self._language = ""
        self._announce = regions.announcement(snapshot)
        self._seen: dict[int, tuple[Words, Snapshot]] = {}  # by its words, which it keeps
        self._common: dict[tuple[int, bool, str], Common] = {}
        self._clocks: dict[tuple[Common, tzinfo], str] = {}
        self._alike: dict[tuple[Common, Part], Alike] = {}
        self._states: dict[tuple[Alike, str, str], State] = {}
        self._changes: dict[tuple[State | None, State], tuple[Changes, bool]] = {}
        self._messages: dict[tuple[Alike, tuple[tuple[str, str], ...]], Message] = {}

    def show(self, viewers: Iterable[Viewer], offers: list[Offer]) -> None:
        """Add what brings these streams up to date: each of it counts as sent.

        One whose seat is gone is closed before anything is sent.
        """
        for language, group in groupby(sorted(viewers, key=_language), _language):
            self._language = language
            with translation.override(language):
                for viewer in group:
                    message = None if viewer.gone else self._for(viewer)
                    if message:
                        offers.append((viewer, message))

    def _for(self, viewer: Viewer) -> Message | None:
        if viewer.screen:
            show_screen(viewer, self._snapshot, self._held.rendered)
            return None
        who = standing(self._snapshot, viewer.person)
        if not who.belongs:
            viewer.close()
            return None
        state = self._state(viewer, who)
        message = self._message(viewer.sent, state)
        viewer.sent = state
        return message

    def _state(self, viewer: Viewer, who: Standing) -> State:
        here = self._snapshot.person(who.person)
        assert here
        words = self._held.words_for(here, who, self._scene)
        common = self._common_for(self._saying(words.in_common), who)
        alike = self._alike_for(common, self._saying(words.in_common), who.part)
        clock = self._clock_for(common, viewer.zone)
        asked = alike.mine | mine.personal(self._saying(words.all), who)
        html = self._drawn("mine", asked)
        return self._states.setdefault((alike, clock, html), State(alike, clock, html))

    def _saying(self, words: Words) -> Snapshot:
        if id(words) not in self._seen:
            self._seen[id(words)] = words, self._snapshot.saying(words)
        return self._seen[id(words)][1]

    def _common_for(self, seen: Snapshot, who: Standing) -> Common:
        key = id(seen), who.entered, self._language
        if key not in self._common:
            given = {name: of(seen, who.entered) for name, of in regions.SHARED.items()}
            clock = given.pop("clock")
            html = {name: self._drawn(name, each) for name, each in given.items()}
            self._common[key] = Common(html, clock, regions.clock_mark(clock, seen))
        return self._common[key]

    def _alike_for(self, common: Common, seen: Snapshot, part: Part) -> Alike:
        key = common, part
        if key not in self._alike:
            hands = self._drawn("hands", regions.hands(seen, part))
            shell = regions.shell(seen, part)
            self._alike[key] = Alike(common, hands, shell, mine.shared(seen, part))
        return self._alike[key]

    def _clock_for(self, common: Common, zone: tzinfo) -> str:
        if (common, zone) not in self._clocks:
            with timezone.override(zone):
                html = self._drawn("clock", common.clock)
            self._clocks[common, zone] = html
        return self._clocks[common, zone]

    def _drawn(self, region: str, given: Given) -> str:
        return self._held.rendered.html(region, given, self._language)

    def _message(self, before: State | None, now: State) -> Message | None:
        """What to send, one for all to whom it is the same: their zones may differ, say."""
        if (before, now) not in self._changes:
            self._changes[before, now] = now.since(before)
        changed, anything = self._changes[before, now]
        if not anything:
            return None
        key = now.alike, tuple(changed.items())
        if key not in self._messages:
            content = {
                "version": self._snapshot.version,
                "regions": changed,
                "shell": now.alike.shell,
                "announce": self._announce,
            }
            self._messages[key] = Message(content)
        return self._messages[key]


def _language(viewer: Viewer) -> str:
    return viewer.language
