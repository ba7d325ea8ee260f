from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from setwise.project.demo.case import DEFAULT, CaseError, read
from setwise.project.demo.filling import Filled, fill
from setwise.project.demo.playing import play
from setwise.protocols.engine import Refused
from setwise.room.refusing import Refusal


@transaction.atomic
def load(path: Path | None = None, *, played: bool = False) -> Filled:
    """Load a case into an empty database; `played` as already held.

    Raises CaseError, and then nothing is loaded.
    """
    now, path = timezone.now(), path or DEFAULT
    case = read(path)
    if not played:
        return fill(case, now=now)
    length = timedelta(minutes=case.get("rules", {}).get("meeting_minutes", 120) + 30)
    filled = fill(case, now=now - length)
    try:
        play(filled)
    except (Refusal, Refused, PermissionDenied) as error:
        raise CaseError(f"{path} cannot be played: {error}") from error
    return filled
