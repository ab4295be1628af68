"""What a plan must hold before it goes on; each rule gives sentences that say what to do."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from plans import remarks
from plans.department.content import content_of_plan
from plans.models import ContentArea, Plan, PlanDefect, UnitPlan
from plans.registers import register
from plans.units.asked import Asked, answers, asked_of, decline_reasons


@dataclass(frozen=True)
class PlanGap:
    """What a plan lacks, and where it is put right: an editor of the draft, a part of the text.

    `page` is frame, areas, targets, duties, recipients, text or defects. `later` is wanted only when the plan
    is issued and keeps it from nothing before.
    """

    text: str
    page: str
    section: int | None = None
    later: bool = False

    def __str__(self) -> str:
        return self.text


def plan_gaps(plan: Plan) -> Iterator[PlanGap]:
    """What keeps the department's plan from leaving the drafting table."""
    gaps = content_gaps(content_of_plan(plan), plan.scheme.areas.all(), open_defects(plan))
    return (gap for gap in gaps if not gap.later)


def open_defects(plan: Plan) -> list[PlanDefect]:
    """The doubtful places of its text that nobody has looked at yet."""
    return list(plan.defects.filter(settled_at__isnull=True))


def content_gaps(content: dict, areas: Iterable[ContentArea], defects: Sequence[PlanDefect]) -> Iterator[PlanGap]:
    """What a draft's content lacks, that which is wanted later included."""
    yield from _area_gaps(content, areas)
    for row in content["sections"]:
        if not (row["title"] or row["text"] or any(row["cells"])):
            yield PlanGap(_("Mục %s còn trống.") % (row["mark"] or _("không ký hiệu")), "text", row["id"])
    yield from _duty_gaps(content["duties"])
    if defects:
        text = _("Còn %d điểm cần xem lại trong văn bản; hãy xem và xác nhận từng điểm.") % len(defects)
        yield PlanGap(text, "defects", defects[0].section_id)
    yield from _later_gaps(content)


def _area_gaps(content: dict, areas: Iterable[ContentArea]) -> Iterator[PlanGap]:
    opened = {row["area"]: row for row in content["sections"] if row["area"]}
    parents = {row["parent"] for row in content["sections"]}
    for area in areas:
        row = opened.get(area.code)
        if row is None and area.code not in content["frame"]["absences"]:
            yield PlanGap(_("Nội dung %s chưa có phần trong kế hoạch.") % area, "areas")
        elif row and row["title"] and not row["text"] and row["id"] not in parents:
            yield PlanGap(_("Nội dung %s mới có tiêu đề, chưa có ý nào.") % area, "text", row["id"])


def _duty_gaps(duties: list[dict]) -> Iterator[PlanGap]:
    for row in duties:
        name = Truncator(f"{row['who']}: {row['what']}".strip(": ")).chars(80)
        if not row["who"].strip():
            yield PlanGap(_("Nhiệm vụ “%s” chưa ghi ai thực hiện.") % name, "duties")
        if row["kind"] and not row["due_at"] and not row["recurrence"]:
            yield PlanGap(_("Nhiệm vụ “%s” chưa có thời hạn.") % name, "duties")


def _later_gaps(content: dict) -> Iterator[PlanGap]:
    """What issue_gaps asks for on the day of issue, said early."""
    if not content["frame"]["signer_name"] or not content["frame"]["signer_title"]:
        yield PlanGap(_("Kế hoạch chưa có người ký."), "frame", later=True)
    if not content["recipients"]:
        yield PlanGap(_("Kế hoạch chưa có nơi nhận."), "recipients", later=True)
    if not any(row["kind"] for row in content["duties"]):
        yield PlanGap(_("Kế hoạch chưa giao nhiệm vụ nào phải nộp về Văn phòng Sở."), "duties", later=True)


