"""Writing a unit's report: one page, saved by itself while people type; the same text changed twice is shown twice."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.workflow import StaleState
from documents.dates import TZ
from plans import presence, remarks
from plans.difficulties.acts import raised_in
from plans.models import Indicator
from reporting import differences
from reporting.actions import save_words
from reporting.forms import UnitReportForm
from reporting.models import UnitReport
from reporting.unit_reports.report_page import figure_rows, known_and_unknown
from reporting.unit_reports.suggestions import area_sentences, difficulty_sentences, highlight_sentence
from reporting.unit_reports.unit_figures import own_results, unit_figures
from reporting.unit_reports.words import NOTE, Words, WordsConflict, area_field, mark, marks, read_marks, words_of
from reporting.views.unit_report import LOCKED, fetch, fetch_to_edit

TAKE = "take-"  # a button that puts suggested sentences into a box: "take-area_3", "take-highlights"


@require_http_methods(["GET", "HEAD", "POST"])
def unit_report_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the unit's words; answers JSON to autosave.js."""
    report = fetch_to_edit(request, pk)
    if request.method == "POST":
        return _post(request, report)
    if not report.is_editable:
        messages.warning(request, LOCKED[report.state])
        return redirect("unit_report", pk)
    return _edit_page(request, report, _form(report, words=words_of(report)))


def _form(report: UnitReport, *data, **more) -> UnitReportForm:
    areas = list(report.obligation.plan.scheme.areas.all())
    return UnitReportForm(*data, areas=areas, indicators=Indicator.objects.on(report.period.ends), **more)


def _post(request: HttpRequest, report: UnitReport) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "here":
        return JsonResponse({"others": presence.touch(_place(report), request.user, now=request.now)})
    form, quiet = _form(report, request.POST), act == "autosave"
    if not form.is_valid():
        faults = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"faults": faults}, status=422) if quiet else _edit_page(request, report, form)
    try:
        saved = save_words(
            report, by=request.user, now=request.now, words=form.words, seen=form.cleaned_data["version"]
        )  # fmt: skip
    except StaleState as stale:
        return _stale(request, report.pk, form, stale, quiet)
    at = f"{request.now.astimezone(TZ):%H:%M}"
    if quiet:
        return JsonResponse({"version": marks(form.words), "at": at})
    if act.startswith(TAKE):
        return _take(request, saved, act.removeprefix(TAKE))
    messages.success(request, _("Đã lưu báo cáo lúc %s.") % at)
    return redirect("unit_report_check" if act == "check" else "unit_report", report.pk)


def _place(report: UnitReport) -> str:
    return f"unit-report:{report.pk}"


def _take(request: HttpRequest, report: UnitReport, name: str) -> HttpResponse:
    """Put the suggested sentences behind what stands in a box, those left out that it already has."""
    words = words_of(report)
    lines = _suggestions(report, _results_by_area(report), unit_figures(report, None)).get(name, [])
    if not lines:
        return redirect("unit_report_edit", report.pk)
    stands = str(words.get(name) or "")
    text = "\n".join([*filter(None, [stands]), *(line for line in lines if line not in stands)])
    save_words(report, by=request.user, now=request.now, words={name: text}, seen=marks(words))
    messages.success(request, _("Đã đưa câu gợi ý vào ô; hãy đọc lại và sửa cho đúng."))
    return redirect(f"{reverse('unit_report_edit', args=[report.pk])}#div_id_{name}")


def _suggestions(report: UnitReport, by_area: dict[int, list], figures: list[dict]) -> dict[str, list[str]]:
    """The sentences that may be taken over, by the name of their box."""
    found = {area_field(area, "text"): list(area_sentences(rows)) for area, rows in by_area.items()}
    raised = raised_in(report.unit_id, report.period.starts, report.period.ends).values("title", "solution")
    found["difficulties"] = list(difficulty_sentences(raised))
    if by_area:
        results = sum(map(len, by_area.values()))
        found["highlights"] = [highlight_sentence(figures, results)]
    return found


