"""What the portal itself brings before the Director: a function a kind, each with a constant number of queries."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import UnitKind
from documents.dates import TZ, short_date
from plans.models import (
    Activity,
    Difficulty,
    DifficultyState,
    Extension,
    Obligation,
    ObligationKind,
    Plan,
    PlanState,
    UnitPlan,
)
from reporting.director.decisions import Act, Asked, Decision, Gravity, register
from reporting.figures import PLANNED_STATES
from reporting.models import RollUp, RollUpState, UnitReport
from reporting.models.unit_report import WAITING

OPEN_DIFFICULTIES = (DifficultyState.NEW, DifficultyState.RECEIVED, DifficultyState.IN_HAND)


@register("roll_up", label=gettext_lazy("Báo cáo chờ duyệt"), gravity=Gravity.DECIDE)
def roll_ups(asked: Asked) -> Iterator[Decision]:
    """Roll-ups that wait for the Director."""
    rows = RollUp.objects.filter(agency=asked.agency_id, state=RollUpState.DIRECTOR_REVIEW).select_related("period")
    for row in rows:
        url, due = reverse("roll_up", args=[row.code]), row.period.director_due_at
        yield Decision(
            f"roll-up-{row.pk}", _("Văn phòng Sở"), _("%s chờ Giám đốc duyệt") % row, url,
            acts=_for_director(asked, _("Xem và duyệt"), url), **against(due, asked.now, _("hạn duyệt %s")),
        )  # fmt: skip


@register("plan", label=gettext_lazy("Kế hoạch chờ duyệt"), gravity=Gravity.DECIDE)
def plans(asked: Asked) -> Iterator[Decision]:
    """The department's plan, or a change of it, that waits for the Director."""
    for row in Plan.objects.filter(agency=asked.agency_id, state=PlanState.DIRECTOR_REVIEW):
        url = reverse("plan_detail", args=[row.pk])
        what = _("%s chờ Giám đốc duyệt") % row
        yield Decision(
            f"plan-{row.pk}", _("Văn phòng Sở"), what, url, acts=_for_director(asked, _("Xem và duyệt"), url)
        )


@register("office", label=gettext_lazy("Văn phòng nộp"), gravity=Gravity.DECIDE)
def of_the_office(asked: Asked) -> Iterator[Decision]:
    """What the Office handed in itself, which only the Director may take over."""
    for model, page in ((UnitPlan, "unit_plan"), (UnitReport, "unit_report")):
        waiting = model.objects.filter(agency=asked.agency_id, unit__kind=UnitKind.OFFICE, state__in=WAITING)
        for row in waiting.select_related("unit", "obligation"):
            yield Decision(
                f"{page}-{row.pk}", row.unit.name, _("%s: chờ Giám đốc tiếp nhận") % row.obligation.what,
                reverse(page, args=[row.pk]),
                acts=_for_director(asked, _("Xem, tiếp nhận"), reverse(f"{page}_review", args=[row.pk])),
            )  # fmt: skip


@register("extension", label=gettext_lazy("Đề nghị gia hạn"), gravity=Gravity.AT_RISK)
def extensions(asked: Asked) -> Iterator[Decision]:
    """Requests for more time without an answer: the Office's own wait for the Director, the others for the chief."""
    rows = Extension.objects.open().filter(agency=asked.agency_id)
    for row in rows.select_related("unit", "obligation"):
        url, own = reverse("extension_detail", args=[row.pk]), row.unit.is_office
        what = _("%(what)s: đề nghị gia hạn đến %(day)s, chờ %(who)s trả lời") % {
            "what": row.obligation.what, "day": _day(row.proposed_due_at),
            "who": _("Giám đốc") if own else _("Chánh Văn phòng"),
        }  # fmt: skip
        yield Decision(
            f"extension-{row.pk}", row.unit.name, what, url, gravity=Gravity.DECIDE if own else 0,
            acts=_for_director(asked, _("Trả lời"), url) if own else (),
            **against(row.old_due_at, asked.now, _("hạn %s")),
        )  # fmt: skip


