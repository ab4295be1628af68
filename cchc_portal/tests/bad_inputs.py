"""What attackers and clumsy typists send: every form of the portal × hostile values, every address × hostile ones.

A new form joins by a row of FORMS, a new page with a query by a row of QUERIES; a test fails while
one is missing. What a value must be answered with is said in inputs/.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from accounts.succession.handing_over import open_work
from cchc_portal.tests.world import NOW
from documents.excel_table import layout_of
from documents.tests.files import pdf, upload
from plans.deadlines.deadline_changes import consequences
from plans.deadlines.periods import end_of
from plans.department import versions
from plans.department.content import content_of_plan
from plans.department.reading_in import mark_of
from plans.forms.unit_plan import texts_mark
from plans.models import (
    Audience,
    Channel,
    ContentArea,
    Obligation,
    Plan,
    PlanImport,
    RankingIndex,
    UnitPlan,
    UnitPlanUpload,
)
from plans.tests.excel_sheets import GOOD as EXCEL_ROW
from plans.tests.excel_sheets import sheet
from plans.tests.real_plan import real_text
from plans.units.unit_plan_excel.columns import FIELDS as EXCEL_FIELDS
from plans.units.unit_plan_excel.columns import SHAPE as EXCEL_SHAPE
from plans.units.unit_plan_excel.comparing import compare
from plans.views.plan_edit_facts import FRAME_BOXES, mark
from plans.views.plan_import import areas_of
from plans.views.plan_import_part import BLOCK, PARTS
from reporting.models import RollUp, UnitReport
from reporting.unit_reports.words import marks, words_of
from reporting.workflow import ROLL_UP

NFD = unicodedata.normalize("NFD", "Tuyên truyền cải cách hành chính ở Ninh Thuận")
MILLION = "ă" * 1_000_000

CODE = """=1+1"><script>alert(1)</script><img src=x onerror=alert(1)>{{ settings.SECRET_KEY }}${7*7}%s%(x)s'; DROP"""

TEXTS = {
    "nul": "Phát tờ\x00 gấp",
    "control characters": "Phát\x07 tờ\x1b gấp\u202e bộ\x0b phận",
    "nothing visible": "\u200b\u00a0\ufeff",
    "a million": MILLION,
    "code": CODE,
    "decomposed": NFD,
    "line ends": "một\r\nSet-Cookie: sessionid=1\r\n\r\n<html>",
    "not utf-8": b"\xff\xfe\xed\xa0\x80Ph\xe1t",
    "many marks": "a" + "\u0301" * 500,
}
NUMBERS = {
    "exponent": "1e5",
    "infinity": "Infinity",
    "five thousand digits": "9" * 5000,
    "negative": "-3",
    "beyond the column": str(2**63),
    "nul": "1\x00",
    "not ascii": "１２٣",
}
DATES = {
    "no such day": "31/02/2026",
    "no leap year": "29/02/2026",
    "five digits": "27/02/20226",
    "year 1": "01/01/0001",
    "year 9999": "31/12/9999",
    "not ascii": "２７/０２/２０２２",
    "nul": "27/02/2022\x00",
    "long": "1/" * 100_000,
}
CHOICES = {
    "beyond the column": str(2**63),
    "huge": str(10**30),
    "not ascii": "１２",
    "nul": "1\x00",
    "code": CODE,
    "long": "x" * 100_000,
}
HIDDEN = CHOICES | {"empty": "", "float": "1.0"}
PATHS = {
    "word": "abc",
    "name of an address": "sign_out",
    "another server": "//evil.vn/",
    "back slash": "/\\evil.vn",
    "script": "javascript:alert(1)",
    "line ends": "/\r\nSet-Cookie: sessionid=1",
    "nul": "/\x00",
    "long": "/" + "a" * 20_000,
}
VALUES = {"text": TEXTS, "number": NUMBERS, "date": DATES, "choice": CHOICES, "hidden": HIDDEN, "path": PATHS}

