"""Template filters and tags that every page may use without loading (a builtin library)."""

from datetime import date, datetime, time
from functools import lru_cache

from django import template
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from documents import dates, numbers

register = template.Library()

ICONS = "img/icons.svg"

# state → (icon, tone); the word beside it is the state's own label. Tones: grey, blue, amber, red, green.
STATES = {
    "not_started": ("circle", "grey"),
    "open": ("circle", "grey"),
    "scheduled": ("calendar-event", "grey"),
    "draft": ("pencil", "blue"),
    "drafting": ("pencil", "blue"),
    "collecting": ("list-check", "blue"),
    "compiling": ("layers", "blue"),
    "head_review": ("hourglass-split", "amber"),
    "office_review": ("hourglass-split", "amber"),
    "director_review": ("hourglass-split", "amber"),
    "submitted": ("send", "blue"),
    "in_review": ("eye", "blue"),
    "amending": ("pencil", "amber"),
    "reopened": ("arrow-repeat", "amber"),
    "returned": ("arrow-return-left", "red"),
    "accepted": ("check-circle", "green"),
    "approved": ("check-circle", "green"),
    "issued": ("award", "green"),
    "applied": ("check-circle", "grey"),
    "corrected": ("pencil", "amber"),
    "superseded": ("archive", "grey"),
    "void": ("slash-circle", "red"),
    "recalled": ("slash-circle", "red"),
    "reserved": ("clock", "amber"),
    "in_force": ("check-circle", "green"),
    "not_yet": ("clock", "grey"),
    "over": ("slash-circle", "red"),
    "replaced": ("arrow-repeat", "amber"),
    "sent": ("send", "green"),
    "cut": ("lock", "grey"),
    "locked": ("lock", "grey"),
    "closed": ("archive", "grey"),
    "cancelled": ("slash-circle", "grey"),
    "requested": ("hourglass-split", "amber"),
    "new": ("hourglass-split", "amber"),
    "given": ("flag", "amber"),
    "taken_up": ("pencil", "blue"),
    "received": ("inbox", "blue"),
    "in_hand": ("pencil", "blue"),
    "waiting_for_unit": ("hourglass-split", "amber"),
    "resolved": ("check-circle", "green"),
    "granted": ("calendar-plus", "green"),
    "refused": ("x-circle", "red"),
    "reading": ("arrow-repeat", "blue"),
    "ready": ("eye", "amber"),
    "stored": ("check-circle", "green"),
    "dropped": ("slash-circle", "grey"),
    "used": ("check-circle", "green"),
    "expired": ("clock", "grey"),
    "exempt": ("dash-circle", "grey"),
    "transferred": ("arrow-right", "grey"),
    "queued": ("clock", "grey"),
    "pending": ("clock", "grey"),
    "running": ("arrow-repeat", "blue"),
    "done": ("check-circle", "green"),
    "failed": ("x-circle", "red"),
    "kept": ("lock", "amber"),
    "open_remark": ("chat-left-text", "red"),
    "answered": ("chat-left-text", "blue"),
    "settled": ("check-circle", "green"),
    "withdrawn": ("slash-circle", "grey"),
}
TIMELINESS = {
    "waiting": ("clock", "grey"),
    "overdue": ("exclamation-triangle", "red"),
    "on_time": ("check-circle", "green"),
    "extended": ("calendar-plus", "green"),
    "late": ("alarm", "amber"),
    "exempt": ("dash-circle", "grey"),
}
MESSAGE_TONES = {"success": ("check-circle", "green"), "warning": ("exclamation-triangle", "amber"),
                 "error": ("exclamation-circle", "red")}  # fmt: skip
TONE_ICONS = {"grey": "lock", "blue": "info-circle", "amber": "exclamation-triangle",
              "red": "exclamation-circle", "green": "check-circle"}  # fmt: skip
SOON_DAYS = 3


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, css: str = ""):
    """A picture of the sprite static/img/icons.svg; the word beside it says the same, so it is hidden to readers."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css, static(ICONS), name,
    )  # fmt: skip


@register.simple_tag
@lru_cache(maxsize=2048)
def timeliness(value):
    """components/timeliness.html for the cells of a long table, where an include a cell takes half of the time."""
    return get_template("components/timeliness.html").render({"timeliness": value})


@register.simple_tag
@lru_cache(maxsize=512)
def status(state: str, label: str):
    """components/status.html for the cells of a long table."""
    return get_template("components/status.html").render({"state": state, "label": label})


@register.simple_tag(takes_context=True)
def csrf_input(context):
    """`{% csrf_token %}` for a part included with `only`, which does not see the page's token."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(context.request))


@register.simple_tag(takes_context=True)
def page_url(context, page: int) -> str:
    """The address of another page of the list, with its filters kept."""
    query = context.request.GET.copy()
    query["page"] = page
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def order_url(context, column: str, order: str) -> str:
    """The address of the list sorted by a column, the other way when it is already; filters kept, page 1."""
    query = context.request.GET.copy()
    query.pop("page", None)
    query["order"] = f"-{column}" if order == column else column
    return f"?{query.urlencode()}"


