"""Whether this process can serve: the database answers, is migrated, and the key opens it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from setwise.vault import serverkey


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why Setwise cannot serve: a sentence, what helps, and the id that docs/settings.md explains."""

    reason: str
    remedy: str
    id: str


def find() -> Trouble | None:
    """What keeps Setwise from serving, the first thing first; None when nothing does."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return Trouble(
                "The database has migrations still to apply.",
                "Start Setwise once with bin/run: it brings the database up to date.",
                "setwise.E011",
            )
        serverkey.verify()
    except (DatabaseError, ImproperlyConfigured):
        remedy = "Look at SETWISE_DATABASE_URL, and whether the database runs."
        return Trouble("The database does not answer.", remedy, "setwise.E010")
    except serverkey.KeyTrouble as error:
        return Trouble(str(error), "", "setwise.E012")
    return None


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    trouble = find()
    if trouble:
        return JsonResponse({"status": "unavailable", "reason": trouble.reason}, status=503)
    return JsonResponse({"status": "ok"})