KEY = "0d2f3a55-9b8e-4c77-8a35-3f0a4b6f7c21"


@dataclass(frozen=True)
class Form:
    """A form: `who` sends `good` to `url` about `of` (a name of World) and is sent on (302).

    `kinds` says which fields take which hostile values; `before(world)` brings about the state in
    which it is open. Values may be functions of the world. A form without `good` is never accepted.
    """

    url: str
    who: str | None
    good: dict | Callable
    kinds: dict[str, str]
    of: str = ""
    before: Callable | None = None
    demo: bool = False
    secret: tuple[str, ...] = ()
    refused: bool = False

    def fields(self, world) -> dict:
        good = self.good(world) if callable(self.good) else self.good
        return {name: value(world) if callable(value) else value for name, value in good.items()}


def _pk(model, code: str) -> Callable:
    return lambda world: str(model.objects.get(code=code).pk)


def _set(model, name: str, **values) -> Callable:
    """Put the world's object of that name into a state, rows only."""
    return lambda world: model.objects.filter(pk=world.keys(name)[0]).update(**values)


def _roll_up(world) -> RollUp:
    return RollUp.objects.select_related("period").get(period__code=world.roll_up[0])


def _report_marks(world) -> str:
    return marks(words_of(UnitReport.objects.get(pk=world.report.pk)))


def _roll_up_version(world) -> str:
    return str(_roll_up(world).version)


def _at_the_chief(world) -> RollUp:
    roll_up, staff = _roll_up(world), world.cast.office_staff
    units = frozenset(world.cast.units)
    ROLL_UP.move(roll_up, "cut", by=staff, now=NOW, acknowledged=units)
    return ROLL_UP.move(roll_up, "send_to_office", by=staff, now=NOW)


def _approved(world) -> None:
    roll_up = _at_the_chief(world)
    ROLL_UP.move(roll_up, "send_to_director", by=world.cast.chief, now=NOW)
    ROLL_UP.move(roll_up, "approve", by=world.cast.director, now=NOW)


def _issued(world) -> None:
    _approved(world)
    ROLL_UP.move(_roll_up(world), "issue", by=world.cast.clerk, now=NOW, number="45", on=NOW.date())


def _plan_text(world) -> str:
    return real_text().replace("2022", "2024")


def _part(name: str) -> Callable:
    """What the form of a part of an import holds when it is opened."""

    def fields(world) -> dict:
        pk, slug, *number = world.keys(name)
        part = BLOCK if slug == "doan" else PARTS[slug]
        row = PlanImport.objects.get(pk=pk)
        stored = part.form.read(row.content, number[0] if number else None)
        more = {"number": number[0]} if part is BLOCK else {}
        form = part.form(initial=stored, content=row.content, areas=areas_of(row), **more)
        sent = {field.name: field.value() for field in form}
        shown = {name: form.fields[name].prepare_value(value) for name, value in sent.items()}
        return {name: f"{value:%d/%m/%Y}" if isinstance(value, date) else value for name, value in shown.items()
                if value not in (None, False)} | {"seen": mark_of(stored)}  # fmt: skip

    return fields


def _draft(world) -> dict:
    return content_of_plan(Plan.objects.get(pk=world.draft.pk))


def _draft_frame(world) -> dict:
    stored = {name: _draft(world)["frame"][name] for name in FRAME_BOXES}
    sent = {name: "" if value is None else value for name, value in stored.items()}
    return sent | {"signer_name": "Hà Anh Quang", "version": mark(stored)}


def _draft_areas(world) -> dict:
    parts = {f"section_{row['area']}": row["id"] for row in _draft(world)["sections"]}
    return parts | {"section_apparatus": "", "reason_apparatus": "Không sắp xếp bộ máy.", "seen": mark(parts)}


