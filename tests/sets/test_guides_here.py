"""Guides that whoever runs the server adds for their organisation, beside those that Setwise brings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from setwise.coaching import guides as texts
from setwise.sets import offering_guides
from setwise.sets.checks import guides_left_out
from tests.cast import Cast
from tests.sets.test_own_guides import browser, company, page

pytestmark = pytest.mark.once

__all__ = ["company"]
TEXT = "# Whom to ask here\n\nThe learning team: <b>room 4</b>.\n\n## By *telephone*\n\nExtension 12.\n"


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.SETWISE_GUIDES = tmp_path
    (tmp_path / "whom-to-ask.md").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.django_db
def test_it_is_listed_searched_and_read_by_whoever_comes(folder: Path, client: Client) -> None:
    assert "organisation" in page(client, "/guides/")
    for path in ("/guides/", "/guides/?q=TELEPHONE"):
        assert 'href="/guides/whom-to-ask/"' in page(client, path), path
    html = page(client, "/guides/whom-to-ask/")
    assert "<h1" in html and "Whom to ask here</h1>" in html and "<em>telephone</em></h2>" in html
    assert "&lt;b&gt;room 4" in html
    (folder / "whom-to-ask.md").unlink()  # without a new start of the server
    assert client.get("/guides/whom-to-ask/").status_code == 404
    assert "organisation</h2>" not in page(client, "/guides/")


def test_a_facilitator_may_offer_it(folder: Path, company: Cast) -> None:
    facilitating = f"/sets/{company.learning_set.pk}/facilitating/"
    assert "Whom to ask here" in page(browser(company.people["facilitator"]), facilitating)
    to, at = company.people["member"], timezone.now()
    offering_guides.offer(company.seat("facilitator"), to=to.pk, guide="whom-to-ask", at=at)
    assert "Whom to ask here" in page(browser(to), "/")
    (folder / "whom-to-ask.md").unlink()
    assert "Whom to ask here" not in page(browser(to), "/")


def test_a_file_that_is_no_guide_is_left_out_and_named(folder: Path) -> None:
    (folder / "listening.md").write_text("# Ours instead")
    (folder / "Bad name.md").write_text("# A title")
    (folder / "latin.md").write_bytes("# Für alle".encode("latin-1"))
    (folder / "empty.md").write_text(" \n")
    (folder / "long.md").write_text("# Long\n" + "x" * texts.LONGEST)
    (folder / "picture.png").write_bytes(b"\x89")
    found, left_out = texts.added(folder)
    assert set(found) == {"whom-to-ask"}
    assert left_out == ["Bad name.md", "empty.md", "latin.md", "listening.md", "long.md"]
    warned = guides_left_out()
    assert [each.id for each in warned] == ["setwise.W014"] * 5
    assert "latin.md" in warned[2].msg


def test_a_server_without_such_a_folder_has_none(tmp_path: Path) -> None:
    assert texts.added(tmp_path / "nothing") == ({}, [])


@pytest.mark.django_db
def test_a_translation_is_another_folder_and_begins_with_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    for name in ("index.toml", "en"):
        (tmp_path / name).symlink_to(Path(str(texts._ROOT)) / name)
    (tmp_path / "cy").mkdir()
    (tmp_path / "cy" / "listening.md").write_text(
        "# Gwrando\n\nYn araf.\n\nFfynonellau: ni.", "utf-8"
    )
    monkeypatch.setattr(texts, "_ROOT", tmp_path)
    texts._read.cache_clear()
    try:
        with override("cy"):
            assert "Gwrando" in page(client, "/guides/") and "Silence" in page(client, "/guides/")
            assert "Yn araf." in page(client, "/guides/listening/")
        assert "Gwrando" not in page(client, "/guides/")
    finally:
        texts._read.cache_clear()
