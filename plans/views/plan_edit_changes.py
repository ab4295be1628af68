"""What a draft changed against how it was before: its first state, last year's plan, its last frozen edition."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from plans.department.content import content_of_plan
from plans.department.content_differences import content_differences
from plans.models import Plan, PlanImport
from plans.models.plan import IN_FORCE
from plans.views.plan_edit import common, fetch_draft, locked


@dataclass(frozen=True)
class Base:
    """Something a draft may be compared with: its name in the address, its words, and how to get its content."""

    code: str
    label: str
    content: Callable[[], dict]


@require_safe
def plan_edit_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """The difference by section, word by word; `?so-voi=` says against what."""
    plan = fetch_draft(request, pk)
    if answer := locked(request, plan):
        return answer
    content = content_of_plan(plan)
    bases = list(_bases(request, plan))
    base = next((base for base in bases if base.code == request.GET.get("so-voi")), bases[0] if bases else None)
    changes = content_differences(base.content(), content) if base else []
    there = {row["id"] for row in content["sections"]}
    context = common(plan, content, "plan_edit_changes") | {
        "bases": bases,
        "base": base,
        "changes": [(change, change.section if change.section in there else None) for change in changes],
    }
    return render(request, "plans/plan_edit_changes.html", context)


def _bases(request: HttpRequest, plan: Plan) -> Iterator[Base]:
    """What there is to compare with, the nearest first."""
    version = plan.versions.first()
    if version:
        yield Base("ban", _("bản %d đã chốt") % version.number, lambda: version.content)
    if plan.amends_id:
        yield Base("hieu-luc", _("kế hoạch đang có hiệu lực"), partial(content_of_plan, plan.amends))
    source = PlanImport.objects.filter(plan=plan).first()
    if source and source.content.get("sections"):
        yield Base("nhap", _("bản đã nhập"), lambda: source.content)
    steps = plan.undo_steps.defer("content")
    if steps:
        yield Base("dau", _("trước %d bước sửa gần đây") % len(steps), lambda: steps[len(steps) - 1].content)
    before = Plan.objects.visible_to(request.user, on=request.today).filter(
        agency=plan.agency_id, year=plan.year - 1, state__in=IN_FORCE, amends=None
    )
    if last_year := before.select_related("scheme").first():
        yield Base("nam-truoc", _("kế hoạch năm %d") % last_year.year, partial(content_of_plan, last_year))