@register.filter
def sorted_by(order: str, column: str) -> str:
    """The value of aria-sort of a column under `order`; "" when the list is sorted by another."""
    return {column: "ascending", f"-{column}": "descending"}.get(order, "")


@register.simple_tag
def error_line(field, error: str) -> str:
    """A field's error for the summary: the label is put before it unless the sentence names it."""
    label = str(field.label)
    return error if label.lower() in error.lower() else f"{label}: {error}"


@register.filter
def at_most(value, limit) -> int:
    """The whole number of a length in a drawing, not above the limit (a comma would break the drawing)."""
    return min(int(value), limit)


@register.filter
def sparkline(values) -> list[str]:
    """Points of the lines of a trend in a box of 100 × 24, one line a run of known values; a lone value is a dash."""
    values = list(values)
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, step = min(known), 96 / max(1, len(values) - 1)
    rise = 20 / ((max(known) - low) or 1)
    lines: list[list[str]] = [[]]
    for number, value in enumerate(values):
        if value is None:
            lines.append([])
            continue
        lines[-1].append(f"{2 + number * step:.1f},{22 - float(value - low) * float(rise):.1f}")
    return [" ".join(line if len(line) > 1 else line * 2) for line in lines if line]


@register.filter
def tone_icon(tone: str) -> str:
    """The icon of a banner that names none."""
    return TONE_ICONS[tone]


@register.filter
def state_tag(state) -> dict:
    """Icon and tone of a state."""
    name, tone = STATES.get(str(state), ("circle", "grey"))
    return {"icon": name, "tone": tone}


@register.filter
def timeliness_tag(timeliness) -> dict:
    """Icon and tone of a plans.deadlines.timeliness.Timeliness; amber when at most three days are left."""
    name, tone = TIMELINESS[timeliness.code]
    if timeliness.code == "waiting" and timeliness.days <= SOON_DAYS:
        tone = "amber"
    return {"icon": name, "tone": tone}


@register.filter
def message_tag(level_tag: str) -> dict:
    """Icon and tone of a message of django.contrib.messages."""
    name, tone = MESSAGE_TONES.get(level_tag, ("info-circle", "blue"))
    return {"icon": name, "tone": tone}


@register.filter
def number(value, decimals=None) -> str:
    """1234567.5 → "1.234.567,5"; None → "–"."""
    return numbers.format_number(value, decimals)


@register.filter
def money(value) -> str:
    """Whole đồng: 1234500 → "1.234.500 đồng"; None → "–"."""
    return numbers.format_money(value)


@register.filter
def share(part, whole) -> int | None:
    """The whole percent that `part` is of `whole`, rounded half up; None when there is no whole."""
    return int(100 * part / whole + 0.5) if part is not None and whole else None


@register.filter
def vn_date(value) -> str:
    """27/02/2022 of a date or an instant (in Vietnam); None → "–"."""
    return f"{_day(value):%d/%m/%Y}" if value else numbers.MISSING


@register.filter
def vn_datetime(value) -> str:
    """ "23:59 26/02/2022" in Vietnam; None → "–"."""
    return f"{_local(value):%H:%M %d/%m/%Y}" if value else numbers.MISSING


@register.filter
def document_date(value) -> str:
    """ "ngày 05 tháng 01 năm 2020", padded as Nghị định 30/2020/NĐ-CP asks."""
    return dates.document_date(_day(value)) if value else ""


@register.filter
def weekday(value) -> str:
    """ "thứ Sáu" or "Chủ nhật" of a date or an instant (in Vietnam)."""
    return dates.WEEKDAYS[_day(value).weekday()] if value else ""


@register.filter
def deadline(due: datetime) -> str:
    """The last moment in time in words: "hết thứ Bảy 26/02/2022", or "17:00 thứ Sáu 25/02/2022"."""
    if not due:
        return ""
    moment = _local(due)
    when = f"{weekday(moment)} {moment:%d/%m/%Y}"
    return _("hết %s") % when if moment.time().replace(microsecond=0) == time(23, 59, 59) else f"{moment:%H:%M} {when}"


@register.filter
def time_left(due: datetime, now: datetime) -> str:
    """What is left until `due` in calendar days of Vietnam: "còn 4 ngày", "hết hạn hôm nay", "quá hạn 2 ngày"."""
    if not due:
        return ""
    days = (_day(due) - _day(now)).days
    if now > due:
        return _("quá hạn %d ngày") % max(1, -days)
    if days == 0:
        return _("hết hạn hôm nay lúc %s") % f"{_local(due):%H:%M}"
    return _("còn %d ngày") % days


def _local(value: datetime) -> datetime:
    return timezone.localtime(value, dates.TZ)


def _day(value) -> date:
    return _local(value).date() if isinstance(value, datetime) else value
