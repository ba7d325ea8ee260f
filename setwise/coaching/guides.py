"""The guides: short texts in Markdown, for whom each is, and where it helps.

`guides/<language>/<key>.md` holds one guide a file. A guide that has not been translated is read in
English, so a translation may begin with a single file.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

FALLBACK = "en"
AUDIENCES = {
    "everyone": "For everyone",
    "facilitators": "For whoever facilitates or chairs",
    "organisers": "For whoever organises sets",
}
_ROOT = files("setwise.coaching") / "guides"


@dataclass(frozen=True, slots=True)
class Guide:
    """One guide. `lede` is its first paragraph, `body` the Markdown after it; some have no lede."""

    key: str
    title: str
    lede: str
    body: str
    audience: str


def guides(language: str = FALLBACK) -> Mapping[str, Guide]:
    """Every guide by key, in the order in which they are taught; `language` as in `en-gb`."""
    return _read(language.lower().partition("-")[0])


@lru_cache(maxsize=16)
def _read(language: str) -> Mapping[str, Guide]:
    groups = _index()["guides"]
    return {key: _guide(key, group["for"], language) for group in groups for key in group["keys"]}


def _guide(key: str, audience: str, language: str) -> Guide:
    title, _, rest = _text(key, language).strip().partition("\n")
    lede, _, body = rest.strip().partition("\n\n")
    if lede.startswith("#"):  # it begins with a part
        lede, body = "", rest.strip()
    return Guide(key, title.removeprefix("# "), " ".join(lede.split()), body, audience)


def _text(key: str, language: str) -> str:
    translated = _ROOT / language / f"{key}.md"
    found = translated if translated.is_file() else _ROOT / FALLBACK / f"{key}.md"
    return found.read_text("utf-8")


@lru_cache(maxsize=1)
def _index() -> dict[str, Any]:
    return tomllib.loads((_ROOT / "index.toml").read_text("utf-8"))


def of(audience: str, language: str = FALLBACK) -> list[Guide]:
    return [each for each in guides(language).values() if each.audience == audience]


def offerable(language: str = FALLBACK) -> list[Guide]:
    """What a facilitator may offer to somebody of their set: all but the organisers' guides."""
    return [each for each in guides(language).values() if each.audience != "organisers"]


def here(*, stage: str | None, step: str, leads: bool, language: str = FALLBACK) -> list[Guide]:
    """What helps in this stage of a meeting, two at most; whoever `leads` gets other ones."""
    places = _index()["leading" if leads else "asking"]
    return some(places.get(stage) or places.get(step, ()), language)


def beside(card: str, language: str = FALLBACK) -> list[Guide]:
    """What says more than a card of the playbook."""
    return some(_index()["cards"].get(card, ()), language)


def some(keys: Iterable[str], language: str = FALLBACK) -> list[Guide]:
    known = guides(language)
    return [known[key] for key in keys if key in known]


def skills(language: str = FALLBACK) -> dict[str, str]:
    """What a set may say that it practises: guide by guide, in a few words."""
    known = guides(language)
    return {key: str(name) for key, name in _index()["skills"].items() if key in known}


def search(words: str, language: str = FALLBACK) -> list[Guide]:
    """The guides that hold every one of the words, those with them in the title first."""
    wanted = _plain(words).split()
    if not wanted:
        return []
    found = [
        each
        for each in guides(language).values()
        if all(word in _plain(f"{each.title} {each.lede} {each.body}") for word in wanted)
    ]
    return sorted(found, key=lambda each: not all(word in _plain(each.title) for word in wanted))


def suggested(lines: Iterable[str], language: str = FALLBACK) -> list[Guide]:
    """Guides for what somebody wants to grow, in their own words: *listening longer*, *saying no*.

    By the words of `[grow]` alone; where none is known there is no suggestion.
    """
    said = {word.strip(".,;:!?()") for line in lines for word in _plain(line).split()}
    keys = [
        key
        for key, stems in _index()["grow"].items()
        if any(_begins(word, stem) for word in said for stem in stems.split())
    ]
    return some(keys, language)


def _begins(word: str, stem: str) -> bool:
    return (
        word.startswith(stem) if len(stem) > 3 else word == stem
    )  # *no*, and not *knows* or *Norway*


def _plain(words: str) -> str:
    """In small letters, without accents, quotes made straight."""
    apart = unicodedata.normalize("NFKD", words.replace("’", "'").casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
