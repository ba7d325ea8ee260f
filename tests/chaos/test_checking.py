"""Each detector of `bin/bench chaos` finds what it is for, and nothing where there is none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from benchmarks.chaos.checking import check
from benchmarks.chaos.facts import Facts, Held, Sight, Write, mark
from benchmarks.chaos.running import FAULTS, HAPPENED, trouble

pytestmark = pytest.mark.pure
ROOM = "room"
ASKED, OFFERED, TAKEN, FIRST, LAST = (mark() for _ in range(5))


def write(number: int, person: str, path: str, at: float, **facts: object) -> Write:
    """Acknowledged half a second after it was sent, unless `facts` say otherwise."""
    given = {"done_at": at + 0.5, "attempts": 1} | facts
    return Write(ROOM, person, path, f"deed-{number}", at, **given)  # type: ignore[arg-type]


def storm() -> tuple[Facts, Held]:
    """What clients know after a storm that went well, and a database that holds it."""
    writes = [
        write(0, "amara", "/questions/", 1, adds=[("question", ASKED)]),
        write(1, "niamh", "/options/", 2, adds=[("option", OFFERED)], done_at=None, lost=1),
        write(2, "niamh", "/questions/", 3, adds=[("question", TAKEN)]),
        write(3, "niamh", "/notes/", 4, takes=[("question", TAKEN)]),
        write(4, "amara", "/words/", 5, puts={"statement": FIRST}),
        write(5, "amara", "/words/", 6, puts={"statement": LAST}),
        write(6, "ruth", "/rooms/room/position/3/", 7),
        write(7, "ruth", "/rooms/room/clock/", 8),
        write(8, "niamh", "/actions/", 9, adds=[("action", OFFERED)]),  # what gil saw, used again
        write(9, "amara", "/questions/", 9, adds=[("question", mark())], done_at=None, refused=409),
    ]
    facts = Facts(writes=writes, outside={"dele"}, gone={"gil": 4.0}, moves={ROOM: 3})
    facts.sights = {Sight("gil", each, "stream", 0.5) for each in (ASKED, OFFERED)}
    facts.versions = {(ROOM, "niamh"): 12}
    held = Held(
        deeds={(each.person, each.deed): 1 for each in writes[:-1]},
        parts={"statement": LAST},
        rows=Counter([("question", ASKED), ("option", OFFERED), ("action", OFFERED)]),
        versions={ROOM: 12},
        moves={ROOM: 4},
    )
    return facts, held


Plant = Callable[[Facts, Held], object]
PLANTED: list[tuple[str, str, Plant]] = [
    ("lost", "its deed", lambda facts, held: held.deeds.pop(("ruth", "deed-7"))),
    ("lost", "its words", lambda facts, held: held.rows.pop(("question", ASKED))),
    ("lost", "words of an unanswered deed", lambda facts, held: held.rows.pop(("option", OFFERED))),
    ("lost", "the last words", lambda facts, held: held.parts.update(statement=FIRST)),
    ("lost", "all words of a part", lambda facts, held: held.parts.clear()),
    ("lost", "a taking back", lambda facts, held: held.rows.update([("question", TAKEN)])),
    ("doubled", "a deed", lambda facts, held: held.deeds.update({("amara", "deed-0"): 2})),
    ("doubled", "words", lambda facts, held: held.rows.update([("question", ASKED)])),
    ("doubled", "a move", lambda facts, held: _moved_again(facts, held)),
    (
        "seen",
        "by one outside",
        lambda facts, held: facts.sights.add(Sight("dele", LAST, "page", 9)),
    ),
    (
        "seen",
        "in a later page",
        lambda facts, held: facts.sights.add(Sight("gil", ASKED, "page", 5)),
    ),
    ("seen", "in an old stream", lambda facts, held: facts.sights.add(Sight("gil", LAST, "", 0.5))),
    ("illegal", "a state", lambda facts, held: held.illegal.append("It is nowhere.")),
    ("illegal", "an answer", lambda facts, held: facts.wrong.append("It was done for a stranger.")),
    ("illegal", "a version", lambda facts, held: held.versions.update({ROOM: 11})),
    ("illegal", "moves of nobody", lambda facts, held: held.moves.update({ROOM: 9})),
    ("illegal", "half a deed", lambda facts, held: held.rows.update(facts.writes[-1].adds)),
]


def _moved_again(facts: Facts, held: Held) -> None:
    facts.writes.append(write(10, "amara", "/rooms/room/position/3/", 7))
    held.deeds[("amara", "deed-10")] = 1
    held.moves[ROOM] += 1


def found(facts: Facts, held: Held) -> dict[str, int]:
    return {name: len(faults) for name, faults in check(facts, held).items() if faults}


def test_a_storm_that_went_well_has_no_fault() -> None:
    assert found(*storm()) == {}


@pytest.mark.parametrize(
    ("kind", "what", "plant"), PLANTED, ids=[f"{kind}, {what}" for kind, what, _ in PLANTED]
)
def test_a_planted_fault_is_found_and_called_what_it_is(kind: str, what: str, plant: Plant) -> None:
    facts, held = storm()
    plant(facts, held)
    assert found(facts, held) == {kind: 1}, what


def test_every_kind_of_fault_is_planted() -> None:
    assert {kind for kind, _, _ in PLANTED} == set(FAULTS)


def test_what_is_kept_in_json_comes_back_the_same() -> None:
    _, held = storm()
    assert Held.loaded(held.dumped()) == held


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"doubled": 2}, "Found: 2 doubled."),
        ({"kills": 1}, "The server was killed 1 times, and not 2."),
        ({"acknowledged": 0}, "Nothing was acknowledged, so nothing is proved."),
        ({"looks": 0}, "Nothing was looked at from outside, so nothing is proved."),
        ({}, ""),
    ],
)
def test_a_run_passes_only_where_something_was_proved(changed: dict[str, int], says: str) -> None:
    figures = {**dict.fromkeys(FAULTS, 0), **dict.fromkeys(HAPPENED, 7), "kills": 2} | changed
    assert trouble(figures, kills=2) == says
