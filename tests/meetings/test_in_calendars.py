"""Whose calendar is sent what, as a meeting changes and people come and go."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from setwise.meetings import calendar, following_seats, joining, scheduling
from setwise.meetings import mail as letters_of
from setwise.meetings.models import CalendarEntry, Meeting
from setwise.outbox.models import Letter
from setwise.people import linking
from setwise.people.models import Person
from setwise.sets import inviting, seating
from tests.meetings.inviting import event
from tests.meetings.planning import plan
from tests.sets.gathering import Gathered
from tests.sets.mailbox import Mail, mail

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NOW = timezone.now()
SOON = NOW.replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=20)
ADDRESS = re.compile(r"^answers\+[a-z2-7]{45}@setwise\.example$")


@pytest.fixture
def address(settings: Any) -> None:
    settings.SETWISE_REPLY_ADDRESS = "answers@setwise.example"


@pytest.fixture
def fixed(three: Gathered, address: None) -> Meeting:
    return scheduling.fix(three.seat(0), plan=plan(starts_at=SOON), at=NOW)


def letters(person: Person) -> list[tuple[str, str, int]]:
    """What came into one person's calendar: the letter, the method, the sequence."""
    return [
        (each.about, each.method, int(event(each.ics.encode()).sequence.value))
        for each in mail(to=person.email)
        if each.ics
    ]


def follow() -> list[Mail]:
    before = mail()
    done = following_seats.follow_due(at=timezone.now())
    assert following_seats.follow_due(at=timezone.now()) == 0
    new = [each for each in mail() if each not in before]
    assert len(new) == done
    return new


def test_each_change_reaches_each_calendar_alone_and_higher(
    three: Gathered, fixed: Meeting
) -> None:
    seat = three.seat(0)
    for change in ({"place": "B"}, {"link": ""}, {"title": "C"}, {"zone": "Asia/Kathmandu"}):
        changed = {"starts_at": SOON, "place": "B", **change}
        fixed = scheduling.move(seat, fixed, plan=plan(**changed), at=NOW)
    fixed = scheduling.move(seat, fixed, plan=plan(starts_at=SOON + timedelta(days=1)), at=NOW)
    scheduling.cancel(seat, fixed, at=NOW)
    moved = [("moved", "REQUEST", number) for number in range(1, 6)]
    for person in three.people:
        came = [("fixed", "REQUEST", 0), *moved, ("cancelled", "CANCEL", 6)]
        assert letters(person) == came
        for letter in mail(to=person.email):
            found = event(letter.ics.encode())
            assert found.uid.value == calendar.uid(fixed)
            assert [each.value for each in found.attendee_list] == [f"mailto:{person.email}"]
            others = {other.email for other in three.people} - {person.email}
            assert not any(other in letter.ics + letter.reply_to for other in others)


def test_an_answer_comes_to_an_address_of_its_readers_own(three: Gathered, fixed: Meeting) -> None:
    scheduling.move(three.seat(0), fixed, plan=plan(starts_at=SOON, place="B"), at=NOW)
    found = {}
    for person in three.people:
        first, second = mail(to=person.email)
        assert ADDRESS.match(first.reply_to) and first.reply_to == second.reply_to
        assert event(first.ics.encode()).organizer.value == f"mailto:{first.reply_to}"
        link = linking.find(
            "reply-meeting", linking.parse_reply_address(first.reply_to) or "", at=NOW
        )
        assert link and (link.person, link.about, link.dies_at) == (person, fixed.id, fixed.ends_at)
        assert "in your calendar counts as well" in first.text and first.html.count("counts") == 1
        found[person.id] = first.reply_to
    assert len(set(found.values())) == 3


def test_without_a_mailbox_to_read_nobody_is_asked_to_answer_by_calendar(three: Gathered) -> None:
    scheduling.fix(three.seat(0), plan=plan(starts_at=SOON), at=NOW)
    for letter in mail(about="fixed"):
        assert letter.reply_to == "" and "in your calendar" not in letter.text
        assert event(letter.ics.encode()).attendee.params["RSVP"] == ["FALSE"]


def test_whoever_fixed_it_is_down_as_coming_in_their_calendar_too(
    three: Gathered, fixed: Meeting
) -> None:
    found = {
        person.name: event(mail(to=person.email)[0].ics.encode()).attendee.params["PARTSTAT"][0]
        for person in three.people
    }
    names = [person.name for person in three.people]
    assert [found[name] for name in names] == ["ACCEPTED", "NEEDS-ACTION", "NEEDS-ACTION"]


def test_a_newcomer_gets_all_that_is_fixed_with_their_welcome(
    three: Gathered, fixed: Meeting
) -> None:
    later = plan(starts_at=SOON + timedelta(days=30))
    second = scheduling.fix(three.seat(1), plan=later, at=NOW)
    anna = Person.objects.create_user("anna@elsewhere.example", "Anna")
    (row,) = inviting.invite(three.seat(0), emails=[anna.email], as_facilitator=False, at=NOW)
    joining.join(row, anna, at=NOW)
    assert letters(anna) == [("welcome", "REQUEST", 0), ("invited", "REQUEST", 0)]
    came = [event(each.ics.encode()).uid.value for each in mail(to=anna.email) if each.ics]
    assert came == [calendar.uid(fixed), calendar.uid(second)]
    assert follow() == []


