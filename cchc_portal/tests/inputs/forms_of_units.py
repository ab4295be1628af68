"""Forms of the units' plans and of all that is owed: lines, handing in, remarks, directives, deadlines."""

from datetime import date

from cchc_portal.tests.inputs.form import KEY, REASON, Form, a_scan, pk_of
from cchc_portal.tests.world import NOW
from documents.excel_table import layout_of
from documents.tests.files import upload
from plans.deadlines.deadline_changes import consequences
from plans.deadlines.periods import end_of
from plans.forms.unit_plan import texts_mark
from plans.models import (
    Audience,
    Channel,
    ContentArea,
    Obligation,
    UnitPlan,
    UnitPlanUpload,
)
from plans.tests.excel_sheets import GOOD as EXCEL_ROW
from plans.tests.excel_sheets import sheet
from plans.units.unit_plan_excel.columns import FIELDS as EXCEL_FIELDS
from plans.units.unit_plan_excel.columns import SHAPE as EXCEL_SHAPE
from plans.units.unit_plan_excel.comparing import compare


def _in_review_again(world) -> None:
    """What the remark is on, back with the Office."""
    UnitPlan.objects.filter(pk=world.remark.object_id).update(state="in_review")


def _returned(world) -> None:
    at = {"first_submitted_at": NOW, "returned_at": NOW, "return_due_at": end_of(date(2022, 3, 25))}
    Obligation.objects.filter(pk=world.obligation.pk).update(returns=1, **at)


def _texts_mark(world) -> str:
    return texts_mark(UnitPlan.objects.get(pk=world.unit_plan.pk))


def _excel_file(world):
    return upload(sheet(EXCEL_ROW), "Kế hoạch.xlsx")


def _excel_seen(world) -> str:
    unit_plan = UnitPlan.objects.get(pk=world.unit_plan.pk)
    return compare(UnitPlanUpload.objects.get(pk=world.excel_upload[1]), unit_plan, on=NOW.date()).mark


def _excel_columns(world) -> dict:
    layout = layout_of(UnitPlanUpload.objects.get(pk=world.excel_upload[1]).table, EXCEL_SHAPE)
    return {"head": str(layout.head)} | {name: str(layout.columns[name]) for name in EXCEL_FIELDS}


LINE = {
    "area": pk_of(ContentArea, "apparatus"), "title": "Phát tờ gấp", "channel": pk_of(Channel, "leaflet"),
    "audience": pk_of(Audience, "people"), "span": "m3", "person": "Nguyễn Thị Thu Hà", "product": "Tờ gấp",
}  # fmt: skip


LINE_KINDS = {
    "title": "text", "person": "text", "product": "text", "starts": "date", "ends": "date", "quantity": "number",
    "money": "number", "area": "choice", "channel": "choice", "audience": "choice", "indicator": "choice",
    "span": "choice", "funds": "text", "asked": "text",
}  # fmt: skip


TABLE_LINE = {
    "rows-0-area": "c", "rows-0-title": "Phát tờ gấp", "rows-0-channel": "zalo", "rows-0-audience": "người dân",
    "rows-0-time": "quý II", "rows-0-person": "Thu Hà", "rows-0-money": "5 triệu", "rows-0-funds": "tự chủ",
}  # fmt: skip


TABLE_KINDS = {f"rows-0-{name}": "text" for name in ("title", "person", "product")} | {
    "rows-0-quantity": "number", "rows-0-money": "number", "rows-0-id": "hidden", "rows-0-version": "hidden",
    "rows-len": "hidden", "mark": "hidden",
}  # fmt: skip


def _seen(world) -> str:
    """The mark of what follows when the deadline of the unit plans is changed to 30/03/2022."""
    return consequences(world.obligation.duty, "2022", end_of(date(2022, 3, 30)), now=NOW).fingerprint


