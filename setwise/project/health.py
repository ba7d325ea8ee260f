"""Whether this process can serve: the database answers, is migrated, and the key opens it."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from setwise.vault import serverkey


def trouble() -> str:
    """The reason why Setwise cannot serve, in a sentence; '' when it can."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The database has migrations still to apply."
        serverkey.verify()
    except DatabaseError:
        return "The database does not answer."
    except serverkey.KeyTrouble as error:
        return str(error)
    return ""


@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    reason = trouble()
    if reason:
        return JsonResponse({"status": "unavailable", "reason": reason}, status=503)
    return JsonResponse({"status": "ok"})
