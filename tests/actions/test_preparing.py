"""What somebody prepares is theirs alone, asks for nothing, and is erased once it has served."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setwise.actions import preparing
from setwise.actions.models import Preparation, PreparedAction, Progress
from setwise.actions.preparing import Prepared, Told
from setwise.meetings import scheduling
from setwise.meetings.models import Meeting
from setwise.people.models import Person
from setwise.sets import seats
from setwise.sets.models import LearningSet
from tests.actions.company import browser, decided, gather, somebody, stands_in_clear
from tests.sets.visiting import queries
from tests.today.arranging import agree, meet, propose

pytestmark = pytest.mark.django_db
NAMES = ("ruth", "amara", "tomasz", "niamh")
NOW = datetime(2027, 2, 9, 9, 0, tzinfo=UTC)
ISSUE, WHY = "Two night nurses are not speaking", "One has asked to move"
SUCCESS, HAPPENED = "They talk it through", "I rang both"


@pytest.fixture
def learning_set(monkeypatch: pytest.MonkeyPatch) -> LearningSet:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    found = gather(*NAMES)
    agree(propose(found, by="ruth"), *NAMES)
    return found


@pytest.fixture
def meeting(learning_set: LearningSet) -> Meeting:
    return meet(learning_set, NOW + timedelta(days=2), by="ruth")


@pytest.fixture
def amara(learning_set: LearningSet) -> Person:
    return somebody("amara")


def page(meeting: Meeting) -> str:
    return reverse("actions:prepare", args=[meeting.pk])


def write(person: Person, meeting: Meeting, prepared: Prepared, at: datetime = NOW) -> None:
    seat = seats.take(person, meeting.learning_set_id)
    preparing.prepare(seat, meeting, prepared, at=at)


def test_what_is_written_is_kept_for_its_author_and_sealed(amara: Person, meeting: Meeting) -> None:
    action = decided(amara, meeting.learning_set)
    words = {"issue": ISSUE, "why_now": WHY, "success": SUCCESS, "willing": "yes"}
    told = {
        f"action-{action.pk}-{name}": text
        for name, text in (("state", "going"), ("happened", HAPPENED))
    }
    client = browser(amara)
    assert client.post(page(meeting), words | told).status_code == 302
    assert preparing.prepared_by(amara, meeting) == Prepared(
        ISSUE, WHY, SUCCESS, "yes", {action.pk: Told("going", HAPPENED)}
    )
    shown = client.get(page(meeting)).content.decode()
    assert all(text in shown for text in (ISSUE, WHY, SUCCESS, HAPPENED))
    assert not any(map(stands_in_clear, (ISSUE, WHY, SUCCESS, HAPPENED)))
    assert not Progress.objects.exists()  # it is no progress until they say so


@pytest.mark.parametrize("name", ["ruth", "tomasz"])
def test_nobody_else_reads_it_the_facilitator_included(
    amara: Person, meeting: Meeting, name: str
) -> None:
    write(amara, meeting, Prepared(ISSUE))
    reader = somebody(name)
    assert ISSUE in browser(amara).get(page(meeting)).content.decode()
    pages = [page(meeting), reverse("meetings:meeting", args=[meeting.pk]), "/"]
    for url in pages:
        assert ISSUE not in browser(reader).get(url).content.decode()
    assert not Preparation.objects.visible_to(reader).exists()


def test_written_again_it_takes_the_place_of_the_first(amara: Person, meeting: Meeting) -> None:
    one, two = (decided(amara, meeting.learning_set) for _ in range(2))
    write(amara, meeting, Prepared(ISSUE, actions={one.pk: Told("done"), two.pk: Told("going")}))
    write(amara, meeting, Prepared("", WHY, actions={one.pk: Told("let go"), two.pk: Told()}))
    assert preparing.prepared_by(amara, meeting) == Prepared(
        why_now=WHY, actions={one.pk: Told("let go")}
    )
    write(amara, meeting, Prepared())
    assert Preparation.objects.get().written_at is None


def test_only_ones_own_open_actions_are_asked_about(amara: Person, meeting: Meeting) -> None:
    own = decided(amara, meeting.learning_set)
    other = decided(somebody("tomasz"), meeting.learning_set)
    browser(amara).post(page(meeting), {f"action-{other.pk}-happened": HAPPENED, "issue": ISSUE})
    assert preparing.to_prepare(amara, meeting) == [own]
    assert not PreparedAction.objects.exists()


def test_too_long_it_comes_back_beside_the_field(amara: Person, meeting: Meeting) -> None:
    answer = browser(amara).post(page(meeting), {"issue": "x" * 501, "why_now": WHY, "do": "odd"})
    shown = answer.content.decode()
    assert (answer.status_code, WHY in shown) == (422, True)
    assert 'aria-invalid="true"' in shown and "at most 500 characters" in shown
    assert not Preparation.objects.exists()


def test_erasing_it_leaves_no_word(amara: Person, meeting: Meeting) -> None:
    action = decided(amara, meeting.learning_set)
    write(amara, meeting, Prepared(ISSUE, actions={action.pk: Told("done", HAPPENED)}))
    browser(amara).post(page(meeting), {"do": "erase", "issue": "x" * 501})
    row = Preparation.objects.get()
    assert (row.issue_sealed, row.written_at) == (None, None)
    assert not PreparedAction.objects.exists()


def test_a_facilitator_from_outside_has_nothing_to_prepare(
    learning_set: LearningSet, meeting: Meeting
) -> None:
    learning_set.memberships.filter(person=somebody("ruth")).update(is_member=False)
    client = browser(somebody("ruth"))
    assert client.get(page(meeting)).status_code == 403
    assert client.post(page(meeting), {"issue": ISSUE}).status_code == 403
    shown = client.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert page(meeting) not in shown


def test_rules_may_leave_it_out(learning_set: LearningSet, meeting: Meeting, amara: Person) -> None:
    link = reverse("meetings:meeting", args=[meeting.pk])
    client = browser(amara)
    assert page(meeting) in client.get(link).content.decode()
    write(amara, meeting, Prepared(ISSUE))
    learning_set.ground_rules.update(prepare_days=0)
    assert page(meeting) not in client.get(link).content.decode()
    shown = client.get(page(meeting)).content.decode()
    assert "leave preparation out" in shown and "<textarea" not in shown
    assert ISSUE in shown  # what was written before is still theirs, to read and to erase
    client.post(page(meeting), {"issue": "Another"})
    assert preparing.prepared_by(amara, meeting).issue == ISSUE
    client.post(page(meeting), {"do": "erase"})
    assert preparing.prepared_by(amara, meeting) == Prepared()


@pytest.mark.parametrize("agenda", ["first-meeting", "open-floor"])
def test_an_agenda_without_bids_and_progress_asks_for_none(
    learning_set: LearningSet, meeting: Meeting, amara: Person, agenda: str
) -> None:
    learning_set.ground_rules.update(protocol=agenda)
    with pytest.raises(preparing.NotPrepared):
        write(amara, meeting, Prepared(ISSUE))


def test_a_meeting_that_is_over_or_cancelled_takes_nothing_more(
    meeting: Meeting, amara: Person, set_clock: Callable[[datetime], None]
) -> None:
    write(amara, meeting, Prepared(ISSUE))
    with pytest.raises(scheduling.NotChangeable):
        write(amara, meeting, Prepared(WHY), at=meeting.ends_at)
    scheduling.cancel(seats.take(somebody("ruth"), meeting.learning_set_id), meeting, at=NOW)
    client = browser(amara)
    client.post(page(meeting), {"issue": WHY})
    shown = client.get(page(meeting)).content.decode()
    assert ISSUE in shown and "<textarea" not in shown


def test_it_is_erased_a_week_after_the_meeting(meeting: Meeting, amara: Person) -> None:
    action = decided(amara, meeting.learning_set)
    write(amara, meeting, Prepared(ISSUE, actions={action.pk: Told("done")}))
    week = timedelta(days=7)
    assert preparing.erase_served(at=meeting.ends_at + week) == 0
    assert preparing.erase_served(at=meeting.ends_at + week + timedelta(seconds=1)) == 1
    assert not Preparation.objects.exists() and not PreparedAction.objects.exists()


def test_the_page_takes_as_many_queries_with_many_actions(meeting: Meeting, amara: Person) -> None:
    counts = []
    for number in (1, 6):
        actions = [decided(amara, meeting.learning_set) for _ in range(number)]
        write(amara, meeting, Prepared(actions={each.pk: Told("done") for each in actions}))
        counts.append(queries(browser(amara), page(meeting)))
    assert counts[0] == counts[1]
