"""The guides: short texts in Markdown, for whom each is, and where it helps.

`guides/<language>/<key>.md` holds one guide a file. A guide that has not been translated is read in
English, so a translation may begin with a single file. Whoever runs a server may keep more of them in
a folder, one `<key>.md` each, in whatever language they like.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

FALLBACK = "en"
AUDIENCES = {
    "everyone": "For everyone",
    "facilitators": "For whoever facilitates or chairs",
    "organisers": "For whoever organises sets",
}
HERE = "here"  # the audience of a guide that whoever runs the server added
LONGEST = 20_000  # bytes of such a guide
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
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


def added(folder: Path) -> tuple[dict[str, Guide], list[str]]:
    """The guides in a folder of the server's own by key, and the names of files that are none.

    None is a file without a title, one that is too long or no text, and one whose name is that of
    another guide or more than small letters, figures and hyphens. They are read anew each time.
    """
    found, left_out = dict[str, Guide](), list[str]()
    for file in sorted(folder.glob("*.md")):
        guide = _added(file)
        if guide:
            found[guide.key] = guide
        else:
            left_out.append(file.name)
    return found, left_out


def _added(file: Path) -> Guide | None:
    if not _NAME.fullmatch(file.stem) or file.stem in guides():
        return None
    try:
        text = file.read_bytes()
        if len(text) > LONGEST:
            return None
        guide = _parsed(file.stem, HERE, text.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return None
    return guide if guide.title else None


def _guide(key: str, audience: str, language: str) -> Guide:
    return _parsed(key, audience, _text(key, language))


def _parsed(key: str, audience: str, text: str) -> Guide:
    title, _, rest = text.strip().partition("\n")
    lede, _, body = rest.strip().partition("\n\n")
    if lede.startswith("#"):  # it begins with a part
        lede, body = "", rest.strip()
    return Guide(key, title.lstrip("# ").strip(), " ".join(lede.split()), body, audience)


def _text(key: str, language: str) -> str:
    translated = _ROOT / language / f"{key}.md"
    found = translated if translated.is_file() else _ROOT / FALLBACK / f"{key}.md"
    return found.read_text("utf-8")


@lru_cache(maxsize=1)
def _index() -> dict[str, Any]:
    return tomllib.loads((_ROOT / "index.toml").read_text("utf-8"))


def of(audience: str, language: str = FALLBACK) -> list[Guide]:
    return [each for each in guides(language).values() if each.audience == audience]


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


def search(words: str, among: Iterable[Guide]) -> list[Guide]:
    """Those that hold every one of the words, with the ones that have them in the title first."""
    wanted = _plain(words).split()
    if not wanted:
        return []
    found = [
        each
        for each in among
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
