"""What waits in an agency, of every kind, in one query.

The Director's screen may ask the database 25 questions at most.
"""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from django.db.models import BooleanField, DateTimeField, F, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.models import UnitKind
from plans.models import (
    Difficulty,
    DifficultyState,
    Extension,
    Obligation,
    ObligationKind,
    Plan,
    PlanState,
    UnitPlan,
)
from reporting.models import RollUp, RollUpState, UnitReport
from reporting.models.unit_report import WAITING

OPEN_DIFFICULTIES = (DifficultyState.NEW, DifficultyState.RECEIVED, DifficultyState.IN_HAND)
TEXT = ("kind", "code", "name", "unit", "unit_kind")


class Waiting(NamedTuple):
    """`name` is a title or an occasion, `code` what tells more (a code of an address, a kind of obligation); `at` a
    second instant (a day asked for, an extension, a first answer); `flag` whether it corrects, or went up."""

    kind: str
    pk: int
    code: str
    name: str
    unit: str
    unit_kind: str
    due_at: datetime | None
    at: datetime | None
    flag: bool

    @property
    def is_office(self) -> bool:
        return self.unit_kind == UnitKind.OFFICE


def waiting(agency_id: int, now: datetime) -> dict[str, list[Waiting]]:
    """Kind → rows: roll_up, plan, unit_plan and unit_report (of the Office), extension, overdue, difficulty."""
    unit = {"unit": F("unit__name"), "unit_kind": F("unit__kind")}
    office = {"unit__kind": UnitKind.OFFICE, "state__in": WAITING}
    up, open_plan = RollUpState.DIRECTOR_REVIEW, {"plan__state": PlanState.ISSUED}
    parts = (
        _part("roll_up", RollUp.objects.filter(state=up), code=F("code"), name=F("period__label"),
              due_at=F("period__director_due_at"), flag=Q(corrects__isnull=False)),
        _part("plan", Plan.objects.filter(state=PlanState.DIRECTOR_REVIEW), name=F("title")),
        _part("unit_plan", UnitPlan.objects.filter(**office), name=F("obligation__occasion"), **unit),
        _part("unit_report", UnitReport.objects.filter(**office), name=F("obligation__occasion"), **unit),
        _part("extension", Extension.objects.open(), code=F("obligation__kind"), name=F("obligation__occasion"),
              due_at=F("old_due_at"), at=F("proposed_due_at"), **unit),
        _part("overdue", Obligation.objects.overdue(now).filter(**open_plan).exclude(kind=ObligationKind.ROLL_UP),
              code=F("kind"), name=F("occasion"), due_at=F("effective_due_at"), at=F("extended_due_at"), **unit),
        _part("difficulty", Difficulty.objects.filter(state__in=OPEN_DIFFICULTIES), name=F("title"),
              due_at=F("due_at"), at=F("first_answered_at"), flag=Q(escalated_at__isnull=False), **unit),
    )  # fmt: skip
    first, *others = (part.filter(agency=agency_id) for part in parts)
    found: dict[str, list[Waiting]] = defaultdict(list)
    for row in map(Waiting._make, first.union(*others, all=True)):
        found[row.kind].append(row._replace(flag=bool(row.flag)))
    return found


def _part(kind: str, rows: QuerySet, **given) -> QuerySet:
    """The columns of Waiting, those not `given` empty; casts, since a union takes its types from all parts."""
    nothing = {name: Value("") for name in TEXT} | {"due_at": Value(None), "at": Value(None), "flag": Value(False)}
    columns = nothing | {"kind": Value(kind)} | given
    kinds = dict.fromkeys(TEXT, TextField()) | {
        "due_at": DateTimeField(),
        "at": DateTimeField(),
        "flag": BooleanField(),
    }
    named = {f"row_{name}": Cast(columns[name], kinds[name]) for name in columns}
    order = ["pk" if name == "pk" else f"row_{name}" for name in Waiting._fields]
    return rows.order_by().annotate(**named).values_list(*order)
