"""Forms of the department's plan: read in, drafted, issued; registers, legal documents, indicators."""

from collections.abc import Callable
from datetime import date

from cchc_portal.tests.inputs.form import KEY, REASON, Form
from cchc_portal.tests.world import NOW
from plans.department import versions
from plans.department.content import content_of_plan
from plans.department.reading_in import mark_of
from plans.models import (
    Plan,
    PlanImport,
)
from plans.tests.real_plan import real_text
from plans.views.plan_edit_facts import FRAME_BOXES, mark
from plans.views.plan_import import areas_of
from plans.views.plan_import_part import BLOCK, PARTS


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


INDICATOR = {"name": "Lượt chiếu phim lưu động", "unit_of_measure": "lượt", "kind": "count"}


INDICATOR_KINDS = {
    "name": "text", "unit_of_measure": "text", "kind": "choice", "numerator": "choice", "denominator": "choice",
    "levels": "text", "channels": "choice", "areas": "choice", "starts": "date", "ends": "date",
}  # fmt: skip


PLANS = {
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
    "indicator_add": Form("indicator_add", "office_staff", INDICATOR, INDICATOR_KINDS),
    "indicator_edit": Form(
        "indicator_edit", "office_staff", INDICATOR | {"version": "1"}, INDICATOR_KINDS | {"version": "hidden"},
        of="indicator",
    ),
}  # fmt: skip
