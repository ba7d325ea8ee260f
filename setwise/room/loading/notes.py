"""Rows as the frozen facts of a snapshot, their words opened."""

from __future__ import annotations

from setwise.actions.models import Shown
from setwise.room.models import Bid, Option, Problem, Question, Round, RoundAction
from setwise.room.snapshot import Decided, Note, RoundNow


def round_now(row: Round, decided: list[RoundAction], problems: list[Problem]) -> RoundNow:
    questions = tuple(map(note, row.questions.select_related("author")))
    options = map(note, row.options.select_related("author"))
    waiting = [each.id for each in questions if not (each.opened or each.draft or each.handed)]
    return RoundNow(
        id=row.id,
        number=row.number,
        presenter=row.presenter_id,
        shared_with=row.shared_with_id,
        presenter_name=row.names,
        statement=row.words("statement"),
        presentation=row.words("presentation"),
        feedback=row.words("feedback"),
        silent=row.silent,
        options_invited=row.options_invited,
        decide_by=row.decide_by,
        started_at=row.started_at,
        attended=frozenset(row.attended.values_list("person_id", flat=True)),
        notes=(*questions, *options),
        waiting=len(waiting),
        opens_next=waiting[0] if waiting else None,
        problems=tuple(_problem(each, opened=bool(row.problems_opened_at)) for each in problems),
        problems_written=len(problems),
        problems_open=bool(row.problems_opened_at),
        decided=tuple(
            Decided(
                id=each.action.id,
                owner=each.action.owner_id,
                owner_name=each.action.owner.name,
                text=each.action.text(),
                due_on=each.action.due_on,
                draft=each.action.confirmed_at is None,
                typist=each.action.typed_by_id,
                state=each.action.state,
                at=each.action.decided_at,
            )
            for each in decided
        ),
    )


def note(row: Question | Option) -> Note:
    opened = row.opened_at if isinstance(row, Question) else row.at
    return Note(
        id=row.id,
        kind="question" if isinstance(row, Question) else "option",
        text=row.words("text"),
        more="",
        author=row.author_id,
        author_name=row.author.name if row.author else "",
        typist=row.typed_by_id,
        draft=row.confirmed_at is None,
        opened=opened is not None,
        at=opened or row.at,
        handed=isinstance(row, Question) and row.handed,
    )


def _problem(row: Problem, *, opened: bool) -> Note:
    return Note(
        id=row.id,
        kind="problem",
        text=row.words("text"),
        more="",
        author=row.author_id,
        author_name=row.author.name if row.author else "",
        typist=None,
        draft=False,
        opened=opened,
        at=row.at,
    )


def bid(row: Bid) -> Note:
    return Note(
        id=row.id,
        kind="pass" if row.passed else "bid",
        text=row.words("issue"),
        more=row.words("why_now"),
        author=row.person_id,
        author_name=row.person.name,
        typist=row.typed_by_id,
        draft=row.confirmed_at is None,
        opened=True,
        at=row.at,
    )


def shown(row: Shown) -> Decided:
    action = row.action
    told = tuple(
        (each.get_state_display(), each.happened(), each.learned())
        for each in action.progress.all()
    )
    return Decided(
        id=action.id,
        owner=action.owner_id,
        owner_name=action.owner.name,
        text=action.text(),
        due_on=action.due_on,
        draft=action.confirmed_at is None,
        typist=action.typed_by_id,
        state=action.get_state_display(),
        at=action.decided_at,
        told=told,
    )
