"""A department of any size with years of history, for benches: rows by rule and seed, set-based on both databases.

Everything a year has is there and agrees: the plan and its duties, obligations with their stamps, accepted unit plans
with their activities, reports received or not, closed windows, results with their quantities, late additions.
Receipts and events are not: nobody pressed a button. What stands in a column follows from the row's place and the seed.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.hashers import make_password
from django.db import connection, models, transaction
from django.db.models import Min

from accounts.models import Agency, AgencyName, Post, Role, Unit, UnitKind, User
from documents.vietnamese import fold
from plans.deadlines.periods import deadlines, window
from plans.deadlines.workdays import VIETNAM
from plans.models import (
    Activity,
    AreaScheme,
    Audience,
    Channel,
    ClosedWindow,
    Duty,
    Indicator,
    Obligation,
    ObligationKind,
    Plan,
    PlanState,
    UnitPlan,
    UnitPlanState,
)
from plans.models.obligation import Recurrence
from plans.reference import load as load_reference
from propaganda.models import Result, ResultQuantity
from reporting.models import Period, UnitReport, UnitReportState
from reporting.opening import make_periods
from reporting.sums import upkeep

FIRST_YEAR = 2022
QUARTERS = ("Q1", "Q2", "Q3", "Q4")
FIGURES = 5  # quantities of a result
S = UnitReportState
# Of so many reports one is not written, one waits, one went back; the others are received.
REPORTS, STATES = 50, {0: S.OPEN, 1: S.SUBMITTED, 2: S.RETURNED}
LATE_OF, SUPPLEMENT_OF = 20, 40
PEOPLE = (
    ("van-thu", "Phạm Thị Lan", Role.CLERK), ("van-phong", "Nguyễn Thị Hoa", Role.OFFICE_STAFF),
    ("chanh-van-phong", "Trần Văn Bình", Role.CHIEF_OF_OFFICE), ("giam-doc", "Lê Minh Đức", Role.DIRECTOR),
)  # fmt: skip


@dataclass
class Size:
    units: int
    activities: int
    years: int
    seed: int = 1

    @property
    def results(self) -> int:
        return self.units * self.activities * len(QUARTERS) * self.years


def is_empty() -> bool:
    """Whether nobody's work is in the database."""
    return not (Plan.objects.exists() or Result.objects.exists() or Unit.objects.exists())


def generate(size: Size, tell=lambda words: None) -> Agency:
    """Make the department in one transaction; the sums are counted once at its end. `tell` hears of each step."""
    load_reference()
    with transaction.atomic(), upkeep.counted_once():
        _without_key_checks()
        made = _Department(size, tell)
        made.people_and_units()
        for year in range(FIRST_YEAR, FIRST_YEAR + size.years):
            tell(f"năm {year}")
            made.year(year)
        tell("tính các tổng")
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return made.agency


def _without_key_checks() -> None:
    """Every key comes from a row that was just read; checking 24 million again takes longer than writing them.

    Only a superuser of PostgreSQL may leave that out.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone() == (True,):
            cursor.execute("SET LOCAL session_replication_role = replica")


# Writing by rule


def insert(model: type[models.Model], rows: str, *, before: str = "", order: str = "", **values: str) -> None:
    """INSERT … SELECT FROM `rows`: `values` are SQL by attribute, what is not named has the model's default."""
    columns, selected = [], []
    for each in model._meta.concrete_fields:
        if each.primary_key or each.generated:
            continue
        if each.attname not in values and not each.has_default() and not each.null and not each.empty_strings_allowed:
            raise TypeError(f"{model.__name__}.{each.attname}: thiếu giá trị")
        columns.append(each.column)
        selected.append(values.get(each.attname, literal(each.get_default())))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) {before} SELECT {', '.join(selected)} "
            f"FROM {rows}{f' ORDER BY {order}' if order else ''}"
        )


def literal(value) -> str:
    """A value of a row as SQL of the present database; `value` is one of ours, never a person's."""
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(value).upper()
    kind, text = "", str(value)
    if isinstance(value, datetime):
        kind, text = "TIMESTAMPTZ ", str(value.astimezone(UTC).replace(tzinfo=None)) + "+00"
    elif isinstance(value, date):
        kind = "DATE "
    elif isinstance(value, list | dict):
        text = json.dumps(value)
    text = "'" + text.replace("'", "''") + "'"
    return kind + text if connection.vendor == "postgresql" else text.replace("+00'", "'")


