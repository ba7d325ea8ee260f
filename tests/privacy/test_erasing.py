"""After the rule's date the database holds no word of the set, and each person keeps their own."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from setwise.actions.models import Action, Progress
from setwise.meetings import polling
from setwise.privacy import closing, erasing
from setwise.project.worker import work_seldom
from setwise.room import noting
from setwise.room.models import CheckOut, Option, Problem, Question, Review, Round
from setwise.sets import inviting, offering_guides, writing_guides
from setwise.sets.models import LearningSet
from setwise.vault import sealing
from setwise.vault.fields import SealedField
from tests import dumping
from tests.cast import Cast, cast
from tests.meetings import polls

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAYS = timedelta(days=365)
# a log is emptied after a commit
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]


@pytest.fixture
def held() -> Cast:
    """The case after its meeting was held, with somebody invited, a note kept, a guide offered,
    and a poll with a note to its convenor."""
    with transaction.atomic():
        company, at = cast(held=True), timezone.now()
    ruth, member = company.seat("facilitator"), company.people["member"].pk
    noting.write(ruth, text="We were slow to begin.", meant="", at=at)
    offering_guides.offer(ruth, to=member, guide="listening", at=at)
    writing_guides.write(ruth, title="Ours", text="Our room", for_facilitator=False, at=at)
    inviting.invite(
        company.seat("member"),
        emails=["asked.once@setwise.example"],
        as_facilitator=True,
        at=at,
    )
    amara = company.seat("presenter")
    poll = polls.opened(company.seat("member"), at=at)
    polling.answer(amara, poll, given=polls.to_all(poll, "yes"), words="Only by train.", at=at)
    return company


def over(held: Cast) -> None:
    """Close the set, and let the worker come by after the rule's date."""
    at = timezone.now()
    closing.announce(held.seat("facilitator"), day=(at + timedelta(days=8)).date(), at=at)
    closing.close_due(at=at + timedelta(days=10))
    assert erasing.erase_due(at=at + timedelta(days=10)) == 0
    assert erasing.erase_due(at=at + DAYS) == 1


