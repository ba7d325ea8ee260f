"""Whatever is typed, it is words on the screen: nothing in a region runs, and nothing breaks out."""

from __future__ import annotations

import re
import uuid
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest

from setwise.people.models import Person
from setwise.project.demo.playing import Play
from setwise.room import asking, drawing, presenting
from setwise.room.models import Round
from tests.room.looking import EVERYBODY, shown, to_clarify

pytestmark = pytest.mark.once

ODD = "\"><script>x</script>' onload='x' \u202e{{ 7 }}&amp;"

TYPED = re.compile(
    r"{{ (?:\w+\.)*(?:text|more|words|(?:first_)?statement|presentation|feedback|happened|learned"
    r"|helped|(?:one_)?change)(?:\|[^}]+)? }}"
)
ISOLATED = ("<bdi>", 'dir="auto">', 'dir="auto"><strong>', 'value="')


class Reader(HTMLParser):
    """What a browser would see: elements with their attributes, and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen, self.values, self.words = set[str](), list[str | None](), ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen |= {tag, *(name for name, _ in attrs)}
        self.values += [value for _, value in attrs]

    def handle_data(self, data: str) -> None:
        self.words += data


def drawn_for_all(play: Play) -> Reader:
    return Reader("\n".join(shown(play, key) for key in EVERYBODY))


def test_names_and_words_are_escaped_wherever_they_stand(open_play: Play) -> None:
    play = open_play
    Person.objects.filter(pk=play.people["niamh"].pk).update(name=f"Niamh {ODD}")
    to_clarify(play)  # past its own bidding and presenting
    row = Round.objects.get()
    for name in ("statement", "presentation"):
        presenting.put(row, name=name, words=f"{name} {ODD}\nmore")
    asking.ask(play.entry("niamh"), row, text=f"Question {ODD}", for_=None, at=play.tick())
    seen = [drawn_for_all(play)]
    play.to("round", "options", 1)
    asking.offer(play.entry("amara"), row, text=f"Option {ODD}", for_=None, at=play.tick())
    seen.append(drawn_for_all(play))
    play.to("round", "decide", 1)
    seen.append(drawn_for_all(play))
    words = "".join(each.words for each in seen)
    for what in ("Niamh", "statement", "presentation", "Question", "I will do: Option"):
        assert f"{what} {ODD}" in words, what
    assert all(each.seen.isdisjoint({"script", "onload"}) for each in seen)


def test_words_in_an_attribute_stay_in_it() -> None:
    wording = SimpleNamespace(text=ODD, author_name=ODD)
    given = {"status": "entered", "presents": True, "writes": ("statement",)}
    given |= {
        "wordings": [wording],
        "meeting": uuid.uuid4(),
        "moves": 0,
        "round": SimpleNamespace(id=uuid.uuid4()),
    }
    found = Reader(drawing.drawn("mine", given))
    assert ODD in found.values
    assert f"Take the wording of {ODD}" in found.words
    assert found.seen.isdisjoint({"script", "onload"})


def test_no_template_switches_escaping_off() -> None:
    for each in (Path(drawing.__file__).parent / "jinja2").glob("*.html"):
        source = each.read_text("utf-8")
        assert "|safe" not in source, each.name
        assert "autoescape" not in source, each.name


def test_words_turn_nothing_round_that_stands_beside_them() -> None:
    room = Path(drawing.__file__).parent
    found = 0
    for each in (*(room / "jinja2").glob("*.html"), room / "templates/room/_record.html"):
        source = each.read_text("utf-8")
        for words in TYPED.finditer(source):
            assert source[: words.start()].endswith(ISOLATED), (each.name, words[0])
            found += 1
    assert found > 20
