"""A look at one room, for everybody who looks at it: what several read alike is made once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation

from setwise.room import mine, regions
from setwise.room.regions import Given, Place
from setwise.room.snapshot import Snapshot, Words
from setwise.room.standing import Part, Scene, Standing, standing
from setwise.room.stream.big_screen import show_screen
from setwise.room.stream.held import Held
from setwise.room.stream.viewer import Message, Viewer, hand_over


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What all have in common who read the same, take part alike, and have one language and zone."""

    regions: dict[str, str]
    marks: dict[str, object]  # that a region is sent again for, where that is not its HTML
    shell: dict[str, Any]
    mine: Given


@dataclass(frozen=True, slots=True, eq=False)
class State:
    """All that a stream shows."""

    shared: Shared
    mine: str

    def since(self, before: State | None) -> tuple[dict[str, str], bool]:
        """The regions to send to whoever was sent another state, and whether there is anything."""
        now, old = self.shared, before.shared if before else None
        changed = (
            {
                name: html
                for name, html in now.regions.items()
                if old is None or old.marks[name] != now.marks[name]
            }
            if old is not now
            else {}
        )
        if before is None or before.mine != self.mine:
            changed["mine"] = self.mine
        return changed, bool(changed) or old is None or old.shell != now.shell


class Look:
    def __init__(self, held: Held, snapshot: Snapshot) -> None:
        self._held, self._snapshot = held, snapshot
        self._scene = Scene.of(snapshot)
        self._announce = regions.announcement(snapshot)
        self._seen: dict[int, tuple[Words, Snapshot]] = {}  # by its words, which it keeps
        self._shared: dict[tuple[int, Part, Place], Shared] = {}
        self._states: dict[tuple[int, str], State] = {}
        self._messages: dict[tuple[State | None, State], Message | None] = {}

    def show(self, viewers: Iterable[Viewer]) -> None:
        """Bring these streams up to date. One whose seat is gone is closed before anything is sent."""
        offers: list[tuple[Viewer, Message]] = []
        try:
            for viewer in viewers:
                if viewer.gone:
                    continue
                if viewer.screen:
                    show_screen(viewer, self._snapshot, self._held.rendered)
                elif message := self._for(viewer):
                    offers.append((viewer, message))
        finally:  # what counts as sent is sent, whatever befell the others
            if offers:
                hand_over(offers[0][0].loop, offers)  # a process has one loop for its streams

    def _for(self, viewer: Viewer) -> Message | None:
        who = standing(self._snapshot, viewer.person)
        if not who.belongs:
            viewer.close()
            return None
        state = self._state(viewer, who)
        message = self._message(viewer.sent, state)
        viewer.sent = state
        return message

    def _state(self, viewer: Viewer, who: Standing) -> State:
        seen = self._seen_by(who)
        with translation.override(viewer.language), timezone.override(viewer.zone):
            place = regions.place()
            key = id(seen), who.part, place
            shared = self._shared.get(key)
            if shared is None:
                shared = self._shared[key] = self._share(seen, who.part, place)
            asked = shared.mine | mine.personal(seen, who)
            html = self._held.rendered.html("mine", asked, place)
        return self._states.setdefault((id(shared), html), State(shared, html))

    def _seen_by(self, who: Standing) -> Snapshot:
        here = self._snapshot.person(who.person)
        assert here
        words = self._held.words_for(here, who, self._scene)
        if id(words) not in self._seen:
            self._seen[id(words)] = words, self._snapshot.saying(words)
        return self._seen[id(words)][1]

    def _share(self, seen: Snapshot, part: Part, place: Place) -> Shared:
        given = {name: of(seen, part) for name, of in regions.SHARED.items()}
        shown = {name: self._held.rendered.html(name, each, place) for name, each in given.items()}
        marks = shown | {"clock": regions.clock_mark(given["clock"], seen)}
        return Shared(shown, marks, regions.shell(seen, part), mine.shared(seen, part))

    def _message(self, before: State | None, now: State) -> Message | None:
        key = before, now
        if key not in self._messages:
            changed, anything = now.since(before)
            self._messages[key] = (
                Message(
                    {
                        "version": self._snapshot.version,
                        "regions": changed,
                        "shell": now.shared.shell,
                        "announce": self._announce,
                    }
                )
                if anything
                else None
            )
        return self._messages[key]