def sealed_columns() -> Iterator[tuple[type[Model], str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, SealedField):
                yield model, field.name


def everything_sealed() -> dict[bytes, str]:
    """The sealed words of every row, by where they stand."""
    found = {}
    for model, column in sealed_columns():
        for row in model._default_manager.all():
            if words := getattr(row, column):
                found[bytes(words)] = f"{model.__name__}.{column}"
    return found


def own_words() -> set[bytes]:
    """What is kept as promised: own rounds, actions with how they went, and the log."""
    rows: list[tuple[Any, tuple[str, ...]]] = [
        (Round.objects.all(), ("statement", "first_statement", "presentation", "feedback")),
        (Problem.objects.exclude(round__problems_opened_at=None), ("text",)),
        (Question.objects.exclude(confirmed_at=None), ("text",)),
        (Option.objects.exclude(confirmed_at=None), ("text",)),
        (Action.objects.exclude(confirmed_at=None), ("text", "first_step", "sign")),
        (Progress.objects.exclude(confirmed_at=None), ("happened", "learned")),
        (CheckOut.objects.exclude(confirmed_at=None), ("learning",)),
    ]
    return {
        bytes(words)
        for each, columns in rows
        for row in each
        for column in columns
        if (words := getattr(row, f"{column}_sealed"))
    }


def in_clear(held: Cast) -> list[bytes]:
    """What stood in clear and is of the set."""
    words = [clause.text for clause in held.learning_set.ground_rules.get(number=1).clauses.all()]
    words += [held.learning_set.purpose, held.meeting.place, held.meeting.title]
    words.append("asked.once@setwise.example")
    assert len([each for each in words if each]) > 5
    return [each.encode() for each in words if each]


def test_no_word_of_the_set_is_left_in_rows_or_files(held: Cast) -> None:
    before, own, clear = everything_sealed(), own_words(), in_clear(held)
    others = {words: where for words, where in before.items() if words not in own}
    kinds = {where.split(".")[0] for where in others.values()}
    assert {"Bid", "Review"} <= kinds and len(own) > 20
    clear.remove(b"asked.once@setwise.example")  # the letter's row has it: see test_expiring
    dump = dumping.rows() + dumping.files()
    assert all(words in dump for words in (*others, *clear))  # there was something to leak
    over(held)
    dump = dumping.rows() + dumping.files()
    assert [where for words, where in others.items() if words in dump] == []
    assert [words for words in clear if words in dump] == []
    assert set(everything_sealed()) == own
    with pytest.raises(sealing.KeyGone):
        sealing.seal("x", key_id=held.learning_set.key_id, context="a.b", row_id=held.meeting.id)


def test_each_keeps_their_own_rounds_actions_and_log_without_the_others(held: Cast) -> None:
    presenter, row = held.people["presenter"], Round.objects.get(number=1)
    actions = [each.text() for each in Action.objects.filter(owner=presenter)]
    said = [note.words("text") for note in (*row.questions.all(), *row.options.all())]
    said += [row.words("statement"), row.words("presentation")]
    log = CheckOut.objects.exclude(learning_sealed__isnull=True).exclude(confirmed_at=None)[0]
    over(held)
    client = Client()
    client.force_login(presenter, backend=BACKEND)
    for path, words in (("", said), ("print/", said), ("markdown/", said[:2])):
        shown = html.unescape(client.get(f"/records/{row.pk}/{path}").content.decode())
        assert [each for each in words if each not in shown.replace("\\", "")] == []
        names = [each.name for each in held.keys.values() if each != presenter]
        assert [name for name in names if name in shown] == []
    mine = html.unescape(client.get("/actions/").content.decode())
    assert actions and [each for each in actions if each not in mine] == []
    client.force_login(log.person, backend=BACKEND)
    assert log.words("learning") in html.unescape(client.get("/records/").content.decode())


def test_the_set_keeps_who_met_and_nothing_else_opens(held: Cast) -> None:
    client = Client()
    client.force_login(held.people["member"], backend=BACKEND)
    url, row = f"/sets/{held.learning_set.pk}/meetings/", Round.objects.get(number=1)
    Round.objects.update(rule_readers="present")
    held.learning_set.ground_rules.update(record_readers="present")
    before, *_ = client.get(url).context["held"]
    assert client.get(f"/records/{row.pk}/").status_code == 200
    over(held)
    after, *_ = client.get(url).context["held"]
    kept = (after.met, after.presented, after.reviewed, after.meeting.starts_at)
    assert kept == (before.met, before.presented, before.reviewed, before.meeting.starts_at)
    gone = ("", "rules/", "people/", "closing/")
    paths = [f"/sets/{held.learning_set.pk}/{each}" for each in gone]
    paths += [f"/records/{row.pk}/", f"/rooms/{held.meeting.pk}/", f"/meetings/{held.meeting.pk}/"]
    assert {client.get(path).status_code for path in paths} == {404}
    assert url in client.get("/").content.decode()
    for role in ("former", "suspended", "stranger"):
        client.force_login(held.people[role], backend=BACKEND)
        assert client.get(url).status_code == 404, role


def test_another_set_keeps_everything(held: Cast) -> None:
    other = LearningSet.objects.exclude(pk=held.learning_set.pk).get()
    before = other.memberships.get().left_at, other.key.destroyed_at, other.started_by
    over(held)
    other.refresh_from_db()
    assert (other.memberships.get().left_at, other.key.destroyed_at, other.started_by) == before
    assert other.closed_at is other.erased_at is None


def test_a_worker_that_is_killed_has_erased_nothing_and_the_next_one_does(
    held: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at, reviews = timezone.now(), Review.objects.count()
    LearningSet.objects.filter(pk=held.learning_set.pk).update(closed_at=at, erases_at=at)
    assert reviews

    def killed(*args: Any, **kwargs: Any) -> None:
        assert not Review.objects.exists()  # so far it had got
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("setwise.sets.personal_data.erase", killed)
        with pytest.raises(SystemExit):
            erasing.erase_due(at=at)
    assert Review.objects.count() == reviews
    work_seldom()
    assert not Review.objects.exists()
    row = LearningSet.objects.get(pk=held.learning_set.pk)
    assert row.erased_at and not erasing.erase(row.pk, at=timezone.now())  # once


def test_one_set_in_trouble_holds_up_no_other(held: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    at, real = timezone.now(), erasing.erase
    LearningSet.objects.update(closed_at=at, erases_at=at)

    def troubled(pk: Any, **kwargs: Any) -> bool:
        if pk == held.learning_set.pk:
            raise ValueError
        return real(pk, **kwargs)

    monkeypatch.setattr(erasing, "erase", troubled)
    with pytest.raises(ValueError):
        erasing.erase_due(at=at)
    assert LearningSet.objects.filter(erased_at=None).get() == held.learning_set
