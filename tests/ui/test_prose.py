from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setwise.ui import prose

pytestmark = pytest.mark.pure


def test_raw_html_stays_text() -> None:
    html = prose.html("Hello <b>you</b>\n\n<script>alert(1)</script>\n\n<img src=x onerror=y>")
    assert "<script" not in html and "<b>" not in html and "<img" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "JaVaScript:x", "data:text/html,x", "vbscript:x"]
)
def test_a_link_runs_no_script(url: str) -> None:
    assert "href" not in prose.html(f"[here]({url})")


def test_links_go_out_quietly_and_pictures_are_none() -> None:
    html = prose.html("[here](https://example.org/) ![seen](https://example.org/track.png)")
    assert 'rel="noopener noreferrer nofollow"' in html and "<img" not in html


def test_headings_begin_below_the_pages_own() -> None:
    assert prose.html("# One\n\n## Two") == "<h2>One</h2>\n<h2>Two</h2>\n"


@given(st.text(max_size=300))
def test_any_text_becomes_html_without_a_tag_of_its_own(text: str) -> None:
    html = prose.html(text)
    assert not any(tag in html.lower() for tag in ("<script", "<img", "<iframe", "<style"))
