"""Every colour words are set in passes AA (4.5:1) on every ground it stands on, in both themes."""

import re
from pathlib import Path

import pytest

from setwise.ui.accents import ACCENTS

TOKENS = Path(__file__).parents[2] / "setwise/ui/static/ui/tokens.css"
LIGHT, DARK = TOKENS.read_text().split("@media (prefers-color-scheme: dark)")
AA, AA_EDGE = 4.5, 3.0


def _declared(css: str) -> dict[str, str]:
    root = "".join(re.findall(r":root\s*{(.*?)}", css, re.DOTALL))
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", root))


def _accents(css: str) -> dict[str, str]:
    return dict(re.findall(r"\.accent-(\w+)\s*{\s*--accent:\s*([^;]+);", css))


def _colour(value: str, names: dict[str, str]) -> str:
    while found := re.fullmatch(r"var\(--([\w-]+)\)", value):
        value = names[found[1]]
    return value


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    digits = "".join(d * 2 for d in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


THEMES = {
    "light": (_declared(LIGHT), _accents(LIGHT)),
    "dark": (_declared(LIGHT) | _declared(DARK), _accents(DARK)),
}


def test_contrast_of_black_on_white_is_twenty_one() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", THEMES)
def test_accents_are_all_drawn_in_both_themes(theme: str) -> None:
    assert set(THEMES[theme][1]) == set(ACCENTS)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("accent", ACCENTS)
def test_accent_passes_aa(theme: str, accent: str) -> None:
    names, accents = THEMES[theme]
    hue = _colour(accents[accent], names)
    for ground in ("page", "surface", "on-accent"):
        assert contrast(hue, _colour(names[ground], names)) >= AA, (accent, ground)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("words", ["text", "text-quiet", "bad", "good", "care"])
def test_words_pass_aa(theme: str, words: str) -> None:
    names, _ = THEMES[theme]
    for ground in ("page", "surface", "sunken"):
        assert contrast(_colour(names[words], names), _colour(names[ground], names)) >= AA, ground


@pytest.mark.parametrize("theme", THEMES)
def test_edges_of_controls_are_seen(theme: str) -> None:
    names, _ = THEMES[theme]
    edge = _colour(names["control-line"], names)
    for ground in ("page", "surface"):
        assert contrast(edge, _colour(names[ground], names)) >= AA_EDGE, ground


def test_components_name_no_raw_colour() -> None:
    for name in ("base.css", "components.css", "room.css"):
        css = TOKENS.with_name(name).read_text().split("@media print")[0]
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b", css) == [], name
