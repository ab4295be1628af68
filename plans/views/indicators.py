"""The list of indicators: seen by everyone, kept by the Office."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Event
from accounts.workflow import MoveRefused, StaleState
from plans import perms
from plans.forms.indicator import ROLLS_UP, IndicatorForm
from plans.indicators import keeping
from plans.models import Indicator


def _may_keep(request: HttpRequest) -> bool:
    return perms.may_keep_indicators(request.user, request.today) is not None


@require_safe
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Every indicator with its unit of measure, how it rolls up, where it is recorded and from when to when."""
    rows = list(
        Indicator.objects.select_related("numerator", "denominator").prefetch_related("channels", "areas__scheme")
    )
    for row in rows:
        row.rolls_up = ROLLS_UP[row.kind]
        row.is_over = row.ends is not None and row.ends < request.today
        row.is_ahead = row.starts is not None and row.starts > request.today
    return render(request, "plans/indicator_list.html", {"rows": rows, "may_keep": _may_keep(request)})


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: HttpRequest, code: str | None = None) -> HttpResponse:
    """Add an indicator, or change one; whoever saved in between is not overwritten unseen."""
    if not _may_keep(request):
        raise PermissionDenied
    row = Indicator() if code is None else get_object_or_404(Indicator, code=code)
    used, is_fixed = keeping.used_by(row), keeping.means_figures(row)
    version, stale = request.POST.get("version", str(row.version)), ""
    form = IndicatorForm(request.POST or None, instance=row, is_fixed=is_fixed)
    if request.method == "POST" and form.is_valid():
        try:
            saved = keeping.save(row, by=request.user, now=request.now, version=_number(version), **form.cleaned_data)
        except MoveRefused as refusal:
            form.add_error(None, refusal.messages)
        except StaleState as error:
            stale, version = str(error), str(row.version)
        else:
            messages.success(request, _("Đã lưu chỉ tiêu “%s”.") % saved.name)
            return redirect("indicator_list")
    context = {
        "row": None if code is None else row, "form": form, "version": version, "used": used, "is_fixed": is_fixed,
        "stale": stale, "standing": _standing(row, form) if stale else (),
        "events": Event.objects.about(row).visible_to(request.user, on=request.today) if row.pk else (),
    }  # fmt: skip
    return render(request, "plans/indicator_edit.html", context, status=409 if stale else 200)


def _standing(row: Indicator, form: IndicatorForm) -> list[tuple[str, object]]:
    """(label, what is stored) of the boxes, for who is told that somebody else saved first."""
    plain = ("name", "unit_of_measure", "starts", "ends")
    standing = [(form.fields[name].label, getattr(row, name)) for name in plain]
    places = [(form.fields[name].label, ", ".join(map(str, getattr(row, name).all()))) for name in keeping.PLACES]
    return [*standing, (form.fields["kind"].label, ROLLS_UP[row.kind]), *places]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@require_POST
def indicator_remove(request: HttpRequest, code: str) -> HttpResponse:
    """Take away an indicator that was never used."""
    row = get_object_or_404(Indicator, code=code)
    try:
        keeping.remove(row, by=request.user, now=request.now)
    except (MoveRefused, StaleState) as refusal:
        messages.warning(request, str(refusal))
        return redirect("indicator_list")
    messages.success(request, _("Đã xóa chỉ tiêu “%s”.") % row.name)
    return redirect("indicator_list")
