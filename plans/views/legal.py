"""The register of documents that plans cite: its list on a day, its entries, double ones merged."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.models import Event
from accounts.ordering import chosen_order
from accounts.workflow import MoveRefused, StaleState
from documents.dates import UnreadableDate, parse_date
from documents.vietnamese import InvalidCharacters
from plans import perms
from plans.forms.legal import TYPE_NAMES, LegalDocumentForm
from plans.models import Citation, LegalDocument, Plan
from plans.registers import legal

PAGE = 50
ORDERS = {"symbol": ("symbol",), "type": ("type", "symbol"), "date": ("date", "symbol"), "cited": ("cited", "symbol")}
STANDINGS = {
    legal.IN_FORCE: gettext_lazy("Còn hiệu lực"),
    legal.NOT_YET: gettext_lazy("Chưa có hiệu lực"),
    legal.OVER: gettext_lazy("Hết hiệu lực"),
    legal.REPLACED: gettext_lazy("Đã được thay thế"),
}


def _seen(request: HttpRequest):
    return LegalDocument.objects.visible_to(request.user, on=request.today)


def _plans(request: HttpRequest):
    """The plans whose citations this person is shown; an amendment cites what its plan does."""
    return Plan.objects.visible_to(request.user, on=request.today).filter(amends=None).exclude(state="cancelled")


def _may_keep(request: HttpRequest) -> bool:
    return perms.may_keep_legal_documents(request.user, request.today) is not None


@require_safe
def legal_list(request: HttpRequest) -> HttpResponse:
    """The documents, narrowed by words, type and how they stand on a day."""
    query, day = request.GET, _day(request.GET.get("ngay", ""), request.today)
    types = list(_seen(request).order_by("type").values_list("type", flat=True).distinct())
    chosen = {
        "q": query.get("q", "").strip()[:200],
        "type": query.get("loai", "") if query.get("loai") in types else "",
        "standing": query.get("hieu-luc", "") if query.get("hieu-luc") in STANDINGS else "",
    }
    order = chosen_order(query, ORDERS, "-date")
    sign = "-" if order.startswith("-") else ""
    rows = _narrowed(_seen(request), chosen, day).annotate(
        cited=Count("citations__plan", filter=Q(citations__plan__in=_plans(request)), distinct=True)
    )
    rows = rows.select_related("replaced_by").order_by(*(f"{sign}{name}" for name in ORDERS[order.removeprefix("-")]))
    page = Paginator(rows, PAGE).get_page(query.get("page"))
    for row in page:
        row.standing = legal.standing(row, day)
        row.standing_label = STANDINGS[row.standing]
    may_keep = _may_keep(request)
    context = {
        "page": page,
        "day": day,
        "chosen": chosen,
        "narrowed": any(chosen.values()),
        "types": types,
        "standings": STANDINGS.items(),
        "order": order,
        "may_keep": may_keep,
        "double": len(legal.duplicates(_seen(request))) if may_keep else 0,
    }
    return render(request, "plans/legal_list.html", context)


def _day(text: str, today: date) -> date:
    try:
        return parse_date(text)
    except (UnreadableDate, InvalidCharacters):
        return today


def _narrowed(rows, chosen: dict, day: date):
    rows = legal.search(rows, chosen["q"]) if chosen["q"] else rows
    rows = rows.filter(type=chosen["type"]) if chosen["type"] else rows
    return legal.standing_on(rows, chosen["standing"], day) if chosen["standing"] else rows


@require_safe
def legal_document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: its dates, what it replaced, which plans and parts cite it."""
    document = get_object_or_404(_seen(request).select_related("replaced_by"), pk=pk)
    citations = Citation.objects.filter(document=document, plan__in=_plans(request))
    standing = legal.standing(document, request.today)
    context = {
        "document": document,
        "standing": standing,
        "standing_label": STANDINGS[standing],
        "replaces": document.replaces.all(),
        "citations": citations.select_related("plan", "section").order_by("-plan__year", "plan", "position"),
        "may_keep": _may_keep(request),
        "events": Event.objects.about(document).visible_to(request.user, on=request.today),
    }
    return render(request, "plans/legal_document.html", context)


def legal_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add a document, or change one; whoever saved in between is not overwritten unseen."""
    if not _may_keep(request):
        raise PermissionDenied
    document = LegalDocument() if pk is None else get_object_or_404(_seen(request), pk=pk)
    version, stale = request.POST.get("version", str(document.version)), ""
    form = LegalDocumentForm(request.POST or None, instance=document)
    if request.method == "POST" and form.is_valid():
        stored = LegalDocument() if pk is None else get_object_or_404(_seen(request), pk=pk)
        try:
            saved = legal.save(stored, by=request.user, now=request.now, version=_number(version), **form.facts)
        except MoveRefused as refusal:
            form.add_error("symbol", str(refusal))
        except StaleState as error:
            stale, version, document = str(error), str(stored.version), stored
        else:
            messages.success(request, _("Đã lưu %s.") % saved)
            return redirect("legal_document", saved.pk)
    context = {
        "document": None if pk is None else document,
        "form": form,
        "types": TYPE_NAMES,
        "version": version,
        "stale": stale,
        "standing": _standing(document, form) if stale else (),
    }
    return render(request, "plans/legal_edit.html", context, status=409 if stale else 200)


def _standing(document: LegalDocument, form) -> list[tuple[str, object]]:
    """(label, what is stored) of the boxes, for who is told that somebody else saved first."""
    return [(form.fields[name].label, getattr(document, name)) for name in form.Meta.fields]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@require_safe
def legal_duplicates(request: HttpRequest) -> HttpResponse:
    """Entries that look like one document written differently."""
    if not _may_keep(request):
        raise PermissionDenied
    rows = _seen(request).annotate(cited=Count("citations__plan", distinct=True)).order_by("pk")
    return render(request, "plans/legal_duplicates.html", {"groups": legal.duplicates(rows)})


def legal_merge(request: HttpRequest, pk: int, gone_pk: int) -> HttpResponse:
    """What merging an entry into another moves; the POST does it."""
    if not _may_keep(request):
        raise PermissionDenied
    kept, gone = (get_object_or_404(_seen(request), pk=key) for key in (pk, gone_pk))
    errors = []
    if request.method == "POST":
        try:
            legal.merge(kept, gone, by=request.user, now=request.now)
        except (MoveRefused, StaleState) as refusal:
            errors = [str(refusal)]
        else:
            messages.success(request, _("Đã gộp vào %s.") % kept)
            return redirect("legal_document", kept.pk)
    context = {"merge": legal.preview(kept, gone), "errors": errors}
    return render(request, "plans/legal_merge.html", context)
