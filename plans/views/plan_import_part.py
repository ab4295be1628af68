"""Corrections of what was read from a plan: one page with one form a part of it."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.workflow import StaleState
from plans.department.corrections import index_of, is_about_date, may_merge, printed
from plans.department.reading_in import correct, mark_of
from plans.forms.plan_import import AudiencesForm, ChannelsForm, FrameForm, RecipientsForm
from plans.forms.plan_import_block import MERGE, SPLIT, TAKE_OUT, BlockForm
from plans.forms.plan_import_facts import DutyForm, TargetForm
from plans.models import ImportState, PlanImport
from plans.views.import_shown import BLOCKS_A_PAGE
from plans.views.plan_import import areas_of, closed, fetch

REMOVE = "remove"


@dataclass(frozen=True)
class Part:
    """What may be corrected by itself. `many`: its address carries a number, and none for a new one."""

    title: str
    form: type
    many: bool = False
    anchor: str = ""


PARTS = {
    "khung": Part(gettext_lazy("Số, ngày, tên, người ký"), FrameForm, anchor="chung"),
    "nhiem-vu": Part(gettext_lazy("Nhiệm vụ"), DutyForm, many=True),
    "chi-tieu": Part(gettext_lazy("Chỉ tiêu"), TargetForm, many=True),
    "hinh-thuc": Part(gettext_lazy("Hình thức tuyên truyền"), ChannelsForm),
    "doi-tuong": Part(gettext_lazy("Đối tượng"), AudiencesForm),
    "noi-nhan": Part(gettext_lazy("Nơi nhận"), RecipientsForm),
}
BLOCK = Part(gettext_lazy("Sửa đoạn"), BlockForm)


def plan_import_part(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """The frame, a list as lines, or a new duty or target."""
    row = fetch(request, pk)
    if part not in PARTS:
        raise Http404
    return _answer(request, row, part, PARTS[part], None)


def plan_import_item(request: HttpRequest, pk: int, part: str, number: int) -> HttpResponse:
    """One duty, target or block. A block that somebody took out meanwhile is a 404 to open, 409 to save."""
    row = fetch(request, pk)
    shown = BLOCK if part == "doan" else PARTS.get(part)
    if shown is None or not (shown.many or shown is BLOCK):
        raise Http404
    return _answer(request, row, part, shown, number)


def _answer(request: HttpRequest, row: PlanImport, slug: str, part: Part, number: int | None) -> HttpResponse:
    if row.state != ImportState.READY:
        return closed(request, row.pk, StaleState(_("Bản nhập này không còn mở để sửa.")), _typed(request, part))
    try:
        stored = part.form.read(row.content, number)
    except LookupError:
        if request.method == "POST" and request.POST.get("seen"):
            return closed(request, row.pk, StaleState(_("Có người vừa bỏ phần này.")), _typed(request, part))
        raise Http404 from None
    form = _form(request, row, part, number, stored)
    act = request.POST.get("act", "")
    if request.method != "POST":
        return _page(request, row, slug, part, number, form, mark_of(stored))
    if act not in (REMOVE, TAKE_OUT) and not form.is_valid():
        return _page(request, row, slug, part, number, form, request.POST.get("seen", ""))
    return _save(request, row, slug, part, number, form)


def _form(request: HttpRequest, row: PlanImport, part: Part, number: int | None, stored: dict):
    data = request.POST if request.method == "POST" else None
    more = {"number": number, "act": request.POST.get("act", "")} if part is BLOCK else {}
    return part.form(data, initial=stored, content=row.content, areas=areas_of(row), **more)


def _save(request: HttpRequest, row: PlanImport, slug: str, part: Part, number: int | None, form) -> HttpResponse:
    removes = request.POST.get("act") == REMOVE and part.many and number is not None

    def change(content: dict) -> str:
        if removes:
            return part.form.remove(content, number)
        return form.write(content, number, getattr(form, "cleaned_data", {}))

    def shown(content: dict):
        return part.form.read(content, number)

    try:
        stored = correct(
            row, change, by=request.user, now=request.now, shown=shown, seen=request.POST.get("seen", "")
        )  # fmt: skip
    except (StaleState, LookupError) as stale:
        return _conflict(request, row, slug, part, number, form, stale)
    messages.success(request, _("Đã bỏ.") if removes else _("Đã sửa. Các điểm liên quan được coi là đã xem."))
    return redirect(_back(stored, slug, part, number))


def _back(row: PlanImport, slug: str, part: Part, number: int | None) -> str:
    """The page of the import, where what was corrected stands."""
    address = reverse("plan_import_detail", args=[row.pk])
    if part is not BLOCK:
        return f"{address}#{part.anchor or slug}"
    places = {each["id"]: position for position, each in enumerate(row.content["sections"])}
    page = places.get(number, 0) // BLOCKS_A_PAGE + 1
    return f"{address}?page={page}#muc-{number}" if number in places else f"{address}#khong-doc"


def _page(request, row: PlanImport, slug: str, part: Part, number, form, seen: str) -> HttpResponse:
    defects = row.content["defects"]
    context = {
        "row": row,
        "part": part,
        "form": form,
        "seen": seen,
        "is_new": part.many and number is None,
        "may_remove": part.many and number is not None,
        "back": _back(row, slug, part, number),
        "doubts": [],
    }
    if part is BLOCK:
        context["doubts"] = [each for each in defects if each["section"] == number and not each["settled"]]
        context["acts"] = _acts(row, number)
        if may_merge(row.content, number):
            context["above"] = printed(row.content["sections"][index_of(row.content, number) - 1])
    elif slug == "nhiem-vu" and number is not None:
        section = DutyForm.find(row.content, number)["section"]
        context["doubts"] = [
            each for each in defects if each["section"] == section and not each["settled"] and is_about_date(each)
        ]
    return render(request, "plans/plan_import_part.html", context)


def _acts(row: PlanImport, number: int) -> list[tuple[str, str]]:
    acts = [(TAKE_OUT, _("Bỏ khỏi văn bản"))]
    if not row.content["sections"][index_of(row.content, number)]["cells"]:
        acts.insert(0, (SPLIT, _("Tách thành hai")))
    if may_merge(row.content, number):
        acts.insert(0, (MERGE, _("Gộp với đoạn trên")))
    return acts


def _typed(request: HttpRequest, part: Part) -> list[dict]:
    """What was typed, as it was sent, for a page that cannot take it any more."""
    labels = {name: field.label for name, field in part.form.base_fields.items()}
    rows = [
        (labels.get(name, _("Ô của bảng")), value) for name, value in request.POST.items() if _is_typed(name, labels)
    ]
    return [{"label": label, "typed": value[:20_000]} for label, value in rows if value]


def _is_typed(name: str, labels: dict) -> bool:
    return name in labels or name.startswith("cell_")


def _conflict(request, row: PlanImport, slug: str, part: Part, number, form, stale) -> HttpResponse:
    """Both texts side by side (409): save the typed one over, or keep the stored one."""
    fresh = fetch(request, row.pk)
    try:
        stored = part.form.read(fresh.content, number)
    except LookupError:
        return closed(request, row.pk, StaleState(_("Có người vừa bỏ phần này.")), _typed(request, part))
    if fresh.state != ImportState.READY:
        return closed(request, row.pk, stale, _typed(request, part))
    standing = _form(request, fresh, part, number, stored)
    standing.is_bound = False
    rows = [
        {"label": field.label, "typed": _words(form, field.name, field.value()),
         "stored": _words(standing, field.name, stored.get(field.name))}
        for field in form
    ]  # fmt: skip
    for each in rows:
        each["differs"] = each["typed"] != each["stored"]
    if not any(each["differs"] for each in rows) and not request.POST.get("act"):
        messages.info(request, _("Bản đang lưu giống hệt bản của bạn."))
        return redirect(_back(fresh, slug, part, number))
    fields = [(field.html_name, field.value()) for field in form if field.value() not in (None, False)]
    fields += [("seen", mark_of(stored)), ("act", request.POST.get("act", ""))]
    context = {"row": fresh, "rows": rows, "fields": fields, "message": stale, "action": request.path,
               "back": _back(fresh, slug, part, number)}  # fmt: skip
    return render(request, "plans/plan_import_conflict.html", context, status=409)


def _words(form, name: str, value) -> str:
    """A value in words: of a list its label, of a box what stands in it."""
    field = form.fields[name]
    if hasattr(field, "choices"):
        return str(dict(field.choices).get(value, value or ""))
    if isinstance(field, forms.BooleanField):
        return _("có") if value else _("không")
    return str(field.widget.format_value(field.prepare_value(value)) or "")
