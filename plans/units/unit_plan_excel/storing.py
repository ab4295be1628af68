"""Taking a file in: sent, looked at, its chosen rows written in one transaction, or given up."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.search_text import folded
from accounts.workflow import StaleState
from documents.excel_form import FormRow
from plans import perms
from plans.actions import LINE_FIELDS, begin_edit, columns_of, end_refusals, store_funds
from plans.models import Activity, SheetRow, UnitPlan, UnitPlanUpload
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.comparing import (
    CHANGED,
    CONFLICT,
    GONE,
    NEW,
    SAME,
    Comparison,
    Row,
    compare,
    with_results,
)
from plans.units.unit_plan_excel.template import known_keys, written


class AlreadyStored(Exception):
    """The file was written into the plan before; nothing is done twice."""


class SeenOtherwise(StaleState):
    """The plan changed since the preview was shown: what would be written is not what was seen."""


@transaction.atomic
def begin_upload(
    unit_plan: UnitPlan, *, name: str, table: dict, key: uuid.UUID, by: User, now: datetime
) -> UnitPlanUpload:
    """Keep what was read until it is confirmed; the same person's earlier unfinished file gives way. Safe to repeat."""
    if perms.may_edit_unit_plan(by, unit_plan, now.date()) is None:
        raise PermissionDenied
    if not unit_plan.is_editable:
        raise StaleState(_("Kế hoạch đang ở bước “%s” nên không sửa được.") % unit_plan.get_state_display())
    own = UnitPlanUpload.objects.filter(unit_plan=unit_plan, uploaded_by=by)
    own.filter(stored_at__isnull=True).exclude(key=key).delete()
    upload, _made = UnitPlanUpload.objects.get_or_create(
        key=key,
        defaults={"unit_plan": unit_plan, "name": name, "table": table, "uploaded_by": by, "uploaded_at": now},
    )
    if upload.unit_plan_id != unit_plan.pk or upload.uploaded_by_id != by.pk:
        raise StaleState(_("Mã gửi của biểu mẫu không đúng. Hãy tải lại trang rồi gửi lại."))
    return upload


@transaction.atomic
def store_upload(
    upload: UnitPlanUpload, unit_plan: UnitPlan, *, take: Iterable[int], remove: Iterable[int], seen: str, by: User,
    now: datetime,
) -> str:  # fmt: skip
    """Write the rows numbered in `take` and remove the absent lines named in `remove`; gives a sentence that says so.

    A conflict that is taken replaces the line of the portal. Raises AlreadyStored, SeenOtherwise (the preview must be
    shown anew), StaleState or PermissionDenied; then nothing is written.
    """
    take, remove = frozenset(take), frozenset(remove)
    begin_edit(unit_plan, by=by, now=now)
    upload = UnitPlanUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.stored_at:
        raise AlreadyStored
    comparison = compare(upload, unit_plan, on=now.date())
    if comparison.mark != seen:
        raise SeenOtherwise(_("Kế hoạch trên cổng vừa thay đổi. Hãy xem lại bản so sánh mới rồi ghi."))
    chosen = [row for row in comparison.rows if row.number in take and row.status in (NEW, CHANGED, CONFLICT, GONE)]
    removed = [line for line in comparison.absent if line.pk in remove]
    if not chosen and not removed:
        raise StaleState(_("Chưa chọn dòng nào. Hãy đánh dấu dòng cần ghi."))
    _remove(removed)
    fresh, known = [row for row in chosen if row.line is None], [row for row in chosen if row.line]
    _add(unit_plan, fresh)
    _change(known)
    store_funds({row.line: row.values["funds"] for row in chosen})
    _remember(row for row in comparison.rows if row in chosen or (row.status == SAME and row.key))
    end_refusals(unit_plan, [row.line for row in chosen])
    told = _("%(new)d dòng mới, %(changed)d dòng sửa, %(removed)d dòng bỏ") % {
        "new": len(fresh), "changed": len(known), "removed": len(removed),
    }  # fmt: skip
    upload.stored_at, upload.table, upload.columns = now, {}, {}
    upload.save(update_fields=["stored_at", "table", "columns"])
    Event.record(
        unit_plan, at=now, by=by, action="import_excel", label=_("Nhập từ Excel: %s") % told,
        agency_id=unit_plan.agency_id, data={"file": upload.name, "removed": [line.title[:150] for line in removed]},
    )  # fmt: skip
    return told


def _remove(lines: list[Activity]) -> None:
    held = with_results(line.pk for line in lines)
    for line in lines:
        if line.pk in held:
            raise StaleState(_("Hoạt động “%s” đã có kết quả ghi nhận nên không xóa được.") % line.title[:150])
    Activity.objects.filter(pk__in=[line.pk for line in lines]).delete()


def _add(unit_plan: UnitPlan, rows: list[Row]) -> None:
    last = dict(unit_plan.activities.order_by().values_list("area").annotate(last=Max("position")))
    for row in rows:
        area = row.values["area"].pk
        last[area] = last.get(area, -1) + 1
        row.line = Activity(unit_plan=unit_plan, position=last[area], **columns_of(row.values))
    Activity.objects.bulk_create([row.line for row in rows])


def _change(rows: list[Row]) -> None:
    for row in rows:
        for name, value in columns_of(row.values).items():
            setattr(row.line, name, value)
        row.line.version += 1
        row.line.search_text = folded(Activity, row.values)
    Activity.objects.bulk_update([row.line for row in rows], [*LINE_FIELDS, "version", "search_text"], batch_size=200)


def _remember(rows: Iterable[Row]) -> None:
    SheetRow.objects.bulk_create(
        [SheetRow(activity=row.line, key=row.key, version=row.line.version) for row in rows if row.key],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["activity", "version"],
        batch_size=200,
    )


@transaction.atomic
def drop_upload(upload: UnitPlanUpload) -> None:
    """Give the file up; the plan stays as it is. Safe to repeat."""
    UnitPlanUpload.objects.filter(pk=upload.pk, stored_at__isnull=True).delete()


@transaction.atomic
def choose_columns(upload: UnitPlanUpload, chosen: dict) -> None:
    """Keep where a person found the columns."""
    UnitPlanUpload.objects.filter(pk=upload.pk, stored_at__isnull=True).update(columns=chosen)
    upload.columns = chosen


def marked_copy(upload: UnitPlanUpload, unit_plan: UnitPlan, comparison: Comparison, *, on: date) -> bytes:
    """The file's rows again, what is wrong coloured and said; it can be put right and sent like the first one."""
    rows = []
    for row in comparison.rows:
        faults = {fault.field: fault.sentence for fault in row.faults}
        rows.append(FormRow(row.file.key, {name: _cell(value) for name, value in row.file.cells.items()}, faults))
    catalogue = Catalogue(unit_plan, on)
    keys = upload.table["keys"] or known_keys(unit_plan, catalogue, uuid.uuid4().hex, ())
    return written(unit_plan, catalogue, rows, keys=keys, marked=True)


def _cell(value):
    """A kept value as it is written back; what could not be read stands as the person saw it."""
    if isinstance(value, dict):
        return date.fromisoformat(value["day"]) if "day" in value else value["unread"]
    return str(value) if isinstance(value, bool) else value
