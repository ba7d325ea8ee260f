"""What import-linter cannot see: the size of a module, and what a foreign key names."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models.fields.related import RelatedField

pytestmark = pytest.mark.pure

ROOT = Path(__file__).resolve().parents[2]
CEILING = 250  # lines
LAYERS = (
    "project",
    "today",
    "mailin",
    "room",
    "actions",
    "meetings",
    "sets",
    "people",
    "outbox",
    "vault",
)
MODULES = sorted(
    path
    for folder in ("setwise", "tests", "bin")
    for path in (ROOT / folder).rglob("*.py")
    if "migrations" not in path.parts
)


def layer(app: str) -> int:
    return LAYERS.index(app) if app in LAYERS else len(LAYERS)


def test_module_stays_under_its_ceiling() -> None:
    assert MODULES
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in MODULES}
    assert {name: length for name, length in lengths.items() if length > CEILING} == {}


def test_foreign_key_never_points_up() -> None:
    seen = 0
    ups = []
    for model in apps.get_models():
        if not model.__module__.startswith("setwise."):
            continue
        for field in model._meta.get_fields():
            if isinstance(field, RelatedField) and not isinstance(field.related_model, str):
                seen += 1
                source, target = model._meta.app_label, field.related_model._meta.app_label
                if layer(target) < layer(source):
                    ups.append(f"{source}.{model.__name__}.{field.name} → {target}")
    assert seen > 20
    assert ups == []


def test_no_module_is_called_utils_and_no_signal_is_received() -> None:
    wrong = [
        str(path)
        for path in MODULES
        if path.stem in {"utils", "helpers", "common", "misc"}
        or (
            "setwise" in path.relative_to(ROOT).parts[:1]
            and any(
                isinstance(node, ast.ImportFrom)
                and node.module
                and node.module.startswith(("django.db.models.signals", "django.dispatch"))
                for node in ast.walk(ast.parse(path.read_text()))
            )
        )
    ]
    assert wrong == []
