"""A small set, and each of its people at a browser of their own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.utils import timezone

from setwise.actions import deciding
from setwise.actions.deciding import Decision
from setwise.actions.models import Action
from setwise.people.models import Person
from setwise.sets import seating, seats
from setwise.sets.models import LearningSet, Membership
from setwise.sets.starting import start_set

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEXT = "اسأل الممرضتين، كلًّا على حدة, then write"  # no browser escapes any of it
FIRST_STEP, SIGN = "Ring both this afternoon", "I can say what each of them needs"


def somebody(name: str, **more: Any) -> Person:
    """The person of that name; made at the first asking."""
    email = f"{name}@setwise.example"
    return Person.objects.with_email(email) or Person.objects.create_user(
        email, name.title(), **more
    )


def gather(*names: str, name: str = "Tuesday set", at: datetime | None = None) -> LearningSet:
    """A set of these people. The first started it, and is a member who facilitates."""
    at = at or timezone.now()
    first, *others = map(somebody, names)
    learning_set = start_set(first, name=name, purpose="", accent="plum", takes_part="both", at=at)
    for person in others:
        Membership.objects.create(learning_set=learning_set, person=person, joined_at=at)
    return learning_set


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def leave(person: Person, learning_set: LearningSet) -> None:
    seating.leave(seats.take(person, learning_set.pk), at=timezone.now())


def decided(
    owner: Person,
    learning_set: LearningSet,
    text: str = TEXT,
    *,
    due_on: date | None = None,
    ally: Person | None = None,
    typed_by: Person | None = None,
) -> Action:
    """An action of `owner` with all its words; typed by another it is a draft."""
    return deciding.commit(
        owner=owner,
        learning_set=learning_set,
        meeting=None,
        decision=Decision(text, due_on, FIRST_STEP, SIGN, 7, ally),
        typed_by=typed_by,
        at=timezone.now(),
    )


def words_of(action: Action) -> tuple[str, str, str]:
    """What the database holds of its words now."""
    row = Action.objects.get(pk=action.pk)
    return row.text(), row.first_step(), row.sign()


def stands_in_clear(words: str) -> bool:
    """Whether any column of any table holds these words as they are."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for value in (value for row in cursor.fetchall() for value in row):
                if isinstance(value, memoryview | bytes):
                    if words.encode() in bytes(value):
                        return True
                elif words in str(value):
                    return True
    return False
