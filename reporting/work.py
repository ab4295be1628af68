"""What waits for a person: one table of steps, seven queries, whatever the number of roles and units."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Post, Role, UnitKind, User
from plans.deadlines.timeliness import Timeliness
from plans.models import (
    Difficulty,
    DifficultyState,
    Directive,
    DirectiveState,
    Extension,
    Obligation,
    ObligationKind,
    Plan,
    PlanState,
    UnitPlan,
    UnitPlanState,
)
from plans.models.directive import OWNER_ROLES, WITH_OWNER
from reporting.models import Period, RollUp, RollUpState, UnitReport, UnitReportState

OFFICE = (Role.OFFICE_STAFF, Role.CHIEF_OF_OFFICE)
WRITERS = (Role.UNIT_EDITOR, Role.UNIT_HEAD)


@dataclass(frozen=True)
class Step:
    """In `states`, an object of `model` waits for the holders of `roles`; `whose` narrows which objects.

    whose: "unit" (their own unit's), "agency" (all), "others" (all but the Office's), "office" (only the Office's),
    "escalated" (what went up to the director), "post" (what was given to that very post), "in_name" (what the chief
    of office gave in the director's name).
    """

    model: type
    states: tuple[str, ...]
    roles: tuple[str, ...]
    act: str
    whose: str = "agency"


U, R, D = UnitPlanState, UnitReportState, DifficultyState
WITH_OFFICE = (D.NEW, D.RECEIVED, D.IN_HAND)
WRITING = {
    UnitPlan: (U.NOT_STARTED, U.DRAFTING, U.AMENDING),
    UnitReport: (R.OPEN, R.DRAFTING, R.REOPENED),
}
STEPS = (
    *(Step(model, states, WRITERS, _("Soạn và nộp"), "unit") for model, states in WRITING.items()),
    *(Step(model, ("returned",), WRITERS, _("Sửa theo ý kiến và nộp lại"), "unit") for model in WRITING),
    *(Step(model, ("head_review",), (Role.UNIT_HEAD,), _("Xem và nộp"), "unit") for model in WRITING),
    *(Step(model, ("submitted", "in_review"), OFFICE, _("Xem xét, tiếp nhận"), "others") for model in WRITING),
    *(
        Step(model, ("submitted", "in_review"), (Role.DIRECTOR,), _("Xem xét, tiếp nhận"), "office")
        for model in WRITING
    ),
    Step(Extension, ("requested",), (Role.CHIEF_OF_OFFICE,), _("Trả lời đề nghị gia hạn"), "others"),
    Step(Extension, ("requested",), (Role.DIRECTOR,), _("Trả lời đề nghị gia hạn"), "office"),
    Step(Difficulty, WITH_OFFICE, OFFICE, _("Xem và trả lời vướng mắc"), "others"),
    Step(Difficulty, WITH_OFFICE, (Role.DIRECTOR,), _("Xem và trả lời vướng mắc"), "office"),
    Step(Difficulty, WITH_OFFICE, (Role.DIRECTOR,), _("Cho ý kiến về vướng mắc quá 5 ngày làm việc"), "escalated"),
    Step(Difficulty, (D.WAITING_FOR_UNIT,), WRITERS, _("Bổ sung để giải quyết vướng mắc"), "unit"),
    Step(Directive, WITH_OWNER, WRITERS, _("Thực hiện ý kiến chỉ đạo"), "unit"),
    Step(Directive, WITH_OWNER, OWNER_ROLES, _("Thực hiện ý kiến chỉ đạo"), "post"),
    Step(Directive, (DirectiveState.ANSWERED,), (Role.DIRECTOR,), _("Xem kết quả thực hiện ý kiến chỉ đạo")),
    Step(
        Directive,
        (DirectiveState.ANSWERED,),
        (Role.CHIEF_OF_OFFICE,),
        _("Xem kết quả thực hiện ý kiến chỉ đạo"),
        "in_name",
    ),
    Step(Plan, (PlanState.DRAFT,), OFFICE, _("Hoàn thiện bản thảo")),
    Step(Plan, (PlanState.OFFICE_REVIEW,), (Role.CHIEF_OF_OFFICE,), _("Xem và trình Giám đốc")),
    Step(Plan, (PlanState.DIRECTOR_REVIEW,), (Role.DIRECTOR,), _("Duyệt kế hoạch")),
    Step(Plan, (PlanState.APPROVED,), (Role.CLERK, Role.OFFICE_STAFF), _("Cấp số và ban hành")),
    Step(RollUp, (RollUpState.COMPILING,), OFFICE, _("Xem bản tổng hợp và chốt số liệu")),
    Step(RollUp, (RollUpState.CUT,), OFFICE, _("Trình Chánh Văn phòng")),
    Step(RollUp, (RollUpState.OFFICE_REVIEW,), (Role.CHIEF_OF_OFFICE,), _("Xem và trình Giám đốc")),
    Step(RollUp, (RollUpState.DIRECTOR_REVIEW,), (Role.DIRECTOR,), _("Duyệt báo cáo")),
    Step(RollUp, (RollUpState.APPROVED,), (Role.CLERK,), _("Cấp số, ban hành")),
    Step(RollUp, (RollUpState.ISSUED,), (Role.CLERK, Role.OFFICE_STAFF), _("Ghi nhận đã gửi")),
)


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what, the next step, where, until when (None without a deadline)."""

    title: str
    act: str
    url: str
    state: str
    state_label: str
    due_at: datetime | None
    timeliness: Timeliness | None

    @property
    def act_and_title(self) -> str:
        return f"{self.act}: {self.title}"


def waiting_for(user: User, *, now: datetime) -> list[Waiting]:
    """What waits for the person, the most urgent first."""
    posts = user.posts_on(now.date()) if user.is_active else []
    models = (UnitPlan, UnitReport, Extension, Difficulty, Directive, Plan, RollUp)
    found = [waiting for model in models for waiting in _of(model, posts, now)]
    return sorted(found, key=lambda row: (row.due_at is None, row.due_at or now, row.title))


def _of(model: type, posts: list[Post], now: datetime) -> Iterator[Waiting]:
    open_steps = [(step, post) for step in STEPS for post in posts if step.model is model and post.role in step.roles]
    if not open_steps:
        return
    condition, acts = Q(pk__in=[]), {}
    for step, post in open_steps:
        condition |= Q(state__in=step.states) & _whose(step, post)
        acts |= dict.fromkeys(step.states, step.act)
    for obj in _rows(model).filter(condition).distinct():
        obligation = getattr(obj, "obligation", None)
        yield Waiting(
            title=_title(obj),
            act=str(acts[obj.state]),
            url=_address(obj),
            state=obj.state,
            state_label=obj.get_state_display(),
            due_at=obligation.work_due_at
            if obligation
            else getattr(obj, "effective_due_at", None) or getattr(obj, "due_at", None),
            timeliness=obligation.time_left(now) if obligation else None,
        )


def _title(obj) -> str:
    if isinstance(obj, Difficulty):
        return f"{obj} – {obj.unit}"
    return f"{obj} – {obj.owner}" if isinstance(obj, Directive) else str(obj)


def _due_at(obj) -> datetime | None:
    return obj.effective_due_at if isinstance(obj, Directive) else getattr(obj, "due_at", None)


def _whose(step: Step, post: Post) -> Q:
    mine = Q(agency=post.agency_id)
    if step.whose == "unit":
        return mine & Q(unit=post.unit_id)
    if step.whose == "escalated":
        return mine & Q(escalated_at__isnull=False)
    if step.whose == "post":
        return mine & Q(owner_role=post.role)
    if step.whose == "in_name":
        return mine & Q(for_director=True) & ~Q(owner_role=post.role)
    if step.whose == "office":
        return mine & Q(unit__kind=UnitKind.OFFICE)
    return mine & ~Q(unit__kind=UnitKind.OFFICE) if step.whose == "others" else mine


def _rows(model: type):
    if model is UnitPlan:
        return UnitPlan.objects.select_related("plan", "unit", "obligation")
    if model is UnitReport:
        return UnitReport.objects.select_related("period", "unit", "obligation")
    if model is Difficulty:
        return Difficulty.objects.select_related("unit")
    if model is Directive:
        return Directive.objects.select_related("unit")
    if model is Extension:
        return Extension.objects.select_related("unit", "obligation__unit")
    return RollUp.objects.select_related("period") if model is RollUp else Plan.objects.all()


def _address(obj) -> str:
    if isinstance(obj, RollUp):
        return reverse("roll_up", args=[obj.code])
    names = {
        Plan: "plan_detail",
        UnitPlan: "unit_plan",
        UnitReport: "unit_report",
        Extension: "extension_detail",
        Difficulty: "difficulty_detail",
        Directive: "directive_detail",
    }
    name = names[type(obj)]
    if obj.state in ("submitted", "in_review"):
        name = f"{name}_review"
    return reverse(name, args=[obj.pk])


def deadlines_ahead(user: User, *, now: datetime, most: int = 6) -> list[Obligation]:
    """The next obligations of the person's units that have not been handed in."""
    units = user.scope(now.date()).unit_ids
    return list(
        Obligation.objects.outstanding()
        .filter(unit__in=units, effective_due_at__gte=now)
        .select_related("unit", "plan")
        .order_by("effective_due_at", "unit__position")[:most]
    )


@dataclass(frozen=True)
class Counts:
    """How what the units owe stands: names by group, in the order of the units."""

    handed_in: list[str]
    drafting: list[str]
    not_opened: list[str]
    exempt: list[str]

    @property
    def expected(self) -> int:
        return len(self.handed_in) + len(self.drafting) + len(self.not_opened)


NOT_OPENED = frozenset({U.NOT_STARTED, R.OPEN})
DRAFTING = frozenset({U.DRAFTING, U.HEAD_REVIEW, U.RETURNED, R.REOPENED})
LEFT_OUT = frozenset({U.EXEMPT, U.TRANSFERRED})


def counts(rows: QuerySet) -> Counts:
    """Who has handed in, who is writing, who has not opened it: of unit plans or unit reports, in one query."""
    groups: dict[str, list[str]] = {"handed_in": [], "drafting": [], "not_opened": [], "exempt": []}
    for name, state in rows.order_by("unit__position").values_list("unit__name", "state"):
        groups[_group(state)].append(name)
    return Counts(**groups)


def _group(state: str) -> str:
    if state in NOT_OPENED:
        return "not_opened"
    if state in DRAFTING:
        return "drafting"
    return "exempt" if state in LEFT_OUT else "handed_in"


def collections(user: User, *, now: datetime) -> list[tuple[str, Counts, str]]:
    """What the Office is collecting now: the unit plans of the plan in force, the reports of the open period.

    Each with its title, who stands where, and the query under which the missing are reminded (remind_now).
    """
    scope = user.scope(now.date()).agency_wide()
    found = []
    plan = Plan.objects.filter(scope, state=PlanState.ISSUED).first()
    if plan:
        missing = f"loai={ObligationKind.UNIT_PLAN}&ky={plan.year}"
        found.append((_("Kế hoạch của các đơn vị năm %d") % plan.year, counts(plan.unit_plans.all()), missing))
    period = (
        Period.objects.filter(
            scope, roll_ups__state__in=(RollUpState.COLLECTING, RollUpState.COMPILING), roll_ups__corrects__isnull=True
        )
        .asked_of_units()
        .order_by("-ends")
        .first()
    )
    if period:
        missing = f"loai={ObligationKind.UNIT_REPORT}&ky={period.code}"
        found.append((_("Báo cáo của các đơn vị, %s") % period, counts(period.unit_reports.all()), missing))
    return [row for row in found if row[1].expected]