def test_whoever_leaves_has_it_taken_out_and_can_answer_no_more(
    three: Gathered, fixed: Meeting
) -> None:
    gone = three.people[2]
    address = mail(to=gone.email)[0].reply_to
    Letter.objects.update(state="sent")
    assert follow() == []
    seating.leave(three.seat(2), at=timezone.now())
    (letter,) = follow()
    assert (letter.to, letter.about, letter.method) == (gone.email, "left", "CANCEL")
    found = event(letter.ics.encode())
    assert (found.uid.value, found.status.value) == (calendar.uid(fixed), "CANCELLED")
    assert found.organizer.value == f"mailto:{address}"
    assert "location" not in found.contents and "description" not in found.contents
    assert linking.by_token(linking.parse_reply_address(address) or "", at=NOW) is None
    scheduling.cancel(three.seat(0), fixed, at=timezone.now())
    assert letters(gone) == [("fixed", "REQUEST", 0), ("left", "CANCEL", 0)]
    assert follow() == []


def test_whoever_leaves_gets_no_invitation_that_still_waits(
    three: Gathered, fixed: Meeting
) -> None:
    """A mail server that was down would put it in again, after it was taken out."""
    bo = three.people[1]
    letters_of.invited(fixed, [bo], at=NOW)
    seating.leave(three.seat(1), at=NOW)
    following_seats.follow_due(at=timezone.now())
    waiting = Letter.objects.filter(state="waiting", name__startswith="meeting-")
    assert [each.template for each in waiting.filter(to_email=bo.email)] == ["meetings/email/left"]
    assert waiting.filter(template="meetings/email/fixed").count() == 2  # the others'


def test_whoever_left_just_before_it_was_cancelled_hears_of_it_once(
    three: Gathered, fixed: Meeting
) -> None:
    seating.leave(three.seat(2), at=timezone.now())
    scheduling.cancel(three.seat(0), fixed, at=timezone.now())
    (letter,) = follow()
    assert (letter.to, letter.method) == (three.people[2].email, "CANCEL")


def suspend(three: Gathered) -> None:
    three.learning_set.memberships.filter(person=three.people[2]).update(suspended_at=NOW)


def restore(three: Gathered) -> None:
    three.learning_set.memberships.filter(person=three.people[2]).update(suspended_at=None)


def test_whoever_comes_back_from_a_suspension_is_brought_up_to_date(
    three: Gathered, fixed: Meeting
) -> None:
    suspend(three)
    later = plan(starts_at=SOON + timedelta(days=30))
    second = scheduling.fix(three.seat(1), plan=later, at=NOW)
    scheduling.move(three.seat(0), fixed, plan=plan(starts_at=SOON, place="B"), at=NOW)
    assert follow() == []
    restore(three)
    came = follow()
    assert {each.to for each in came} == {three.people[2].email}
    assert {(each.method, event(each.ics.encode()).uid.value) for each in came} == {
        ("REQUEST", calendar.uid(fixed)),
        ("REQUEST", calendar.uid(second)),
    }
    assert sorted(letters(three.people[2])[1:]) == [
        ("invited", "REQUEST", 0),
        ("invited", "REQUEST", 1),
    ]


def test_a_new_address_has_a_calendar_of_its_own(three: Gathered, fixed: Meeting) -> None:
    """The meetings to come are sent there too, once; what was sent before this was kept is left."""
    gone = scheduling.fix(three.seat(0), plan=plan(starts_at=SOON + timedelta(days=1)), at=NOW)
    scheduling.cancel(three.seat(0), gone, at=NOW)
    person = three.people[1]
    entries = CalendarEntry.objects.filter(person=person)
    assert set(entries.values_list("email", flat=True)) == {person.email}
    Person.objects.filter(pk=person.pk).update(email="another@setwise.example")
    (came,) = follow()
    assert (came.to, came.method) == ("another@setwise.example", "REQUEST")
    assert event(came.ics.encode()).uid.value == calendar.uid(fixed)
    Person.objects.filter(pk=person.pk).update(email="third@setwise.example")
    entries.update(email="")
    assert follow() == []


def test_what_was_cancelled_meanwhile_is_taken_out_of_a_calendar_that_holds_it(
    three: Gathered, fixed: Meeting
) -> None:
    suspend(three)
    second = scheduling.fix(three.seat(0), plan=plan(starts_at=SOON, title="Other"), at=NOW)
    for each in (fixed, second):
        scheduling.cancel(three.seat(0), each, at=NOW)
    restore(three)
    (letter,) = follow()
    assert (letter.to, letter.method) == (three.people[2].email, "CANCEL")
    assert event(letter.ics.encode()).uid.value == calendar.uid(fixed)
    assert letter.prose.startswith("The meeting below was cancelled.")


def test_of_two_workers_one_takes_it_out(three: Gathered, fixed: Meeting) -> None:
    entry = CalendarEntry.objects.select_related("meeting__learning_set", "person").first()
    assert entry
    assert letters_of.left(entry, at=NOW) and not letters_of.left(entry, at=NOW)
    assert len(mail(about="left")) == 1


def test_what_is_over_is_left_in_peoples_calendars(three: Gathered, fixed: Meeting) -> None:
    seating.leave(three.seat(2), at=timezone.now())
    assert following_seats.follow_due(at=fixed.ends_at) == 0


def test_looking_costs_the_same_however_many_meetings(
    three: Gathered, fixed: Meeting, django_assert_num_queries: Any
) -> None:
    for days in range(1, 5):
        scheduling.fix(three.seat(0), plan=plan(starts_at=SOON + timedelta(days=days)), at=NOW)
    with django_assert_num_queries(2):
        assert following_seats.follow_due(at=NOW) == 0
