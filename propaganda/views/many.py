"""Many results at once, as a table."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import CleanForm, KeyField
from accounts.models import Unit
from documents.excel import CONTENT_TYPE
from documents.vietnamese import without_marks
from plans.forms.unit_plan_excel import ExcelField
from propaganda import perms, planned, results_excel
from propaganda.forms.many import ResultRows
from propaganda.many import RowRefused, Written, store_rows
from propaganda.models import Result

MARKED = "danh-dau"


class KeyForm(CleanForm):
    key = KeyField()


class ExcelForm(CleanForm):
    file = ExcelField(
        label=gettext_lazy("Tệp Excel đã điền"), shape=results_excel.SHAPE,
        help_text=gettext_lazy("Tệp .xlsx, tối đa 5 MB, 200 dòng."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def result_many(request: HttpRequest) -> HttpResponse:
    """Type or paste many results, and store all of them or none."""
    unit = unit_to_record_for(request)
    data = request.POST if request.method == "POST" else None
    rows, key = rows_of(request, unit, data), KeyForm(data)
    if data is not None and MARKED in data:
        rows.is_valid()
        return _excel(results_excel.marked_copy(unit, rows), _file_name(unit, "-danh-dau-loi"))
    if data is None or not rows.is_valid() or not key.is_valid():
        return show_rows(request, unit, rows, key)
    if not rows.kept:
        return show_rows(request, unit, rows, key, error=_("Chưa có dòng nào được điền. Hãy điền ít nhất một dòng."))
    try:
        written = store_rows(rows, unit=unit, key=key.cleaned_data["key"], by=request.user, now=request.now)
    except RowRefused as refusal:
        rows.refuse(refusal.row, refusal.messages)
        return show_rows(request, unit, rows, key)
    _say(request, written)
    return redirect("result_list")


@require_safe
def result_many_template(request: HttpRequest) -> HttpResponse:
    """The unit's Excel file to fill in, with the results that may still be changed."""
    unit = unit_to_record_for(request)
    content = results_excel.template(unit, rows_of(request, unit, None), today=request.today)
    return _excel(content, _file_name(unit))


@require_POST
def result_many_excel(request: HttpRequest) -> HttpResponse:
    """The file that was filled in, shown as the table before anything is stored."""
    unit = unit_to_record_for(request)
    form = ExcelForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_rows(request, unit, rows_of(request, unit, None), KeyForm(), excel=form)
    name, table = form.cleaned_data["file"]
    choices = results_excel.choices_of(rows_of(request, unit, None))
    read = results_excel.read_file(table, unit, choices)
    rows = rows_of(request, unit, read.data)
    rows.is_valid()
    results_excel.tell(rows, read, unit)
    return show_rows(request, unit, rows, KeyForm(), file=name, notices=read.notices)


def _excel(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _file_name(unit: Unit, more: str = "") -> str:
    words = "-".join(without_marks(unit.name).casefold().replace("-", " ").split())
    return f"ket-qua-{words[:80]}{more}.xlsx"


def unit_to_record_for(request: HttpRequest) -> Unit:
    """The unit asked for by `unit` among those the person records for, else the first."""
    units = perms.units_to_record_for(request.user, request.today)
    if not units:
        raise PermissionDenied
    asked = (request.POST if request.method == "POST" else request.GET).get("unit", "")
    return next((unit for unit in units if str(unit.pk) == asked), units[0])


def rows_of(request: HttpRequest, unit: Unit, data) -> ResultRows:
    """The table, with the stored results that the rows sent stand for."""
    sent = {value for name, value in (data or {}).items() if name.startswith("rows-") and name.endswith("-id")}
    keys = [int(value) for value in sent if value.isascii() and value.isdecimal() and len(value) < 19]
    stored = Result.objects.filter(pk__in=keys, unit=unit).prefetch_related("quantities__indicator") if keys else ()
    choices = {"unit": unit, "activities": planned.to_record_for([unit], request.today), "today": request.today}
    return ResultRows(data, stored=stored, form_kwargs=choices)


def show_rows(
    request: HttpRequest, unit: Unit, rows: ResultRows, key: KeyForm, *, error: str = "", **more
) -> HttpResponse:
    """The page of the table; `more`: the `file` it was filled from, its `notices`, the `excel` form refused."""
    context = {
        "unit": unit,
        "units": perms.units_to_record_for(request.user, request.today),
        "rows": rows,
        "key": key,
        "excel": ExcelForm(),
        "tags": Counter(row.tag for row in rows.rows if row.tag).most_common(),
        "errors": [error] if error else [message for messages_ in key.errors.values() for message in messages_],
    }
    return render(request, "propaganda/result_many.html", context | more, status=rows.status)


def _say(request: HttpRequest, written: Written) -> None:
    messages.success(request, _("Đã ghi: %s.") % written)
    if written.late:
        messages.warning(
            request,
            _("%d kết quả thuộc kỳ đã nộp báo cáo: được giữ lại, đánh dấu bổ sung và tính vào số lũy kế.")
            % written.late,
        )
