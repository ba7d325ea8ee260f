from __future__ import annotations

import uuid
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from setwise.people.models import Person
from setwise.prepared import Prepared, add, change, prepared
from setwise.room.models import Deed
from setwise.sets.models import LearningSet
from setwise.sets.starting import start_set
from tests.cast import person

pytestmark = pytest.mark.django_db


def test_rows_are_found_by_their_ids_each_in_its_place() -> None:
    amara, ben = person("Amara"), person("Ben")

    @prepared(UUID, UUID)
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

    found = Prepared(by_id, (UUID,))
    assert found.first(amara.id) == amara
    Person.objects.filter(pk=amara.pk).update(role="Ward manager")
    with CaptureQueriesContext(connection) as asked:
        again = found.first(amara.id)
    assert again
    assert again.role == "Ward manager"
    assert (len(asked), len(made)) == (1, 1)
    assert amara.id not in made


def test_a_time_is_not_kept() -> None:
    @prepared(UUID)
    def lately(person_id: UUID) -> QuerySet[Person]:
        return Person.objects.filter(pk=person_id, joined_at__lt=timezone.now())

    with pytest.raises(TypeError, match="time"):
        lately.first(uuid.uuid4())


def test_an_id_that_the_query_does_not_use_is_refused() -> None:
    @prepared(UUID, UUID)
    def one(person_id: UUID, _other: UUID) -> QuerySet[Person]:
        return Person.objects.filter(pk=person_id)

    with pytest.raises(TypeError, match="Each id"):
        one.first(uuid.uuid4(), uuid.uuid4())


def test_rows_that_are_selected_with_it_come_at_once() -> None:
    amara = person("Amara")

    @prepared(str)
    def by_name(name: str) -> QuerySet[Person]:
        return Person.objects.filter(name=name).select_related("key")

    with CaptureQueriesContext(connection) as asked:
        found = by_name.first("Amara")
        assert found
        assert (found, found.key.wrapped) == (amara, amara.key.wrapped)
    assert len(asked) == 1
    assert found.joined_at == amara.joined_at
    assert found.strengths == []


def test_rows_are_as_those_of_a_query() -> None:
    amara = person("Amara")

    def by_name(name: str) -> QuerySet[Person]:
        return Person.objects.filter(name=name).select_related("key")

    found, as_django = Prepared(by_name, (str,)).first("Amara"), by_name("Amara").get()
    assert found
    for ours, theirs in ((found, as_django), (found.key, as_django.key)):
        facts, expected = dict(vars(ours)), dict(vars(theirs))
        state, expected_state = facts.pop("_state"), expected.pop("_state")
        assert facts == expected
        assert (state.db, state.adding) == (expected_state.db, False)
    found.name = "Amara B"
    found.save()
    amara.refresh_from_db()
    assert amara.name == "Amara B"


def test_a_row_is_added_once() -> None:
    amara, ben = person("Amara"), person("Ben")
    number, at = uuid.uuid4(), timezone.now()

    def deed(whose: Person, route: str) -> Deed:
        return Deed(person=whose, number=number, route=route, digest=b"mark", at=at)

    assert [add(deed(amara, "/a/")), add(deed(amara, "/b/")), add(deed(ben, "/c/"))] == [
        True,
        False,
        True,
    ]
    rows = Deed.objects.order_by("route")
    assert [(row.person, row.number, row.route, row.at) for row in rows] == [
        (amara, number, "/a/", at),
        (ben, number, "/c/", at),
    ]


def test_facts_of_one_row_change_and_its_counts_rise() -> None:
    amara, ben = person("Amara"), person("Ben")
    facts = {"purpose": "", "accent": "teal", "takes_part": "both"}
    a_set = start_set(amara, name="Ward leaders", at=timezone.now(), **facts)
    before, started_at = a_set.seats_version, a_set.started_at
    with CaptureQueriesContext(connection) as asked:
        change(
            LearningSet, a_set.pk, "seats_version", own_protocols=[["a", "A"]], started_by=ben.pk
        )
        change(LearningSet, a_set.pk, closed_at=None)
    assert len(asked) == 2
    a_set.refresh_from_db()
    assert a_set.seats_version == before + 1
    assert (a_set.own_protocols, a_set.started_by) == ([["a", "A"]], ben)
    assert (a_set.name, a_set.started_at) == ("Ward leaders", started_at)
