"""What a person prepared, offered where they may write: nobody reads it until they send it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.urls import reverse

from setwise.actions.forms import TELLABLE
from setwise.actions.preparing import Prepared, Told, prepared_by
from setwise.room.composing.shape import Beforehand, Composer, Word
from setwise.room.entering import Entry
from setwise.room.snapshot import Snapshot

FILLED = frozenset({"bid", "progress", "presentation"})
WILLING = {"yes": "Yes", "not yet": "Not yet"}


def offered(
    entry: Entry, seen: Snapshot, composers: Iterable[Composer], open_: Iterable[str], *, use: str
) -> list[Composer]:
    """The composers, those that are open now with what their writer prepared.

    `use` is the key of one that is to be filled in, as a plain link asks for it.
    """
    if not FILLED & set(open_):
        return list(composers)
    prepared = prepared_by(entry.person, entry.room.meeting)
    return [_with(each, _words(each, seen, prepared, entry), seen, use) for each in composers]


def _words(
    composer: Composer, seen: Snapshot, prepared: Prepared, entry: Entry
) -> tuple[Word, ...]:
    if composer.name == "bid" and not _has_bid(seen, entry):
        found = _bid(prepared)
    elif composer.name == "presentation" and prepared.success:
        words = f"Success would look like this: {prepared.success}"
        found = (Word("presentation", "What success would look like", words, prepared.success),)
    elif composer.name == "progress":
        found = next(
            (_told(told) for pk, told in prepared.actions.items() if str(pk) in composer.key), ()
        )
    else:
        found = ()
    return tuple(word for word in found if word.value)


def _has_bid(seen: Snapshot, entry: Entry) -> bool:
    return any(bid.author == entry.person.id and bid.kind == "bid" for bid in seen.bids)


def _bid(prepared: Prepared) -> tuple[Word, ...]:
    if not prepared.issue and not prepared.why_now:
        return ()
    willing = WILLING.get(prepared.willing, "")
    return (
        Word("issue", "What I might bring", prepared.issue, prepared.issue),
        Word("why_now", "Why now", prepared.why_now, prepared.why_now),
        Word("", "Willing to be challenged", willing, willing),
    )


def _told(told: Told) -> tuple[Word, ...]:
    return (
        Word("state", "How it is", told.state, dict(TELLABLE).get(told.state, "")),
        Word("happened", "What happened", told.happened, told.happened),
        Word("learned", "What I learned", told.learned, told.learned),
    )


def _with(composer: Composer, words: tuple[Word, ...], seen: Snapshot, use: str) -> Composer:
    if not words:
        return composer
    url = f"{reverse('room:room', args=[seen.meeting])}?use={composer.key}#composer-{composer.key}"
    # a presenter's hands stay off it while they present: that fold opens when they open it
    opens = composer.unfolded or composer.name != "presentation" or use == composer.key
    composer = replace(composer, beforehand=Beforehand(url, words), unfolded=opens)
    if use != composer.key:
        return composer
    values = {word.name: word.value for word in words}
    fields = (replace(each, value=values.get(each.name, each.value)) for each in composer.fields)
    return replace(composer, fields=tuple(fields))
