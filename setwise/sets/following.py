"""Which protocol a set follows: a shipped one, or one of its own."""

from __future__ import annotations

from dataclasses import dataclass

from setwise.protocols.shape import Protocol
from setwise.protocols.shipped import FIRST, KEYS, load, shipped, text_of
from setwise.sets.models import GroundRules, LearningSet, Variant

OTHERWISE = "classic"  # where the rules name one that this installation has no more


@dataclass(frozen=True, slots=True)
class Way:
    """A protocol with its file. `variant` is the row of one of the set's own, else None."""

    protocol: Protocol
    text: str
    variant: Variant | None = None

    @property
    def key(self) -> str:
        return self.protocol.key

    @property
    def label(self) -> str:
        return self.variant.label if self.variant else self.protocol.label

    @property
    def own_text(self) -> str:
        """The file where it is the set's own, which a meeting then carries with it."""
        return self.text if self.variant else ""


def way(learning_set: LearningSet, key: str) -> Way | None:
    """The protocol of that key that this set may follow, if there is one."""
    if key in KEYS:
        return Way(load(key), text_of(key))
    variant = Variant.objects.called(learning_set.pk, key)
    return Way(variant.protocol, variant.text, variant) if variant else None


def way_of(rules: GroundRules) -> Way:
    """What meetings follow by these rules."""
    found = way(rules.learning_set, rules.protocol)
    return found or Way(load(OTHERWISE), text_of(OTHERWISE))


def ways(learning_set: LearningSet) -> list[tuple[str, str]]:
    """What the set can choose from, key and label: its own first. The first meeting's is no choice."""
    own = [(key, label) for key, label in learning_set.own_protocols]
    return own + [(each.key, each.label) for each in shipped() if each.key != FIRST]