UNITS = {
    "unit_plan_texts": Form(
        "unit_plan_texts", "editor", {"purpose": "Nâng cao nhận thức.", "seen": _texts_mark},
        {"purpose": "text", "organisation": "text", "contact": "text", "seen": "hidden"}, of="unit_plan",
    ),
    "unit_plan_excel": Form(
        "unit_plan_excel", "editor", {"key": KEY, "file": _excel_file}, {"key": "hidden"}, of="unit_plan"
    ),
    "unit_plan_excel_preview": Form(
        "unit_plan_excel_preview", "editor", {"take": "2", "seen": _excel_seen},
        {"take": "hidden", "remove": "hidden", "seen": "hidden", "chon-2": "choice"}, of="excel_upload",
    ),
    "unit_plan_excel_columns": Form(
        "unit_plan_excel_columns", "editor", _excel_columns, dict.fromkeys(("head", *EXCEL_FIELDS), "choice"),
        of="excel_upload",
    ),
    "activity_add": Form("activity_add", "editor", LINE, LINE_KINDS, of="unit_plan"),
    "activity_edit": Form("activity_edit", "editor", LINE | {"version": "1"}, LINE_KINDS | {"version": "hidden"},
                          of="line"),
    "unit_plan_table": Form("unit_plan_table", "editor", TABLE_LINE, TABLE_KINDS, of="unit_plan"),
    "unit_plan_last_year": Form("unit_plan_last_year", "editor", {}, {"take": "hidden"}, of="unit_plan", refused=True),
    "item_declined": Form("item_declined", "editor", {"reason": "Thuộc phòng khác."}, {"reason": "text"}, of="asked"),
    "area_absent": Form("area_absent", "editor", {"reason": "Không thuộc."}, {"reason": "text"}, of="absence"),
    "unit_plan_submit": Form(
        "unit_plan_submit", "head", {"key": KEY, "version": "1"}, {"key": "hidden", "version": "hidden"}, of="unit_plan"
    ),
    "unit_plan_move": Form(
        "unit_plan_move", "office_staff", {"move": "send_back", "reason": REASON, "day": "21/03/2022", "version": "2"},
        {"move": "hidden", "reason": "text", "day": "date", "confirmed": "hidden", "version": "hidden"},
        of="handed_in",
    ),
    "unit_plan_paper": Form(
        "unit_plan_paper", "office_staff", {"key": KEY, "reason": REASON, "scan": a_scan},
        {"key": "hidden", "reason": "text"}, of="unit_plan",
    ),
    "remark_add": Form(
        "remark_add", "office_staff", {"part": "text:purpose", "text": REASON, "key": KEY},
        {"part": "hidden", "text": "text", "key": "hidden"}, of="remarkable",
    ),
    "remark_answer": Form("remark_answer", "editor", {"text": REASON}, {"text": "text"}, of="remark"),
    "remark_act": Form(
        "remark_act", "office_staff", {"act": "settle"}, {"act": "hidden"}, of="remark", before=_in_review_again
    ),
    "difficulty_add": Form(
        "difficulty_add", "editor", {"title": "Hỏng máy quét", "text": REASON, "key": KEY,
                                     "unit": lambda world: str(world.cast.units["ldvl"].pk)},
        {"title": "text", "text": "text", "key": "hidden", "unit": "choice"},
    ),
    "difficulty_say": Form(
        "difficulty_say", "office_staff", {"text": REASON, "key": KEY}, {"text": "text", "key": "hidden"},
        of="difficulty",
    ),
    "difficulty_move": Form(
        "difficulty_move", "office_staff", {"move": "receive", "reason": REASON, "version": "1"},
        {"move": "hidden", "reason": "text", "version": "hidden"}, of="difficulty",
    ),
    "return_day": Form(
        "return_day", "chief", {"day": "30/03/2022", "reason": REASON, "key": KEY},
        {"day": "date", "reason": "text", "key": "hidden"}, of="obligation", before=_returned,
    ),
    "directive_add": Form(
        "directive_add", "director", {
            "text": REASON, "owner": lambda world: f"don-vi:{world.cast.units['ldvl'].pk}", "day": "31/03/2022",
            "key": KEY,
        },
        {"text": "text", "owner": "choice", "day": "date", "key": "hidden"},
    ),
    "directive_answer": Form(
        "directive_answer", "editor", {"text": REASON, "key": KEY}, {"text": "text", "links": "text", "key": "hidden"},
        of="directive",
    ),
    "directive_move": Form(
        "directive_move", "director", {"move": "send_back", "reason": REASON, "day": "31/03/2022", "version": "2"},
        {"move": "hidden", "reason": "text", "day": "date", "version": "hidden"}, of="answered_directive",
    ),
    "extension_ask": Form(
        "extension_ask", "head", {"day": "30/03/2022", "reason": REASON, "key": KEY},
        {"day": "date", "reason": "text", "key": "hidden"}, of="obligation",
    ),
    "extension_move": Form(
        "extension_move", "chief", {"move": "grant", "day": "30/03/2022", "reason": REASON, "version": "1"},
        {"move": "hidden", "day": "date", "reason": "text", "version": "hidden"}, of="extension",
    ),
    "extension_move (refuse)": Form(
        "extension_move", "chief", {"move": "refuse", "reason": REASON, "version": "1"},
        {"reason": "text", "version": "hidden"}, of="extension",
    ),
    "remind_now": Form(
        "remind_now", "office_staff", {"row": lambda world: str(world.obligation.pk), "note": REASON, "key": KEY},
        {"row": "choice", "note": "text", "key": "hidden"},
    ),
    "reminder_pause": Form(
        "reminder_pause", "office_staff",
        {"unit": lambda world: str(world.cast.units["ldvl"].pk), "starts": "16/03/2022", "ends": "20/03/2022",
         "reason": REASON},
        {"unit": "choice", "starts": "date", "ends": "date", "reason": "text"},
    ),
    "holiday_add": Form(
        "holiday_add", "office_staff", {"day": "31/08/2026", "name": "Nghỉ hoán đổi", "works": "0"},
        {"day": "date", "name": "text", "works": "choice"},
    ),
    "holiday_edit": Form(
        "holiday_edit", "office_staff", {"day": "10/09/2022", "name": "Làm bù", "works": "1"},
        {"day": "date", "name": "text", "works": "choice"}, of="holiday",
    ),
    "holiday_import": Form(
        "holiday_import", "office_staff", {"text": "31/08/2026;Nghỉ hoán đổi;nghỉ", "step": "save"},
        {"text": "text", "step": "hidden"},
    ),
    "deadline_change": Form(
        "deadline_change", "chief",
        {"day": "30/03/2022", "reason": REASON, "key": KEY, "step": "save", "seen": _seen, "confirmed": "on"},
        {"day": "date", "reason": "text", "key": "hidden", "step": "hidden", "seen": "hidden"}, of="occasion",
    ),
}  # fmt: skip
