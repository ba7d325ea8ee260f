"""Whether what the clients know and what the database holds can both be true. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from benchmarks.chaos.facts import Facts, Held, Write

EXPECTED = re.compile(r"/position/(\d+)/$")
Faults = dict[str, list[str]]


def check(facts: Facts, held: Held) -> Faults:
    """Every fault in a sentence, under lost, doubled, seen and illegal."""
    recorded = [each for each in facts.writes if (each.person, each.deed) in held.deeds]
    return {
        "lost": [*_unrecorded(facts, held), *_missing(recorded, held), *_reverted(recorded, held)],
        "doubled": [*_twice(held), *_too_many(recorded, held), *_moved_twice(recorded)],
        "seen": list(_seen(facts)),
        "illegal": [
            *held.illegal,
            *facts.wrong,
            *_back(facts, held),
            *_moves(facts, recorded, held),
            *_half_done(facts, held),
        ],
    }


def _unrecorded(facts: Facts, held: Held) -> Iterator[str]:
    for each in facts.writes:
        if each.done_at is not None and (each.person, each.deed) not in held.deeds:
            yield f"{each.path} was acknowledged, and its deed is not there."


def _missing(recorded: list[Write], held: Held) -> Iterator[str]:
    """Each row that was written is there, if it was not taken back; words and deed commit together."""
    taken = {row for each in recorded for row in each.takes}
    for each in recorded:
        for row in each.adds:
            if not held.rows[row] and row not in taken:
                yield f"{row[0]} {row[1]} was written, and is not there."
        for row in each.takes:
            if held.rows[row]:
                yield f"{row[0]} {row[1]} was taken back, and is there."


def _reverted(recorded: list[Write], held: Held) -> Iterator[str]:
    """Each part holds the words of a write after which no other began."""
    written: dict[str, list[Write]] = defaultdict(list)
    for each in recorded:
        for part in each.puts:
            written[part].append(each)
    for part, writes in written.items():
        last = max(each.sent_at for each in writes)
        may = {each.puts[part] for each in writes if each.done_at is None or each.done_at >= last}
        if held.parts.get(part, "") not in may:
            yield f"{part} does not hold what was written last."


def _twice(held: Held) -> Iterator[str]:
    for (_, number), count in held.deeds.items():
        if count > 1:
            yield f"Deed {number} was done {count} times."


def _too_many(recorded: list[Write], held: Held) -> Iterator[str]:
    """No row is there more often than deeds have made it."""
    made = Counter(row for each in recorded for row in each.adds)
    for row, count in held.rows.items():
        if count > max(1, made[row]):
            yield f"{row[0]} {row[1]} is there {count} times."


def _moved_twice(recorded: list[Write]) -> Iterator[str]:
    """Of all who press *next* at the same moment of a meeting, one moves it."""
    pressed = Counter(each.path for each in recorded if EXPECTED.search(each.path))
    for path, count in pressed.items():
        if count > 1:
            yield f"{path} moved the meeting {count} times."


def _seen(facts: Facts) -> Iterator[str]:
    sent: dict[str, float] = {}  # at first: an option's words are sent again as an action's
    for write in facts.writes:
        for mark in write.marks:
            sent[mark] = min(write.sent_at, sent.get(mark, write.sent_at))
    for each in facts.sights:
        gone = facts.gone.get(each.person)
        late = gone is not None and max(each.began, sent.get(each.mark, 0.0)) > gone
        if each.person in facts.outside or late:
            yield f"{each.mark} reached {each.person} by {each.where}."


def _back(facts: Facts, held: Held) -> Iterator[str]:
    for (room, _), version in facts.versions.items():
        if version > held.versions.get(room, 0):
            yield f"Room {room} showed a version that it never came to."


def _moves(facts: Facts, recorded: list[Write], held: Held) -> Iterator[str]:
    """A meeting has moved as often as it was moved: at least by each *next*, at most by each press."""
    steps = Counter(each.room for each in recorded if EXPECTED.search(each.path))
    others = Counter(each.room for each in recorded if each.path.endswith(("/clock/", "/today/")))
    for room, moves in held.moves.items():
        moved = moves - facts.moves[room]
        if not steps[room] <= moved <= steps[room] + others[room]:
            yield f"Room {room} moved {moved} times, and was moved {steps[room]} times."


def _half_done(facts: Facts, held: Held) -> Iterator[str]:
    """What was refused, or never recorded as done, has left nothing behind."""
    for each in facts.writes:
        if (each.person, each.deed) in held.deeds:
            continue
        for row in each.adds:
            others = (w for w in facts.writes if row in w.adds and (w.person, w.deed) in held.deeds)
            if held.rows[row] and not any(others):
                yield f"{row[0]} {row[1]} is there, and its deed is not."
        if each.marks & {held.parts.get(part, "") for part in each.puts}:
            yield f"{each.path} left its words, and its deed is not there."
