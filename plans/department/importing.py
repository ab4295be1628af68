"""A plan's text on its way in: read, and made a draft once it is confirmed. All of it, or nothing."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Event, User
from documents.reading.model import PlanReading
from plans.department.content import content_of_reading, fit, store_content
from plans.models import AreaScheme, Plan, PlanDefect
from plans.models.plan import GONE


class CannotImport(Exception):
    """The text cannot become a plan of this agency; the message says why and what to do."""


def read_text(text: str) -> PlanReading:
    """Read a plan's text; raises CannotImport when it holds characters no text has."""
    from documents.reading import read_plan
    from documents.vietnamese import InvalidCharacters

    try:
        return read_plan(text)
    except InvalidCharacters as error:
        raise CannotImport(str(error)) from error


def store_reading(reading: PlanReading, *, agency: Agency, by: User, now: datetime, source_text: str) -> Plan:
    """Make the draft plan of the reading's year; raises CannotImport as `store_draft` does."""
    return store_draft(content_of_reading(reading), agency=agency, by=by, now=now, source_text=source_text)


def store_draft(content: dict, *, agency: Agency, by: User, now: datetime, source_text: str = "", label="") -> Plan:
    """Make the draft plan of the content's year; `label` is what its history calls this.

    Raises CannotImport when there is no year or no text, or the year has a plan already. What is longer than
    its column is cut and pointed out as a defect; the source keeps all of it.
    """
    year = content["year"]
    if not year:
        raise CannotImport(_("Không thấy năm của kế hoạch; ghi rõ “năm 20…” trong tên kế hoạch rồi đọc lại."))
    if not content["sections"]:
        raise CannotImport(_("Không thấy phần nội dung của kế hoạch; hãy dán toàn bộ văn bản rồi đọc lại."))
    if live_plans(agency, year).exists():
        raise _year_is_taken(year)
    try:
        with transaction.atomic():
            plan = _store(content, agency, by, now, source_text)
            Event.record(
                plan, at=now, by=by, action="import", label=label or _("Nhập kế hoạch từ văn bản"),
                agency_id=agency.pk, to_state=plan.state,
            )  # fmt: skip
            return plan
    except IntegrityError:
        # Someone stored a plan of that year in the same moment.
        if live_plans(agency, year).exists():
            raise _year_is_taken(year) from None
        raise


def live_plans(agency: Agency, year: int):
    """The plan of the year that stands in the way of another: at most one."""
    return Plan.objects.filter(agency=agency, year=year, amends=None).exclude(state__in=GONE)


def _year_is_taken(year: int) -> CannotImport:
    return CannotImport(_("Năm %d đã có kế hoạch. Mỗi năm chỉ một kế hoạch; hãy hủy bản thảo cũ trước.") % year)


def _store(content: dict, agency: Agency, by: User, now: datetime, source_text: str) -> Plan:
    names = agency.name_on(now.date())
    frame = content["frame"] | {
        "title": content["frame"]["title"] or _("Tuyên truyền cải cách hành chính năm %d") % content["year"],
        "symbol": content["frame"]["symbol"] or f"KH-{names.symbol}",
        "place": content["frame"]["place"] or names.place,
        "date_year": content["frame"]["date_year"] or content["year"],
    }
    texts = {name: str(value) for name, value in frame.items() if _limit(name)}
    plan = Plan(
        agency=agency, year=content["year"], scheme=scheme_of(content["year"]), source_text=source_text,
        date_year=frame["date_year"], created_by=by, created_at=now,
    )  # fmt: skip
    plan.save()
    cut = {name: fit(Plan, name, value) for name, value in texts.items()}
    sections = store_content(plan, content | {"frame": frame | cut})
    _store_defects(plan, sections, [*content.get("defects", []), *_too_long(texts)], by, now)
    return plan


def _limit(name: str) -> int | None:
    return Plan._meta.get_field(name).max_length


def _too_long(texts: dict[str, str]):
    for name, value in texts.items():
        if len(value) > _limit(name):
            yield {
                "code": "too_long",
                "severity": "warning",
                "where": str(Plan._meta.get_field(name).verbose_name),
                "section": None,
                "text": _("Dài hơn %(most)d ký tự nên đã cắt: “%(start)s…”.")
                % {"most": _limit(name), "start": value[:60]},
            }


def _store_defects(plan: Plan, sections: dict, defects: list[dict], by: User, now: datetime) -> None:
    PlanDefect.objects.bulk_create(
        PlanDefect(
            plan=plan,
            position=position,
            code=row["code"],
            severity=row["severity"],
            where=fit(PlanDefect, "where", row["where"]),
            text=row["text"],
            section=sections.get(row["section"]),
            settled_at=now if row.get("settled") else None,
            settled_by=by if row.get("settled") else None,
        )
        for position, row in enumerate(defects)
    )


def scheme_of(year: int) -> AreaScheme:
    """The areas in force at some time of the year, the newest first; raises CannotImport when there are none."""
    scheme = AreaScheme.objects.on(date(year, 12, 31)).order_by("-starts").first()
    if scheme is None:
        raise CannotImport(_("Chưa có bộ nội dung cải cách hành chính cho năm %d.") % year)
    return scheme
