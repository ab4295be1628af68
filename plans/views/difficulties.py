"""Difficulties: the register, raising one from any page, what is written about it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import recent
from accounts.models import Event, Unit
from accounts.workflow import MoveRefused, StaleState
from documents.numbers import format_number
from plans import perms
from plans.difficulties.acts import DIFFICULTY, raise_difficulty, say
from plans.difficulties.listing import ALL, MOST, OPEN, as_excel, asked, clocks, narrowed
from plans.forms.difficulty import RaiseForm, SayForm
from plans.models import Difficulty, DifficultyState, Holiday

PAGE = 50


@require_safe
def difficulty_list(request: HttpRequest) -> HttpResponse:
    """What the person sees of the register, narrowed and sorted as asked; the most urgent open ones first."""
    units = Unit.objects.visible_to(request.user, on=request.today)
    choice, overrides = asked(request.GET, units), Holiday.objects.as_rules()
    page = Paginator(narrowed(_seen(request), choice), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, clocks(row, request.now, overrides)) for row in page],
        "choice": choice,
        "states": [(OPEN, _("Chưa giải quyết")), *DifficultyState.choices, (ALL, _("Tất cả"))],
        "units": units if len(units) > 1 else [],
        "may_raise": bool(perms.units_to_raise_for(request.user, request.today)),
        "query": request.GET.urlencode(),
    }
    return render(request, "plans/difficulty_list.html", context)


@require_safe
def difficulty_excel(request: HttpRequest) -> HttpResponse:
    """The same rows as an Excel file."""
    from documents.excel import CONTENT_TYPE

    rows = narrowed(_seen(request), asked(request.GET, Unit.objects.visible_to(request.user, on=request.today)))
    if rows.count() > MOST:
        messages.warning(request, _("Quá %s dòng. Hãy lọc bớt rồi tải lại.") % format_number(MOST))
        return redirect("difficulty_list")
    agency = next((post.agency for post in request.user.posts_on(request.today)), None)
    name = agency.name_on(request.today).name if agency else ""
    content = as_excel(rows, name, request.now, Holiday.objects.as_rules())
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="vuong-mac.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def difficulty_add(request: HttpRequest) -> HttpResponse:
    """Raise a difficulty; `?tu=` is the page from which it is raised."""
    units = perms.units_to_raise_for(request.user, request.today)
    if not units:
        raise PermissionDenied
    rows = Unit.objects.filter(pk__in=[unit.pk for unit in units])
    form = RaiseForm(request.POST or None, units=rows)
    path, about = _raised_from(request)
    if request.method == "POST" and form.is_valid():
        difficulty = raise_difficulty(
            by=request.user, now=request.now, about=about, about_url=path, **form.cleaned_data
        )
        messages.success(request, _("Đã gửi vướng mắc. Văn phòng Sở trả lời tại trang này."))
        return redirect("difficulty_detail", difficulty.pk)
    return render(request, "plans/difficulty_add.html", {"form": form, "about": about, "path": path})


def _raised_from(request: HttpRequest) -> tuple[str, str]:
    """(address, what stands there) of the page from which one comes; both "" for none that this person sees."""
    path = (request.GET.get("tu") or "")[:300]
    if not path.startswith("/") or not url_has_allowed_host_and_scheme(path, allowed_hosts=None):
        return "", ""
    try:
        found = resolve(path)
    except Resolver404:
        return "", ""
    kind, thing = recent.thing_at(found, request.user, request.today)
    return (path, f"{kind.label}: {thing}"[:300]) if thing else ("", "")


@require_safe
def difficulty_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One difficulty: what was raised, its clocks, what was written, what may be done."""
    return _detail(request, _fetch(request, pk))


@require_POST
def difficulty_say(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an answer, an internal note (`internal`) or what the unit adds."""
    difficulty, internal = _fetch(request, pk), "internal" in request.POST
    form = SayForm(request.POST)
    if not form.is_valid():
        return _detail(request, difficulty, **{"note" if internal else "answer": form})
    try:
        say(difficulty, by=request.user, now=request.now, internal=internal, **form.cleaned_data)
    except MoveRefused as refusal:
        return _detail(request, _fetch(request, pk), errors=refusal.messages, reason=form.cleaned_data["text"])
    messages.success(request, _("Đã ghi."))
    return redirect("difficulty_detail", pk)


@require_POST
def difficulty_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Receive, take in hand, ask the unit, reply, resolve; what was typed comes back with a refusal."""
    difficulty, name, reason = _fetch(request, pk), request.POST.get("move", ""), request.POST.get("reason", "")
    if not any(name == move for move, _state in DIFFICULTY.moves):
        raise Http404
    version = request.POST.get("version", "")
    difficulty.version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        DIFFICULTY.move(difficulty, name, by=request.user, now=request.now, reason=reason)
    except MoveRefused as refusal:
        return _detail(request, _fetch(request, pk), errors=refusal.messages, reason=reason)
    except StaleState as stale:
        return _detail(request, _fetch(request, pk), stale=str(stale), reason=reason, status=409)
    messages.success(request, _("Đã chuyển: %s.") % difficulty.get_state_display().lower())
    return redirect("difficulty_detail", pk)


def _seen(request: HttpRequest):
    return Difficulty.objects.visible_to(request.user, on=request.today)


def _fetch(request: HttpRequest, pk: int) -> Difficulty:
    return get_object_or_404(_seen(request).select_related("unit", "agency", "raised_by"), pk=pk)


def _detail(request: HttpRequest, difficulty: Difficulty, *, status: int = 200, **shown) -> HttpResponse:
    user, on = request.user, request.today
    handles = perms.may_handle_difficulty(user, difficulty, on) is not None
    written = difficulty.messages.select_related("by")
    is_open = difficulty.state != DifficultyState.RESOLVED
    if not perms.reads_internal_notes(user, difficulty, on):
        written = written.filter(internal=False)
    context = {
        "difficulty": difficulty,
        "clocks": clocks(difficulty, request.now, Holiday.objects.as_rules()),
        "written": written,
        "handles": handles and is_open,
        "writes": is_open and not handles and perms.may_write_for_unit(user, difficulty, on) is not None,
        "moves": DIFFICULTY.open_to(user, difficulty, on=on),
        "answer": SayForm(auto_id="id_answer_%s"),
        "note": SayForm(auto_id="id_note_%s"),
        "events": Event.objects.about(difficulty),
    }
    return render(request, "plans/difficulty_detail.html", context | shown, status=status)
