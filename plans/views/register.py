"""The register of outgoing documents (sổ đăng ký văn bản đi): its list, its lines, new ones by hand."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Agency, Event
from accounts.serving import file_response
from accounts.workflow import MoveRefused, StaleState
from documents.numbers import format_number
from plans import perms, printing
from plans.forms.register import AboutForm, EntryForm, KeptForm, MarkForm
from plans.models import RegisterEntry, RegisterState
from plans.registers import register
from plans.registers.register_list import COLUMNS, MOST, Listed, as_excel, cells, listed, origin, state_tags

PAGE = 50
STATES = [*RegisterState.choices, (register.RESERVED, gettext_lazy("Giữ số, chưa ký"))]


def _seen(request: HttpRequest):
    """The lines this person sees; 403 for who holds no agency-wide post."""
    if not request.user.scope(request.today).agency_ids:
        raise PermissionDenied
    return RegisterEntry.objects.visible_to(request.user, on=request.today)


def _agency(request: HttpRequest) -> Agency:
    """The agency whose register this person reads."""
    return Agency.objects.get(pk=min(request.user.scope(request.today).agency_ids))


def _may_keep(request: HttpRequest) -> bool:
    return perms.may_register(request.user, _agency(request).pk, request.today) is not None


@require_safe
def register_list(request: HttpRequest) -> HttpResponse:
    """The lines of a year, narrowed by symbol, state and words; what the numbering leaves out is pointed out."""
    found = listed(_seen(request), request.GET, today=request.today)
    page = Paginator(found.rows, PAGE).get_page(request.GET.get("page"))
    for entry in page:
        entry.tags = state_tags(entry)
    context = {
        "found": found,
        "page": page,
        "states": STATES,
        "may_keep": _may_keep(request),
        "query": _query(request),
    }
    return render(request, "plans/register_list.html", context)


def _query(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


@require_safe
def register_print(request: HttpRequest) -> HttpResponse:
    """The same lines as the ten-column book, to be printed."""
    found = listed(_seen(request), request.GET, today=request.today, order="date")
    if refusal := _too_many(request, found):
        return refusal
    rows = [cells(entry) for entry in found.rows]
    context = {"found": found, "rows": rows, "columns": COLUMNS, "agency": _agency(request).name_on(request.today)}
    return render(request, "plans/register_print.html", context)


@require_safe
def register_excel(request: HttpRequest) -> HttpResponse:
    """The same lines as an Excel file."""
    from documents.excel import CONTENT_TYPE

    found = listed(_seen(request), request.GET, today=request.today, order="date")
    if refusal := _too_many(request, found):
        return refusal
    content = as_excel(found, _agency(request).name_on(request.today).name)
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="so-van-ban-di-{found.year}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


def _too_many(request: HttpRequest, found: Listed) -> HttpResponse | None:
    if found.rows.count() <= MOST:
        return None
    messages.warning(request, _("Quá %s dòng. Hãy lọc theo ký hiệu hoặc từ khóa rồi xuất lại.") % format_number(MOST))
    return redirect(f"{reverse('register_list')}?{_query(request)}")


def register_add(request: HttpRequest) -> HttpResponse:
    """A document made elsewhere, or a number kept for one."""
    _seen(request)
    agency = _agency(request)
    if perms.may_register(request.user, agency.pk, request.today) is None:
        raise PermissionDenied
    form = EntryForm(request.POST or None, initial={"signed_on": request.today, "type": _("Công văn")})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        key, recipients = str(given.pop("key")), given.pop("recipients")
        try:
            entry = register.enter_by_hand(
                agency=agency, by=request.user, now=request.now, key=key, recipients=_names(recipients), **given
            )
        except MoveRefused as refusal:
            form.add_error("number", str(refusal))
        else:
            messages.success(request, _("Đã ghi vào sổ: %s.") % entry.full_number)
            return redirect("register_entry", entry.pk)
    return render(request, "plans/register_add.html", {"form": form})


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace("\n", ";").split(";") if name.strip()]


@require_safe
def register_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One line: what it is, what became of it, what the clerk keeps of it."""
    return _entry_page(request, _fetch(request, pk))


