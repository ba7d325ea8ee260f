"""To whom the controls of a room are offered: to take, or to be given. Made of the snapshot."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from setwise.room import holding
from setwise.room.snapshot import Here, Snapshot
from setwise.room.standing import Standing

Given = dict[str, Any]


def held(seen: Snapshot, who: Standing) -> Given:
    """Whether this person may take the controls, and what they are told of whoever holds them."""
    chair = seen.person(seen.chair) if seen.chair else None
    theirs = who.person == seen.day_chair and not (chair and chair.is_facilitator)
    presenting = set(seen.round.presenters) if seen.round else set()
    free = not (who.presents and _stand_ins(seen, presenting))
    may_take = not who.controls and free and (who.facilitates or theirs or seen.chair_gone)
    lost = who.person == seen.chair_before and seen.chair_how == "gone" and not who.controls
    return {
        "may_take_controls": who.person if may_take else None,
        "chair_gone": may_take and seen.chair_gone,
        "chair_left": chair is None or chair.status != "entered",
        "chairs_today": may_take and theirs,
        "was_away": lost,
    }


def _stand_ins(seen: Snapshot, presenters: Collection[UUID]) -> tuple[Here, ...]:
    found = holding.stand_ins(seen.people, presenters=presenters, day_chair=seen.day_chair)
    return tuple(found) if not seen.recording else ()


def givable(seen: Snapshot, who: Standing) -> Given:
    """To whom the controls are to be given: back, to whoever chairs today, or for one's own round."""
    coming = holding.coming_round(seen.course)
    presenting = {p for n, p, _ in seen.presenters if n == coming}
    presenting |= {p for n, p in seen.sharing if n == coming}
    here = {p.id: p for p in seen.people if p.status == "entered" and p.present}
    away = seen.chair_before if seen.chair_how == "gone" else None
    wanted = [away, seen.day_chair] if not seen.course.round else [away]
    return {
        "day_chair": seen.day_chair,
        "back_to": next(
            (here[each] for each in wanted if each in here and each != who.person), None
        ),
        "stand_ins": _stand_ins(seen, presenting) if who.person in presenting else (),
    }
