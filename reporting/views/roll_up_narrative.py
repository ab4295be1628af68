"""The narrative of a roll-up: its paragraphs by the outline, each with its numbers linked and its source beside it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.workflow import MoveRefused, StaleState
from documents.vietnamese import is_blank
from plans import remarks
from reporting import perms
from reporting.forms import NewParagraphForm, ParagraphForm
from reporting.models import RollUp, RollUpParagraph
from reporting.roll_ups import narrating
from reporting.roll_ups.narrating import WRITABLE, Conflict
from reporting.roll_ups.outline import Part, outline, unit_texts
from reporting.roll_ups.roll_up_remarks import part_of
from reporting.roll_ups.said import linked, typed_numbers
from reporting.views.roll_up import fetch_content
from reporting.views.unit_report_moves import number


@require_safe
def roll_up_narrative(request: HttpRequest, code: str) -> HttpResponse:
    """The text as it is printed; `?doan=` opens one paragraph to be changed, `?them=` a part to be added to."""
    roll_up, content = fetch_content(request, code)
    return _page(request, roll_up, content, opened=number(request.GET.get("doan")), adding=request.GET.get("them", ""))


def _page(request: HttpRequest, roll_up: RollUp, content: dict, *, opened=0, adding="", form=None, status=200):
    may_write = roll_up.state in WRITABLE and perms.may_compile(request.user, roll_up, request.today) is not None
    by_part = narrating.by_part(roll_up, content)
    live = narrating.live_texts(row for _part, rows in by_part for row in rows)
    chosen = next((row for _part, rows in by_part for row in rows if row.pk and row.pk == opened), None)
    if may_write and form is None:
        if chosen:
            form = ParagraphForm(initial={"text": chosen.text, "version": chosen.version})
        elif adding:
            form = NewParagraphForm()
    addresses = reverse("figure_rows", args=[roll_up.period.code]), reverse("roll_up", args=[roll_up.code])
    context = {
        "roll_up": roll_up,
        "period": roll_up.period,
        "may_write": may_write,
        "parts": [_shown_part(part, rows, content, live, addresses) for part, rows in by_part],
        "desk": remarks.desk(roll_up, request.user, request.today) if roll_up.is_frozen else None,
        "opened": chosen if may_write else None,
        "adding": adding if may_write else "",
        "form": form,
    }
    return render(request, "reporting/roll_up_narrative.html", context, status=status)


def _shown_part(part: Part, rows: list[RollUpParagraph], content: dict, live: dict, addresses) -> dict:
    """A part as the template walks through it."""
    texts = unit_texts(content, part)
    taken = {row.report_id for row in rows if row.is_taken and not row.dropped}
    return {
        "part": part,
        "rows": [_shown(row, live, addresses) for row in rows],
        "waiting": sum(text["report"] not in taken for text in texts),
        "is_empty": not any(not row.dropped for row in rows),
    }


def _shown(row: RollUpParagraph, live: dict[int, str | None], addresses: tuple[str, str]) -> dict:
    """A paragraph: its text in pieces (words, address), and what its source says when that is something else."""
    rows_url, page_url = addresses
    pieces = [
        (words, (rows_url if target.startswith("?") else page_url) + target if target else "")
        for words, target in linked(row.text, row.numbers)
    ]
    now_says = row.source_now if row.is_composed else live.get(row.pk, row.source_text) if row.is_taken else ""
    reopened = row.is_taken and row.pk is not None and now_says is None
    changed = not reopened and (row.is_composed or row.is_taken) and now_says != row.source_text
    return {
        "row": row,
        "remark": part_of(row),
        "pieces": pieces,
        "now_says": now_says,
        "changed": changed,
        "reopened": reopened,
        "typed": typed_numbers(row.text, row.numbers) if row.is_composed and row.is_edited else [],
    }


def _to_write(request: HttpRequest, code: str) -> tuple[RollUp, dict]:
    """The roll-up and its content for who may write it: 404 when it is not seen, 403 without the power."""
    roll_up, content = fetch_content(request, code)
    if perms.may_compile(request.user, roll_up, request.today) is None:
        raise PermissionDenied
    return roll_up, content


def _fetch_part(content: dict, code: str) -> Part:
    part = next((part for part in outline(content) if part.code == code), None)
    if part is None:
        raise Http404
    return part


@require_POST
def roll_up_part(request: HttpRequest, code: str, part: str) -> HttpResponse:
    """Add to a part: the Office's own words, or the unit texts that were ticked (all of them by `all`)."""
    roll_up, content = _to_write(request, code)
    chosen = _fetch_part(content, part)
    acts = {"by": request.user, "now": request.now}
    try:
        if request.POST.get("act") == "add":
            form = NewParagraphForm(request.POST)
            if not form.is_valid():
                return _page(request, roll_up, content, adding=chosen.code, form=form)
            key = str(form.cleaned_data["key"])
            row = narrating.add_paragraph(roll_up, chosen, text=form.cleaned_data["text"], key=key, **acts)
            return redirect(_at(roll_up, row.pk))
        texts = unit_texts(content, chosen)
        if "all" not in request.POST:
            ticked = {number(text) for text in request.POST.getlist("report")}
            texts = [text for text in texts if text["report"] in ticked]
        new = narrating.take_texts(roll_up, chosen, texts, **acts)
    except StaleState as stale:
        return _refused(request, roll_up, stale, request.POST.get("text", ""))
    if new:
        messages.success(request, _("Đã đưa %(new)d lời văn vào mục “%(part)s”.") % {"new": new, "part": chosen.title})
    else:
        messages.info(request, _("Chưa chọn lời văn nào mới để đưa vào báo cáo."))
    return redirect(f"{reverse('roll_up_narrative', args=[roll_up.code])}#muc-{chosen.code}")


