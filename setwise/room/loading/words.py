from __future__ import annotations

from django.db.models import Prefetch

from setwise.actions.models import Progress, Shown
from setwise.protocols.reading import part
from setwise.room import records
from setwise.room.loading import notes
from setwise.room.loading.rules import objections_of, rules_of
from setwise.room.loading.unconfirmed import unconfirmed
from setwise.room.models import Bid, Problem, Review, Room, Round, RoundAction
from setwise.room.snapshot import Words
from setwise.sets.agreeing import current_settings
from setwise.vault.sealing import keys_at_hand


def words_of(room: Room) -> Words:
    """What is written, opened; as new as the room's `words_version`."""
    rounds = list(Round.objects.filter(room=room).select_related("presenter", "shared_with"))
    bids = list(Bid.objects.filter(room=room).select_related("person").order_by("at"))
    shown = list(
        Shown.objects.filter(meeting=room.meeting_id)
        .select_related("action__owner")
        .prefetch_related(Prefetch("action__progress", Progress.objects.exclude(confirmed_at=None)))
        .order_by("action__decided_at")
    )
    here = _current(room, rounds)
    decided: list[RoundAction] = []
    if here:
        decided = list(RoundAction.objects.filter(round=here).select_related("action__owner"))
    review = Review.objects.filter(room=room).first()
    earlier = records.last_review(room)
    key_ids = {row.key_id for row in (*rounds, *bids)} | {room.meeting.learning_set.key_id}
    key_ids |= {row.action.key_id for row in shown} | {row.action.key_id for row in decided}
    with keys_at_hand(key_ids):
        return Words(
            presenters=tuple((row.number, row.presenter_id, row.names) for row in rounds),
            sharing=tuple((row.number, row.shared_with_id) for row in rounds if row.shared_with_id),
            round=notes.round_now(here, decided, _problems(room, here)) if here else None,
            bids=tuple(map(notes.bid, bids)),
            shown=tuple(map(notes.shown, shown)),
            unconfirmed=unconfirmed(room, here),
            rules=rules_of(room),
            objections=objections_of(room),
            helped=review.words("helped") if review else "",
            change=review.words("change") if review else "",
            rule_to_discuss=review.get_rule_to_discuss_display() if review else "",
            one_change=earlier.words("change") if earlier else "",
            one_change_at=earlier.at if earlier else None,
            equal_air_time=_shares_equally(room),
        )


def _problems(room: Room, here: Round) -> list[Problem]:
    """Asked for only where the protocol lets each write the problem."""
    if here.problems_opened_at or "problem" in part(room.course).writes:
        return list(Problem.objects.filter(round=here).select_related("author"))
    return []


def _shares_equally(room: Room) -> bool:
    """Asked for where it matters only: as presenters are chosen."""
    chooses = room.recording or room.course.stop.kind == "bidding"
    return chooses and current_settings(room.meeting.learning_set).air_time == "equal"


def _current(room: Room, rounds: list[Round]) -> Round | None:
    if room.recording:
        return rounds[-1] if rounds else None
    number = room.course.round
    return next((row for row in rounds if row.number == number), None)
