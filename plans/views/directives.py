"""Directives: the list, giving one from any page, carrying it out, judging what was done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Event, Unit
from accounts.serving import file_response
from accounts.workflow import MoveRefused, StaleState
from documents.numbers import format_number
from plans import perms
from plans.deadlines.workdays import day_off_warning, last_working_moment
from plans.directives.about import about
from plans.directives.acts import DIRECTIVE, answer, give
from plans.directives.listing import ALL, LATE, MOST, OPEN, as_excel, asked, narrowed, timeliness
from plans.forms.directive import AnswerForm, DoAgainForm, GiveForm
from plans.models import Directive, DirectiveFile, DirectiveState, Holiday

PAGE = 50


@require_safe
def directive_list(request: HttpRequest) -> HttpResponse:
    """What the person sees of the directives, narrowed as asked; late ones first."""
    units = list(Unit.objects.visible_to(request.user, on=request.today))
    choice = asked(request.GET, units)
    page = Paginator(narrowed(_seen(request), choice, request.now), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, timeliness(row, request.now), row.is_late(request.now)) for row in page],
        "choice": choice,
        "states": [(OPEN, _("Chưa xong")), (LATE, _("Quá hạn")), *DirectiveState.choices, (ALL, _("Tất cả"))],
        "units": units if len(units) > 1 else [],
        "may_direct": perms.may_direct(request.user, request.today) is not None,
        "query": request.GET.urlencode(),
    }
    return render(request, "plans/directive_list.html", context)


@require_safe
def directive_excel(request: HttpRequest) -> HttpResponse:
    """The same rows as an Excel file."""
    from documents.excel import CONTENT_TYPE

    choice = asked(request.GET, Unit.objects.visible_to(request.user, on=request.today))
    rows = narrowed(_seen(request), choice, request.now)
    if rows.count() > MOST:
        messages.warning(request, _("Quá %s dòng. Hãy lọc bớt rồi tải lại.") % format_number(MOST))
        return redirect("directive_list")
    agency = next((post.agency for post in request.user.posts_on(request.today)), None)
    name = agency.name_on(request.today).name if agency else ""
    response = HttpResponse(as_excel(rows, name, request.now), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = 'attachment; filename="chi-dao.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def directive_add(request: HttpRequest) -> HttpResponse:
    """Give a directive; `?tu=` is the page about which it is given."""
    post = perms.may_direct(request.user, request.today)
    if post is None:
        raise PermissionDenied
    what = about(request.GET.get("tu", ""), request.user, request.today)
    units = list(Unit.objects.on(request.today).filter(agency=post.agency_id))
    form = GiveForm(request.POST or None, units=units, unit_id=what.unit_id, today=request.today)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            directive = give(
                agency_id=post.agency_id, by=request.user, now=request.now, key=str(said["key"]), text=said["text"],
                owner=said["owner"], day=said["day"], about=what,
            )  # fmt: skip
        except MoveRefused as refusal:
            form.add_error("day", refusal.messages)
        else:
            messages.success(request, _("Đã giao ý kiến chỉ đạo. Người thực hiện đã được báo."))
            return redirect("directive_detail", directive.pk)
    return render(request, "plans/directive_add.html", {"form": form, "about": what})


@require_safe
def directive_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive: what was told to whom, the answers with their proof, what may be done."""
    return _detail(request, _fetch(request, pk))


@require_POST
def directive_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what was done, with links and files; what was typed comes back with a refusal."""
    directive = _fetch(request, pk)
    if perms.may_carry_out(request.user, directive, request.today) is None:
        raise PermissionDenied
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        return _detail(request, directive, answer=form)
    said = form.cleaned_data
    try:
        answer(
            directive, by=request.user, now=request.now, key=str(said["key"]), text=said["text"],
            links=said["links"], files=said["evidence"],
        )  # fmt: skip
    except StaleState as stale:
        return _detail(request, _fetch(request, pk), stale=str(stale), reason=said["text"], status=409)
    except MoveRefused as refusal:
        return _detail(request, _fetch(request, pk), errors=refusal.messages, answer=form)
    messages.success(request, _("Đã gửi kết quả thực hiện. Người giao việc xem và chấp nhận hoặc trả lại."))
    return redirect("directive_detail", pk)


@require_POST
def directive_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up, accept, return, withdraw; what was typed comes back with a refusal."""
    directive, name, reason = _fetch(request, pk), request.POST.get("move", ""), request.POST.get("reason", "")
    if name == "answer" or not any(name == move for move, _state in DIRECTIVE.moves):
        raise Http404
    form = DoAgainForm(request.POST) if name == DoAgainForm.move else None
    if form and not form.is_valid() and DIRECTIVE.find(name, directive.state):
        if perms.may_judge_directive(request.user, directive, request.today) is None:
            raise PermissionDenied
        return _detail(request, directive, again=form, reason=reason, errors=form.errors.get("day", ()))
    version = request.POST.get("version", "")
    directive.version = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    more = {"day": form.cleaned_data.get("day")} if form else {}
    try:
        DIRECTIVE.move(directive, name, by=request.user, now=request.now, reason=reason, **more)
    except MoveRefused as refusal:
        return _detail(request, _fetch(request, pk), errors=refusal.messages, reason=reason, again=form)
    except StaleState as stale:
        return _detail(request, _fetch(request, pk), stale=str(stale), reason=reason, status=409)
    messages.success(request, _("Đã chuyển: %s.") % directive.get_state_display().lower())
    return redirect("directive_detail", pk)


@require_safe
def directive_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of an answer, for those who see the directive."""
    row = get_object_or_404(DirectiveFile.objects.visible_to(request.user, on=request.today), pk=pk)
    return file_response(row.file, name=row.name, content_type=row.content_type)


def _seen(request: HttpRequest):
    return Directive.objects.visible_to(request.user, on=request.today)


def _fetch(request: HttpRequest, pk: int) -> Directive:
    return get_object_or_404(_seen(request).select_related("unit", "agency", "given_by"), pk=pk)


def _detail(request: HttpRequest, directive: Directive, *, status: int = 200, **shown) -> HttpResponse:
    user, on, overrides = request.user, request.today, Holiday.objects.as_rules()
    moves = DIRECTIVE.open_to(user, directive, on=on)
    due = directive.effective_due_at
    context = {
        "directive": directive,
        "late": directive.is_late(request.now) and directive.state != DirectiveState.WITHDRAWN,
        "timeliness": timeliness(directive, request.now),
        "advice": last_working_moment(due, overrides) if day_off_warning(due, overrides) else None,
        "answers": directive.answers.select_related("by").prefetch_related("files"),
        "moves": [move for move in moves if move.name != "answer"],
        "answer": AnswerForm() if any(move.name == "answer" for move in moves) else None,
        "again": DoAgainForm() if any(move.name == DoAgainForm.move for move in moves) else None,
        "events": Event.objects.about(directive),
    }
    return render(request, "plans/directive_detail.html", context | shown, status=status)
