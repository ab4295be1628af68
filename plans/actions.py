"""What people do with plans beyond moving their state; each is one transaction."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.workflow import StaleState
from plans import perms
from plans.models import Activity, AreaAbsence, ContentArea, PlanDefect, PlanState, UnitPlan, UnitPlanState
from plans.models.unit_plan import EDITABLE
from plans.workflow import UNIT_PLAN

LINE_FIELDS = (
    "area", "title", "channel", "audience", "starts", "ends", "person", "product", "indicator", "quantity", "money",
)  # fmt: skip


@transaction.atomic
def settle_defect(defect: PlanDefect, *, by: User, now: datetime) -> None:
    """The Office has looked at a doubtful place and leaves the text as it is. Safe to repeat."""
    plan = defect.plan
    if perms.may_draft_plan(by, plan, now.date()) is None:
        raise PermissionDenied
    if plan.state != PlanState.DRAFT:
        raise StaleState(_("Kế hoạch không còn ở bước soạn thảo."))
    changed = PlanDefect.objects.filter(pk=defect.pk, settled_at__isnull=True).update(settled_at=now, settled_by=by)
    if changed:
        Event.record(
            plan, at=now, by=by, action="settle_defect", label=_("Đã xem: %s") % defect.text[:150],
            agency_id=plan.agency_id,
        )  # fmt: skip


@transaction.atomic
def begin_edit(unit_plan: UnitPlan, *, by: User, now: datetime) -> None:
    """Claim a unit plan for one change: only its unit, only while it is open; the first change starts it.

    Raises PermissionDenied or StaleState.
    """
    if perms.may_edit_unit_plan(by, unit_plan, now.date()) is None:
        raise PermissionDenied
    _lock(unit_plan)
    if unit_plan.state == UnitPlanState.NOT_STARTED:
        UNIT_PLAN.move(unit_plan, "start", by=by, now=now)
    claimed = UnitPlan.objects.filter(pk=unit_plan.pk, state__in=EDITABLE).update(
        version=models.F("version") + 1, updated_at=now, updated_by=by
    )
    if not claimed:
        raise StaleState(_("Kế hoạch đang ở bước “%s” nên không sửa được.") % unit_plan.get_state_display())
    unit_plan.refresh_from_db()


def _lock(unit_plan: UnitPlan) -> None:
    """Read the row as it is stored now and hold it until the transaction ends."""
    unit_plan.refresh_from_db(
        from_queryset=UnitPlan.objects.select_for_update(of=("self",)).select_related("plan", "unit", "obligation")
    )


@transaction.atomic
def save_texts(unit_plan: UnitPlan, *, by: User, now: datetime, version: int, **texts) -> None:
    """Store the general texts; raises StaleState when someone else has saved since `version`."""
    _lock(unit_plan)
    if unit_plan.version != version:
        raise StaleState(_("Có người vừa lưu bản khác của kế hoạch này."))
    begin_edit(unit_plan, by=by, now=now)
    for field in ("purpose", "organisation", "contact"):
        setattr(unit_plan, field, texts[field])
    unit_plan.save(update_fields=["purpose", "organisation", "contact", "search_text"])


@transaction.atomic
def save_activity(activity: Activity, *, by: User, now: datetime, version: int | None = None) -> Activity:
    """Add a line or store a changed one; raises StaleState when someone else changed it since `version`.

    A line in an area ends that area's "không có". The very same new line sent twice is stored once.
    """
    unit_plan = UnitPlan.objects.select_related("plan", "unit").get(pk=activity.unit_plan_id)
    begin_edit(unit_plan, by=by, now=now)
    if activity.pk is None:
        if twin := unit_plan.activities.filter(**{name: getattr(activity, name) for name in LINE_FIELDS}).first():
            return twin
        last = unit_plan.activities.filter(area=activity.area).aggregate(last=models.Max("position"))["last"]
        activity.position = 0 if last is None else last + 1
    else:
        claimed = Activity.objects.filter(pk=activity.pk, version=version).update(version=models.F("version") + 1)
        if not claimed:
            raise StaleState(_("Có người vừa sửa hoạt động này."))
        activity.version = version + 1
    activity.save()
    AreaAbsence.objects.filter(unit_plan=unit_plan, area=activity.area).delete()
    return activity


@transaction.atomic
def remove_activity(activity: Activity, *, by: User, now: datetime) -> None:
    """Take a line out of a plan that is open; what has results stays (raises StaleState)."""
    unit_plan = UnitPlan.objects.select_related("plan", "unit").get(pk=activity.unit_plan_id)
    begin_edit(unit_plan, by=by, now=now)
    try:
        Activity.objects.filter(pk=activity.pk).delete()
    except models.ProtectedError as error:
        raise StaleState(_("Hoạt động này đã có kết quả ghi nhận nên không xóa được.")) from error
    Event.record(
        unit_plan, at=now, by=by, action="remove_activity", label=_("Bỏ hoạt động: %s") % activity.title[:150],
        agency_id=unit_plan.agency_id,
    )  # fmt: skip


@transaction.atomic
def declare_absence(unit_plan: UnitPlan, area: ContentArea, *, reason: str, by: User, now: datetime) -> None:
    """ "Không có" for an area, with its reason; refused while the area has lines."""
    begin_edit(unit_plan, by=by, now=now)
    if unit_plan.activities.filter(area=area).exists():
        raise StaleState(_("Nội dung này đã có hoạt động nên không ghi “không có” được."))
    AreaAbsence.objects.update_or_create(unit_plan=unit_plan, area=area, defaults={"reason": reason})
