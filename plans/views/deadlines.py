"""The deadline board: units × what they owe, each cell on time, late or waiting; and three measures of each unit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.models import Role
from accounts.page_cache import until_changed
from accounts.perms import may_keep_units
from plans import perms
from plans.deadlines.board import board
from plans.models import Extension, Obligation


@require_safe
@until_changed
def deadline_board(request: HttpRequest) -> HttpResponse:
    """Who has handed in what; an agency-wide post sees all units, the others their own."""
    user, on = request.user, request.today
    context = board(Obligation.objects.visible_to(user, on=on), request.GET, now=request.now)
    context |= {
        "wide": user.scope(on).agency_ids,
        "office": perms.may_run_deadlines(user, on),
        "keeps_units": may_keep_units(user, on),
        "administrator": any(post.role == Role.ADMINISTRATOR for post in user.posts_on(on)),
        "waiting_requests": Extension.objects.visible_to(user, on=on).open().count(),
    }
    return render(request, "plans/deadline_board.html", context)
