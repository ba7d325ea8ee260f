"""A view reads only what its reader may see: a bare manager in a views module fails."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
VIEWS = sorted(
    path for path in (ROOT / "setwise").rglob("*.py") if "views" in (path.stem, path.parent.name)
)


def bare_managers(source: str) -> Iterator[int]:
    """The lines on which `.objects` is followed by anything but `.visible_to(`."""
    tree = ast.parse(source)
    narrowed = {
        id(node.func.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "visible_to"
    }
    for node in ast.walk(tree):
        bare = isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
        if bare and id(node) not in narrowed:
            yield node.lineno  # type: ignore[attr-defined]


def test_bare_manager_is_found() -> None:
    assert list(bare_managers("Action.objects.filter(pk=1)")) == [1]
    assert list(bare_managers("a = 1\nrows = Action.objects")) == [2]
    assert list(bare_managers("Action.objects.visible_to(person).filter(pk=1)")) == []


def test_views_read_through_the_gate() -> None:
    assert len(VIEWS) > 10
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in VIEWS
        for line in bare_managers(path.read_text())
    ]
    assert found == []
