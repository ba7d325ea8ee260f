from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from setwise.people.models import Person


@pytest.fixture(autouse=True)
def mail_folder(settings: Any, tmp_path: Path) -> Path:
    """Each test's own mail folder: letters outlive the database's rollback."""
    settings.SETWISE_DATA = tmp_path
    return tmp_path / "mail"


@pytest.fixture
def amara(db: None) -> Person:
    return Person.objects.create_user(
        "amara@setwise.example", "Amara Okafor", zone="Europe/Istanbul"
    )
