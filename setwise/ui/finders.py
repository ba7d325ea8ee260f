from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage

PREFIX = "typeface/"


class TypefaceFinder(BaseFinder):
    """Serves Atkinson Hyperlegible from its package as static files below `typeface/`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        folder = Path(str(files("fontpkg_atkinson_hyperlegible") / "files"))
        self.storage = FileSystemStorage(location=folder)
        self.storage.prefix = PREFIX.rstrip("/")  # type: ignore[attr-defined]

    def find(self, path: str, find_all: bool = False) -> Any:
        found = path.startswith(PREFIX) and self.storage.exists(path.removeprefix(PREFIX))
        if not found:
            return []
        full = self.storage.path(path.removeprefix(PREFIX))
        return [full] if find_all else full

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        for name in self.storage.listdir("")[1]:
            if name.endswith(".ttf") and not matches_patterns(name, list(ignore_patterns or [])):
                yield name, self.storage