def _draft_list(listed: str, **boxes) -> Callable:
    """What a list's page sends that has one new row and what the draft holds marked for removal."""

    def fields(world) -> dict:
        stored = _draft(world)[listed]
        removed = {f"rows-{n}-{box}": value for n in range(len(stored)) for box, value in (("id", n), ("xoa", "on"))}
        new = {f"rows-{len(stored)}-{box}": value for box, value in boxes.items()}
        return removed | {f"rows-{len(stored)}-id": ""} | new | {"seen": mark(stored)}

    return fields


def _approve_draft(world) -> None:
    """The draft as the Director approved it."""
    Plan.objects.filter(pk=world.draft.pk).update(state="approved")
    versions.freeze(Plan.objects.get(pk=world.draft.pk), "approved", by=world.cast.director, now=NOW)


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


def _scan(world):
    return upload(pdf(), "Kế hoạch 05.pdf")


def _result(**more) -> dict:
    return {
        "title": "Phát tờ gấp tại bộ phận một cửa",
        "happened_on": "14/03/2022",
        "area": _pk(ContentArea, "procedures"),
        "channel": _pk(Channel, "leaflet"),
        "audience": _pk(Audience, "people"),
        **more,
    }


RESULT_KINDS = {
    "title": "text", "note": "text", "links": "text", "happened_on": "date", "participants": "number",
    "reach": "number", "money": "number", "quantity_leaflets": "number", "area": "choice",
    "channel": "choice", "audience": "choice", "activity": "choice",
}  # fmt: skip
UNLISTED = ("note", "reach", "quantity_leaflets", "links")  # what a row of many results does not ask
LINE = {
    "area": _pk(ContentArea, "apparatus"), "title": "Phát tờ gấp", "channel": _pk(Channel, "leaflet"),
    "audience": _pk(Audience, "people"), "span": "m3", "person": "Nguyễn Thị Thu Hà", "product": "Tờ gấp",
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
REPORT_KINDS = dict.fromkeys(
    ("nil_reason", "highlights", "shortcomings", "causes", "difficulties", "proposals", "next_steps"), "text"
)
REASON = "Bổ sung sản phẩm của từng hoạt động."

LETTER = {
    "signed_on": "16/03/2022", "type": "Công văn", "subject": "V/v phối hợp tuyên truyền", "signer": "Lê Minh Đức",
    "recipients": "Sở Nội vụ", "keeper": "Văn thư", "copies": "12", "sent_on": "17/03/2022",
}  # fmt: skip
LETTER_KINDS = dict.fromkeys(("type", "subject", "signer", "recipients", "keeper", "received_by", "note"), "text") | {
    "signed_on": "date", "sent_on": "date", "copies": "number",
}  # fmt: skip
LEGAL = {"type": "Nghị định", "symbol": "30/2020/NĐ-CP", "date": "05/03/2020", "issuer": "Chính phủ"}
LEGAL_KINDS = dict.fromkeys(("type", "symbol", "issuer", "subject", "successor"), "text") | dict.fromkeys(
    ("date", "starts", "ends"), "date"
)

WEBHOOK_KINDS = {"name": "text", "url": "path"}


def _seen(world) -> str:
    """The mark of what follows when the deadline of the unit plans is changed to 30/03/2022."""
    return consequences(world.obligation.duty, "2022", end_of(date(2022, 3, 30)), now=NOW).fingerprint


def _index(world) -> str:
    """PAR INDEX, once the lists are loaded."""
    return str(RankingIndex.objects.get(code=world.ranking_index[0]).pk)


INDICATOR = {"name": "Lượt chiếu phim lưu động", "unit_of_measure": "lượt", "kind": "count"}
INDICATOR_KINDS = {
    "name": "text", "unit_of_measure": "text", "kind": "choice", "numerator": "choice", "denominator": "choice",
    "levels": "text", "channels": "choice", "areas": "choice", "starts": "date", "ends": "date",
}  # fmt: skip

FORMS = {
    "sign_in": Form(
        "sign_in", None, {"username": "hoa", "password": "cai-cach-2022", "next": "/ket-qua/"},
        {"username": "text", "password": "text", "next": "path"}, secret=("password",),
    ),
    "change_password": Form(
        "change_password", "editor",
        {"old": "cai-cach-2022", "new": "bốn từ ghép lại 1", "again": "bốn từ ghép lại 1"},
        {"old": "text", "new": "text", "again": "text"}, secret=("old", "new", "again"),
    ),
    "delegation_add": Form(
        "delegation_add", "head",
        {"delegate": lambda world: str(world.cast.editor("ldvl").posts.get().pk), "form": "KT.",
         "title": "Phó Trưởng phòng", "starts": "20/03/2022", "ends": "25/03/2022"},
        {"delegate": "choice", "form": "choice", "title": "text", "starts": "date", "ends": "date", "document": "text",
         "document_date": "date"},
    ),
    "succession_add": Form(
        "succession_add", "chief",
        lambda world: {
            "kind": "merged", "before": str(world.cast.units["khtc"].pk), "after": str(world.cast.units["gdnn"].pk),
            "effective_on": "01/04/2022", "basis": "12/QĐ-SLĐTBXH", "basis_date": "10/03/2022", "key": KEY,
            "step": "save",
        },
        {"kind": "choice", "before": "choice", "after": "choice", "effective_on": "date", "basis": "text",
         "basis_date": "date", "key": "hidden", "name_1": "text", "symbol_1": "text", "unit_kind_1": "choice"},
    ),
    "succession_hand_over": Form(
        "succession_hand_over", "chief",
        lambda world: {
            f"item-{item.key}": "ttbtxh"
            for group in open_work([world.cast.units["ctxh"]], NOW)
            for item in group.items
        },
        {}, of="succession",
    ),
    "demo_clock": Form(
        "demo_clock", "editor", {"day": "01/03/2022", "time": "08:00", "next": "/"},
        {"day": "date", "time": "date", "preset": "date", "next": "path"}, demo=True,
    ),
    "enter_as": Form("enter_as", "editor", {"username": "hoa"}, {"username": "text"}, demo=True),
    "open_notice": Form("open_notice", "editor", {}, {}, of="notice"),
    "plan_import": Form(
        "plan_import", "office_staff", {"text": _plan_text, "key": KEY}, {"text": "text", "key": "hidden"}
    ),
    "plan_import_part": Form(
        "plan_import_part", "office_staff", _part("import_part"),
        {"title": "text", "number": "text", "symbol": "text", "place": "text", "motto": "text", "signer_name": "text",
         "signer_authority": "text", "year": "number", "date_day": "number", "date_month": "number",
         "date_year": "number", "seen": "hidden"}, of="import_part",
    ),
    "plan_import_part (recipients)": Form(
        "plan_import_part", "office_staff", _part("import_recipients"), {"lines": "text"}, of="import_recipients"
    ),
    "plan_import_item": Form(
        "plan_import_item", "office_staff", _part("import_item"),
        {"text": "text", "title": "text", "mark": "text", "level": "choice", "area": "choice", "seen": "hidden",
         "act": "hidden"}, of="import_item",
    ),
    "plan_import_item (duty)": Form(
        "plan_import_item", "office_staff", _part("import_duty"),
        {"who": "text", "what": "text", "to": "text", "phrase": "text", "day": "date", "kind": "choice",
         "limit": "choice", "recurrence": "choice"}, of="import_duty",
    ),
    "plan_import_item (target)": Form(
        "plan_import_item", "office_staff", _part("import_target"),
        {"index": "text", "measure": "text", "value": "number", "value_max": "number", "by_year": "number",
         "baseline_year": "number", "kind": "choice", "basis": "choice"}, of="import_target",
    ),
    "plan_new": Form(
        "plan_new", "office_staff", {"way": "blank", "blank-year": "2024"}, {"way": "hidden", "blank-year": "number"}
    ),
    "plan_new (copy)": Form(
        "plan_new", "office_staff",
        {"way": "copy", "copy-source": lambda world: str(world.plan.pk), "copy-year": "2024"},
        {"copy-source": "choice", "copy-year": "number"},
    ),
    "plan_edit_section": Form(
        "plan_edit_section", "office_staff",
        {"title": "Chỉ đạo", "text": "Tuyên truyền.", "level": "number", "version": "1", "act": "after"},
        {"title": "text", "text": "text", "level": "choice", "version": "hidden", "act": "hidden"}, of="draft_section",
    ),
    "plan_edit_act": Form(
        "plan_edit_act", "office_staff", {"act": "add"}, {"act": "hidden", "muc": "hidden"}, of="draft"
    ),
    "plan_edit_reread": Form(
        "plan_edit_reread", "office_staff", {"act": "chosen", "take": ""}, {"act": "hidden", "take": "hidden"}, of="draft"
    ),
    "plan_edit_undo": Form("plan_edit_undo", "office_staff", {"step": "1"}, {"step": "hidden"}, of="draft"),
    "plan_edit_frame": Form(
        "plan_edit_frame", "office_staff", _draft_frame,
        {"title": "text", "symbol": "text", "place": "text", "motto": "text", "signer_authority": "text",
         "signer_title": "text", "signer_name": "text", "date_day": "number", "date_month": "number",
         "date_year": "number", "keeps_labels": "choice", "version": "hidden"}, of="draft",
    ),
    "plan_edit_areas": Form(
        "plan_edit_areas", "office_staff", _draft_areas,
        {"section_apparatus": "choice", "reason_apparatus": "text", "seen": "hidden"}, of="draft",
    ),
    "plan_edit_targets": Form(
        "plan_edit_targets", "office_staff",
        _draft_list("targets", index="PCI", kind="score_change", value="0,5", value_max="1", unit="điểm",
                    baseline_year="2022", by_year="", basis=""),
        {"rows-0-index": "choice", "rows-0-kind": "choice", "rows-0-value": "number", "rows-0-value_max": "number",
         "rows-0-unit": "choice", "rows-0-baseline_year": "number", "rows-0-by_year": "number",
         "rows-0-basis": "choice", "rows-0-id": "hidden", "seen": "hidden"}, of="draft",
    ),
    "plan_edit_channels": Form(
        "plan_edit_channels", "office_staff", _draft_list("channels", text="Zalo"),
        {"rows-0-text": "text", "rows-len": "hidden", "rows-xuong": "hidden"}, of="draft",
    ),
    "plan_edit_audiences": Form(
        "plan_edit_audiences", "office_staff", _draft_list("audiences", text="Người dân"), {"rows-0-text": "text"},
        of="draft",
    ),
    "plan_edit_duties": Form(
        "plan_edit_duties", "office_staff",
        _draft_list("duties", who="Văn phòng Sở", what="Tổng hợp", kind="", how="before", day="27/02/2023",
                    recurrence="", to="Giám đốc Sở", phrase=""),
        {"rows-2-who": "text", "rows-2-what": "text", "rows-2-to": "text", "rows-2-phrase": "text",
         "rows-2-day": "date", "rows-2-how": "choice", "rows-2-kind": "choice", "rows-2-recurrence": "choice",
         "rows-2-every_unit": "choice", "seen": "hidden"}, of="draft",
    ),
    "plan_edit_recipients": Form(
        "plan_edit_recipients", "office_staff", _draft_list("recipients", name="UBND tỉnh", purpose="b/c"),
        {"rows-1-name": "text", "rows-1-purpose": "text", "seen": "hidden"}, of="draft",
    ),
    "plan_move (cancel)": Form(
        "plan_move", "chief", {"move": "cancel", "reason": REASON, "version": "1"},
        {"move": "hidden", "reason": "text", "version": "hidden"}, of="draft",
    ),
    "plan_issue": Form(
        "plan_issue", "clerk", {"number": "124", "on": "16/03/2022", "version": "1"},
        {"number": "text", "on": "date", "version": "hidden"}, of="draft", before=_approve_draft,
    ),
    "plan_amend": Form(
        "plan_amend", "chief", {"reason": REASON, "basis": "Công văn số 15/SNV-CCHC", "version": "1"},
        {"reason": "text", "basis": "text", "version": "hidden"}, of="plan",
    ),
    "plan_recall": Form(
        "plan_recall", "chief",
        {"reason": REASON, "document": "Quyết định số 31/QĐ-SLĐTBXH", "on": "16/03/2022", "version": "1"},
        {"reason": "text", "document": "text", "on": "date", "version": "hidden"}, of="plan",
    ),
    "register_add": Form(
        "register_add", "clerk", LETTER | {"series": "SLĐTBXH-TCCB", "number": "36a", "key": KEY},
        LETTER_KINDS | {"series": "text", "number": "text", "key": "hidden"},
    ),
    "register_edit": Form(
        "register_edit", "clerk", LETTER | {"version": "1"}, LETTER_KINDS | {"version": "hidden"}, of="letter"
    ),
    "register_mark": Form(
        "register_mark", "clerk",
        {"state": "corrected", "document": "02/SLĐTBXH-VP", "reason": REASON, "version": "1"},
        {"state": "choice", "document": "text", "reason": "text", "version": "hidden"}, of="letter",
    ),
    "legal_add": Form("legal_add", "office_staff", LEGAL, LEGAL_KINDS),
    "legal_edit": Form(
        "legal_edit", "office_staff", LEGAL | {"version": "1"}, LEGAL_KINDS | {"version": "hidden"}, of="legal"
    ),
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
        "unit_plan_paper", "office_staff", {"key": KEY, "reason": REASON, "scan": _scan},
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
    "analysis_save": Form("analysis_save", "office_staff", {"name": "Theo đơn vị"}, {"name": "text"}),
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
    "indicator_add": Form("indicator_add", "office_staff", INDICATOR, INDICATOR_KINDS),
    "indicator_edit": Form(
        "indicator_edit", "office_staff", INDICATOR | {"version": "1"}, INDICATOR_KINDS | {"version": "hidden"},
        of="indicator",
    ),
    "webhook_add": Form(
        "webhook_add", "administrator", {"name": "Zalo nhóm", "url": "https://bot.example.vn/", "secret": "0" * 64},
        WEBHOOK_KINDS | {"secret": "hidden"}, secret=("secret",),
    ),
    "webhook_detail": Form(
        "webhook_detail", "administrator", {"name": "Zalo", "url": "https://bot.example.vn/"}, WEBHOOK_KINDS,
        of="webhook",
    ),
    "webhook_secret": Form(
        "webhook_secret", "administrator", {"secret": "f" * 64}, {"secret": "hidden"}, of="webhook",
        secret=("secret",),
    ),
    "result_add": Form("result_add", "editor", _result(key=KEY), RESULT_KINDS | {"key": "hidden"}, of=""),
    "result_many": Form(
        "result_many", "editor", {"key": KEY} | {f"rows-0-{name}": value for name, value in _result(id="").items()},
        {"key": "hidden", "rows-0-id": "hidden", "rows-0-mark": "hidden", "rows-0-links": "text"}
        | {f"rows-0-{name}": kind for name, kind in RESULT_KINDS.items() if name not in UNLISTED},
    ),
    "result_many_excel": Form("result_many_excel", "editor", {}, {"unit": "choice"}, refused=True),
    "judging": Form(
        "judging", "office_staff",
        {"rows-0-id": lambda world: f"area-{_pk(ContentArea, 'procedures')(world)}", "rows-0-version": "0",
         "rows-0-progress": "delayed", "rows-0-likelihood": "uncertain", "rows-0-reason": "Chờ phần mềm."},
        {"rows-0-progress": "choice", "rows-0-likelihood": "choice", "rows-0-reason": "text"}, of="quarter",
    ),
    "index_value_edit": Form(
        "index_value_edit", "office_staff",
        {"rows-0-id": "", "rows-0-index": _index, "rows-0-year": "2020", "rows-0-score": "85,5",
         "rows-0-rank": "44", "rows-0-number_ranked": "63", "rows-0-source": "Quyết định công bố",
         "rows-0-published_on": "25/05/2021"},
        {"rows-0-index": "choice", "rows-0-year": "number", "rows-0-score": "number", "rows-0-maximum": "number",
         "rows-0-rank": "number", "rows-0-number_ranked": "number", "rows-0-group": "text", "rows-0-source": "text",
         "rows-0-published_on": "date", "rows-0-as_of": "date", "rows-0-entity": "text",
         "rows-0-id": "hidden"},
    ),
    "index_value_excel": Form("index_value_excel", "office_staff", {}, {}, refused=True),
    "result_edit": Form("result_edit", "editor", _result(version="1"), RESULT_KINDS | {"version": "hidden"},
                        of="result"),
    "result_remove": Form("result_remove", "editor", {"reason": REASON}, {"reason": "text"}, of="result"),
    "evidence_add": Form("evidence_add", "editor", {}, {"evidence": "text"}, of="result", refused=True),
    "unit_report_edit": Form(
        "unit_report_edit", "editor", {"highlights": "Phát 500 tờ gấp.", "version": _report_marks},
        REPORT_KINDS | {"version": "hidden"}, of="report",
    ),
    "unit_report_submit": Form(
        "unit_report_submit", "head", {"key": KEY, "version": "1"}, {"key": "hidden", "version": "hidden"}, of="report"
    ),
    "unit_report_paper": Form(
        "unit_report_paper", "office_staff", {"key": KEY, "reason": REASON, "scan": _scan},
        {"key": "hidden", "reason": "text"}, of="report",
    ),
    "unit_report_move": Form(
        "unit_report_move", "office_staff", {"move": "send_back", "reason": REASON, "day": "21/03/2022", "version": "2"},
        {"move": "hidden", "reason": "text", "day": "date", "confirmed": "hidden", "version": "hidden"},
        of="report_handed_in",
    ),
    "unit_report_move (reopen)": Form(
        "unit_report_move", "chief", {"move": "reopen", "reason": REASON, "until": "30/03/2022", "version": "2"},
        {"reason": "text", "until": "date", "version": "hidden"}, of="report_handed_in",
        before=_set(UnitReport, "report_handed_in", state="accepted"),
    ),
    "roll_up_part": Form(
        "roll_up_part", "office_staff", {"act": "add", "text": "Kết quả khá.", "key": KEY},
        {"text": "text", "key": "hidden"}, of="roll_up_part",
    ),
    "roll_up_paragraph": Form(
        "roll_up_paragraph", "office_staff", {"text": "Kết quả khá.", "version": "1"},
        {"text": "text", "version": "hidden"}, of="roll_up_paragraph",
    ),
    "roll_up_move (cut)": Form(
        "roll_up_move", "office_staff", {"move": "cut", "acknowledged": "ldvl", "version": "2"},
        {"move": "hidden", "acknowledged": "choice", "version": "hidden"}, of="roll_up", refused=True,
    ),
    "roll_up_move (send back)": Form(
        "roll_up_move", "chief", {"move": "send_back", "reason": REASON, "version": _roll_up_version},
        {"reason": "text", "version": "hidden"}, of="roll_up", before=_at_the_chief,
    ),
    "roll_up_send": Form(
        "roll_up_send", "clerk", {"channel_0": "hand", "day_0": "16/03/2022", "time_0": "08:30"},
        {"channel_0": "choice", "day_0": "date", "time_0": "date"}, of="roll_up", before=_issued,
    ),
    "roll_up_correct": Form(
        "roll_up_correct", "chief", {"reason": REASON}, {"reason": "text"}, of="roll_up", before=_issued
    ),
    "roll_up_move (issue)": Form(
        "roll_up_move", "clerk",
        {"move": "issue", "number": "45", "on": "16/03/2022", "version": _roll_up_version},
        {"number": "text", "on": "date", "version": "hidden"}, of="roll_up", before=_approved,
    ),
}  # fmt: skip


# Buttons alone: nothing is typed, so nothing can be typed wrongly.
BUTTONS = {
    "sign_out", "resume", "read_all_notices", "settle_all_defects", "settle_defect", "print_plan", "print_unit_plan",
    "print_unit_report", "print_roll_up", "roll_up_build", "activity_remove", "plan_import_store",
    "plan_import_drop", "plan_import_defect", "plan_import_back",
    "register_release", "legal_merge", "reminder_pause_end", "holiday_remove", "indicator_remove", "my_calendar_renew", "webhook_try", "webhook_remove",
    "unit_plan_excel_drop", "delegation_end", "print_synthesis", "print_receipt", "print_handed_in", "analysis_remove",
}  # fmt: skip

NUMBERS_IN_ADDRESSES = (
    "0", "-1", "+1", "1.0", str(2**31), str(2**63), str(10**30), "9" * 5000, "１２", "%00", "1%00", "%0d%0a", "abc",
    "1%20OR%201=1", "..%2f..%2fetc", "%ff",
)  # fmt: skip
WORDS_IN_ADDRESSES = (
    "%00",
    "2022-Q1%00",
    "2022-q1",
    "..",
    "%2e%2e%2f",
    "a" * 5000,
    "%3Cscript%3E",
    "{{7*7}}",
    "__class__",
    "%ff",
)

# The pages that read their query, and what they read.
QUERIES = {
    "lookup_search": "ma",
    "roll_up_narrative": "doan them ve",
    "sign_in": "next",
    "notices": "page",
    "plan_list": "page",
    "plan_import_detail": "xem page",
    "plan_edit": "muc",
    "plan_edit_changes": "so-voi",
    "deadline_board": "nam loai ky don-vi tinh-trang order",
    "extension_list": "trang-thai page",
    "remind_now": "viec loai ky",
    "holiday_list": "nam",
    "index_list": "nam",
    "index_value_edit": "sua chi-so",
    "holiday_add": "ngay",
    "webhook_detail": "page",
    "register_list": "nam ky-hieu tinh-trang q order page",
    "register_print": "nam ky-hieu tinh-trang q order",
    "legal_list": "q loai hieu-luc ngay order page",
    "unit_plan_list": "nam q trang-thai han sap-xep page",
    "activity_add": "area yeu-cau",
    "unit_plan_table": "noi-dung trang",
    "remark_add": "phan",
    "result_list": "q since until area channel unit order page",
    "activity_list": "year unit page",
    "result_add": "activity",
    "result_many": "unit",
    "dashboard": "ky",
    "figure_rows": "don_vi noi_dung chi_tieu hinh_thuc doi_tuong thang pham_vi page",
    "unit_report_list": "year period q",
    "unit_report_figure": "cot page",
    "difficulty_list": "trang-thai don-vi q order page",
    "difficulty_add": "tu",
    "directive_list": "trang-thai don-vi q page",
    "directive_add": "tu",
    "analysis": "ky hang cot chi_tieu don_vi noi_dung hinh_thuc doi_tuong xem hinh",
    "search": "q nhom page",
}
WORDS_IN_QUERIES = {
    "word": "abc",
    "negative": "-1",
    "huge": str(10**30),
    "beyond the column": str(2**63),
    "not ascii": "２０２２",
    "dunder": "__class__",
    "column": "-agency__users__password",
    "code": CODE,
    "wildcards": "%_\\",
    "no such day": "31/02/2026",
    "100 kB": "ă " * 50_000,
    "decomposed": NFD,
    "path": "/" + "a" * 5000,
    "another server": "//evil.vn/",
}
