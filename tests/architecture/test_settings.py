import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs" / "settings.md"


def read_by_the_code() -> set[str]:
    sources = [*(ROOT / "setwise").rglob("*.py"), ROOT / "bin" / "_python"]
    names = re.findall(r"SETWISE_[A-Z_]*[A-Z]", "\n".join(path.read_text() for path in sources))
    return {name.removesuffix("_FILE") for name in names} | {"SETWISE_KEY_FILE"}


def documented() -> set[str]:
    return set(re.findall(r"^\| `(SETWISE_[A-Z_]+)`", DOCS.read_text(), re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    assert "SETWISE_DATA" in read_by_the_code()
    assert documented() == read_by_the_code()
