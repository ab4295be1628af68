"""The editors of what a draft holds beside its text: frame, areas, lists, documents cited."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.workflow import StaleState
from documents.dates import TZ
from plans.department import cautions, drafting
from plans.department.content import FRAME, content_of_plan
from plans.department.rereading import LISTS as LISTS_READ
from plans.department.rereading import offers, read_anew
from plans.forms.plan_edit import HEADINGS, AreasForm, FrameForm
from plans.forms.plan_edit_rows import ContentRows, DutyRows, LineRows, RecipientRows, TargetRows
from plans.models import Holiday, LegalDocument, Plan
from plans.receipts import sha256
from plans.views.plan_edit import closed, common, conflict, fetch_draft, locked
from plans.views.shown import cited, duty_of, show_duty

FRAME_BOXES = tuple(name for name in FRAME if name not in ("number", "absences"))


def mark(value) -> str:
    """A short name for something as stored: the form carries the one it was opened with."""
    return sha256(value)[:16]


# The frame


def plan_edit_frame(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, symbol, place, date, motto and who signs."""
    plan = fetch_draft(request, pk)
    stored = {name: getattr(plan, name) for name in FRAME_BOXES}
    if request.method != "POST":
        return locked(request, plan) or _frame_page(request, plan, FrameForm(initial=stored), mark(stored))
    quiet = request.POST.get("act") == "autosave"
    form = FrameForm(request.POST, initial=stored)
    if not form.is_valid():
        if quiet:
            return JsonResponse({"faults": [str(e) for errors in form.errors.values() for e in errors]}, status=422)
        return _frame_page(request, plan, form, request.POST.get("version", ""))
    return _save_frame(request, plan, form, stored, quiet)


def _frame_page(request: HttpRequest, plan: Plan, form: FrameForm, seen: str) -> HttpResponse:
    context = common(plan, content_of_plan(plan), "plan_edit_frame") | {"form": form, "version": seen}
    return render(request, "plans/plan_edit_frame.html", context)


def _save_frame(request: HttpRequest, plan: Plan, form: FrameForm, stored: dict, quiet: bool) -> HttpResponse:
    values = form.cleaned_data
    message = _("Có người vừa lưu bản khác của phần này.")
    try:
        if values != stored and request.POST.get("version") != mark(stored):
            if quiet:
                return JsonResponse({"message": message, "stored": _frame_words(stored)}, status=409)
            rows = [
                {"label": box.label, "typed": _said(values[box.name]), "stored": _said(stored[box.name])}
                for box in form
            ]  # fmt: skip
            fields = [(box.html_name, box.value()) for box in form] + [("version", mark(stored))]
            return conflict(request, plan, rows, fields, message, request.path)
        drafting.set_frame(plan, values, by=request.user, now=request.now)
    except StaleState as stale:
        if quiet:
            return JsonResponse({"message": str(stale), "stored": ""}, status=409)
        rows = [{"label": box.label, "typed": _said(values[box.name])} for box in form]
        return closed(request, plan, rows, str(stale))
    if quiet:
        return JsonResponse({"version": mark(values), "at": f"{request.now.astimezone(TZ):%H:%M}"})
    messages.success(request, _("Đã lưu thể thức văn bản."))
    return redirect("plan_edit_frame", plan.pk)


def _frame_words(stored: dict) -> str:
    return "\n".join(_said(value) for value in stored.values() if value not in (None, "", True, False))


def _said(value) -> str:
    """A value as a person reads it; nothing is ""."""
    if value is None or isinstance(value, bool):
        return _("có") if value else ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


# Areas


def plan_edit_areas(request: HttpRequest, pk: int) -> HttpResponse:
    """Which part of the text opens which content area, or why there is none."""
    plan = fetch_draft(request, pk)
    content = content_of_plan(plan)
    initial = {f"section_{row['area']}": row["id"] for row in content["sections"] if row["area"]}
    initial |= {f"reason_{code}": reason for code, reason in content["frame"]["absences"].items()}
    sections = [(row["id"], _choice(row)) for row in content["sections"] if _may_open(row)]
    data = request.POST if request.method == "POST" else None
    form = AreasForm(data, initial=initial, areas=plan.scheme.areas.all(), sections=sections)
    if data is None:
        return locked(request, plan) or _areas_page(request, plan, content, form, mark(initial))
    if not form.is_valid():
        return _areas_page(request, plan, content, form, data.get("seen", ""))
    try:
        if data.get("seen") != mark(initial) and form.has_changed():
            return _areas_conflict(request, plan, form, initial, dict(sections))
        drafting.set_areas(plan, form.sections, form.absences, by=request.user, now=request.now)
    except StaleState as stale:
        rows = [{"label": box.label, "typed": box.value() or ""} for box in form]
        return closed(request, plan, rows, str(stale))
    messages.success(request, _("Đã lưu các nội dung cải cách hành chính."))
    return redirect("plan_edit_areas", pk)


