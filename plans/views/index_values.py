"""Published values are typed as a table, or come from Excel; all rows are stored or none."""

from collections import Counter

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.forms import CleanForm
from accounts.models import Agency
from plans import perms
from plans.forms.index_value import IndexValueRows
from plans.forms.unit_plan_excel import ExcelField
from plans.models import IndexScheme, IndexValue, RankingIndex
from plans.rankings import keeping, values_excel
from plans.views.rankings import excel

MARKED = "danh-dau"


class FileForm(CleanForm):
    file = ExcelField(
        label=gettext_lazy("Tệp Excel đã điền"), shape=values_excel.SHAPE,
        help_text=gettext_lazy("Tệp .xlsx, tối đa 5 MB, 200 dòng."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def index_value_edit(request: HttpRequest) -> HttpResponse:
    """Enter values; `?sua=` opens a stored one to be corrected, `?chi-so=` begins with an index."""
    agency = _agency(request)
    if request.method != "POST":
        return _page(request, agency, _rows(request, agency, None))
    rows = _rows(request, agency, request.POST)
    if MARKED in request.POST:
        rows.is_valid()
        content = values_excel.marked_copy(agency, rows.rows, _names(), on=request.today)
        return excel(content, "so-cong-bo-danh-dau-loi.xlsx")
    if not rows.is_valid():
        return _page(request, agency, rows)
    if not (entries := rows.entries()):
        return _page(request, agency, rows, errors=[_("Chưa có dòng nào được điền. Hãy điền ít nhất một dòng.")])
    try:
        written = keeping.store(agency, entries, by=request.user, now=request.now)
    except keeping.EntryRefused as refusal:
        rows.refuse(refusal.entry.mark, [refusal.message])
        return _page(request, agency, rows, errors=() if rows.faults else [refusal.message])
    messages.success(request, _("Đã lưu: %s.") % written)
    return redirect("index_list")


@require_safe
def index_value_template(request: HttpRequest) -> HttpResponse:
    """The Excel file to fill in, with what is entered so far."""
    agency = _agency(request)
    values = list(IndexValue.objects.filter(agency=agency).in_order())
    return excel(values_excel.template(agency, values, _names(), on=request.today), "so-cong-bo-chi-so.xlsx")


@require_POST
def index_value_excel(request: HttpRequest) -> HttpResponse:
    """The file that was filled in, shown as the table before anything is stored."""
    agency, form = _agency(request), FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, agency, _rows(request, agency, None), excel=form)
    name, table = form.cleaned_data["file"]
    indices = {str(pk): short for pk, short in RankingIndex.objects.values_list("pk", "short")}
    read = values_excel.read_file(table, agency, indices, prefix=IndexValueRows.prefix)
    rows = _rows(request, agency, read.data)
    rows.is_valid()
    values_excel.tell(rows, read)
    return _page(request, agency, rows, file=name, notices=read.notices)


def _agency(request: HttpRequest) -> Agency:
    post = perms.may_keep_index_values(request.user, request.today)
    if post is None:
        raise PermissionDenied
    named = Agency.objects.select_related("parent").prefetch_related("names", "parent__names")
    return named.get(pk=post.agency_id)


def _names() -> list[str]:
    return list(RankingIndex.objects.values_list("short", flat=True))


def _rows(request: HttpRequest, agency: Agency, data) -> IndexValueRows:
    """The table with the stored values that its rows stand for."""
    sent = [request.GET.get("sua", "")] if data is None else [
        value for name, value in data.items() if name.startswith("rows-") and name.endswith("-id")
    ]  # fmt: skip
    keys = {int(value) for value in sent if value.isascii() and value.isdecimal() and len(value) < 19}
    stored = IndexValue.objects.filter(pk__in=keys, agency=agency).select_related("scheme__index") if keys else ()
    given = {
        "agency": agency,
        "schemes": list(IndexScheme.objects.select_related("index")),
        "today": request.today,
    }
    rows = IndexValueRows(data, stored=stored, form_kwargs=given)
    if data is None and not rows.rows[0].stored and (code := request.GET.get("chi-so")):
        index = RankingIndex.objects.filter(code=code[:40]).first()
        rows.rows[0].form.initial["index"] = index and index.pk
    return rows


def _page(request: HttpRequest, agency: Agency, rows: IndexValueRows, **more) -> HttpResponse:
    """The page of the table; `more`: the `file` it was filled from, its `notices`, the `excel` form refused."""
    tags = Counter(row.tag for row in rows.rows if row.tag).most_common()
    context = {"rows": rows, "excel": FileForm(), "tags": tags}
    return render(request, "plans/index_value_edit.html", context | more, status=rows.status)
