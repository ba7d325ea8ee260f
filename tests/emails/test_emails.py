"""Every e-mail of ours, played and shown in the docs as it is."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from setwise.outbox.models import Letter
from tests.cast import Cast, cast
from tests.emails import side_by_side
from tests.emails.scenes import NOW, Scene
from tests.emails.showing import PAGE, SCENES, files, page, templates
from tests.sets.mailbox import Mail, mail
from tests.staging import staged

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FOLDER = "EMAILS_FOLDER"  # where `python -m tests.emails` wants them; without it nothing is written
ANEW = "Write it anew: python -m tests.emails"
Shown = list[tuple[Scene, Mail]]


@pytest.fixture(scope="module")
def shown(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Shown]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOW)
        _set(patch, SETWISE_ORIGIN="https://sets.example", SETWISE_REPLY_ADDRESS="set@sets.example")
        with staged(django_db_blocker, _held) as company:
            with django_db_blocker.unblock():
                letters = [(scene, _played(scene, company)) for scene in SCENES]
            yield letters


def _held() -> Cast:
    """The case's own people after their meeting."""
    company = cast(held=True)
    own = [person.pk for person in company.keys.values()]
    company.learning_set.memberships.exclude(person__in=own).delete()
    return company


def _set(patch: pytest.MonkeyPatch, **values: Any) -> None:
    from django.conf import settings

    for name, value in values.items():
        patch.setattr(settings, name, value)


def _played(scene: Scene, company: Cast) -> Mail:
    """The letter that the scene makes go out; everything else is as it was before it."""
    with transaction.atomic():
        if scene.template != "room/email/actions":  # the only one that the case itself has posted
            Letter.objects.all().delete()
        scene.play(copy.deepcopy(company))
        about = scene.template.rpartition("/")[2]
        to = company.keys[scene.reader].email if scene.reader else ""
        found = mail(about=about, to=to) or mail(about=about)
        transaction.set_rollback(True)
    assert found, scene.template
    return found[0]


def test_every_template_is_shown(shown: Shown) -> None:
    assert {scene.template for scene, _ in shown} == templates()


def test_the_page_of_the_docs_shows_them_as_they_are(shown: Shown) -> None:
    if folder := os.environ.get(FOLDER):
        PAGE.write_text(page(shown), encoding="utf-8")
        side_by_side.PAGE.write_text(side_by_side.page(shown), encoding="utf-8")
        for name, words in files(shown) if folder != os.devnull else ():
            (Path(folder) / name).write_text(words, encoding="utf-8")
    assert PAGE.read_text("utf-8") == page(shown), ANEW
    assert side_by_side.PAGE.read_text("utf-8") == side_by_side.page(shown), ANEW


def test_every_text_part_is_set_in_72_columns_with_links_whole(shown: Shown) -> None:
    for scene, letter in shown:
        long = [line for line in letter.text.split("\n") if len(line) > 72]
        assert [line for line in long if not re.fullmatch(r"\s*https?://\S+", line)] == [], scene
        assert "\n\n\n" not in letter.text and not re.search(r"[ \t]$", letter.text, re.M), scene


def test_both_parts_lead_to_the_same_places(shown: Shown) -> None:
    for scene, letter in shown:
        in_text = set(re.findall(r"https?://\S+", letter.text))
        in_html = set(re.findall(r'href="([^"]+)"', letter.html))
        assert {each.rstrip("/") for each in in_text} == {each.rstrip("/") for each in in_html}, (
            scene
        )


def test_no_part_asks_for_anything_from_elsewhere(shown: Shown) -> None:
    for scene, letter in shown:
        assert not re.search(r"<(img|link|script|iframe|form)\b|url\(|@import", letter.html), scene
