"""A case: a whole meeting written down. The demo is filled from it; nothing here knows one of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

DEFAULT = Path(__file__).parent / "cases" / "ward-leaders.toml"
Case = Mapping[str, Any]


class CaseError(ValueError):
    """The file is no case; the message is one line for whoever named it."""


def read(path: Path) -> Case:
    """Read a case; raises CaseError with one line for a file that is none."""
    try:
        case = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise CaseError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{path} is not a TOML file: {error}.") from error
    for key in ("set", "people", "meeting"):
        if key not in case:
            raise CaseError(f"{path} lacks [{key}].")
    return case


def starts_at(case: Case, *, now: datetime) -> datetime:
    """The meeting's start, moved to today: the next full quarter of an hour in its own zone."""
    local = now.astimezone(ZoneInfo(case["meeting"]["zone"]))
    return local.replace(second=0, microsecond=0) + timedelta(minutes=15 - local.minute % 15)
