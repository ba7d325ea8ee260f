"""Who is asked, how long the link lives, and what kills it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from setwise.sets import inviting, seating
from setwise.sets.models import Invitation
from tests.sets.gathering import Gathered, newcomer
from tests.sets.mailbox import mail, received

AT = timezone.now()
ANNA, BEN = "anna@elsewhere.example", "ben@elsewhere.example"


def invite(
    three: Gathered, *emails: str, as_facilitator: bool = False, after: timedelta = timedelta()
) -> Sequence[Invitation]:
    return inviting.invite(
        three.seat(0), emails=emails, as_facilitator=as_facilitator, at=AT + after
    )


def test_each_address_gets_one_letter_with_a_link_of_its_own(three: Gathered) -> None:
    invite(three, ANNA, BEN)
    assert received("invitation") == {ANNA: 1, BEN: 1}
    for letter in mail():
        found = inviting.find(letter.token, at=AT)
        assert found and found.email == letter.to
        assert letter.subject == "Anwen invites you to Estuary set"


def test_whoever_is_asked_already_is_not_asked_twice(three: Gathered) -> None:
    invite(three, ANNA)
    assert [row.email for row in invite(three, BEN, ANNA, BEN)] == [BEN]
    assert received("invitation") == {ANNA: 1, BEN: 1}


def test_whoever_is_in_the_set_is_not_asked(three: Gathered) -> None:
    assert [row.email for row in invite(three, three.people[1].email, ANNA)] == [ANNA]
    assert received("invitation") == {ANNA: 1}


def test_a_suspended_person_is_not_asked_and_a_former_one_may_be(three: Gathered) -> None:
    suspended, former = three.people[1:]
    three.learning_set.memberships.filter(person=suspended).update(suspended_at=AT)
    seating.leave(three.seat(2), at=AT)
    assert [row.email for row in invite(three, suspended.email, former.email)] == [former.email]


def test_a_former_member_who_says_yes_has_a_new_seat_beside_the_old(three: Gathered) -> None:
    former = three.people[2]
    seating.leave(three.seat(2), at=AT)
    (row,) = invite(three, former.email)
    inviting.accept(row, former, at=AT)
    rows = three.learning_set.memberships.filter(person=former).order_by("joined_at")
    assert sorted(row.left_at is None for row in rows) == [False, True]


def test_an_invitation_lives_for_three_weeks(three: Gathered) -> None:
    (row,) = invite(three, ANNA)
    (letter,) = mail()
    end = AT + timedelta(days=21)
    assert row.expires_at == end
    assert f"works until {end:%-d %B %Y}" in letter.prose
    assert inviting.find(letter.token, at=end - timedelta(seconds=1)) == row
    assert inviting.find(letter.token, at=end) is None
    with pytest.raises(inviting.NotOpen):
        inviting.accept(row, newcomer("Late"), at=end)
    assert three.learning_set.memberships.count() == 3


def test_an_address_is_asked_anew_once_its_invitation_is_too_old(three: Gathered) -> None:
    invite(three, ANNA)
    invite(three, ANNA, after=timedelta(days=22))
    first, second = (letter.token for letter in mail(to=ANNA))
    later = AT + timedelta(days=23)
    assert inviting.find(first, at=later) is None
    assert inviting.find(second, at=later)


def test_an_invitation_sent_again_has_a_new_link_and_the_old_one_is_dead(three: Gathered) -> None:
    (row,) = invite(three, ANNA)
    later = AT + timedelta(days=30)
    inviting.send_again(three.seat(1), row, at=later)
    first, second = mail(to=ANNA)
    assert inviting.find(first.token, at=AT) is None
    found = inviting.find(second.token, at=later)
    assert found and (found.pk, found.expires_at) == (row.pk, later + inviting.LIFE)
    assert second.subject == "Bo invites you to Estuary set"


def test_a_withdrawn_invitation_opens_nothing_and_is_not_sent_again(three: Gathered) -> None:
    (row,) = invite(three, ANNA)
    (letter,) = mail()
    assert inviting.find(letter.token, at=AT)
    inviting.withdraw(row, at=AT)
    assert inviting.find(letter.token, at=AT) is None
    with pytest.raises(inviting.NotOpen):
        inviting.send_again(three.seat(0), row, at=AT)
    assert len(mail()) == 1


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_answered_invitation_is_neither_withdrawn_nor_sent_again(
    three: Gathered, answer: str
) -> None:
    (row,) = invite(three, ANNA)
    if answer == "yes":
        inviting.accept(row, newcomer("Anna"), at=AT)
    else:
        inviting.decline(row, at=AT)
    with pytest.raises(inviting.NotOpen):
        inviting.withdraw(row, at=AT)
    with pytest.raises(inviting.NotOpen):
        inviting.send_again(three.seat(0), row, at=AT)
    row.refresh_from_db()
    assert (row.answer, row.withdrawn_at, row.times_sent) == (answer, None, 1)
    assert len(mail()) == 1


def test_the_database_keeps_no_token_of_an_invitation(three: Gathered) -> None:
    invite(three, ANNA)
    (letter,) = mail()
    with connection.cursor() as cursor:
        for table in ("sets_invitation", "outbox_letter"):
            cursor.execute(f"SELECT * FROM {table}")
            (row,) = cursor.fetchall()
            for value in row:
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                assert letter.token.encode() not in raw


def test_a_facilitator_from_outside_takes_that_seat_and_no_members(three: Gathered) -> None:
    (row,) = invite(three, ANNA, as_facilitator=True)
    assert "as its facilitator" in mail()[0].prose
    seat = inviting.accept(row, newcomer("Anna"), at=AT)
    assert (seat.is_member, seat.is_facilitator) == (False, True)


def test_of_two_invited_to_facilitate_the_second_finds_the_seat_taken(three: Gathered) -> None:
    first, second = invite(three, ANNA, BEN, as_facilitator=True)
    inviting.accept(first, newcomer("Anna"), at=AT)
    with pytest.raises(inviting.SeatTaken):
        inviting.accept(second, newcomer("Ben"), at=AT)
    second.refresh_from_db()
    assert second.answer == ""
    assert three.learning_set.memberships.filter(is_facilitator=True).count() == 1


def test_a_set_that_is_closed_takes_nobody_in(three: Gathered) -> None:
    invite(three, ANNA)
    (letter,) = mail()
    assert inviting.find(letter.token, at=AT)
    for number in range(3):
        seating.leave(three.seat(number), at=AT)
    assert inviting.find(letter.token, at=AT) is None


def test_sent_again_by_two_at_once_the_last_link_is_in_a_letter(three: Gathered) -> None:
    at = timezone.now()
    inviting.invite(three.seat(0), emails=[ANNA], as_facilitator=False, at=at)
    one, same = Invitation.objects.get(), Invitation.objects.get()
    inviting.send_again(three.seat(0), one, at=at)
    inviting.send_again(three.seat(1), same, at=at)
    alive = [inviting.find(letter.token, at=at) is not None for letter in mail(to=ANNA)]
    assert alive == [False, False, True]
