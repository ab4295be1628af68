"""The sums of `reporting.models.summary` as a whole: made anew, compared with a recount, folded.

Triggers (`triggers`) keep them exact in every transaction. Migrations run without them, since SQLite makes
a table anew for most changes and the triggers would go with it: they are removed before and put back after, and then
the sums are made anew.
"""

from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from reporting.models.summary import QuantitySum, ResultSum
from reporting.sums import triggers

SUMS = (ResultSum, QuantitySum)
ADD = {
    ResultSum: lambda where: triggers.add_results(triggers.ALL_RESULTS, where, folded="TRUE"),
    QuantitySum: lambda where: triggers.add_quantities(triggers.ALL_QUANTITIES, where, folded="TRUE"),
}
FOLD_AT = 2_000  # rows not yet folded: fewer cost a reader less than folding makes every kept page new


def look(now: datetime) -> None:
    """One look of the sweep."""
    if any(model.objects.filter(folded=False)[FOLD_AT : FOLD_AT + 1].exists() for model in SUMS):
        fold()


def fold() -> None:
    """Make one row of those with equal keys, in the months that were written to; what comes meanwhile stays.

    One snapshot sees what is added and what is deleted; of two that fold at once on PostgreSQL, the later gives up
    with OperationalError and the sweep tries again.
    """
    with _one_snapshot(), connection.cursor() as cursor:
        for model in SUMS:
            last = model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            table, keys = model._meta.db_table, ", ".join(_columns(model, model.KEYS))
            sums = ", ".join(f"SUM({name})" for name in model.ADDED)
            something = " OR ".join(f"SUM({name}) <> 0" for name in model.ADDED)
            months = f"(agency_id, month) IN (SELECT agency_id, month FROM {table} WHERE NOT folded AND id <= %s)"
            cursor.execute(
                f"INSERT INTO {table} ({triggers.columns(model)}) SELECT {keys}, {sums}, TRUE FROM {table} "
                f"WHERE id <= %s AND {months} GROUP BY {keys} HAVING {something}",
                [last, last],
            )
            cursor.execute(f"DELETE FROM {table} WHERE id <= %s AND {months}", [last, last])


@contextmanager
def _one_snapshot():
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def counted_once():
    """For many rows at once, inside a transaction: nothing is kept up meanwhile, everything is counted at the end."""
    triggers.remove()
    yield
    repair()


@transaction.atomic
def rebuild() -> None:
    """Count everything anew; writers wait meanwhile, readers do not."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tables = ", ".join(watched.table for watched in triggers.WATCHED)
            cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
        for model in SUMS:
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
            cursor.execute(ADD[model](triggers.is_covered()))


@transaction.atomic
def repair() -> None:
    """The present triggers and everything counted anew, whatever stood there."""
    triggers.install()
    rebuild()


def differences() -> list[tuple]:
    """Keys and sums that the kept sums and a recount do not share; none when they are exact.

    Both are read in one statement, so that a writer in between makes no difference.
    """
    found = []
    with connection.cursor() as cursor:
        for model in SUMS:
            keys, added = ", ".join(_columns(model, model.KEYS)), model.ADDED
            sums = ", ".join(f"SUM({name})" for name in added)
            something = " OR ".join(f"SUM({name}) <> 0" for name in added)
            kept = f"SELECT {keys}, {', '.join(added)} FROM {model._meta.db_table}"
            _insert, _select, counted = ADD[model](triggers.is_covered()).partition("SELECT")
            names = ", ".join((*_columns(model, model.KEYS), *added, "folded"))
            minus = ", ".join(f"-{name}" for name in added)
            cursor.execute(
                f"WITH counted({names}) AS (SELECT{counted}) SELECT {keys}, {sums} FROM "
                f"({kept} UNION ALL SELECT {keys}, {minus} FROM counted) AS apart GROUP BY {keys} HAVING {something}"
            )
            found += [(model.__name__, *row) for row in cursor.fetchall()]
    return found


def _columns(model, names) -> list[str]:
    return [model._meta.get_field(name).column for name in names]


# Around migrations


def before_migrations(plan=(), **_more) -> None:
    """Nothing of ours stands in the way of a table that is made anew."""
    if plan and connection.vendor in triggers.VENDORS:
        triggers.remove()


def after_migrations(**_more) -> None:
    """The triggers of the present text, and sums of what was written without them."""
    if (
        connection.vendor not in triggers.VENDORS
        or ResultSum._meta.db_table not in connection.introspection.table_names()
    ):
        return
    if triggers.installed() != {trigger.name for trigger in triggers.triggers()}:
        repair()
