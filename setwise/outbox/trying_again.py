"""The operator has letters sent again that had stopped, once what stopped them is mended."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from setwise.outbox.models import Letter
from setwise.outbox.troubles import KINDS


def try_again(*, trouble: str, at: datetime) -> int:
    """Have the letters that this trouble stopped wait anew, their two days before them; how many.

    Those whose words are erased, and those that are of no use any more, stay where they are.
    """
    if trouble and trouble not in KINDS:
        return 0
    useful = Q(expires_at=None) | Q(expires_at__gt=at)
    stopped = Letter.objects.filter(useful, state="failed", body_sealed__isnull=False)
    return stopped.filter(trouble=trouble).update(state="waiting", due_at=at, attempts=0)
