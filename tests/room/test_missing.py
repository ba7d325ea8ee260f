"""After two absences in a row the member and the facilitator get the same kind note, once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from setwise.meetings.models import Meeting, Reply
from setwise.outbox.models import Letter
from setwise.project.demo.playing import Play
from setwise.room import checking_in, closing, missing
from setwise.room.models import CheckIn, Room
from setwise.vault import sealing


@pytest.fixture(autouse=True)
def cast_of_the_case_alone(open_play: Play) -> None:
    """Whoever joined late for other tests is not looked at here."""
    people = [person.pk for person in open_play.people.values()]
    open_play.filled.learning_set.memberships.exclude(person__in=people).delete()


def earlier(play: Play, *, weeks: int, away: tuple[str, ...]) -> Room:
    """A meeting held and closed so many weeks before, to which all but these came."""
    meeting = Meeting.objects.get(pk=play.meeting.pk)
    starts = meeting.starts_at - timedelta(weeks=weeks)
    meeting.pk = None
    meeting.set_time(starts, 120)
    meeting.save(force_insert=True)
    room = Room(meeting=meeting, opened_at=starts, closed_at=starts + timedelta(hours=2))
    room.course = Room.objects.get(meeting=play.meeting).course
    room.save()
    for key, person in play.people.items():
        if key not in away:
            CheckIn.objects.create(room=room, person=person, admitted_at=starts, entered_at=starts)
    return room


def close(play: Play) -> list[tuple[str, str]]:
    closing.close(play.entry("ruth"), at=play.tick())
    return notes()


def notes() -> list[tuple[str, str]]:
    """Who got a note, and whom its subject names."""
    found = Letter.objects.filter(template="room/email/missed").order_by("to_email")
    return [
        (letter.to_email.partition("@")[0], letter.subject.rpartition("to ")[2]) for letter in found
    ]


def test_the_member_and_the_facilitator_get_the_same_note(open_play: Play) -> None:
    earlier(open_play, weeks=6, away=("dele",))
    dele = str(open_play.people["dele"])
    assert close(open_play) == [("dele", dele), ("ruth", dele)]
    letters = Letter.objects.filter(template="room/email/missed")
    bodies = {re.sub(r"/reminders/\w+/", "", opened(letter)) for letter in letters}
    assert len(bodies) == 1
    words = bodies.pop()
    assert "We missed you" in words and "Is this set still right for you?" in words
    assert (
        "Dear Dele," in words and "Ruth Abercrombie, who facilitates, gets this same note" in words
    )
    assert not any(number in words for number in (" two", " 2 ", "twice"))  # nobody counts


def opened(letter: Letter) -> str:
    return sealing.unseal(
        bytes(letter.body_sealed or b""),
        key_id=letter.key_id,
        context="letter.body",
        row_id=letter.id,
    )


def test_apologies_count_as_much_as_not_being_there(open_play: Play) -> None:
    room = earlier(open_play, weeks=6, away=("dele",))
    Reply.objects.filter(meeting__in=[room.meeting, open_play.meeting]).delete()
    assert [to for to, _ in close(open_play)] == ["dele", "ruth"]


def test_one_absence_gets_none(open_play: Play) -> None:
    earlier(open_play, weeks=6, away=("tomasz",))
    assert close(open_play) == []


def test_a_third_absence_gets_no_second_note(open_play: Play) -> None:
    earlier(open_play, weeks=12, away=("dele",))
    earlier(open_play, weeks=6, away=("dele",))
    assert close(open_play) == []


def test_who_came_in_between_begins_anew(open_play: Play) -> None:
    for weeks, away in ((18, ("dele",)), (12, ()), (6, ("dele",))):
        earlier(open_play, weeks=weeks, away=away)
    assert [to for to, _ in close(open_play)] == ["dele", "ruth"]


def test_who_had_not_joined_missed_nothing(open_play: Play) -> None:
    earlier(open_play, weeks=6, away=("dele",))
    joined = open_play.meeting.starts_at - timedelta(weeks=1)
    open_play.filled.learning_set.memberships.filter(person=open_play.people["dele"]).update(
        joined_at=joined
    )
    assert close(open_play) == []


def test_a_first_meeting_has_none_before_it(open_play: Play) -> None:
    assert close(open_play) == []


def test_who_facilitates_themselves_gets_it_once(open_play: Play) -> None:
    seats = open_play.filled.learning_set.memberships
    seats.filter(person=open_play.people["ruth"]).update(is_facilitator=False, is_member=True)
    seats.filter(person=open_play.people["dele"]).update(is_facilitator=True)
    earlier(open_play, weeks=6, away=("dele",))
    assert [to for to, _ in close(open_play)] == ["dele"]
    assert "who facilitates" not in opened(Letter.objects.get(template="room/email/missed"))


def test_a_facilitator_from_outside_and_a_suspended_member_get_none(open_play: Play) -> None:
    earlier(open_play, weeks=6, away=("dele", "ruth"))
    seats = open_play.filled.learning_set.memberships
    seats.filter(person=open_play.people["dele"]).update(suspended_at=open_play.at)
    checking_in.mark_left(
        open_play.entry("ruth"), who=open_play.people["niamh"].pk, at=open_play.tick()
    )  # who went early was there
    assert close(open_play) == []


def test_closing_again_posts_nothing_more(open_play: Play) -> None:
    earlier(open_play, weeks=6, away=("dele",))
    assert len(close(open_play)) == 2
    missing.post_notes(Room.objects.get(meeting=open_play.meeting))
    assert len(notes()) == 2
