"""Silence in every language but English, and wherever English goes over into another.

The sentences are Django's own, in the languages it speaks.
"""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import django
import pytest

from benchmarks.coach import corpus
from setwise.coaching.english import is_english

pytestmark = pytest.mark.pure
LOCALES = Path(django.__file__).parent / "contrib" / "auth" / "locale"
BEFORE = "Have you thought about asking the chair to do it, so that it is not all on you any more? "
AFTER = " But you should talk to her about it before the end of the week."
MIXED = [
    "You should talk to her. Así no puedes seguir, hija.",
    "In my place we say “quien calla otorga”. You should tell him.",
    "Have you spoken to her? Bilmiyorum ama bence konuş.",
    "I would go to her. Das ist doch klar, oder nicht?",
    "Why don't you ask her, jak by to było z tobą?",
    "Maine bhi same problem face kiya tha, you should just talk to her na",
    "Yaar tum us ko directly bol do, why are you so scared of him bhai",
    "Main sochta hoon ki you should talk to him once, phir dekho kya hota hai",
    "Have you tried talking to your boss? Kyunki woh samajh jayega agar tum bologe",
    "So is dit. We had over die ding in my span gepraat, was jy ooit daar?",
]


def spoken(folder: Path) -> list[str]:
    with (folder / "LC_MESSAGES" / "django.mo").open("rb") as file:
        said = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    english = {part for key in said for part in _parts(str(key))}  # some is not translated
    lines = (part for text in said.values() for part in _parts(text) if part not in english)
    return [line for line in lines if len(re.findall(r"\w+", line)) >= 5][:10]


def _parts(text: str) -> list[str]:
    whole = "%" in text or "Content-Type" in text  # a form to be filled in, the catalogue's head
    return [] if whole else [part.strip() for part in re.split(r"[.?!\n]", text)]


LANGUAGES = {
    folder.name: spoken(folder)
    for folder in sorted(LOCALES.iterdir())
    if not folder.name.startswith(("en", "__")) and folder.is_dir()
}


def test_in_dozens_of_languages_it_is_silent_and_where_one_sentence_is_in_them() -> None:
    lines = [line for each in LANGUAGES.values() for line in each]
    assert len(LANGUAGES) > 50 and len(lines) > 500
    assert [line for line in lines if is_english(line)] == []
    assert [line for line in lines if is_english(BEFORE + line + ".")] == []
    assert [line for line in lines if is_english(line + "." + AFTER)] == []
    assert is_english(BEFORE + AFTER)


@pytest.mark.parametrize("text", MIXED)
def test_people_mix_as_they_talk(text: str) -> None:
    assert not is_english(text)


def test_what_people_write_in_english_is_known_as_such() -> None:
    """Names, slips and slang as well; the words were not listed from this file."""
    unseen = corpus.load(Path(corpus.__file__).with_name("unseen.tsv"))
    longer = [each.text for each in unseen if len(each.text.split()) >= 4]
    assert sum(map(is_english, longer)) / len(longer) > 0.95
