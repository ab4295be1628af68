"""What the portal itself brings before the Director: a function a kind; they share one query (Asked.waiting)."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.dates import TZ, short_date
from plans.deadlines.periods import occasion_label
from plans.models import ObligationKind
from reporting.director.decisions import Act, Asked, Decision, Gravity, register
from reporting.director.waiting import Waiting


@register("roll_up", label=gettext_lazy("Báo cáo chờ duyệt"), gravity=Gravity.DECIDE)
def roll_ups(asked: Asked) -> Iterator[Decision]:
    """Roll-ups that wait for the Director."""
    for row in asked.waiting["roll_up"]:
        url = reverse("roll_up", args=[row.code])
        what = _("Báo cáo tổng hợp %s (đính chính) chờ duyệt") if row.flag else _("Báo cáo tổng hợp %s chờ duyệt")
        yield Decision(
            f"roll-up-{row.pk}", _("Văn phòng Sở"), what % row.name, url,
            acts=_for_director(asked, _("Xem và duyệt"), url), **against(row.due_at, asked.now, _("hạn duyệt %s")),
        )  # fmt: skip


@register("plan", label=gettext_lazy("Kế hoạch chờ duyệt"), gravity=Gravity.DECIDE)
def plans(asked: Asked) -> Iterator[Decision]:
    """The department's plan, or a change of it, that waits for the Director."""
    for row in asked.waiting["plan"]:
        url = reverse("plan_detail", args=[row.pk])
        acts = _for_director(asked, _("Xem và duyệt"), url)
        yield Decision(f"plan-{row.pk}", _("Văn phòng Sở"), _("%s: chờ duyệt") % row.name, url, acts=acts)


@register("office", label=gettext_lazy("Văn phòng nộp"), gravity=Gravity.DECIDE)
def of_the_office(asked: Asked) -> Iterator[Decision]:
    """What the Office handed in itself, which only the Director may take over."""
    for kind in (ObligationKind.UNIT_PLAN, ObligationKind.UNIT_REPORT):
        for row in asked.waiting[kind.value]:
            yield Decision(
                f"{kind.value}-{row.pk}", row.unit, _("%s: chờ Giám đốc tiếp nhận") % _owed(kind, row.name),
                reverse(kind.value, args=[row.pk]),
                acts=_for_director(asked, _("Xem, tiếp nhận"), reverse(f"{kind.value}_review", args=[row.pk])),
            )  # fmt: skip


@register("extension", label=gettext_lazy("Đề nghị gia hạn"), gravity=Gravity.AT_RISK)
def extensions(asked: Asked) -> Iterator[Decision]:
    """Requests for more time without an answer: the Office's own wait for the Director, the others for the chief."""
    for row in asked.waiting["extension"]:
        url, own = reverse("extension_detail", args=[row.pk]), row.is_office
        what = _("%(what)s: đề nghị gia hạn đến %(day)s, chờ %(who)s trả lời") % {
            "what": _owed(row.code, row.name), "day": _day(row.at),
            "who": _("Giám đốc") if own else _("Chánh Văn phòng"),
        }  # fmt: skip
        yield Decision(
            f"extension-{row.pk}", row.unit, what, url, gravity=Gravity.DECIDE if own else 0,
            acts=_for_director(asked, _("Trả lời"), url) if own else (),
            **against(row.due_at, asked.now, _("hạn %s")),
        )  # fmt: skip


@register("overdue", label=gettext_lazy("Đơn vị quá hạn"), gravity=Gravity.OVERDUE)
def overdue_units(asked: Asked) -> Iterator[Decision]:
    """What the units owe and have not handed in, of plans that are not closed; a row a unit, by its oldest debt."""
    by_unit: dict[str, list[Waiting]] = {}
    for row in sorted(asked.waiting["overdue"], key=lambda row: (row.due_at, row.pk)):
        by_unit.setdefault(row.unit, []).append(row)
    for unit, owed in by_unit.items():
        oldest = owed[0]
        promise = _("đã gia hạn đến %s") if oldest.at else _("hạn %s")
        yield Decision(
            f"overdue-{oldest.pk}", unit, _("%s: chưa nộp") % "; ".join(_owed(row.code, row.name) for row in owed),
            reverse("obligation_detail", args=[oldest.pk]), **against(oldest.due_at, asked.now, promise),
        )  # fmt: skip


@register("difficulty", label=gettext_lazy("Vướng mắc chưa giải quyết"), gravity=Gravity.AT_RISK)
def difficulties(asked: Asked) -> Iterator[Decision]:
    """What units cannot solve: unanswered, overdue, or gone up to the Director."""
    for row in asked.waiting["difficulty"]:
        late, mine, answered = row.due_at < asked.now, row.flag or row.is_office, row.at is not None
        if not (mine or late or not answered):
            continue
        url = reverse("difficulty_detail", args=[row.pk])
        what = row.name if answered else _("%s (chưa có trả lời)") % row.name
        yield Decision(
            f"difficulty-{row.pk}", row.unit, what, url,
            gravity=Gravity.DECIDE if mine else Gravity.OVERDUE if late else 0,
            acts=_for_director(asked, _("Cho ý kiến"), url) if mine else (),
            **against(row.due_at, asked.now, _("hạn giải quyết %s")),
        )  # fmt: skip


@register("area", label=gettext_lazy("Nội dung chưa có hoạt động"), gravity=Gravity.AT_RISK)
def idle_areas(asked: Asked) -> Iterator[Decision]:
    """Areas without a result in the period, each with what is planned next for it."""
    if asked.now.astimezone(TZ).date() < asked.period.starts:
        return
    active = {cell["area"] for cell in asked.content["cells"]}
    for area in asked.coverage["rows"]:
        if area["code"] not in active:
            month = area["next_month"]
            promised = _("kế hoạch dự kiến tháng %d") % month if month else _("chưa có kế hoạch tiếp theo")
            url = f"{reverse('figure_rows', args=[asked.period.code])}?noi_dung={area['code']}&pham_vi=nam"
            what = _("Nội dung %(letter)s) %(name)s: chưa có hoạt động trong kỳ") % area
            yield Decision(f"area-{area['code']}", _("Các đơn vị"), what, url, promised=promised)


@register("said", label=gettext_lazy("Vướng mắc nêu trong báo cáo"), gravity=Gravity.KNOW)
def said_in_reports(asked: Asked) -> Iterator[Decision]:
    """What the received reports of the period say under difficulties; asks the database nothing."""
    for row in asked.content["texts"]["difficulties"]:
        url = reverse("unit_report", args=[row["report"]])
        yield Decision(f"said-{row['report']}", row["unit"], row["text"], url)


def _owed(kind: str, occasion: str) -> str:
    """What must be handed in: "Báo cáo của đơn vị, Quý I/2022", as Obligation.what has it."""
    return f"{ObligationKind(kind).label}, {occasion_label(occasion)}"


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
