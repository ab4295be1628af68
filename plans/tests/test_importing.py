"""The real plan, stored: every figure of its description counted in the database."""

from datetime import date, datetime

import pytest
from django.db import IntegrityError, models
from django.db.models import Count

from accounts.models import Event
from documents.dates import TZ
from plans.department.content import asks_every_unit
from plans.department.importing import CannotImport, read_text, store_reading
from plans.models import (
    AreaScheme,
    Citation,
    ContentArea,
    Duty,
    IndexTarget,
    LegalDocument,
    ObligationKind,
    Plan,
    PlanAudience,
    PlanChannel,
    PlanDefect,
    PlanSection,
    PlanState,
    Recipient,
)
from plans.tests.real_plan import real_text, stored

pytestmark = pytest.mark.usefixtures("reference")

TABLES = (PlanSection, Citation, LegalDocument, IndexTarget, Duty, PlanChannel, PlanAudience, Recipient, PlanDefect)


@pytest.fixture
def plan(cast, reference, at) -> Plan:
    return Plan.objects.get(pk=stored(cast, at(2022, 1, 20, 9)).pk)


def test_the_head_of_the_plan_is_stored_as_printed(plan, cast):
    assert (plan.symbol, plan.number, plan.place) == ("KH-SLĐTBXH", "", "Ninh Thuận")
    assert (plan.date_day, plan.date_month, plan.date_year, plan.date) == (None, 2, 2022, None)
    assert (plan.signer_title, plan.signer_name) == ("GIÁM ĐỐC", "Hà Anh Quang")
    assert plan.motto.strip("“”") == "Đoàn kết, thích ứng, sáng tạo, kỷ cương, phát triển, hiệu quả"
    assert (plan.year, plan.state, plan.created_by) == (2022, PlanState.DRAFT, cast.office_staff)
    assert plan.source_text == real_text()


def test_four_roman_headings_keep_their_printed_numbers(plan):
    assert list(plan.sections.filter(level="roman").values_list("label", flat=True)) == ["I", "III", "IV", "V"]


def test_fourteen_numbered_headings_stand_below_them(plan):
    found = plan.sections.filter(level="number").values_list("parent__label", "label")
    assert list(found) == [
        *(("I", str(n)) for n in range(1, 4)),
        *(("III", str(n)) for n in range(1, 4)),
        *(("IV", str(n)) for n in range(1, 6)),
        *(("V", str(n)) for n in range(1, 4)),
    ]


def test_seven_areas_hold_their_items(plan):
    found = plan.sections.filter(area__isnull=False).annotate(items=Count("children")).order_by("position")
    assert list(found.values_list("label", "area__code", "items")) == [
        ("a", "leadership", 5), ("b", "institutions", 2), ("c", "procedures", 5), ("d", "apparatus", 2),
        ("đ", "civil-service", 4), ("e", "public-finance", 3), ("g", "e-government", 4),
    ]  # fmt: skip


def test_bullets_are_counted_as_printed(plan):
    # 55 dashes in the file, 6 of them are recipients; 10 of "- +".
    assert plan.sections.filter(level="dash").count() == 49
    assert list(plan.sections.filter(level="plus").values_list("parent__parent__label", "parent__label")) == (
        [("1", "")] * 3 + [("III", "3")] * 7
    )


def test_two_paragraphs_cut_by_a_page_end_are_joined(plan):
    assert not plan.sections.filter(text__startswith="đảm bảo việc tham gia").exists()
    assert not plan.sections.filter(text__startswith="hội nghị tuyên truyền").exists()
    assert plan.sections.filter(text__contains="cải cách hành chính của địa phương; đảm bảo việc tham gia").count() == 1
    assert plan.sections.filter(text__contains="trong các hội nghị tuyên truyền").count() == 1


def test_twenty_five_mentions_name_eighteen_documents(plan):
    assert plan.citations.count() == 25
    assert plan.citations.values("document").distinct().count() == 18
    assert LegalDocument.objects.count() == 18
    assert LegalDocument.objects.get(symbol__in=["421/KH-UBND"]).date == date(2022, 1, 28)
    assert list(LegalDocument.objects.filter(date__isnull=True).values_list("symbol", flat=True)) == ["18-NQ/TW"]
    assert LegalDocument.objects.get(symbol="20/2008/NĐ-CP").date == date(2008, 2, 14)


def test_two_spellings_of_a_resolution_are_one_document(plan):
    written = plan.citations.filter(as_written__in=["05-NQ/TU", "05/NQ-TU"])
    assert written.values("as_written").distinct().count() == 2
    assert written.values("document").distinct().count() == 1


def test_targets_name_the_four_indices(plan):
    assert set(plan.targets.values_list("index", flat=True)) == {"PAR INDEX", "PAPI", "PCI", "SIPAS"}
    pci = plan.targets.get(index="PCI", kind="score_change")
    assert (float(pci.value), float(pci.value_max), pci.unit) == (0.5, 1.0, "điểm")
    assert not plan.targets.filter(basis__isnull=True).exists()


def test_five_channels_and_six_recipients_are_kept(plan):
    assert plan.channels.count() == 5
    assert plan.channels.first().text.startswith("Thông qua tất cả các loại hình như: Zalo, Fanpage")
    found = plan.recipients.values_list("name", "purpose")
    assert list(found[:2]) == [("UBND tỉnh", "B/c"), ("Sở Nội vụ", "P/h")]
    assert plan.recipients.count() == 6