def _may_open(row: dict) -> bool:
    return row["area"] or row["level"] in HEADINGS and row["title"] != ""


def _choice(row: dict) -> str:
    return Truncator(f"{row['mark']} {row['title'] or row['text']}".strip()).chars(80)


def _areas_page(request: HttpRequest, plan: Plan, content: dict, form: AreasForm, seen: str) -> HttpResponse:
    context = common(plan, content, "plan_edit_areas") | {"form": form, "seen": seen}
    return render(request, "plans/plan_edit_areas.html", context)


def _areas_conflict(request, plan: Plan, form: AreasForm, initial: dict, names: dict[int, str]) -> HttpResponse:
    def said(name: str, value) -> str:
        return names.get(value, "") if name.startswith("section_") else value or ""

    rows = [
        {"label": f"{area}" if box.name.startswith("section_") else f"{area} – {box.label}",
         "typed": said(box.name, form.cleaned_data[box.name]), "stored": said(box.name, initial.get(box.name))}
        for area, *boxes in form.pairs for box in boxes
    ]  # fmt: skip
    fields = [(box.html_name, box.value()) for box in form] + [("seen", mark(initial))]
    return conflict(request, plan, rows, fields, _("Có người vừa lưu bản khác của phần này."), request.path)


# Lists


@dataclass(frozen=True)
class ListEditor:
    """One list of the content and its page. `kwargs` gives what its rows need; `notes` what to mind about it."""

    name: str
    url: str
    title: str
    lead: str
    rows: type[ContentRows]
    event: str
    kwargs: Callable[[dict], dict] = field(default=lambda content: {})
    notes: Callable[[Plan, dict], list] = field(default=lambda plan, content: [])


def _documents_of(content: dict) -> list[tuple[str, str]]:
    return [(key, f"{facts['type']} {facts['symbol']}".strip()) for key, facts in content["documents"].items()]


LISTS = {
    row.name: row
    for row in (
        ListEditor(
            "targets", "plan_edit_targets", gettext_lazy("Chỉ tiêu chỉ số"),
            gettext_lazy("Mỗi dòng một chỉ tiêu: tăng bậc, tăng điểm, đạt mức hoặc nằm trong nhóm đầu."),
            TargetRows, gettext_lazy("Sửa chỉ tiêu chỉ số"),
            lambda content: {"documents": _documents_of(content), "year": content["year"]},
        ),
        ListEditor(
            "channels", "plan_edit_channels", gettext_lazy("Hình thức tuyên truyền"),
            gettext_lazy("Các hình thức mà kế hoạch nêu, mỗi dòng một hình thức."),
            LineRows, gettext_lazy("Sửa hình thức tuyên truyền"),
        ),
        ListEditor(
            "audiences", "plan_edit_audiences", gettext_lazy("Đối tượng tuyên truyền"),
            gettext_lazy("Tuyên truyền đến ai, mỗi dòng một nhóm."),
            LineRows, gettext_lazy("Sửa đối tượng tuyên truyền"),
        ),
        ListEditor(
            "duties", "plan_edit_duties", gettext_lazy("Nhiệm vụ giao và thời hạn"),
            gettext_lazy("Ai làm gì, nộp gì, chậm nhất khi nào. Ban hành rồi thì mỗi dòng phải nộp là một nghĩa vụ."),
            DutyRows, gettext_lazy("Sửa nhiệm vụ giao"), lambda content: {"year": content["year"]},
            cautions.duty_cautions,
        ),
        ListEditor(
            "recipients", "plan_edit_recipients", gettext_lazy("Nơi nhận"),
            gettext_lazy("In ở cuối văn bản, mỗi dòng một nơi nhận với mục đích trong ngoặc."),
            RecipientRows, gettext_lazy("Sửa nơi nhận"), notes=cautions.recipient_cautions,
        ),
    )
}  # fmt: skip


