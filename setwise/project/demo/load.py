from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from setwise.project.demo.case import DEFAULT, read
from setwise.project.demo.filling import Filled, fill
from setwise.project.demo.playing import play


@transaction.atomic
def load(path: Path | None = None, *, played: bool = False) -> Filled:
    """Load a case into an empty database; `played` as already held. Raises CaseError."""
    now = timezone.now()
    case = read(path or DEFAULT)
    if not played:
        return fill(case, now=now)
    length = timedelta(minutes=case.get("rules", {}).get("meeting_minutes", 120) + 30)
    filled = fill(case, now=now - length)
    play(filled)
    return filled
