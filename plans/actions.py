"""What people do with plans beyond moving their state; each is one transaction."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.workflow import StaleState
from plans import perms
from plans.handing_in import submit
from plans.models import (
    Activity,
    ActivityFund,
    AreaAbsence,
    ContentArea,
    Declined,
    PlanDefect,
    PlanState,
    Receipt,
    UnitPlan,
    UnitPlanState,
)
from plans.models.unit_plan import EDITABLE
from plans.units.asked import Asked
from plans.units.cautions import write_notes
from plans.units.funds import Fund
from plans.workflow import UNIT_PLAN

LINE_FIELDS = (
    "area", "title", "channel", "audience", "starts", "ends", "phrase", "person", "product", "indicator", "quantity",
    "money", "asked",
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


def columns_of(values: dict) -> dict:
    """What the form of a line gives, as the columns of an Activity; its sources are rows of their own (store_funds)."""
    return {name: values[name] for name in LINE_FIELDS} | {"asked": [item.key for item in values["asked"]]}


def store_funds(funds: dict[Activity, Iterable[Fund]]) -> None:
    """Bring the money by source of stored lines to `funds`; a line's `money` stays the whole.

    Raises ValueError when the parts come to more than that: who writes one writes both.
    """
    for line, parts in funds.items():
        if sum(part.amount for part in parts) > (line.money or 0):
            raise ValueError(f"{line.pk}: nguồn nhiều hơn kinh phí")
    ActivityFund.objects.filter(activity__in=funds).delete()
    ActivityFund.objects.bulk_create(
        ActivityFund(activity=line, source=part.source, amount=part.amount)
        for line, parts in funds.items()
        for part in parts
    )


@transaction.atomic
def save_activity(
    activity: Activity, *, by: User, now: datetime, version: int | None = None, funds: Iterable[Fund] = ()
) -> Activity:
    """Add a line or store a changed one; raises StaleState when someone else changed it since `version`.

    `funds` is its money by source. A line in an area ends that area's "không có". The very same new line sent twice
    is stored once.
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
    store_funds({activity: tuple(funds)})
    end_refusals(unit_plan, [activity])
    return activity


def end_refusals(unit_plan: UnitPlan, lines: Iterable[Activity]) -> None:
    """A line in an area ends that area's "không có"; one that answers an item ends its "không thuộc chức năng"."""
    lines = list(lines)
    AreaAbsence.objects.filter(unit_plan=unit_plan, area__in={line.area_id for line in lines}).delete()
    Declined.objects.filter(unit_plan=unit_plan, item__in={key for line in lines for key in line.asked}).delete()


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


@transaction.atomic
def decline_item(unit_plan: UnitPlan, item: Asked, *, reason: str, by: User, now: datetime) -> None:
    """ "Không thuộc chức năng" for something asked, with its reason; refused while a line answers it."""
    begin_edit(unit_plan, by=by, now=now)
    if any(item.key in marks for marks in unit_plan.activities.values_list("asked", flat=True)):
        raise StaleState(_("Yêu cầu này đã có hoạt động đáp ứng nên không ghi “không thuộc chức năng” được."))
    Declined.objects.update_or_create(
        unit_plan=unit_plan, item=item.key, defaults={"text": item.text, "reason": reason}
    )


@transaction.atomic
def take_item_back(unit_plan: UnitPlan, item: Asked, *, by: User, now: datetime) -> None:
    """The unit does it after all. Safe to repeat."""
    begin_edit(unit_plan, by=by, now=now)
    Declined.objects.filter(unit_plan=unit_plan, item=item.key).delete()


@transaction.atomic
def hand_in(unit_plan: UnitPlan, *, by: User, now: datetime, key: str, notes: Mapping[str, str]) -> Receipt:
    """Hand a unit plan in with what explains its cautions; the same `key` again gives the same receipt.

    Raises as plans.handing_in.submit does; then no sentence is stored either.
    """
    if not Receipt.objects.filter(key=key).exists():
        write_notes(unit_plan, notes)
    return submit(UNIT_PLAN, unit_plan, by=by, now=now, key=key)


@transaction.atomic
def send_to_head(unit_plan: UnitPlan, *, by: User, now: datetime, notes: Mapping[str, str]) -> None:
    """Pass a unit plan to its head with what explains its cautions; raises as a move does."""
    write_notes(unit_plan, notes)
    UNIT_PLAN.move(unit_plan, "send_to_head", by=by, now=now)