def plan_edit_list(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A list of the draft as rows of a table; whoever saved it in between is not overwritten unseen."""
    plan, editor = fetch_draft(request, pk), LISTS[name]
    content = content_of_plan(plan)
    data = request.POST if request.method == "POST" else None
    rows = editor.rows(data, content=content, name=name, form_kwargs=editor.kwargs(content))
    if data is None:
        return locked(request, plan) or _list_page(request, plan, editor, content, rows, mark(content[name]))
    if not rows.is_valid():
        return _list_page(request, plan, editor, content, rows, data.get("seen", ""))
    try:
        if data.get("seen") != mark(content[name]) and rows.result != content[name]:
            return _list_conflict(request, plan, editor, content, rows)
        acts = {"by": request.user, "now": request.now}
        drafting.set_list(plan, name, rows.result, label=str(editor.event), **acts)
    except StaleState as stale:
        return closed(request, plan, _listed(rows, editor, rows.result), str(stale))
    messages.success(request, _("Đã lưu: %s.") % str(editor.title).lower())
    return redirect(editor.url, pk)


def _list_page(request, plan: Plan, editor: ListEditor, content: dict, rows: ContentRows, seen: str) -> HttpResponse:
    context = common(plan, content, editor.url) | {
        "editor": editor,
        "rows": rows,
        "seen": seen,
        "notes": editor.notes(plan, content),
        "duties": _duties(content) if editor.name == "duties" else None,
        "unlike": _unlike_text(content, editor.name),
    }
    return render(request, "plans/plan_edit_list.html", context, status=rows.status)


def _unlike_text(content: dict, name: str) -> int:
    """At how many places the text says otherwise than the list; 0 for a list that is not read from the body."""
    return sum(offer.name == name for offer in offers(content, read_anew(content))) if name in dict(LISTS_READ) else 0


def _duties(content: dict) -> list:
    overrides = Holiday.objects.as_rules()
    return [show_duty(duty_of(row), content["year"], overrides) for row in content["duties"]]


def _list_conflict(request, plan: Plan, editor: ListEditor, content: dict, rows: ContentRows) -> HttpResponse:
    mine, stored = _listed(rows, editor, rows.result), _listed(rows, editor, content[editor.name])
    blank = {"label": "", "typed": ""}
    count = max(len(mine), len(stored))
    beside = [
        {"label": _("Dòng %d") % (n + 1), "typed": (mine[n : n + 1] or [blank])[0]["typed"],
         "stored": (stored[n : n + 1] or [blank])[0]["typed"]}
        for n in range(count)
    ]  # fmt: skip
    fields = [(name, value) for name in request.POST if name not in ("csrfmiddlewaretoken", "seen")
              for value in request.POST.getlist(name)]  # fmt: skip
    fields.append(("seen", mark(content[editor.name])))
    message = _("Có người vừa lưu bản khác của danh sách này.")
    return conflict(request, plan, beside, fields, message, request.path)


def _listed(rows: ContentRows, editor: ListEditor, listed: list) -> list[dict]:
    """A list line by line as a person reads it."""
    labels = {name: str(box.label) for name, box in rows.form.base_fields.items()}
    lines = []
    for number, row in enumerate(listed, 1):
        boxes = rows.to_boxes(row)
        told = {label: _said(boxes.get(name)) for name, label in labels.items()}
        words = [f"{label}: {value}" for label, value in told.items() if value]
        lines.append({"label": _("Dòng %d") % number, "typed": "\n".join(words)})
    return lines


# Documents


@require_safe
def plan_edit_documents(request: HttpRequest, pk: int) -> HttpResponse:
    """The documents that the text cites, where, and whether they are in force on that day.

    They follow the words of the text, so nothing is typed here.
    """
    plan = fetch_draft(request, pk)
    content = content_of_plan(plan)
    names = {row["id"]: Truncator(f"{row['mark']} {row['title'] or row['text']}".strip()).chars(60)
             for row in content["sections"]}  # fmt: skip
    register = LegalDocument.objects.filter(citations__plan=plan).select_related("replaced_by").distinct()
    known = {str(row): row for row in register}
    documents = [
        {
            "cited": row,
            "places": [(place, names[place]) for place in row.places if place in names],
            "known": known.get(row.name),
            "holds": row.name not in known or known[row.name].holds_on(request.today),
        }
        for row in cited(content)
    ]
    context = common(plan, content, "plan_edit_documents") | {"documents": documents}
    return locked(request, plan) or render(request, "plans/plan_edit_documents.html", context)
