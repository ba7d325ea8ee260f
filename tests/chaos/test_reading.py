"""What the checker is given: words as the vault opens them, and states that the rules exclude."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from benchmarks.chaos import legality
from benchmarks.chaos.facts import mark
from benchmarks.chaos.reading import held
from setwise.protocols.course import Course
from setwise.room.models import Bid, CheckIn, Question, Room, Round
from tests.cast import Cast, cast
from tests.staging import staged


@pytest.fixture(scope="module")
def after(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Cast]:
    with staged(django_db_blocker, lambda: cast(held=True)) as company:
        yield company


@pytest.fixture
def company(after: Cast, db: None) -> Cast:
    return copy.deepcopy(after)


def room_of(company: Cast) -> Room:
    return Room.objects.get(meeting=company.meeting)


def test_marks_are_found_in_sealed_words_as_often_as_they_are_there(company: Cast) -> None:
    asked, brought = mark(), mark()
    question = Question.objects.filter(round__room__meeting=company.meeting)[0]
    question.seal("text", f"{asked} and then?")
    question.save()
    bid = Bid.objects.filter(room__meeting=company.meeting)[0]
    bid.seal("issue", brought)
    bid.save()
    meeting = str(company.meeting.pk)
    found = held([company.meeting.pk])
    assert found.rows == {("question", asked): 1}
    assert found.parts[f"issue {meeting} {bid.person_id}"] == brought
    assert found.moves[meeting] == room_of(company).course.moves > 0
    Question.objects.filter(pk=question.pk).delete()
    assert not held([company.meeting.pk]).rows


def test_a_meeting_that_was_held_is_legal(company: Cast) -> None:
    assert legality.faults(room_of(company)) == []


Plant = Callable[[Room, Course], object]


def _course(**changed: object) -> Plant:
    def plant(room: Room, course: Course) -> None:
        room.course = replace(course, **changed)  # type: ignore[arg-type]

    return plant


def _rounds(**changed: object) -> Plant:
    return lambda room, course: Round.objects.filter(room=room, number=1).update(**changed)


@pytest.mark.parametrize(
    ("plant", "says"),
    [
        (_course(position=999), "it is at none of its stops."),
        (_course(spent=()), "its stops and their times do not belong together."),
        (_course(asking="listening"), "it asks the set how it works, and its clock runs."),
        (_rounds(ended_at=None), "round 1 runs in check-out."),
        (_rounds(number=7), "its rounds are not numbered one after the other."),
        (_rounds(started_at=None), "round 1 has questions before it began."),
        (
            lambda room, course: CheckIn.objects.filter(room=room, person=room.chair).delete(),
            "whoever holds the controls never entered.",
        ),
        (
            lambda room, course: CheckIn.objects.filter(room=room).update(admitted_at=None),
            "somebody entered whom nobody checked in.",
        ),
    ],
)
def test_a_planted_state_is_found(company: Cast, plant: Plant, says: str) -> None:
    room = room_of(company)
    plant(room, room.course)
    assert f"Room {room.meeting_id}: {says}" in legality.faults(room)


def test_a_course_that_cannot_be_read_is_found(company: Cast) -> None:
    room = room_of(company)
    room.course_json = {"position": 0}
    assert legality.faults(room) == [f"Room {room.pk}: its course cannot be read (KeyError)."]


def test_an_engine_that_cannot_go_on_is_found() -> None:
    from setwise.protocols.course import start

    course = start("classic", minutes=120, issues=2, at=timezone.now())
    stuck = replace(course, began_at=None)  # type: ignore[arg-type]
    assert "Next raises TypeError." in set(legality._of_engine(stuck))
