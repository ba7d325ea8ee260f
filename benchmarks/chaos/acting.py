"""Choosing what to do next, of what is really open: a form to write in, or a button to press."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from benchmarks.chaos.facts import MARK, Write, mark
from benchmarks.chaos.page import Form, Press

if TYPE_CHECKING:
    from benchmarks.chaos.client import Client

Chosen = tuple[Write, dict[str, str]]
ROUND = re.compile(r"/rounds/([0-9a-f-]{36})/")
# how readily each button is pressed, by the end of its address and its value; 0: never
WEIGHTS = (
    (re.compile(r"/position/\d+/ next$"), 6.0),
    (re.compile(r"/position/\d+/ back$"), 1.0),
    (re.compile(r"/position/\d+/ "), 0.2),
    (re.compile(r"/clock/ resume$"), 6.0),
    (re.compile(r"/clock/ "), 0.5),
    (re.compile(r"/today/ "), 0.05),
    (re.compile(r"/rooms/[0-9a-f-]+/rounds/ 1$"), 0.3),  # take back the last choice
    (re.compile(r"/rooms/[0-9a-f-]+/rounds/ "), 6.0),
    (re.compile(r"/rounds/[0-9a-f-]+/"), 1.0),
    (re.compile(r"/chair/ "), 0.3),
    (re.compile(r"/hands/\d+/ "), 0.5),
)


def choose(client: Client) -> Chosen | None:
    forms = [form for form in client.forms if _known(form)]
    weights = [(press, _weight(press, client.hands)) for press in client.mine.presses]
    presses = [(press, weight) for press, weight in weights if weight]
    if forms and (not presses or client.rng.random() < 0.6):
        return fill(client, client.rng.choice(forms))
    if presses:
        found, odds = zip(*presses, strict=True)
        return press(client, client.rng.choices(found, odds)[0])
    return None


def _weight(given: Press, hands: set[str]) -> float:
    """The controls go to those who write: whoever is about to go would leave a room without them."""
    if given.url.endswith("/chair/") and given.value not in hands:
        return 0.0
    what = f"{given.url} {given.value}"
    return next((weight for pattern, weight in WEIGHTS if pattern.search(what)), 0.0)


def press(client: Client, given: Press) -> Chosen:
    write = client.write(given.url)
    fields = {given.name: given.value} if given.name else {}
    about = MARK.search(given.about)
    if about and given.value == "withdraw":
        row = next(
            row for each in client.facts.writes for row in each.adds if row[1] == about.group()
        )
        write.takes.append(row)
    if about and given.name == "option":
        write.adds.append(("action", about.group()))
    if given.name == "statement":
        found, words = ROUND.search(given.url), MARK.search(given.value)
        assert found
        write.puts = {f"statement {found[1]}": words.group() if words else ""}
    return write, fields


def _known(form: Form) -> bool:
    return not form.composer.startswith("for-") and form.composer != "rules"


def fill(client: Client, form: Form) -> Chosen:
    """The form filled in with words that are nowhere else, and sent by one of its buttons."""
    write, rng = client.write(form.action), client.rng
    fields = dict(form.fields)
    for name, choices in form.choices.items():
        fields[name] = rng.choice(choices)
    name, value = rng.choice(form.buttons)
    if name:
        fields[name] = value
    for each in form.words:
        fields[each] = f"{mark()} how does {form.composer} look from there?"
    if "due_on" in fields:
        fields["due_on"] = ""
    if "decide_by" in fields:
        fields["decide_by"] = client.storm.today
    _note(client, form, write, fields)
    return write, fields


def _note(client: Client, form: Form, write: Write, fields: dict[str, str]) -> None:
    """What has to be in the database, if this is carried out."""
    marks = {name: _marked(fields[name]) for name in form.words}
    found = ROUND.search(form.action)
    round_ = found[1] if found else ""
    passes = bool(fields.get("passed"))
    match form.composer:
        case "bid":
            write.puts = {
                f"{part} {client.room} {client.person}": "" if passes else marks[part]
                for part in ("issue", "why_now")
            }
        case "statement" | "presentation" | "feedback":
            write.puts = {f"{form.composer} {round_}": marks[form.composer]}
        case "review":
            write.puts = {f"{part} {client.room}": marks[part] for part in ("helped", "change")}
        case "learning":
            write.puts = {
                f"{part} {client.room} {client.person}": marks[part]
                for part in ("learning", "action")
            }
        case "problem":
            write.puts = {f"problem {round_} {client.person}": marks["text"]}
        case "progress":
            write.adds = [(part, marks[part]) for part in ("happened", "learned")]
        case "question" | "option" | "action" if marks:
            write.adds = [(form.composer, marks["text"])]


def _marked(words: str) -> str:
    found = MARK.search(words)
    assert found
    return found.group()
