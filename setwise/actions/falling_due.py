"""Reminding owners of their own actions: on the day, and once when it has passed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db import transaction

from setwise.actions import update_links
from setwise.actions.models import Action
from setwise.people import linking, reminding
from setwise.people.reminding import Reminder, hundreds
from setwise.vault.sealing import keys_at_hand

OVERDUE_FOR = 7  # days after its day, for so long it is worth saying once that it has passed
A_DAY = timedelta(days=1)


def post_due(*, at: datetime) -> int:
    """Post the reminders that are due, to each action's owner alone; returns how many.

    None about an action that is done, changed, let go, or still a draft. Any number of workers may
    run this: one letter an action, kind and date.
    """
    first, last = at.date() - (OVERDUE_FOR + 2) * A_DAY, at.date() + A_DAY
    rows = Action.objects.open().filter(due_on__gte=first, due_on__lte=last)
    actions = list(rows.select_related("owner", "learning_set").order_by("due_on"))
    asked = [
        _reminder(kind, action) for action in actions for kind in ("action_due", "action_overdue")
    ]
    return sum(_remind(some, at=at) for some in hundreds(reminding.ready(asked, at=at)))


def _reminder(kind: str, action: Action) -> Reminder[Action]:
    assert action.due_on
    overdue = kind == "action_overdue"
    day = action.due_on + A_DAY if overdue else action.due_on
    last = day + (OVERDUE_FOR if overdue else 1) * A_DAY
    return Reminder(
        kind=kind,
        person=action.owner,
        key=reminding.key(action.owner, kind, about=action.id, once=action.due_on.isoformat()),
        day=day,
        until=datetime.combine(last, time(), tzinfo=action.owner.tzinfo),
        since=action.decided_at,
        about=action,
    )


@transaction.atomic
def _remind(planned: Sequence[Reminder[Action]], *, at: datetime) -> int:
    # held until they are posted: whoever tells of one in this moment waits, and then withdraws them
    held = Action.objects.open().select_for_update(no_key=True).order_by("pk")
    stand = dict(
        held.filter(pk__in=[each.about.id for each in planned]).values_list("pk", "due_on")
    )
    some = [each for each in planned if stand.get(each.about.id) == each.about.due_on]
    actions = [each.about for each in some]
    urls = update_links.urls(actions, at=at)
    wanted = {(each.owner_id, each.id): at + update_links.LIFE for each in actions}
    answers = linking.reply_addresses("reply-action", wanted, at=at)
    replies = {each.key: answers[each.person.pk, each.about.id] for each in some}
    with keys_at_hand(action.key_id for action in actions):
        contexts = {
            each.key: {
                "action": each.about,
                "learning_set": each.about.learning_set,
                "overdue": each.kind == "action_overdue",
                "by_answer": bool(replies[each.key]),
                "url": urls[each.about.id],
            }
            for each in some
        }
        return reminding.post(
            some, template="actions/email/due", contexts=contexts, replies=replies, at=at
        )
