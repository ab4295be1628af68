"""Pages and forms timed beside the same written naively; runs inside a portal (`portal.python`).

In one process, through the whole chain of middleware, without a network between; what was kept is forgotten before
each cold view. Nothing is asserted.
"""

import io
import json
import sys
from statistics import median

from crispy_forms.helper import FormHelper
from crispy_forms.utils import render_crispy_form
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.forms import modelformset_factory
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import page_cache
from cchc_portal.tests.browser.years import DRAFTING_UNIT, widen

LINES = 40
TABLE = 200
# the address's name and query, who asks, the naive address
PAGES = (
    ("dashboard", "?ky=2022-Q4", "duc", "/tho/dieu-hanh/?ky=2022-Q4"),
    ("deadline_board", "?nam=2022", "hoa", "/tho/han-nop/"),
    ("unit_plan_list", "?nam=2022", "hoa", "/tho/ke-hoach-don-vi/"),
)


def print_json(rounds: int) -> None:
    """Per page or form: name, seconds naive, seconds ours, median of their ratios (ours to naive), queries of both."""
    settings.ROOT_URLCONF = "cchc_portal.tests.browser.naive"
    found = [_forms(rounds), _unit_plan_table(rounds)]
    widen(100)
    application = WSGIHandler()
    for name, query, username, naive in PAGES:
        cookie, ours = _signed_in(username), reverse(name) + query
        found.append(_beside(name, lambda naive=naive, cookie=cookie: _ask(application, naive, cookie),
                             lambda ours=ours, cookie=cookie: _ask(application, ours, cookie), rounds))  # fmt: skip
    print(json.dumps(found))


def _signed_in(username: str) -> str:
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def _ask(application, address: str, cookie: str) -> None:
    path, _mark, query = address.partition("?")
    page_cache.kept.clear()
    answered = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "HTTP_COOKIE": cookie,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    response = application(environ, lambda status, _headers: answered.append(status))
    response.close()
    if answered != ["200 OK"]:
        raise SystemExit(f"{address}: {answered}")


def _forms(rounds: int) -> tuple:
    from cchc_portal.tests.browser import naive
    from plans.models import Activity

    lines = Activity.objects.filter(pk__in=Activity.objects.order_by("pk")[:LINES])
    assert lines.count() == LINES
    naive_set = modelformset_factory(Activity, form=naive.LineForm, extra=0)
    helper = _inline()

    def plain() -> None:
        render_crispy_form(naive_set(queryset=lines.all()), helper)

    def ours() -> None:
        render_to_string("components/rows.html", {"rows": naive.OurLines(stored=lines.all()), "title": "Nhiệm vụ"})

    return _beside("rows", plain, ours, rounds)


def _unit_plan_table(rounds: int) -> tuple:
    """The page of the table of a plan of 200 lines, request and all, beside its lines alone as a naive formset."""
    from cchc_portal.tests.browser import naive
    from plans.models import Activity, UnitPlan
    from plans.views.unit_plan_table import PAGE

    plan = UnitPlan.objects.get(unit__code=DRAFTING_UNIT, plan__year=2022)
    same = plan.activities.values(*(row.attname for row in Activity._meta.fields if row.name not in ("id", "origin")))[
        0
    ]
    made = Activity.objects.bulk_create(Activity(**same | {"position": number}) for number in range(TABLE))
    lines = Activity.objects.filter(pk__in=[row.pk for row in made[:PAGE]])
    naive_set = modelformset_factory(Activity, form=naive.LineForm, extra=0)
    application, cookie = WSGIHandler(), _signed_in(f"{DRAFTING_UNIT}.soan")
    address = reverse("unit_plan_table", args=[plan.pk])
    found = _beside(
        "unit_plan_table",
        lambda: render_crispy_form(naive_set(queryset=lines.all()), _inline()),
        lambda: _ask(application, address, cookie),
        rounds,
    )
    Activity.objects.filter(pk__in=[row.pk for row in made]).delete()
    return found


def _inline() -> FormHelper:
    helper = FormHelper()
    helper.template = "bootstrap5/table_inline_formset.html"
    helper.form_tag, helper.disable_csrf = False, True
    return helper


def _beside(name: str, naive, ours, rounds: int) -> tuple:
    from cchc_portal.tests.browser.years import seconds

    queries = []
    for work in (naive, ours):  # templates are compiled here, too
        with CaptureQueriesContext(connection) as captured:
            work()
        queries.append(len(captured))
    times = [(seconds(naive), seconds(ours)) for _ in range(rounds)]
    floor, own = median(one for one, _ in times), median(other for _, other in times)
    return name, floor, own, median(other / one for one, other in times), *queries
