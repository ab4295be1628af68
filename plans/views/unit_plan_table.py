"""All lines of a unit's plan as one table: edited, pasted, saved in one transaction and by itself while one types."""

from collections.abc import Iterator
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept import mark_of, tell_saved
from accounts.rows import Row
from accounts.workflow import StaleState
from documents.dates import TZ
from plans import presence, remarks
from plans.forms.unit_plan_rows import LineRows
from plans.models import Activity, UnitPlan
from plans.snapshots import line_part
from plans.units.asked import answers, refusals
from plans.units.lines import Stored, lines_of, save_lines
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.views.unit_plan import LOCKED, fetch_to_edit, place_of_lines

PAGE = 25  # rows of a page: 12 boxes each keep it within what a weak computer draws at once


@require_http_methods(["GET", "HEAD", "POST"])
def unit_plan_table(request: HttpRequest, pk: int) -> HttpResponse:
    """The table of one area or of all; answers JSON to autosave.js."""
    unit_plan = fetch_to_edit(request, pk)
    act = request.POST.get("act")
    if act == "here":
        return JsonResponse({"others": presence.touch(place_of_lines(pk), request.user, now=request.now)})
    table = Table(request, unit_plan)
    if request.method != "POST":
        if not unit_plan.is_editable:
            messages.warning(request, LOCKED[unit_plan.state])
            return redirect("unit_plan", pk)
        return table.page()
    if not unit_plan.is_editable:
        return table.closed(LOCKED[unit_plan.state], quiet=act == "autosave")
    return table.save_quietly() if act == "autosave" else table.save()


class Outline(NamedTuple):
    """Of each line of the plan what tells how far the plan has come."""

    pk: int
    area_code: str
    title: str
    asked: list[str]


