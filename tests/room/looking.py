from __future__ import annotations

from datetime import datetime

from setwise.project.demo.playing import Play
from setwise.room import bidding, loading, regions
from setwise.room.models import CheckIn, Presence, Room, Round
from setwise.room.models.presence import LIVES
from setwise.room.snapshot import Snapshot
from setwise.room.standing import standing, visible
from setwise.room.writable import open_composers

EVERYBODY = ("ruth", "amara", "niamh", "tomasz", "yusuf", "bronwen")


def to_clarify(play: Play) -> Round:
    """Bid, choose Amara, and go to the questions of her round."""
    play.to("bidding")
    for key, issue in (("amara", "Hers"), ("niamh", "My own")):
        bidding.bid(
            play.entry(key), issue=issue, why_now="", passed=False, for_=None, at=play.tick()
        )
    amara = play.people["amara"]
    row = bidding.choose(play.entry("ruth"), presenter=amara.id, at=play.tick())
    play.to("round", "clarify", 1)
    row.refresh_from_db()
    return row


def view(play: Play, key: str) -> Snapshot:
    room = Room.objects.select_related("meeting__learning_set").get(meeting=play.meeting)
    snapshot = loading.load(room, at=play.at)
    who = standing(snapshot, play.people[key].id)
    seen = visible(snapshot, who)
    assert isinstance(open_composers(snapshot, who), list)
    return seen


def texts(play: Play, key: str) -> list[str]:
    current = view(play, key).round
    return [note.text for note in current.notes] if current else []


def status(play: Play, key: str) -> str:
    row = CheckIn.objects.get(person=play.people[key])
    return "entered" if row.entered_at else "admitted" if row.admitted_at else "waiting"


def see(play: Play, *keys: str, at: datetime | None = None) -> None:
    """Their streams are open at this moment."""
    room, moment = Room.objects.get(), at or play.at
    for key in keys:
        Presence.objects.update_or_create(
            room=room, person=play.people[key], defaults={"until": moment + LIVES}
        )


def shown(play: Play, key: str) -> str:
    """Everything that is pushed to one person's screen."""
    room = Room.objects.select_related("meeting__learning_set").get(meeting=play.meeting)
    snapshot = loading.load(room, at=play.at)
    who = standing(snapshot, play.people[key].id)
    return "\n".join(regions.render(visible(snapshot, who), who, regions.Rendered()).values())


def readers(play: Play, words: str) -> set[str]:
    return {key for key in EVERYBODY if words in shown(play, key)}
