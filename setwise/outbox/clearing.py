"""Letters have a time to live: their rows, and their files where there is no mail server."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from setwise.outbox import transport
from setwise.outbox.models import Letter
from setwise.outbox.transport import SEALED

REMEMBERED = timedelta(days=90)
KEPT = timedelta(days=7)  # the words of a letter that stopped, for the operator to try again


def clear_folder(*, at: datetime) -> int:
    """Delete the letters that have lain there for SETWISE_MAIL_KEEP_DAYS, and those that are of no use
    any more, such as the code of a sign-in that is over; returns how many.

    Their age is their file's. Letters from before they were sealed, and halves that a killed worker
    left, go the same way. Any number of workers may do it at once.
    """
    oldest = (at - timedelta(days=settings.SETWISE_MAIL_KEEP_DAYS)).timestamp()
    files = dict(_files())
    ids = {path: letter_id for path in files if (letter_id := _letter_id(path))}
    useless = set(
        Letter.objects.filter(pk__in=ids.values(), expires_at__lte=at).values_list("pk", flat=True)
    )
    gone = [path for path, age in files.items() if age <= oldest or ids.get(path) in useless]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def forget_ended(*, at: datetime) -> int:
    """Forget to whom a letter went and about what, ninety days after it was posted; returns how many.

    Its row stays, so that the same letter is still posted once only.
    """
    old = Letter.objects.filter(
        state__in=("sent", "failed", "expired"), posted_at__lt=at - REMEMBERED
    ).exclude(to_email="")
    if not old.exists():
        return 0
    return old.update(to_email="", subject="", last_answer="")


def purge_stopped(*, at: datetime) -> int:
    """Erase what letters say that stopped a week ago, or are of no use any more; returns how many."""
    over = Q(due_at__lt=at - KEPT) | Q(expires_at__lte=at)
    stopped = Letter.objects.filter(over, state="failed", body_sealed__isnull=False)
    return stopped.update(body_sealed=None)


def _files() -> Iterator[tuple[Path, float]]:
    folder = transport.folder()
    for path in (*folder.glob(f"*{SEALED}"), *folder.glob(f".*{SEALED}"), *folder.glob("*.eml")):
        try:
            yield path, path.stat().st_mtime
        except FileNotFoundError:  # another worker was here first
            continue


def _letter_id(path: Path) -> UUID | None:
    try:
        return UUID(path.stem)
    except ValueError:
        return None