class Table:
    """The table as one request sees it: the lines of an area (`?noi-dung=`) or of all, page by page."""

    def __init__(self, request: HttpRequest, unit_plan: UnitPlan):
        self.request, self.unit_plan = request, unit_plan
        self.outline = [Outline(*row) for row in unit_plan.activities.values_list("pk", "area__code", "title", "asked")]
        areas = {area.code: area for area in unit_plan.plan.scheme.areas.all()}
        self.area = areas.get(request.GET.get("noi-dung"))
        mine = [line for line in self.outline if self.area is None or line.area_code == self.area.code]
        self.paged: Page = Paginator(mine, PAGE).get_page(request.GET.get("trang"))
        stored = self._stored()
        self.catalogue = Catalogue(unit_plan, request.today, stored, list(areas.values()))
        self.rows = self._rows(stored)

    def _stored(self) -> list[Activity]:
        """The lines of the page; of what is sent all, for a row names its line wherever it has moved meanwhile."""
        lines = lines_of(self.unit_plan)
        if self.request.method == "POST":
            return list(lines)
        return list(lines.filter(pk__in=[line.pk for line in self.paged.object_list]))

    def _rows(self, stored: list[Activity]) -> LineRows:
        data = self.request.POST if self.request.method == "POST" else None
        return LineRows(data, stored=stored, catalogue=self.catalogue, year=self.unit_plan.plan.year, area=self.area)

    def page(self, status: int = 200, problem: str = "") -> HttpResponse:
        desk = self._show_remarks()
        reasons, absent = refusals(self.unit_plan)
        answered = answers(self.catalogue.asked.values(), self.outline, reasons, absent)
        context = {
            "unit_plan": self.unit_plan,
            "rows": self.rows,
            "desk": desk,
            "area": self.area,
            "paged": self.paged,
            "total": len(self.outline),
            "coverage": list(self._coverage(answered, absent)),
            "answers": [answer for answer in answered if self.area and answer.asked.area == self.area.code],
            "problem": problem,
            "mark": mark_of(self.request),
            "status": status,
            "others": presence.others(place_of_lines(self.unit_plan.pk), self.request.user, now=self.request.now),
        }
        return render(self.request, "plans/unit_plan_table.html", context, status=status)

    def _show_remarks(self) -> remarks.Desk:
        """Put what the Office remarked on a line beneath its title."""
        desk = remarks.desk(self.unit_plan, self.request.user, self.request.today)
        for row in self.rows.rows:
            part = line_part(row.stored.pk) if row.stored else ""
            if part and desk.standing(part):
                row.beneath["title"] = render_to_string("plans/_remark_notes.html", {"desk": desk, "part": part})
        return desk

    def _coverage(self, answered: list, absent: set[str]) -> Iterator[dict]:
        """Each area with the number of its lines and how much of what is asked they answer."""
        for area in self.catalogue.lists["area"]:
            mine = [answer for answer in answered if answer.asked.area == area.code]
            yield {
                "area": area,
                "lines": sum(line.area_code == area.code for line in self.outline),
                "given": sum(answer.is_given for answer in mine),
                "asked": len(mine),
                "absent": area.code in absent,
                "here": area == self.area,
            }

    def save(self) -> HttpResponse:
        """Everything or nothing; what was typed stays in its boxes."""
        if not self.rows.is_valid():
            return self.page(status=self.rows.status)
        try:
            told = self._store(self.rows.kept, self.rows.removed)
        except StaleState as stale:
            return self._again(str(stale))
        said = _("Đã lưu: %(new)d dòng mới, %(changed)d dòng sửa, %(removed)d dòng xóa.")
        tell_saved(self.request, said % {"new": told.new, "changed": told.changed, "removed": told.removed})
        return redirect(self.address)

    @property
    def address(self) -> str:
        query = self.request.GET.urlencode()
        return f"{reverse('unit_plan_table', args=[self.unit_plan.pk])}{'?' if query else ''}{query}"

    def _store(self, rows: list[Row], removed: list[Activity]) -> Stored:
        acts = {"by": self.request.user, "now": self.request.now}
        return save_lines(self.unit_plan, self.rows.edits(rows), removed, **acts)

    def _again(self, problem: str) -> HttpResponse:
        """Somebody saved between the look and the lock: looked at once more, both texts shown where they differ."""
        unit_plan = fetch_to_edit(self.request, self.unit_plan.pk)
        if not unit_plan.is_editable:
            return self.closed(LOCKED[unit_plan.state])
        table = Table(self.request, unit_plan)
        table.rows.is_valid()
        return table.page(status=409, problem=problem)

    def save_quietly(self) -> HttpResponse:
        """What is in order is stored; a row that is not waits in its boxes. Order and removal wait for a press."""
        self.rows.is_valid()
        kept = [row for row in self.rows.kept if row.stored is None or row.has_changed()]
        stale = [row for row in kept if row.is_stale or row.is_lost]
        if stale:
            where = ", ".join(str(row.position) for row in stale)
            return self._refused(_("Có người vừa sửa hoặc xóa dòng %s.") % where)
        good = [row for row in kept if not row.form.errors]
        try:
            told = self._store(good, []) if good else Stored()
        except StaleState as stale:
            return self._refused(str(stale))
        fields = {}
        for row, line in zip(good, told.lines, strict=True):
            fields |= {f"{row.form.prefix}-id": line.pk, f"{row.form.prefix}-version": line.version}
        at = f"{self.request.now.astimezone(TZ):%H:%M}"
        return JsonResponse({"at": at, "fields": fields, "faults": [fault.words for fault in self.rows.faults]})

    def _refused(self, message: str) -> JsonResponse:
        return JsonResponse({"message": message, "stored": ""}, status=409)

    def closed(self, message, quiet: bool = False) -> HttpResponse:
        """The plan was locked while someone typed (409): why, and what was typed."""
        if quiet:
            return self._refused(str(message))
        self.rows.is_valid()
        changed = [row for row in self.rows.kept if row.stored is None or row.has_changed()]
        typed = [{"label": _("Dòng %d") % row.position, "typed": _in_words(row)} for row in changed]
        context = {"unit_plan": self.unit_plan, "message": message, "rows": typed}
        return render(self.request, "plans/conflict_closed.html", context, status=409)


def _in_words(row: Row) -> str:
    told = ((box.label, box.value()) for box in row.form)
    return "\n".join(f"{label}: {value}" for label, value in told if value not in (None, ""))