def table(rows: Iterable[dict], alias: str) -> str:
    """A few rows as a table to join, each column named in every row."""
    lines = (", ".join(f"{literal(value)} AS {name}" for name, value in row.items()) for row in rows)
    return f"({' UNION ALL '.join(f'SELECT {line}' for line in lines)}) {alias}"


def listed(model, alias: str, rows: models.QuerySet | None = None) -> str:
    """The rows of a list as `no` (from 0) and `id`."""
    found = (model.objects if rows is None else rows).order_by("pk").values_list("pk", flat=True)
    return table(({"no": number, "id": key} for number, key in enumerate(found)), alias)


def numbers(count: int) -> str:
    """A WITH clause: `n.i` from 0 to `count` − 1."""
    return f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})"


def a_case(states: dict[int, str], chosen: str, otherwise: str) -> str:
    """SQL: the state of the number `chosen`."""
    whens = " ".join(f"WHEN {number} THEN {literal(state)}" for number, state in states.items())
    return f"CASE {chosen} {whens} ELSE {literal(otherwise)} END"


def later(day: str, days: str) -> str:
    """SQL: a day so many days later."""
    if connection.vendor == "postgresql":
        return f"({day} + CAST({days} AS integer))"
    return f"date({day}, '+' || ({days}) || ' days')"