@register("overdue", label=gettext_lazy("Đơn vị quá hạn"), gravity=Gravity.OVERDUE)
def overdue_units(asked: Asked) -> Iterator[Decision]:
    """What the units owe and have not handed in, of plans that are not closed."""
    rows = Obligation.objects.overdue(asked.now).filter(agency=asked.agency_id, plan__state=PlanState.ISSUED)
    for row in rows.exclude(kind=ObligationKind.ROLL_UP).select_related("unit"):
        promise = _("đã gia hạn đến %s") if row.extended_due_at else _("hạn %s")
        yield Decision(
            f"obligation-{row.pk}", row.unit.name, _("%s: chưa nộp") % row.what,
            reverse("obligation_detail", args=[row.pk]), **against(row.effective_due_at, asked.now, promise),
        )  # fmt: skip


@register("difficulty", label=gettext_lazy("Vướng mắc chưa giải quyết"), gravity=Gravity.AT_RISK)
def difficulties(asked: Asked) -> Iterator[Decision]:
    """What units cannot solve: unanswered, overdue, or gone up to the Director."""
    rows = Difficulty.objects.filter(agency=asked.agency_id, state__in=OPEN_DIFFICULTIES).select_related("unit")
    for row in rows:
        late = row.due_at < asked.now
        mine = row.escalated_at is not None or row.unit.is_office
        if not (mine or late or row.first_answered_at is None):
            continue
        url = reverse("difficulty_detail", args=[row.pk])
        what = row.title if row.first_answered_at else _("%s (chưa có trả lời)") % row.title
        gravity = Gravity.DECIDE if mine else Gravity.OVERDUE if late else 0
        yield Decision(
            f"difficulty-{row.pk}", row.unit.name, what, url, gravity=gravity,
            acts=_for_director(asked, _("Cho ý kiến"), url) if mine else (),
            **against(row.due_at, asked.now, _("hạn giải quyết %s")),
        )  # fmt: skip


@register("area", label=gettext_lazy("Nội dung chưa có hoạt động"), gravity=Gravity.AT_RISK)
def idle_areas(asked: Asked) -> Iterator[Decision]:
    """Areas without a result in the period, each with what is planned next for it."""
    active = {cell["area"] for cell in asked.content["cells"]}
    idle = [area for area in asked.content["areas"] if area["code"] not in active]
    if not idle or asked.now.astimezone(TZ).date() < asked.period.starts:
        return
    ahead = _next_starts(asked.agency_id, asked.period.year, asked.now.astimezone(TZ).date())
    for area in idle:
        next_start = ahead.get(area["code"])
        promised = _("kế hoạch dự kiến tháng %d") % next_start.month if next_start else _("chưa có kế hoạch tiếp theo")
        url = f"{reverse('figure_rows', args=[asked.period.code])}?noi_dung={area['code']}&pham_vi=nam"
        what = _("Nội dung %(letter)s) %(name)s: chưa có hoạt động trong kỳ") % area
        yield Decision(f"area-{area['code']}", _("Các đơn vị"), what, url, promised=promised)


@register("said", label=gettext_lazy("Vướng mắc nêu trong báo cáo"), gravity=Gravity.KNOW)
def said_in_reports(asked: Asked) -> Iterator[Decision]:
    """What the received reports of the period say under difficulties; asks the database nothing."""
    for row in asked.content["texts"]["difficulties"]:
        yield Decision(
            f"said-{row['report']}", row["unit"], row["text"], reverse("unit_report", args=[row["report"]]),
        )  # fmt: skip


def _next_starts(agency_id: int, year: int, on: date) -> dict[str, date]:
    """Area → the first day after `on` on which the accepted plans of the year begin something in it."""
    planned = Activity.objects.filter(
        unit_plan__agency=agency_id, unit_plan__plan__year=year, unit_plan__state__in=PLANNED_STATES, starts__gt=on
    )
    return dict(planned.order_by().values_list("area__code").annotate(Min("starts")))


def _for_director(asked: Asked, label: str, url: str) -> tuple[Act, ...]:
    return (Act(label, url),) if asked.decides else ()


def against(due_at: datetime, now: datetime, promise: str) -> dict:
    """How late something is at `now`, in days and words, and what was promised."""
    days = (now.astimezone(TZ).date() - due_at.astimezone(TZ).date()).days
    if due_at < now:
        days = max(1, days)
        late = _("quá hạn %d ngày") % days
    else:
        late = _("còn %d ngày") % -days if days else _("hạn hôm nay")
    return {"days": days, "late": late, "promised": promise % _day(due_at)}


def _day(at: datetime) -> str:
    return short_date(at.astimezone(TZ).date())
