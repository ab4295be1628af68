"""What a supervisor or a load balancer asks: does the process answer, can it serve. Neither tells anything else."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database, so its outage restarts no web process."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has every migration of this code; otherwise 503 with the reason in one line."""
    why_not = _why_not()
    return HttpResponse(
        f"{why_not or 'ok'}\n", status=503 if why_not else 200, content_type="text/plain; charset=utf-8"
    )


def _why_not() -> str:
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError):
        return "database"
    return "migrations" if missing else ""
