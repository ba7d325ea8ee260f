"""A letter to somebody with an account: its foot leads to where they choose their reminders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from setwise.outbox import posting
from setwise.outbox.posting import CalendarPart
from setwise.people import reminding
from setwise.people.models import Person


def post(
    *,
    key: str,
    to: Person,
    template: str,
    context: Mapping[str, object],
    kind: str = "",
    expires_at: datetime | None = None,
    by_day: bool = False,
    reply_to: str = "",
    calendar: CalendarPart | None = None,
) -> None:
    """`posting.post`, for a reminder of this `kind`, which comes by day and which one press in the mail
    program stops; or, without one, for a letter that always comes and says so."""
    at = timezone.now()
    foot = {} if kind else {"reminders": reminding.page_for(to, at=at)}
    posting.post(
        key=key,
        to=to,
        template=template,
        context={**foot, **context},
        expires_at=expires_at,
        by_day=by_day or bool(kind),
        reply_to=reply_to,
        unsubscribe=reminding.feet([to], kind, at=at)[to.pk] if kind else "",
        calendar=calendar,
    )
