from __future__ import annotations

import uuid
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setwise.people.models import Person
from setwise.prepared import Prepared, prepared
from tests.cast import person

pytestmark = pytest.mark.django_db


def test_rows_are_found_by_their_ids_each_in_its_place() -> None:
    amara, ben = person("Amara"), person("Ben")

    @prepared(2)
    def either(but_not: UUID, wanted: UUID) -> QuerySet[Person]:
        return Person.objects.filter(Q(pk=wanted), ~Q(pk=but_not), is_active=True)

    assert either.first(amara.id, ben.id) == ben
    assert either.first(ben.id, amara.id) == amara
    assert either.first(amara.id, amara.id) is None
    assert either.first(amara.id, uuid.uuid4()) is None


def test_the_query_is_made_once_and_a_row_read_each_time() -> None:
    amara = person("Amara")
    made = []

    def by_id(person_id: UUID) -> QuerySet[Person]:
        made.append(person_id)
        return Person.objects.filter(pk=person_id)

    found = Prepared(by_id, 1)
    assert found.first(amara.id) == amara
    Person.objects.filter(pk=amara.pk).update(role="Ward manager")
    with CaptureQueriesContext(connection) as asked:
        again = found.first(amara.id)
    assert again
    assert again.role == "Ward manager"
    assert (len(asked), len(made)) == (1, 1)
    assert amara.id not in made


def test_a_time_is_not_kept() -> None:
    @prepared(1)
    def lately(person_id: UUID) -> QuerySet[Person]:
        return Person.objects.filter(pk=person_id, joined_at__lt=timezone.now())

    with pytest.raises(TypeError, match="time"):
        lately.first(uuid.uuid4())


def test_an_id_that_the_query_does_not_use_is_refused() -> None:
    @prepared(2)
    def one(person_id: UUID, _other: UUID) -> QuerySet[Person]:
        return Person.objects.filter(pk=person_id)

    with pytest.raises(TypeError, match="Each id"):
        one.first(uuid.uuid4(), uuid.uuid4())
