"""The roll-up of a period: its page, its figures as JSON, its document."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Event
from accounts.page_cache import until_changed
from plans import printing
from reporting import differences, perms, rules
from reporting.forms import IssueForm, SendingForm
from reporting.matrix import matrix
from reporting.models import Period, RollUp
from reporting.models import RollUpState as State
from reporting.models.roll_up import ISSUED
from reporting.roll_ups import directive_rows, narrative, tables
from reporting.roll_ups.building import current_job
from reporting.roll_ups.by_unit import spelled_out
from reporting.roll_ups.content import readable, stored
from reporting.roll_ups.long_csv import csv_lines
from reporting.roll_ups.narrating import NARRATE, WRITABLE, by_part, live_texts, text_sha256
from reporting.roll_ups.outline import Part, outline, unit_texts
from reporting.roll_ups.roll_up_charts import ON_PAGE, charts
from reporting.roll_ups.trends import trend_charts, trend_rows
from reporting.standing import standings
from reporting.workflow import ROLL_UP

OWN_FORMS = frozenset({"cut", "issue", "send"})  # moves with more to fill in than a reason
NEXT = {
    State.COLLECTING: gettext_lazy("Đang thu thập báo cáo của các đơn vị."),
    State.COMPILING: gettext_lazy("Xem lại bản tổng hợp, soạn lời văn báo cáo, rồi chốt số liệu."),
    State.CUT: gettext_lazy("Số liệu đã chốt; lời văn vẫn sửa được. Việc tiếp theo: trình Chánh Văn phòng."),
    State.OFFICE_REVIEW: gettext_lazy("Chờ Chánh Văn phòng xem, trình Giám đốc hoặc trả lại."),
    State.DIRECTOR_REVIEW: gettext_lazy("Chờ Giám đốc duyệt hoặc trả lại kèm ý kiến."),
    State.APPROVED: gettext_lazy("Giám đốc đã duyệt; chờ Văn thư cấp số, ban hành."),
    State.ISSUED: gettext_lazy("Đã ban hành; ghi nhận việc gửi tới từng nơi nhận."),
    State.CORRECTED: gettext_lazy("Đã có văn bản đính chính thay thế; bản này giữ nguyên để tra cứu."),
    State.VOID: gettext_lazy("Báo cáo đã hủy; Chánh Văn phòng lập lại được."),
}


def fetch(request: HttpRequest, code: str) -> RollUp:
    """The roll-up of that period in an agency the person oversees, or 404."""
    rows = RollUp.objects.visible_to(request.user, on=request.today).filter(code=code)
    found = rows.select_related("period__agency", "cut_by", "approved_by", "corrects").order_by("agency").first()
    if found is None:
        raise Http404
    return found


@require_safe
@until_changed
def roll_up(request: HttpRequest, code: str) -> HttpResponse:
    """Units in and out, the newest build with every figure leading to its rows, and what may be done next."""
    return show(request, fetch(request, code))


def show(request: HttpRequest, roll_up: RollUp, *, errors=(), reason="", acknowledged=(), issue=None, sending=None):
    """Render the page; `errors`, `reason`, `acknowledged`, `issue` and `sending` are those of what was refused."""
    versions = list(roll_up.versions.defer("content"))
    newest, content, before = _contents(roll_up)
    moves = ROLL_UP.open_to(request.user, roll_up, on=request.today)
    names = {move.name for move in moves}
    places = tables.places_of_standings(standings(roll_up.period, now=request.now))
    context, job = (_content_context(content, roll_up.period) if content else {}), current_job(roll_up)
    if content:
        context["written"] = narrative_state(roll_up, content)
    context |= {
        "roll_up": roll_up,
        "period": roll_up.period,
        "next": NEXT.get(roll_up.state, ""),
        "versions": versions,
        "newest": newest,
        "content": content,
        "units": tables.in_and_out(tables.places_of_content(content) if roll_up.is_frozen else places),
        "changed": differences.moved_since(content, places) if content else [],
        "version_change": differences.version_changes(before, content) if before else None,
        "job": job,
        "busy": job is not None and not job.is_over,
        "may_build": not roll_up.is_frozen and perms.may_compile(request.user, roll_up, request.today),
        "may_write": roll_up.state in WRITABLE and perms.may_compile(request.user, roll_up, request.today),
        "moves": [move for move in moves if move.name not in OWN_FORMS],
        "to_acknowledge": _to_acknowledge(content, acknowledged) if "cut" in names and content else None,
        "issue": (issue or IssueForm(initial={"on": request.today})) if "issue" in names else None,
        "sending": _sending(request, roll_up, sending),
        "corrections": [row for row in roll_up.corrections.all() if row.state != State.VOID],
        "may_correct": roll_up.state in ISSUED
        and perms.may_correct_roll_up(request.user, roll_up, request.today) is not None,
        "errors": errors,
        "reason": reason,
        "events": Event.objects.about(roll_up).exclude(action=NARRATE),  # each paragraph says who changed it
    }
    return render(request, "reporting/roll_up_detail.html", context)


def _sending(request: HttpRequest, roll_up: RollUp, form: SendingForm | None) -> dict | None:
    """Who got the issued report and who still does; the form for who records it."""
    if roll_up.issued_on is None:
        return None
    may = roll_up.state in ISSUED and perms.may_send_roll_up(request.user, roll_up, request.today) is not None
    form = form or SendingForm(roll_up=roll_up, now=request.now)
    return {"rows": form.recipients, "form": form if may else None, "refused": form.is_bound}


def _contents(roll_up: RollUp):
    """The newest build, its content (the cut one once it is cut), and the content of the build before it."""
    newest, before = [*roll_up.versions.all()[:2], None, None][:2]
    content = roll_up.snapshot["content"] if roll_up.snapshot else newest and newest.content
    return newest, content and readable(content), before and readable(before.content)


def _content_context(content: dict, period: Period) -> dict:
    return {
        "headline": narrative.headline(content),
        "charts": charts(content, ON_PAGE),
        "trends": trend_rows(content),
        "trend_charts": trend_charts(content, ON_PAGE),
        "matrix": matrix(content, url=reverse("figure_rows", args=[period.code])),
        "indicators": tables.told_rows(content),
        "areas": tables.area_rows(content),
        "measures": tables.measure_rows(content),
        "dimensions": [
            ("hinh-thuc", "Theo hình thức tuyên truyền", "Hình thức", "hinh_thuc", tables.channel_rows(content)),
            ("doi-tuong", "Theo đối tượng", "Đối tượng", "doi_tuong", tables.shown_rows(content, "audiences")),
            ("thang", "Theo tháng báo cáo", "Tháng", "thang", tables.shown_rows(content, "months")),
        ],
        "money": tables.money_rows(content),
        "pleas": tables.pleas(content),
        "directives": directive_rows.shown(content),
    }


def narrative_state(roll_up: RollUp, content: dict) -> dict:
    """How the narrative stands: its first paragraphs, how many there are, whose source says something else now."""
    rows = [row for _part, rows in by_part(roll_up, content) for row in rows if not row.dropped]
    live = live_texts(rows)
    return {
        "first": [row.text for row in rows if row.is_composed][:3],
        "count": len(rows),
        "outdated": sum(row.is_outdated or live.get(row.pk, row.source_text) != row.source_text for row in rows),
    }


def _to_acknowledge(content: dict, acknowledged) -> list[dict]:
    """The units whose lack the person must say to know of, those already ticked marked."""
    return [
        {"code": unit["code"], "name": unit["name"], "words": narrative.report_words(unit),
         "ticked": unit["code"] in acknowledged}
        for unit in rules.units_to_acknowledge(content)
    ]  # fmt: skip


def fetch_content(request: HttpRequest, code: str) -> tuple[RollUp, dict]:
    """The roll-up with its present content, or 404 while nothing has been built."""
    roll_up = fetch(request, code)
    _newest, content, _before = _contents(roll_up)
    if content is None:
        raise Http404
    return roll_up, content


@require_safe
@until_changed
def roll_up_area(request: HttpRequest, code: str, area: str) -> HttpResponse:
    """One content area: its figures by indicator and unit, and what the units wrote about it, side by side."""
    roll_up, content = fetch_content(request, code)
    part = next((part for part in outline(content) if part.area and part.code == area), None)
    if part is None:
        raise Http404
    chosen = next(row for row in content["areas"] if row["code"] == area)
    context = {
        "roll_up": roll_up,
        "period": roll_up.period,
        "area": chosen,
        "title": tables.area_title(chosen),
        "sentence": narrative.area_sentence(content, area),
        "indicators": tables.indicator_blocks(content, area),
        "offer": offer(request, roll_up, content, part),
        "areas": content["areas"],
    }
    return render(request, "reporting/roll_up_area.html", context)


@require_safe
def roll_up_words(request: HttpRequest, code: str) -> HttpResponse:
    """What the units wrote under the common headings, side by side."""
    roll_up, content = fetch_content(request, code)
    offers = [offer(request, roll_up, content, part) for part in outline(content) if part.texts]
    context = {
        "roll_up": roll_up,
        "period": roll_up.period,
        "offers": [each for each in offers if each["texts"]],
        "nil": content["texts"]["nil"],
    }
    return render(request, "reporting/roll_up_words.html", context)


def offer(request: HttpRequest, roll_up: RollUp, content: dict, part: Part) -> dict:
    """Unit texts to be taken into a part, those already there marked."""
    taken = roll_up.paragraphs.kept().filter(part=part.code, report__isnull=False)
    taken = set(taken.values_list("report", flat=True))
    texts = [row | {"taken": row["report"] in taken} for row in unit_texts(content, part)]
    return {
        "part": part,
        "texts": texts,
        "may_take": roll_up.state in WRITABLE
        and perms.may_compile(request.user, roll_up, request.today) is not None
        and not all(row["taken"] for row in texts),
    }


@require_safe
def roll_up_json(request: HttpRequest, code: str) -> JsonResponse:
    """The cut content, or the newest build's, as it is stored."""
    roll_up = fetch(request, code)
    newest, content, _before = _contents(roll_up)
    if content is None:
        raise Http404
    facts = {
        "period": roll_up.period.code,
        "state": roll_up.state,
        "number": roll_up.number,
        "version": roll_up.snapshot["version"] if roll_up.snapshot else newest.number,
        "sha256": roll_up.sha256 or newest.sha256,
        "narrative": [
            {"part": part.code, "unit": row.unit, "text": row.text}
            for part, rows in by_part(roll_up, content)
            for row in rows
            if not row.dropped
        ],
        "content": stored(content),
        "by_unit": spelled_out(content["by_unit"]),
    }
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False})