def _at(roll_up: RollUp, row: int) -> str:
    return f"{reverse('roll_up_narrative', args=[roll_up.code])}#doan-{row}"


# What a button of a paragraph does beside saving its text.
ACTS = {
    "drop": lambda roll_up, row, version, **acts: narrating.set_dropped(roll_up, row, True, **acts),
    "put_back": lambda roll_up, row, version, **acts: narrating.set_dropped(roll_up, row, False, **acts),
    "up": lambda roll_up, row, version, **acts: narrating.shift(roll_up, row, -1, **acts),
    "down": lambda roll_up, row, version, **acts: narrating.shift(roll_up, row, 1, **acts),
    "take": lambda roll_up, row, version, **acts: narrating.settle(roll_up, row, take=True, version=version, **acts),
    "keep": lambda roll_up, row, version, **acts: narrating.settle(roll_up, row, take=False, version=version, **acts),
}


@require_POST
def roll_up_paragraph(request: HttpRequest, code: str, row: int) -> HttpResponse:
    """Save a paragraph, or do with it what the button says."""
    roll_up, content = _to_write(request, code)
    if not roll_up.paragraphs.filter(pk=row).exists() and not request.POST.get("text"):
        raise Http404
    act, acts = request.POST.get("act", ""), {"by": request.user, "now": request.now}
    try:
        if act in ACTS:
            ACTS[act](roll_up, row, number(request.POST.get("version")), **acts)
            return redirect(_at(roll_up, row))
        return _save(request, roll_up, content, row, acts)
    except Conflict as conflict:
        return _conflict(request, roll_up, conflict)
    except StaleState as stale:
        return _refused(request, roll_up, stale, request.POST.get("text", ""))


def _save(request: HttpRequest, roll_up: RollUp, content: dict, row: int, acts: dict) -> HttpResponse:
    form = ParagraphForm(request.POST)
    if form.is_valid():
        try:
            words = {"text": form.cleaned_data["text"], "version": form.cleaned_data["version"]}
            narrating.save_paragraph(roll_up, row, **words, **acts)
            messages.success(request, _("Đã lưu đoạn."))
            return redirect(_at(roll_up, row))
        except MoveRefused as refused:
            form.add_error("text", refused.messages)
    return _page(request, roll_up, content, opened=row, form=form)


def _conflict(request: HttpRequest, roll_up: RollUp, conflict: Conflict) -> HttpResponse:
    """Both texts (409): save one's own over the stored one, or keep that."""
    stored, typed = conflict.paragraph, request.POST.get("text", "")
    if is_blank(typed):  # a button that carries no text: the stored one is shown anew
        return _refused(request, roll_up, conflict, "")
    context = {
        "roll_up": roll_up,
        "message": conflict,
        "stored": stored,
        "rows": [(_("Lời văn"), stored.text, typed)],
        "typed": typed,
        "back": _at(roll_up, stored.pk),
    }
    return render(request, "reporting/roll_up_conflict.html", context, status=409)


def _refused(request: HttpRequest, roll_up: RollUp, stale: StaleState, typed: str) -> HttpResponse:
    """Why nothing was stored, and what was typed (409)."""
    roll_up.refresh_from_db()
    context = {"roll_up": roll_up, "message": stale, "reason": typed}
    return render(request, "reporting/roll_up_stale.html", context, status=409)
