"""Only in the demo: move its calendar, enter as one of its people. Elsewhere these addresses do not exist."""

import logging

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import clock
from accounts.models import User
from accounts.session_forms import DemoClockForm
from accounts.tasks import sweep
from accounts.views.session import target

logger = logging.getLogger(__name__)
BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@require_POST
def demo_clock(request: HttpRequest) -> HttpResponse:
    """Let the calendar stand at a chosen moment, and let the schedule do at once what is then due."""
    _only_in_demo()
    form = DemoClockForm(request.POST)
    if form.is_valid():
        at = form.cleaned_data["at"]
        clock.set_demo(at)
        _wake_schedule()
        messages.success(request, _("Lịch của bản minh họa đứng ở %s.") % f"{at:%H:%M %d/%m/%Y}")
    else:
        for errors in form.errors.values():
            messages.error(request, _("Chưa đổi lịch. %s") % " ".join(errors))
    return redirect(target(request))


@login_not_required
@require_POST
def enter_as(request: HttpRequest) -> HttpResponse:
    """Sign in as a person of the demo without a password."""
    _only_in_demo()
    name = request.POST.get("username", "").replace("\x00", "")
    login(request, get_object_or_404(User, username=name, is_active=True), backend=BACKEND)
    return redirect(target(request))


def _only_in_demo() -> None:
    if not settings.DEMO:
        raise Http404


def _wake_schedule() -> None:
    try:
        sweep.apply_async(retry=False)
    except Exception as error:  # noqa: BLE001  without a broker the next regular sweep does it
        logger.warning("broker not reached, the sweep waits for its minute: %s", type(error).__name__)