def issue_gaps(plan: Plan, *, number: str, on: date | None) -> Iterator[str]:
    """What an issued plan must have: number, date, signer, recipients."""
    if not number:
        yield _("Nhập số của văn bản.")
    elif not register.NUMBER.fullmatch(number):
        yield _("Số của văn bản bắt đầu bằng chữ số, tối đa 11 ký tự.")
    if on is None:
        yield _("Nhập ngày ban hành.")
    elif on.year != plan.year and on.year != plan.year - 1:
        yield _("Ngày ban hành phải thuộc năm %(year)d hoặc năm trước.") % {"year": plan.year}
    elif number and register.is_taken(plan.agency_id, plan.symbol, number, on.year):
        yield _("Số %(number)s/%(symbol)s đã dùng trong năm %(year)d.") % {
            "number": number,
            "symbol": plan.symbol,
            "year": on.year,
        }
    if not plan.signer_name or not plan.signer_title:
        yield _("Kế hoạch chưa có người ký.")
    if not plan.recipients.exists():
        yield _("Kế hoạch chưa có nơi nhận.")
    if not plan.duties.current().exclude(kind="").exists():
        yield _("Kế hoạch chưa giao nhiệm vụ nào phải nộp về Văn phòng Sở.")


def signed_file_gaps(comparison, *, unread: bool) -> Iterator[str]:
    """What keeps a signed file from being taken: it must hold the approved text, whole and nothing besides.

    `comparison` is a plans.registers.signed_files.Comparison; of a scan without text the clerk says that they
    compared it.
    """
    if not comparison.has_text:
        if not unread:
            yield _("Tệp đã ký là bản quét không có chữ nên cổng không đối chiếu được. Hãy đối chiếu với bản đã duyệt "
                    "rồi đánh dấu ô xác nhận.")  # fmt: skip
        return
    for part in comparison.missing:
        yield _("Tệp đã ký không có đúng đoạn đã duyệt: “%s”.") % part
    for part in comparison.added:
        yield _("Tệp đã ký có thêm nội dung không có trong bản đã duyệt: “%s”.") % part


@dataclass(frozen=True)
class Gap:
    """What is missing, and where: the code of an area, the mark of what is asked, or the id of an activity."""

    text: str
    area: str = ""
    item: str = ""
    activity_id: int | None = None
    remark_id: int | None = None


def unit_plan_gaps(unit_plan: UnitPlan) -> Iterator[Gap]:
    """What keeps a unit plan from being handed in.

    Every area has a line or "không có" with its reason; whatever the department asks there is answered by a line or
    declined with a reason (plans.units.asked); every line runs in the plan's year.
    """
    lines = list(unit_plan.activities.select_related("area"))
    for line in lines:
        line.area_code = line.area.code
    planned, absent = {line.area.code for line in lines}, set(unit_plan.absences.values_list("area__code", flat=True))
    answered = answers(asked_of(unit_plan), lines, decline_reasons(unit_plan), absent)
    for area in unit_plan.plan.scheme.areas.all():
        if area.code not in planned | absent:
            text = _("Nội dung %s: thêm ít nhất một hoạt động, hoặc ghi “không có” kèm lý do.") % area
            yield Gap(text, area=area.code)
        elif area.code in planned:
            mine = (answer for answer in answered if answer.asked.area == area.code)
            yield from _unanswered(answer.asked for answer in mine if not answer.is_given)
    year = unit_plan.plan.year
    for line in lines:
        if {line.starts.year, line.ends.year} != {year}:
            text = _("Hoạt động “%(title)s”: thời gian phải nằm trong năm %(year)d.")
            yield Gap(text % {"title": line.title, "year": year}, activity_id=line.pk)
    for remark in remarks.unanswered(unit_plan):
        yield Gap(_("Ý kiến về “%s” chưa được trả lời.") % remark.part_label, remark_id=remark.pk)


def _unanswered(items: Iterable[Asked]) -> Iterator[Gap]:
    text = _("Yêu cầu %(code)s “%(text)s”: gắn với một hoạt động, hoặc ghi “không thuộc chức năng” kèm lý do.")
    for item in items:
        words = {"code": item.code, "text": Truncator(item.text).chars(80)}
        yield Gap(text % words, area=item.area, item=item.key)
