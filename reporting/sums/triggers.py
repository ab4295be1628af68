"""The triggers that keep the sums (`reporting.models.summary`) exact, whoever writes: code, `update()`, a shell.

What counts is a sum over (result, its quantities) of those whose day a received report of the unit covers. Each
change of a row takes away what the old row brought in and adds what the new one brings in, with everything else as it
stands: a result or a quantity if it is covered, a report or a period for those results that no other report covers.
So the order in which rows come and go does not matter. Rows are only added to the sums: nobody waits for anybody's sum.

PostgreSQL: writers of one unit's results, quantities and reports wait for each other at the unit's row, held in the
order report, unit, result as everywhere else; what is read after that is what was committed. SQLite has one writer.
The texts are the same for both but for the name of a month.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection

from reporting.models.summary import MonthOf, QuantitySum, ResultSum
from reporting.models.unit_report import RECEIVED

PREFIX = "sums_"
VENDORS = ("sqlite", "postgresql")
STATES = ", ".join(f"'{state.value}'" for state in RECEIVED)
KEYS = "r.agency_id, {month}, r.area_id, r.channel_id, r.audience_id, r.supplement"
RESULT = (
    "id", "agency_id", "unit_id", "happened_on", "area_id", "channel_id", "audience_id", "supplement",
    "participants", "reach", "money",
)  # fmt: skip
QUANTITY = ("result_id", "indicator_id", "value")
COVERED = f"""EXISTS (SELECT 1 FROM reporting_unitreport c JOIN reporting_period p ON p.id = c.period_id
      WHERE c.unit_id = r.unit_id AND c.state IN ({STATES}) AND r.happened_on BETWEEN p.starts AND p.ends{{but}})"""
ALL_RESULTS = "propaganda_result r"
ALL_QUANTITIES = "propaganda_result r JOIN propaganda_resultquantity q ON q.result_id = r.id"


def columns(model) -> str:
    """The columns of a table of sums, in the order of the statements here."""
    names = [model._meta.get_field(name).column for name in (*model.KEYS, *model.ADDED, "folded")]
    return ", ".join(names)


def add_results(rows: str, where: str, sign: str = "", folded: str = "FALSE") -> str:
    """Add (or take away) what the results `r` among `rows` say themselves."""
    sums = [f"{sign}COUNT(*)"]
    for name in ("participants", "reach", "money"):
        sums += [f"{sign}COALESCE(SUM(r.{name}), 0)", f"{sign}COUNT(r.{name})"]
    return _insert(ResultSum, KEYS, sums, rows, where, folded)


def add_quantities(rows: str, where: str, sign: str = "", folded: str = "FALSE") -> str:
    """Add (or take away) the quantities `q` of results `r` among `rows`."""
    sums = [f"{sign}SUM(q.value)", f"{sign}COUNT(*)"]
    return _insert(QuantitySum, f"{KEYS}, q.indicator_id", sums, rows, where, folded)


def _insert(model, keys: str, sums: list[str], rows: str, where: str, folded: str) -> str:
    keys = keys.format(month=_month())
    places = ", ".join(str(place) for place in range(1, len(model.KEYS) + 1))
    return (
        f"INSERT INTO {model._meta.db_table} ({columns(model)})\n    SELECT {keys}, {', '.join(sums)}, {folded}\n"
        f"    FROM {rows} WHERE {where} GROUP BY {places}"
    )


def _month() -> str:
    template = MonthOf.POSTGRESQL if connection.vendor == "postgresql" else MonthOf.SQLITE
    return (template % {"expressions": "r.happened_on"}).replace("%%", "%")


def is_covered(but: str = "") -> str:
    """Whether the day of `r` is covered by a received report of its unit, other reports than `but` says left out."""
    return COVERED.format(but=f" AND {but}" if but else "")


# What a row brings in: the statements for OLD with a minus, for NEW without


def _of_result(row: str, sign: str) -> list[str]:
    this = f"(SELECT {', '.join(f'{row}.{name} AS {name}' for name in RESULT)}) r"
    return [
        add_results(this, is_covered(), sign),
        add_quantities(f"{this} JOIN propaganda_resultquantity q ON q.result_id = r.id", is_covered(), sign),
    ]


def _of_quantity(row: str, sign: str) -> list[str]:
    this = f"(SELECT {', '.join(f'{row}.{name} AS {name}' for name in QUANTITY)}) q"
    return [add_quantities(f"{this} JOIN propaganda_result r ON r.id = q.result_id", is_covered(), sign)]


def _of_report(row: str, sign: str) -> list[str]:
    where = f"""{row}.state IN ({STATES}) AND r.unit_id = {row}.unit_id AND r.happened_on BETWEEN
      (SELECT starts FROM reporting_period WHERE id = {row}.period_id) AND
      (SELECT ends FROM reporting_period WHERE id = {row}.period_id) AND NOT {is_covered(f"c.id <> {row}.id")}"""
    return [add_results(ALL_RESULTS, where, sign), add_quantities(ALL_QUANTITIES, where, sign)]


def _of_period(row: str, sign: str) -> list[str]:
    where = f"""r.happened_on BETWEEN {row}.starts AND {row}.ends AND r.unit_id IN
      (SELECT unit_id FROM reporting_unitreport WHERE period_id = {row}.id AND state IN ({STATES}))
      AND NOT {is_covered(f"c.period_id <> {row}.id")}"""
    return [add_results(ALL_RESULTS, where, sign), add_quantities(ALL_QUANTITIES, where, sign)]


@dataclass(frozen=True)
class Watched:
    """A table whose rows decide what counts: the `columns` that matter, what a row brings in, whose unit it is."""

    table: str
    columns: tuple[str, ...]
    brings: Callable[[str, str], list[str]]
    unit: str  # with {row}: the ids of the units of a row
    received: str = ""  # with {row}: whether it may bring in anything
    holds: int = 1  # twice where the unit is read from a row that may be moving to another unit


WATCHED = (
    Watched("propaganda_result", RESULT, _of_result, "{row}.unit_id"),
    Watched(
        "propaganda_resultquantity", QUANTITY, _of_quantity,
        "(SELECT unit_id FROM propaganda_result WHERE id = {row}.result_id)", holds=2,
    ),
    Watched(
        "reporting_unitreport", ("unit_id", "period_id", f"state IN ({STATES})"), _of_report, "{row}.unit_id",
        received=f"{{row}}.state IN ({STATES})",
    ),
    Watched(
        "reporting_period", ("starts", "ends"), _of_period,
        "(SELECT unit_id FROM reporting_unitreport WHERE period_id = {row}.id)",
    ),
)  # fmt: skip
EVENTS = {"INSERT": (("NEW", ""),), "UPDATE": (("OLD", "-"), ("NEW", "")), "DELETE": (("OLD", "-"),)}


@dataclass(frozen=True)
class Trigger:
    """One trigger; its name carries the digest of its text, so that a changed one has another name."""

    table: str
    event: str
    when: str
    hold: str
    body: str

    @property
    def name(self) -> str:
        digest = hashlib.sha256(repr((self.when, self.hold, self.body, connection.vendor)).encode()).hexdigest()[:8]
        return f"{PREFIX}{self.table.partition('_')[2]}_{self.event.lower()}_{digest}"

    def create(self) -> Iterator[str]:
        when = f" WHEN ({self.when})" if self.when else ""
        head = f"CREATE TRIGGER {self.name} AFTER {self.event} ON {self.table} FOR EACH ROW{when}"
        if connection.vendor == "sqlite":
            yield f"{head} BEGIN\n  {self.body};\nEND"
            return
        yield (
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN\n"
            f"  {self.hold};\n  {self.body};\n  RETURN NULL;\nEND $$"
        )
        yield f"{head} EXECUTE FUNCTION {self.name}()"


def triggers() -> list[Trigger]:
    """All of them, in the words of the present database."""
    return [_trigger(watched, event) for watched in WATCHED for event in EVENTS]


def _trigger(watched: Watched, event: str) -> Trigger:
    rows = EVENTS[event]
    conditions = []
    if event == "UPDATE":
        conditions.append(" OR ".join(_differs(column) for column in watched.columns))
    if watched.received:
        conditions.append(" OR ".join(watched.received.format(row=row) for row, _sign in rows))
    units = ", ".join(watched.unit.format(row=row) for row, _sign in rows)
    if "SELECT" in units:
        units = " UNION ".join(watched.unit.format(row=row)[1:-1] for row, _sign in rows)
    return Trigger(
        table=watched.table,
        event=event,
        when=" AND ".join(f"({condition})" for condition in conditions),
        hold=";\n  ".join(
            [f"PERFORM 1 FROM accounts_unit WHERE id IN ({units}) ORDER BY id FOR NO KEY UPDATE"] * watched.holds
        ),
        body=";\n  ".join(statement for row, sign in rows for statement in watched.brings(row, sign)),
    )


def _differs(column: str) -> str:
    return f"(OLD.{column}) IS DISTINCT FROM (NEW.{column})"


# In the database


def installed() -> set[str]:
    """The names of the triggers of ours that the database has."""
    names = {
        "sqlite": f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '{PREFIX}%'",
        "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        f"WHERE NOT tgisinternal AND pg_table_is_visible(tgrelid) AND tgname LIKE '{PREFIX}%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def install() -> None:
    """Exactly the present triggers, with none of an older text."""
    remove()
    with connection.cursor() as cursor:
        for trigger in triggers():
            for statement in trigger.create():
                cursor.execute(statement)


def remove() -> None:
    """No trigger of ours: what is written from now on does not reach the sums."""
    drop = "DROP TRIGGER {}" if connection.vendor == "sqlite" else "DROP FUNCTION {}() CASCADE"
    with connection.cursor() as cursor:
        for name in installed():
            cursor.execute(drop.format(name))