class _Department:
    """The rows of one department, table after table."""

    def __init__(self, size: Size, tell):
        self.size, self.tell = size, tell
        self.name = f"sinh-{size.seed}"

    def chance(self, place: str, of: int, salt: int) -> str:
        """SQL: a number from 0 to `of` − 1 that follows from the place and the seed."""
        return f"((({place}) * 2654435761 + {self.size.seed * 69069 + salt * 40503}) % 4294967291 / 8191 % {of})"

    def people_and_units(self) -> None:
        self.agency = agency = Agency.objects.create(code=self.name)
        AgencyName.objects.create(
            agency=agency, name="Sở Lao động - Thương binh và Xã hội", short_name="Sở LĐTBXH", symbol="SLĐTBXH",
            place="Ninh Thuận", starts=date(2016, 1, 1),
        )  # fmt: skip
        insert(
            Unit, "n", before=numbers(self.size.units), agency_id=str(agency.pk), code="'don-vi-' || i", position="i",
            kind=f"CASE i WHEN 0 THEN '{UnitKind.OFFICE.value}' ELSE '{UnitKind.DIVISION.value}' END",
            name="'Đơn vị ' || i", symbol="'ĐV' || i", search_text="'don vi ' || i",
        )  # fmt: skip
        first = Unit.objects.filter(agency=agency).order_by("-position").first()
        people = [
            *((code, name, role, None) for code, name, role in PEOPLE),
            ("soan", "Lê Thị Ánh", Role.UNIT_EDITOR, first), ("truong", "Hồ Quốc Hùng", Role.UNIT_HEAD, first),
        ]  # fmt: skip
        for code, name, role, unit in people:
            user = User.objects.create(
                username=f"{self.name}.{code}", full_name=name, search_name=fold(name), password=make_password(None)
            )
            Post.objects.create(user=user, agency=agency, unit=unit, role=role, title=name, starts=date(2016, 1, 1))
        self.clerk, self.staff = User.objects.filter(username__startswith=f"{self.name}.van-").order_by("-username")

    def year(self, year: int) -> None:
        self.plan(year)
        make_periods(self.agency, year)
        self.periods = {row.kind: row for row in Period.objects.asked_of_units().filter(agency=self.agency, year=year)}
        self.obligations(year)
        self.unit_plans(year)
        self.reports(year)
        self.results(year)

    def plan(self, year: int) -> None:
        at = datetime(year, 1, 14, 9, tzinfo=VIETNAM)
        self.issued = Plan.objects.create(
            agency=self.agency, year=year, scheme=AreaScheme.objects.first(), symbol="KH-SLĐTBXH", place="Ninh Thuận",
            title=f"Tuyên truyền cải cách hành chính năm {year}", number="123", date_day=14, date_month=1,
            date_year=year, signer_title="Giám đốc", signer_name="Lê Minh Đức", state=PlanState.ISSUED,
            created_by=self.staff, created_at=at, issued_at=at, issued_by=self.clerk,
        )  # fmt: skip
        due = datetime(year, 2, 26, 23, 59, 59, 999_999, tzinfo=VIETNAM)
        units, office = "các phòng, đơn vị thuộc Sở", "Văn phòng Sở"
        self.duties = {
            kind: Duty.objects.create(
                plan=self.issued, position=number, kind=kind, who=who, every_unit=who == units, what=what,
                due_at=at_once, recurrence="" if at_once else Recurrence.QUARTERLY, phrase=phrase,
            )
            for number, (kind, who, what, at_once, phrase) in enumerate((
                (ObligationKind.UNIT_PLAN, units, "Xây dựng kế hoạch của đơn vị", due, f"trước 27/02/{year}"),
                (ObligationKind.UNIT_REPORT, units, "Báo cáo kết quả tuyên truyền", None, "định kỳ hàng quý"),
                (ObligationKind.ROLL_UP, office, "Tổng hợp, báo cáo Giám đốc Sở", None, "định kỳ hàng quý"),
            ))
        }  # fmt: skip

    def obligations(self, year: int) -> None:
        own, day = f"u.agency_id = {self.agency.pk}", timedelta(days=1)
        asked = [(ObligationKind.UNIT_PLAN, str(year), self.duties[ObligationKind.UNIT_PLAN].due_at, 9)]
        chains = [(kind, deadlines(kind, year)) for kind in QUARTERS]
        asked += [(ObligationKind.UNIT_REPORT, f"{year}-{kind}", chain.unit, no)
                  for no, (kind, chain) in enumerate(chains)]  # fmt: skip
        asked += [(ObligationKind.ROLL_UP, f"{year}-{kind}", chain.office, 9) for kind, chain in chains]
        rows = table(
            (
                {
                    "kind": kind.value, "occasion": occasion, "due": due, "early": due - 2 * day, "late": due + 3 * day,
                    "duty": self.duties[kind].pk, "no": no,
                }
                for kind, occasion, due, no in asked
            ),
            "o",
        )  # fmt: skip
        submitted = f"CASE WHEN {self.chance('u.position * 9 + o.no', LATE_OF, 2)} = 0 THEN o.late ELSE o.early END"
        is_written = f"(o.no = 9 OR {self.report_number('o.no')} <> 0)"
        is_received = f"(o.no = 9 OR {self.report_number('o.no')} > 2)"
        insert(
            Obligation, f"accounts_unit u CROSS JOIN {rows} WHERE {own} AND (o.kind <> 'roll_up' OR u.position = 0)",
            agency_id="u.agency_id", plan_id=str(self.issued.pk), duty_id="o.duty", unit_id="u.id", kind="o.kind",
            occasion="o.occasion", due_at="o.due",
            first_submitted_at=f"CASE WHEN o.kind <> 'roll_up' AND {is_written} THEN {submitted} END",
            accepted_at=f"CASE WHEN o.kind <> 'roll_up' AND {is_received} THEN {submitted} END",
        )  # fmt: skip

    def report_number(self, quarter: str) -> str:
        return self.chance(f"u.position * 4 + {quarter}", REPORTS, 1)

    def unit_plans(self, year: int) -> None:
        plan, size = self.issued.pk, self.size
        insert(
            UnitPlan, f"plans_obligation o WHERE o.plan_id = {plan} AND o.kind = 'unit_plan'", agency_id="o.agency_id",
            plan_id="o.plan_id", unit_id="o.unit_id", obligation_id="o.id", state=f"'{UnitPlanState.ACCEPTED.value}'",
            purpose="'Nâng cao nhận thức về cải cách hành chính.'", organisation="'Trưởng đơn vị chỉ đạo.'",
            contact="'Lê Thị Ánh'",
        )  # fmt: skip
        areas = self.issued.scheme.areas.all()
        counted, starts = Indicator.objects.summed().plannable(), date(year, 1, 15)
        place = f"u.position * {size.activities} + n.i"
        insert(
            Activity,
            f"plans_unitplan p JOIN accounts_unit u ON u.id = p.unit_id CROSS JOIN n "
            f"JOIN {listed(None, 'a', areas)} ON a.no = n.i % {len(areas)} "
            f"JOIN {listed(Channel, 'c')} ON c.no = {self.chance(place, Channel.objects.count(), 3)} "
            f"JOIN {listed(Audience, 'd')} ON d.no = {self.chance(place, Audience.objects.count(), 4)} "
            f"JOIN {listed(None, 'k', counted)} ON k.no = {self.chance(place, counted.count(), 5)} "
            f"WHERE p.plan_id = {plan}",
            before=numbers(size.activities), order="u.position, n.i", unit_plan_id="p.id", position="n.i",
            area_id="a.id", channel_id="c.id", audience_id="d.id", indicator_id="k.id",
            title="'Tuyên truyền đợt ' || n.i", search_text="'tuyen truyen dot ' || n.i", person="'Lê Thị Ánh'",
            starts=later(literal(starts), self.chance(place, 200, 6)),
            ends=later(literal(starts), f"{self.chance(place, 200, 6)} + 60"),
            quantity=f"10 * (1 + {self.chance(place, 90, 7)})", money=f"500000 * {self.chance(place, 40, 8)}",
        )  # fmt: skip

    def reports(self, year: int) -> None:
        quarters = table(
            (
                {"no": QUARTERS.index(kind), "id": row.pk, "code": row.code, "starts": row.starts, "ends": row.ends}
                for kind, row in self.periods.items()
            ),
            "q",
        )
        source = (
            f"plans_obligation o JOIN accounts_unit u ON u.id = o.unit_id JOIN {quarters} ON q.code = o.occasion "
            f"WHERE o.plan_id = {self.issued.pk} AND o.kind = 'unit_report'"
        )
        state = a_case(STATES, self.report_number("q.no"), S.ACCEPTED)
        insert(
            UnitReport, source, agency_id="o.agency_id", unit_id="o.unit_id", period_id="q.id", obligation_id="o.id",
            state=state, highlights="'Đã tuyên truyền ' || u.name",
            return_reason=f"CASE {state} WHEN 'returned' THEN 'Bổ sung minh chứng.' ELSE '' END",
        )  # fmt: skip
        insert(
            ClosedWindow, f"{source} AND {state} IN ('submitted', 'accepted')", unit_id="o.unit_id", starts="q.starts",
            ends="q.ends", closed_at="o.first_submitted_at",
        )  # fmt: skip

    def results(self, year: int) -> None:
        size, agency = self.size, self.agency.pk
        quarters = table(
            (
                {"no": QUARTERS.index(kind), "id": row.pk, "starts": row.starts, "days": window(kind, year).days}
                for kind, row in self.periods.items()
            ),
            "q",
        )
        place = f"((u.position * {size.activities} + a.position) * 4 + q.no)"
        insert(
            Result,
            f"plans_activity a JOIN plans_unitplan p ON p.id = a.unit_plan_id JOIN accounts_unit u ON u.id = p.unit_id "
            f"CROSS JOIN {quarters} JOIN reporting_unitreport w ON w.unit_id = u.id AND w.period_id = q.id "
            f"WHERE p.plan_id = {self.issued.pk}",
            order="q.no, a.position, u.position", agency_id=str(agency), unit_id="u.id", activity_id="a.id",
            title="'Tuyên truyền đợt ' || a.position", search_text="'tuyen truyen dot ' || a.position",
            happened_on=later("q.starts", f"{self.chance(place, 1000, 11)} % q.days"), area_id="a.area_id",
            channel_id="a.channel_id", audience_id="a.audience_id", key=f"'{self.name}-{year}-' || {place}",
            participants=f"CASE WHEN {self.chance(place, 2, 12)} = 0 THEN {self.chance(place, 300, 13)} END",
            reach=f"CASE WHEN {self.chance(place, 3, 14)} = 0 THEN {self.chance(place, 9000, 15)} END",
            money=f"CASE WHEN {self.chance(place, 4, 16)} = 0 THEN 1000 * {self.chance(place, 5000, 17)} END",
            supplement=f"w.state IN ('submitted', 'accepted') AND {self.chance(place, SUPPLEMENT_OF, 18)} = 0",
            recorded_at=literal(self.periods["Q4"].unit_due_at), recorded_by_id=str(self.staff.pk),
        )  # fmt: skip
        kinds, key = Indicator.objects.summed().recordable(), f"{self.name}-{year}-"
        first = Result.objects.filter(agency=agency, key__startswith=key).aggregate(first=Min("pk"))["first"]
        insert(
            ResultQuantity,
            f"propaganda_result r CROSS JOIN {table(({'no': number} for number in range(FIGURES)), 'f')} "
            f"JOIN {listed(None, 'k', kinds)} "
            f"ON k.no = ({self.chance(f'r.id - {first}', kinds.count(), 21)} + f.no) % {kinds.count()} "
            f"WHERE r.agency_id = {agency} AND r.id >= {first}",
            result_id="r.id", indicator_id="k.id", value=self.chance(f"(r.id - {first}) * {FIGURES} + f.no", 500, 22),
        )  # fmt: skip
