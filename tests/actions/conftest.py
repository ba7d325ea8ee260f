from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets.models import LearningSet
from tests.actions.company import decided, gather, somebody


@pytest.fixture
def learning_set(db: None) -> LearningSet:
    """Ruth facilitates; Amara, Tomasz and Niamh are members."""
    return gather("ruth", "amara", "tomasz", "niamh")


@pytest.fixture
def amara(learning_set: LearningSet) -> Person:
    return somebody("amara")


@pytest.fixture
def tomasz(learning_set: LearningSet) -> Person:
    return somebody("tomasz")


@pytest.fixture
def niamh(learning_set: LearningSet) -> Person:
    return somebody("niamh")


@pytest.fixture
def stranger(db: None) -> Person:
    """A member of another set."""
    gather("stranger", name="Another set")
    return somebody("stranger")


@pytest.fixture
def action(amara: Person, learning_set: LearningSet) -> Action:
    """What Amara decided."""
    return decided(amara, learning_set)


@pytest.fixture
def draft(amara: Person, tomasz: Person, learning_set: LearningSet) -> Action:
    """What Tomasz, who took notes, wrote down for Amara."""
    return decided(amara, learning_set, typed_by=tomasz)


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Stops the clock at a moment. Sign in after it: a session has its time as well."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)
