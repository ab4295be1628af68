"""The heavy pages as one writes them without a thought for speed, for bin/bench to compare with.

The same frame, components, figures and rows as ours. Relations are followed where they are shown (a query a row),
a figure is counted where it stands, each cell includes its component. `urlpatterns` adds them to the portal's.
"""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from accounts.forms import CleanModelForm
from accounts.models import Unit
from accounts.rows import Rows
from plans import perms
from plans.deadlines.board import DEFAULT
from plans.deadlines.periods import Window
from plans.models import Activity, Indicator, Obligation, UnitPlan
from propaganda.models import Result, ResultQuantity
from reporting.models import Period, UnitReport

PAGE = "{% extends 'base.html' %}{% load crispy_forms_tags %}{% block content %}"
COLUMNS = ("area", "title", "channel", "audience", "starts", "ends", "person", "product", "quantity", "money")

BOARD = (
    PAGE
    + """
<table class="table board">
  <thead><tr><th>Đơn vị</th>{% for kind, occasion in columns %}<th>{{ occasion }}</th>{% endfor %}</tr></thead>
  {% for unit, cells in table %}<tr><th scope="row">{{ unit.name }}</th>
    {% for cell in cells %}<td>{% if cell %}
      {% if cell.unit_plan %}<a href="{% url 'unit_plan' cell.unit_plan.pk %}">{% endif %}
      {% include "components/timeliness.html" with timeliness=cell.shown only %}
      {% if cell.unit_plan %}<span class="visually-hidden"> – {{ cell.unit.name }}</span></a>{% endif %}
      {% if cell.extended_due_at %}<br><small>gia hạn đến {{ cell.extended_due_at|vn_date }}</small>{% endif %}
    {% else %}–{% endif %}</td>{% endfor %}</tr>{% endfor %}
</table>{% endblock %}"""
)

LIST = (
    PAGE
    + """
<table class="table table-cards">
  <tr><th>Đơn vị</th><th>Trạng thái</th><th>Hạn nộp</th><th>Nộp lần đầu</th><th>Lần trả lại</th><th></th></tr>
  {% for row in page %}<tr>
    <th scope="row"><a href="{% url 'unit_plan' row.pk %}">{{ row.unit }}</a></th>
    <td>{% include "components/status.html" with state=row.state label=row.get_state_display only %}</td>
    <td>{% include "components/timeliness.html" with timeliness=row.shown only %}</td>
    <td>{{ row.obligation.first_submitted_at|vn_datetime }}</td>
    <td class="number">{{ row.obligation.returns|number }}</td>
    <td>{% if row.may_review %}<a href="{% url 'unit_plan_review' row.pk %}">Xem xét</a>{% endif %}</td>
  </tr>{% endfor %}
</table>{% include "components/pager.html" with page=page noun="đơn vị" %}{% endblock %}"""
)

DASHBOARD = (
    PAGE
    + """
{% for value, label in figures %}{% include "components/figure.html" with value=value label=label only %}{% endfor %}
<table class="table matrix">
  <tr><th>Đơn vị</th>{% for area in areas %}<th>{{ area.letter }})</th>{% endfor %}</tr>
  {% for unit, cells in table %}<tr><th scope="row">{{ unit.name }}</th>
    {% for done, planned in cells %}<td><a href="{% url 'figure_rows' period.code %}">{{ done }}/{{ planned }}</a></td>
    {% endfor %}</tr>{% endfor %}
</table>
<table class="table">
  {% for indicator, now, year, planned, percent in progress %}<tr><th scope="row">{{ indicator.name }}</th>
    <td>{{ now|number }}</td><td>{{ year|number }}</td><td>{{ planned|number }}</td>
    <td>{% include "components/bar.html" with percent=percent text=percent only %}</td></tr>{% endfor %}
</table>{% endblock %}"""
)


def _page(source: str, request: HttpRequest, context: dict) -> HttpResponse:
    return HttpResponse(TEMPLATES[source].render(context, request))


