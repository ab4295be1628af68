"""A unit's plan by Excel: the template, the file sent back, its preview, what is taken in."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.workflow import StaleState
from documents.excel import CONTENT_TYPE
from documents.excel_table import layout_of
from documents.vietnamese import without_marks
from plans.forms.unit_plan_excel import ColumnsForm, UnitPlanExcelForm
from plans.models import UnitPlan, UnitPlanUpload
from plans.units.unit_plan_excel.columns import FIELDS, SHAPE, TITLES
from plans.units.unit_plan_excel.comparing import (
    CHANGED,
    CONFLICT,
    ERROR,
    GONE,
    NEW,
    SAME,
    TAKEN_UNASKED,
    Comparison,
    compare,
)
from plans.units.unit_plan_excel.storing import (
    AlreadyStored,
    SeenOtherwise,
    begin_upload,
    choose_columns,
    drop_upload,
    marked_copy,
    store_upload,
)
from plans.units.unit_plan_excel.template import template
from plans.views.unit_plan import LOCKED, fetch_to_edit, number

FORM = require_http_methods(["GET", "HEAD", "POST"])
FROM_FILE = "tep"


@FORM
def unit_plan_excel(request: HttpRequest, pk: int) -> HttpResponse:
    """Get the template, send the file; beneath, the person's own file that waits to be confirmed."""
    unit_plan = fetch_to_edit(request, pk)
    form = UnitPlanExcelForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        name, table = form.cleaned_data["file"]
        try:
            upload = begin_upload(
                unit_plan, name=name, table=table, key=form.cleaned_data["key"], by=request.user, now=request.now
            )
        except StaleState as stale:
            form.add_error(None, str(stale))
        else:
            return redirect("unit_plan_excel_preview", pk, upload.pk)
    waiting = unit_plan.uploads.filter(uploaded_by=request.user, stored_at__isnull=True).defer("table").first()
    context = {"unit_plan": unit_plan, "form": form, "waiting": waiting, "locked": LOCKED.get(unit_plan.state)}
    return render(request, "plans/unit_plan_excel.html", context)


@require_safe
def unit_plan_excel_template(request: HttpRequest, pk: int) -> HttpResponse:
    """The unit's file to fill in, with the lines it has."""
    unit_plan = fetch_to_edit(request, pk)
    return _excel(template(unit_plan, on=request.today, mark=uuid.uuid4()), _file_name(unit_plan))


def _file_name(unit_plan: UnitPlan, more: str = "") -> str:
    unit = "-".join(without_marks(unit_plan.unit.name).casefold().replace("-", " ").split())
    return f"ke-hoach-{unit_plan.plan.year}-{unit[:80]}{more}.xlsx"