def test_duties_ask_for_a_plan_a_quarterly_report_and_a_roll_up(plan):
    assert list(plan.duties.exclude(kind="").values_list("kind", "every_unit", "recurrence")) == [
        (ObligationKind.UNIT_PLAN, True, ""),
        (ObligationKind.UNIT_REPORT, True, "quarterly"),
        (ObligationKind.ROLL_UP, False, "quarterly"),
    ]
    own_plan = plan.duties.get(kind=ObligationKind.UNIT_PLAN)
    assert own_plan.phrase == "trước 27/02/2022"
    assert own_plan.due_at == datetime(2022, 2, 26, 23, 59, 59, 999999, TZ)
    assert plan.duties.filter(who="Văn phòng Sở").count() == 2


@pytest.mark.parametrize(
    "words",
    ["Thiếu mục II", "05-NQ/TU, 05/NQ-TU", "hai lần", "đến năm 2022", "ngoặc kép", "cải cách hành của Ngành",
     "LĐTĐ", "J20b", "hình thức", "Chủ nhật", "mức độ 3, 4"],
)  # fmt: skip
def test_what_is_doubtful_in_the_text_is_pointed_out_and_not_repaired(plan, words):
    assert plan.defects.filter(text__contains=words, settled_at__isnull=True).exists()
    assert plan.sections.filter(text__contains="cải cách hành của Ngành").exists()


def test_the_import_is_written_in_the_history(plan, cast):
    event = Event.objects.about(plan).get()
    assert (event.action, event.actor, event.to_state) == ("import", str(cast.office_staff), "draft")


def test_a_year_has_one_plan(plan, cast, at):
    before = {model: model.objects.count() for model in TABLES}
    with pytest.raises(CannotImport, match="Năm 2022 đã có kế hoạch"):
        stored(cast, at(2022, 1, 21))
    assert Plan.objects.count() == 1
    assert {model: model.objects.count() for model in TABLES} == before


def test_a_cancelled_draft_makes_room_for_another(plan, cast, at):
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.CANCELLED)
    assert stored(cast, at(2022, 1, 21)).pk != plan.pk


def test_nothing_is_stored_when_the_last_step_fails(cast, reference, at):
    reading = read_text(real_text())
    # A severity longer than its column and a text that is no text: the very last rows cannot be written.
    object.__setattr__(reading.defects[-1], "text", None)
    with pytest.raises(IntegrityError):
        store_reading(reading, agency=cast.agency, by=cast.office_staff, now=at(2022, 1, 20), source_text=real_text())
    assert not Plan.objects.exists()
    assert not any(model.objects.exists() for model in TABLES)
    assert not Event.objects.filter(action="import").exists()


def test_a_plan_that_names_no_year_says_what_is_missing(cast, at):
    with pytest.raises(CannotImport, match="Không thấy năm"):
        stored(cast, at(2022, 1, 20), "I. MỤC ĐÍCH\n\n- Tuyên truyền.\n")


def test_a_year_without_areas_says_so(cast, at):
    with pytest.raises(CannotImport, match="Chưa có bộ nội dung cải cách hành chính cho năm 2019"):
        stored(cast, at(2022, 1, 20), real_text().replace("năm 2022", "năm 2019"))
    assert not Plan.objects.exists()


def test_the_scheme_that_began_within_the_year_is_taken(cast, at):
    plan = stored(cast, at(2022, 1, 20), real_text().replace("năm 2022", "năm 2021"))
    assert (plan.year, plan.scheme) == (2021, AreaScheme.objects.get())
    assert plan.sections.filter(area__in=ContentArea.objects.all()).count() == 7


def test_what_is_longer_than_its_column_is_cut_and_pointed_out(cast, at):
    long = "Về việc tuyên truyền cải cách hành chính năm 2022 " + "rất dài " * 100
    text = real_text().replace("Về việc tuyên truyền cải cách hành chính năm 2022", long.strip())
    plan = stored(cast, at(2022, 1, 20), text)
    plan.refresh_from_db()
    assert len(plan.title) == 500
    assert plan.defects.get(code="too_long").where == "trích yếu"


def test_no_row_of_a_hostile_text_is_longer_than_its_column(cast, at):
    text = real_text().replace("UBND tỉnh; B/c", f"{'U' * 900}; {'b' * 900}").replace("Hà Anh Quang", "Hà " * 200)
    text = text.replace("421/KH-UBND", f"421/KH-{'U' * 300}").replace("Các phòng chuyên môn", "Các phòng " * 90)
    plan = stored(cast, at(2022, 1, 20), text)
    for model in (Plan, *TABLES):
        columns = (field for field in model._meta.concrete_fields if isinstance(field, models.CharField))
        limits = {field.name: field.max_length for field in columns}
        for row in model.objects.values(*limits):
            assert all(len(row[name]) <= limit for name, limit in limits.items()), (model, row)
    assert plan.pk


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("Các phòng chuyên môn, đơn vị trực thuộc Sở", True),
        ("Thủ trưởng các đơn vị", True),
        ("Các đơn vị liên quan", True),
        ("Văn phòng Sở", False),
        ("Thanh tra Sở", False),
    ],
)
def test_every_unit_is_meant_by_the_usual_words(who, expected):
    assert asks_every_unit(who) is expected