def _fetch(request: HttpRequest, pk: int) -> RegisterEntry:
    return get_object_or_404(_seen(request).select_related("replaced_by", "agency"), pk=pk)


def _entry_page(request: HttpRequest, entry: RegisterEntry, *, mark=None, errors=(), status=200) -> HttpResponse:
    may_keep = perms.may_register(request.user, entry.agency_id, request.today) is not None
    context = {
        "entry": entry,
        "tags": state_tags(entry),
        "columns": list(zip((title for title, _width in COLUMNS), cells(entry), strict=True)),
        "replaces": entry.replaces.all(),
        "page_of": _page_of(entry),
        "may_keep": may_keep,
        "mark": mark or (MarkForm(entry=entry) if may_keep and register.open_marks(entry) else None),
        "errors": errors,
        "events": Event.objects.about(entry).visible_to(request.user, on=request.today),
    }
    return render(request, "plans/register_entry.html", context, status=status)


def _page_of(entry: RegisterEntry) -> str:
    """The page of what was issued in the portal, when its kind has one."""
    made = origin(entry)
    kind = printing.KINDS.get(made[0]) if made else None
    if kind is None:
        return ""
    try:
        return kind.page(made[1]) if callable(kind.page) else reverse(kind.page, args=[made[1]])
    except NoReverseMatch:
        return ""


def register_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the clerk keeps of a line; of one registered by hand also what it is."""
    entry = _fetch(request, pk)
    if perms.may_register(request.user, entry.agency_id, request.today) is None:
        raise PermissionDenied
    made = AboutForm if origin(entry) is None else KeptForm
    initial = {name: getattr(entry, name) for name in made.base_fields}
    form = made(request.POST or None, initial=initial, signed_on=entry.signed_on)
    version = request.POST.get("version", str(entry.version))
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            register.save_entry(entry, by=request.user, now=request.now, version=_number(version), **form.cleaned_data)
        except StaleState as error:
            stale, version = str(error), str(entry.version)
        else:
            messages.success(request, _("Đã lưu sổ."))
            return redirect("register_entry", pk)
    context = {"entry": entry, "form": form, "version": version, "stale": stale, "standing": _standing(entry, form)}
    return render(request, "plans/register_edit.html", context, status=409 if stale else 200)


def _standing(entry: RegisterEntry, form) -> list[tuple[str, object]]:
    """(label, what is stored) of the boxes, for who is told that somebody else saved first."""
    return [(form.fields[name].label, getattr(entry, name)) for name in form.fields]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@require_POST
def register_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """That another document corrects, replaces or recalls this one."""
    entry = _fetch(request, pk)
    if perms.may_register(request.user, entry.agency_id, request.today) is None:
        raise PermissionDenied
    form = MarkForm(request.POST, entry=entry)
    if not form.is_valid():
        return _entry_page(request, entry, mark=form)
    given, version = form.cleaned_data, _number(request.POST.get("version", ""))
    try:
        register.mark_by_hand(
            entry, given["state"], by_entry=given["document"], reason=given["reason"], by=request.user,
            now=request.now, version=version,
        )  # fmt: skip
    except MoveRefused as refusal:
        return _entry_page(request, entry, mark=form, errors=refusal.messages)
    except StaleState as stale:
        return _entry_page(request, _fetch(request, pk), mark=form, errors=[str(stale)], status=409)
    messages.success(request, _("Đã ghi tình trạng của văn bản."))
    return redirect("register_entry", pk)


@require_POST
def register_release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a reserved number back."""
    entry = _fetch(request, pk)
    try:
        register.release(entry, by=request.user, now=request.now)
    except StaleState as stale:
        return _entry_page(request, entry, errors=[str(stale)], status=409)
    messages.success(request, _("Đã bỏ giữ số %s.") % entry.full_number)
    return redirect("register_list")


@require_safe
def register_file(request: HttpRequest, pk: int) -> FileResponse:
    """The signed PDF of a line."""
    entry = _fetch(request, pk)
    if not entry.signed_file:
        raise Http404
    return file_response(entry.signed_file, name=f"{entry}.pdf".replace("/", "-"), content_type="application/pdf")