def board(request: HttpRequest) -> HttpResponse:
    owed = Obligation.objects.visible_to(request.user, on=request.today).filter(plan__year=2022, kind__in=DEFAULT)
    columns = sorted({(row.kind, row.occasion) for row in owed}, reverse=True)
    table = []
    for unit in Unit.objects.visible_to(request.user, on=request.today):
        cells = [unit.obligations.filter(kind=kind, occasion=occasion).first() for kind, occasion in columns]
        for cell in filter(None, cells):
            cell.shown = cell.timeliness(request.now)
        table.append((unit, cells))
    return _page("board", request, {"columns": columns, "table": table})


def plan_rows(request: HttpRequest) -> HttpResponse:
    plans = UnitPlan.objects.visible_to(request.user, on=request.today).filter(plan__year=2022)
    page = Paginator(plans.order_by("unit__position"), 50).get_page(1)
    for row in page:
        row.shown = row.obligation.timeliness(request.now)
        row.may_review = row.waits and perms.reviews_unit(request.user, row, request.today)
    return _page("list", request, {"page": page})


def screen(request: HttpRequest) -> HttpResponse:
    period = Period.objects.get(code=request.GET["ky"], agency__in=request.user.scope(request.today).agency_ids)
    areas = list(UnitPlan.objects.first().plan.scheme.areas.all())
    units = Unit.objects.filter(unit_plans__plan__year=period.year)
    table = [(unit, [_tasks(unit, area) for area in areas]) for unit in units]
    reports = [UnitReport.objects.filter(unit=unit, period=period).first() for unit in units]
    on_time = [each for each in reports if each and each.obligation.timeliness(request.now).code == "on_time"]
    done, planned = (sum(cell[n] for _unit, cells in table for cell in cells) for n in (0, 1))
    spent = sum(result.money or 0 for result in Result.objects.filter(unit__in=units))
    figures = [(f"{len(on_time)}/{len(reports)}", "Báo cáo đúng hạn"), (f"{done}/{planned}", "Nhiệm vụ"),
               (spent, "Kinh phí đã chi")]  # fmt: skip
    progress = [_progress(indicator, period) for indicator in Indicator.objects.filter(source="quantity")]
    context = {"period": period, "areas": areas, "table": table, "figures": figures, "progress": progress}
    return _page("dashboard", request, context)


def _tasks(unit: Unit, area) -> tuple[int, int]:
    tasks = Activity.objects.filter(unit_plan__unit=unit, unit_plan__plan__year=2022, area=area)
    return sum(task.results.exists() for task in tasks), len(tasks)


def _progress(indicator: Indicator, period: Period) -> tuple:
    def total(window: Window) -> int:
        rows = ResultQuantity.objects.filter(indicator=indicator)
        return sum(row.value for row in rows if window.starts <= row.result.happened_on <= window.ends)

    year = total(Window(period.starts.replace(month=1, day=1), period.ends))
    planned = sum(each.quantity or 0 for each in Activity.objects.filter(indicator=indicator))
    return indicator, total(Window(period.starts, period.ends)), year, planned, 100 * year // (planned or 1)


# Forty lines of a unit plan, ten columns


class LineForm(forms.ModelForm):
    class Meta:
        model = Activity
        fields = COLUMNS


class OurLine(CleanModelForm):
    class Meta:
        model = Activity
        fields = COLUMNS


class OurLines(Rows):
    form, extra = OurLine, 0


TEMPLATES = {name: engines["django"].from_string(source)
             for name, source in (("board", BOARD), ("list", LIST), ("dashboard", DASHBOARD))}  # fmt: skip
urlpatterns = [
    path("tho/han-nop/", board),
    path("tho/ke-hoach-don-vi/", plan_rows),
    path("tho/dieu-hanh/", screen),
    path("", include("cchc_portal.urls")),
]
