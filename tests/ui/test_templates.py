"""The strict policy forbids anything inline; e-mail has no policy and may carry styles."""

import re
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "setwise"
PAGES = sorted(p for p in SOURCE.glob("*/templates/**/*.html") if "email" not in p.parts)
INLINE = re.compile(
    r"<[^>]*\s(?:style|on[a-z]+)\s*=|<style\b|<script\b(?![^>]*\bsrc=)|javascript:", re.IGNORECASE
)


@pytest.mark.parametrize(
    "bad", ['<p style="x">', "<a onclick='x'>", "<script>x</script>", "<style>", "javascript:x"]
)
def test_inline_code_is_recognised(bad: str) -> None:
    assert INLINE.search(bad)


def test_pages_carry_nothing_inline() -> None:
    assert PAGES
    found = {
        str(page.relative_to(SOURCE)): INLINE.findall(page.read_text())
        for page in PAGES
        if INLINE.search(page.read_text())
    }
    assert found == {}