@require_safe
def roll_up_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every figure of the cut content, or of the newest build, a line each with what it is broken down by."""
    _roll_up, content = fetch_content(request, code)
    response = HttpResponse(csv_lines(content), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="so-lieu-{content["period"]["code"]}.csv"'
    return response


@require_POST
def print_roll_up(request: HttpRequest, code: str) -> HttpResponse:
    """Ask the worker for the document as the roll-up stands; before the cut it is a preview."""
    roll_up = fetch(request, code)
    newest = roll_up.versions.defer("content").first()
    if newest is None:
        messages.warning(request, _("Chưa có bản tổng hợp nào để in. Hãy bấm “Tổng hợp” trước."))
        return redirect("roll_up", code)
    content = [
        roll_up.sha256 or newest.sha256, newest.number, roll_up.state, roll_up.number, roll_up.issued_on,
        text_sha256(roll_up),
    ]  # fmt: skip
    printout = printing.ask_for(
        "roll_up", roll_up, content_key=printing.content_key(content), title=_print_title(roll_up),
        format=printing.chosen_format(request.POST, "roll_up"),
    )  # fmt: skip
    return redirect("printout", printout.pk)


def _print_title(roll_up: RollUp) -> str:
    return str(roll_up) if roll_up.is_frozen else _("%s (bản xem trước)") % roll_up