def _results_by_area(report: UnitReport) -> dict[int, list]:
    results = own_results(report).prefetch_related("quantities__indicator").order_by("area__position", "happened_on")
    return {area: list(rows) for area, rows in groupby(results, lambda row: row.area_id)}


def _edit_page(request: HttpRequest, report: UnitReport, form: UnitReportForm, *, status: int = 200, **more):
    previous, by_area = report.previous(), _results_by_area(report)
    earlier, figures = words_of(previous) if previous else {}, unit_figures(report, previous)
    desk = remarks.desk(report, request.user, request.today).to_read()
    suggested, rows = _suggestions(report, by_area, figures), figure_rows({"figures": figures, "notes": _notes(form)})
    context = {
        "report": report,
        "form": form,
        "previous": previous,
        **known_and_unknown([row | {"field": form.note_field(row["code"])} for row in rows]),
        "areas": [
            _area(form, area, earlier, len(by_area.get(area.pk, ())), suggested)
            | {"part": f"area:{area.code}", "remarked": bool(desk.standing(f"area:{area.code}"))}
            for area in form.areas
        ],
        "common_rows": [
            _beside(field, earlier)
            | {"sentences": suggested.get(field.name, []), "take": TAKE + field.name, "part": f"text:{field.name}"}
            for field in form.common_fields
        ],
        "desk": desk,
        "others": presence.others(_place(report), request.user, now=request.now),
        **more,
    }  # fmt: skip
    return render(request, "reporting/unit_report_edit.html", context, status=status)


def _notes(form: UnitReportForm) -> dict[str, str]:
    """The notes as they stand in the boxes, by key."""
    return {name.removeprefix(NOTE): form[name].value() or "" for name in form.fields if name.startswith(NOTE)}


def _area(form: UnitReportForm, area, earlier: Words, results: int, suggested: dict[str, list[str]]) -> dict:
    """An area's boxes with the last period's texts, its results and the sentences made of them."""
    rows, name = [_beside(field, earlier) for field in form.area_fields(area)], area_field(area.pk, "text")
    written = any(row["field"].value() for row in rows)
    return {
        "area": area,
        "rows": rows,
        "results": results,
        "sentences": suggested.get(name, []),
        "take": TAKE + name,
        "written": written,
        "open": written or bool(results) or any(row["field"].errors for row in rows),
    }


def _beside(field, earlier: Words) -> dict:
    """A field with the last period's text, and whether both say the same."""
    text = str(earlier.get(field.name, ""))
    return {"field": field, "earlier": text, "alike": differences.is_alike(str(field.value() or ""), text)}


def _stale(request: HttpRequest, pk: int, form: UnitReportForm, stale: StaleState, quiet: bool) -> HttpResponse:
    """The same texts changed elsewhere, or the report closed (409); to autosave.js as JSON for its banner.

    On the page the boxes hold what was typed, beside what is stored; the form carries the marks of what is
    stored, so that saving again is a decision.
    """
    report = fetch(request, pk)
    stored = words_of(report)
    names = stale.names if isinstance(stale, WordsConflict) else [
        name for name, text in form.words.items() if (text or "") != (stored.get(name) or "")
    ]  # fmt: skip
    if quiet:
        told = "\n".join(str(stored.get(name, "")) for name in names) if isinstance(stale, WordsConflict) else ""
        return JsonResponse({"message": str(stale), "stored": told}, status=409)
    rows = [(form.in_words(name), _said(stored.get(name)), _said(form.words[name])) for name in names]
    shown = read_marks(form.cleaned_data["version"])
    form.data = form.data.copy()
    for name, text in form.words.items():
        if shown.get(name, mark("")) == mark(text):
            form.data[name] = stored.get(name) or ""
    form.data["version"] = marks(stored)
    more = {"conflict": rows, "message": str(stale), "locked": LOCKED.get(report.state)}
    return _edit_page(request, report, form, status=409, **more)


def _said(value) -> str:
    return {True: _("Có"), False: _("Không")}[value] if isinstance(value, bool) else str(value or "")