def _excel(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def _fetch(request: HttpRequest, pk: int, upload_pk: int) -> tuple[UnitPlan, UnitPlanUpload]:
    """A plan and a file sent for it, for the plan's own people."""
    unit_plan = fetch_to_edit(request, pk)
    rows = UnitPlanUpload.objects.visible_to(request.user, on=request.today).select_related("uploaded_by")
    return unit_plan, get_object_or_404(rows, pk=upload_pk, unit_plan=unit_plan)


def _stored(request: HttpRequest, upload: UnitPlanUpload) -> HttpResponse:
    messages.info(request, _("Tệp “%s” đã được ghi vào kế hoạch.") % upload.name)
    return redirect("unit_plan", upload.unit_plan_id)


@FORM
def unit_plan_excel_preview(request: HttpRequest, pk: int, upload_pk: int) -> HttpResponse:
    """What the file would change, row by row; POST takes in the rows that are chosen."""
    unit_plan, upload = _fetch(request, pk, upload_pk)
    if upload.stored_at:
        return _stored(request, upload)
    if not layout_of(upload.table, SHAPE, upload.columns).is_sure:
        return redirect("unit_plan_excel_columns", pk, upload_pk)
    if request.method != "POST":
        return _preview(request, unit_plan, upload)
    take, remove = _chosen(request)
    try:
        told = store_upload(
            upload, unit_plan, take=take, remove=remove, seen=request.POST.get("seen", "")[:40], by=request.user,
            now=request.now,
        )  # fmt: skip
    except AlreadyStored:
        return _stored(request, upload)
    except SeenOtherwise as stale:
        return _preview(request, unit_plan, upload, error=str(stale), status=409)
    except StaleState as stale:
        return _preview(request, unit_plan, upload, error=str(stale), status=409 if take or remove else 200)
    messages.success(request, _("Đã ghi vào kế hoạch: %s.") % told)
    return redirect("unit_plan", pk)


def _chosen(request: HttpRequest) -> tuple[set[int], set[int]]:
    """Numbers of the rows to take in, keys of the lines to remove."""
    take = {number(text) for text in request.POST.getlist("take")}
    conflicts = (name for name, value in request.POST.items() if name.startswith("chon-") and value == FROM_FILE)
    take |= {number(name.removeprefix("chon-")) for name in conflicts}
    return take - {0}, {number(text) for text in request.POST.getlist("remove")} - {0}


def _preview(request, unit_plan: UnitPlan, upload: UnitPlanUpload, *, error: str = "", status=200) -> HttpResponse:
    unit_plan = fetch_to_edit(request, unit_plan.pk)
    comparison = compare(upload, unit_plan, on=request.today)
    _tick(request, comparison)
    context = {
        "unit_plan": unit_plan, "upload": upload, "comparison": comparison, "errors": [error] if error else [],
        "locked": LOCKED.get(unit_plan.state), "may_store": comparison.offered and unit_plan.is_editable,
    } | {status: comparison.of(status) for status in (NEW, CHANGED, SAME, CONFLICT, GONE, ERROR)}  # fmt: skip
    return render(request, "plans/unit_plan_excel_preview.html", context, status=status)


def _tick(request: HttpRequest, comparison: Comparison) -> None:
    """New and changed rows are ticked at first; afterwards what the person chose stays."""
    take, remove = _chosen(request) if request.method == "POST" else (None, set())
    for row in comparison.rows:
        row.ticked = row.status in TAKEN_UNASKED if take is None else row.number in take
    for line in comparison.absent:
        line.ticked = line.pk in remove


@FORM
def unit_plan_excel_columns(request: HttpRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Which column is which, asked when the heads do not tell."""
    unit_plan, upload = _fetch(request, pk, upload_pk)
    if upload.stored_at:
        return _stored(request, upload)
    layout = layout_of(upload.table, SHAPE, upload.columns)
    found = {name: str(column) for name, column in layout.columns.items() if name in FIELDS}
    form = ColumnsForm(
        request.POST if request.method == "POST" else None, table=upload.table, head=layout.head,
        initial={"head": str(layout.head)} | found,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        choose_columns(upload, form.chosen)
        return redirect("unit_plan_excel_preview", pk, upload_pk)
    context = {
        "unit_plan": unit_plan, "upload": upload, "form": form,
        "missing": [TITLES[name] for name in layout.missing],
        "twice": [TITLES[name] for name in layout.twice if name in TITLES],
    }  # fmt: skip
    return render(request, "plans/unit_plan_excel_columns.html", context)


@require_safe
def unit_plan_excel_marked(request: HttpRequest, pk: int, upload_pk: int) -> HttpResponse:
    """The file again, its wrong cells coloured and said."""
    unit_plan, upload = _fetch(request, pk, upload_pk)
    if upload.stored_at or not layout_of(upload.table, SHAPE, upload.columns).is_sure:
        raise Http404
    comparison = compare(upload, unit_plan, on=request.today)
    return _excel(
        marked_copy(upload, unit_plan, comparison, on=request.today), _file_name(unit_plan, _("-danh-dau-loi"))
    )


@require_POST
def unit_plan_excel_drop(request: HttpRequest, pk: int, upload_pk: int) -> HttpResponse:
    """Give the file up; the plan stays as it is."""
    _unit_plan, upload = _fetch(request, pk, upload_pk)
    if upload.stored_at:
        return _stored(request, upload)
    drop_upload(upload)
    messages.success(request, _("Đã bỏ tệp “%s”. Kế hoạch không thay đổi.") % upload.name)
    return redirect("unit_plan_excel", pk)
