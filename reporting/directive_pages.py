"""What directives can be given about here: a figure, an area, a paragraph of a roll-up (plans.directives.about)."""

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from plans.directives.about import register
from plans.models import Audience, Channel, ContentArea, Indicator
from reporting.models import Period, RollUp

Found = tuple[str, str, int | None] | None
FILTERS = {
    "chi_tieu": Indicator, "don_vi": Unit, "noi_dung": ContentArea, "hinh_thuc": Channel, "doi_tuong": Audience,
}  # fmt: skip


def figure(user: User, on: date, arguments: dict, query: QueryDict) -> Found:
    """A figure as its page figure_rows calls it: the period, and what it is narrowed to."""
    period = Period.objects.visible_to(user, on=on).filter(code=arguments["code"]).first()
    if period is None:
        return None
    words, said, unit = [period.label], [period.code], None
    for name, model in FILTERS.items():
        if code := query.get(name, "").replace("\x00", ""):
            rows = model.objects.filter(agency=period.agency_id) if model is Unit else model.objects
            found = rows.filter(code=code).first()
            if found is None:
                return None
            words.append(str(found))
            said.append(f"{name}={code}")
            unit = found.pk if model is Unit else unit
    if query.get("pham_vi") == "nam":
        words.append(_("từ đầu năm"))
    return "&".join(said), _("Số liệu: %s") % ", ".join(words), unit


def area(user: User, on: date, arguments: dict, query: QueryDict) -> Found:
    """A content area of a roll-up."""
    roll_up = _roll_up(user, on, arguments["code"])
    found = ContentArea.objects.filter(code=arguments["area"]).first()
    if roll_up is None or found is None:
        return None
    return (
        f"{roll_up.code}:{found.code}",
        _("%(roll_up)s, nội dung %(area)s") % {"roll_up": roll_up, "area": found},
        None,
    )


def paragraph(user: User, on: date, arguments: dict, query: QueryDict) -> Found:
    """A paragraph (`?ve=`) of a roll-up's narrative, or the whole of it."""
    roll_up = _roll_up(user, on, arguments["code"])
    if roll_up is None:
        return None
    number = query.get("ve", "")
    row = number.isascii() and number.isdecimal() and len(number) < 10 and roll_up.paragraphs.filter(pk=number).first()
    if not row:
        return str(roll_up.pk), _("Lời văn của %s") % roll_up, None
    unit = row.report.unit_id if row.report_id else None
    words = {"roll_up": roll_up, "text": " ".join(row.text.split())[:200]}
    return f"{roll_up.pk}:{row.pk}", _("%(roll_up)s, đoạn “%(text)s”") % words, unit


def _roll_up(user: User, on: date, code: str) -> RollUp | None:
    rows = RollUp.objects.visible_to(user, on=on).filter(code=code)
    return rows.select_related("period").first()


def register_pages() -> None:
    register("figure_rows", "figure", figure)
    register("roll_up_area", "area", area)
    register("roll_up_narrative", "paragraph", paragraph)
