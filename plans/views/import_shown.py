"""What the page of a plan on its way in shows: the document by pages, and every fact with the way to change it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.dates import document_date, short_date
from documents.numbers import format_number
from plans.department.corrections import FRAME_DEFECTS, is_about_date, is_about_people
from plans.models import Holiday, PlanImport
from plans.models.plan import SectionLevel
from plans.views.shown import Line, duty_of, outline_of_content, show_duty, structure_of_content

TASK_NOTES = (
    ("product", gettext_lazy("Sản phẩm")),
    ("lead", gettext_lazy("Chủ trì")),
    ("support", gettext_lazy("Phối hợp")),
    ("time", gettext_lazy("Thời gian")),
    ("money", gettext_lazy("Kinh phí")),
    ("note", gettext_lazy("Ghi chú")),
)
QUOTED = re.compile("“([^”]+)”")
BLOCKS_A_PAGE = 100
FACTS_AT_FIRST = 12  # of each list beside the document; the whole list has a page of its own
FACTS_A_PAGE = 100
DOUBTS_AT_FIRST = 25
DOUBTS = "diem-can-xem"
MOST_CONTENTS = 40
HEAD, TAIL = "dau-van-ban", "cuoi-van-ban"


@dataclass
class Fact:
    """One line of the right column. `edit` leads to its form, `seen` to its places in the document."""

    text: str
    lead: str = ""
    notes: str = ""
    dues: tuple = ()
    edit: str = ""
    edit_word: str = ""
    seen: list = field(default_factory=list)
    doubtful: bool = False


@dataclass
class FactList:
    """One kind of facts, each made of its row when it is shown.

    `slug` names its own page, `add` the form of a new one, `edit` that of the whole list; `empty` is said without any.
    """

    slug: str
    title: str
    rows: list
    fact: Callable[..., Fact]
    empty: str
    add: str = ""
    edit: str = ""

    @property
    def first(self) -> list[Fact]:
        return [self.fact(row) for row in self.rows[:FACTS_AT_FIRST]]

    @property
    def is_cut(self) -> bool:
        return len(self.rows) > FACTS_AT_FIRST

    def page(self, number) -> Page:
        """A page of all of them."""
        page = Paginator(self.rows, FACTS_A_PAGE).get_page(number)
        page.object_list = [self.fact(row) for row in page.object_list]
        return page


@dataclass
class Doubt:
    """A defect with its ways out: `number` to wave it through, `edit` to mend it, `seen` to look at it."""

    number: int
    severity: str
    text: str
    where: str
    settled: bool
    fixed: bool
    edit: str
    seen: str


class ImportPage:
    """The parts of the page, made when asked for.

    `areas` names the content areas by code; `page` is of the blocks; `apart`: the document is on another page.
    """

    def __init__(self, row: PlanImport, areas: Mapping[str, str], page=None, *, apart: bool = False):
        self.row, self.content, self.areas, self.apart = row, row.content, areas, apart
        sections = self.content["sections"]
        self.places = {each["id"]: position for position, each in enumerate(sections)}
        self.blocks: Page = Paginator(sections, BLOCKS_A_PAGE).get_page(page)
        self.open = [each for each in self.content["defects"] if not each["settled"]]
        self.doubtful = {each["section"] for each in self.open if each["section"] is not None}
        self.doubtful_duties = {each["section"] for each in self.open if is_about_date(each)}
        self.structure = structure_of_content(self.content | {"duties": []})  # each duty is shown when it is its turn

    # The document

    @property
    def outline(self) -> list[Line]:
        return outline_of_content(self.content | {"sections": list(self.blocks)}, self.areas)

    @property
    def date_text(self) -> str:
        frame = self.content["frame"]
        return document_date(None, day=frame["date_day"], month=frame["date_month"], year=frame["date_year"])

    @property
    def head_doubtful(self) -> bool:
        return any(each["code"] in FRAME_DEFECTS and not self._in_tail(each) for each in self.open)

    @property
    def tail_doubtful(self) -> bool:
        return any(self._in_tail(each) for each in self.open)

    @staticmethod
    def _in_tail(defect: dict) -> bool:
        return defect["code"] in ("recipients_missing", "signer_missing") or is_about_people(defect)

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The sections by Roman numbers with their places, when the document has more than one page."""
        if not self.blocks.has_other_pages():
            return []
        rows = [
            each for each in self.content["sections"] if each["level"] in (SectionLevel.ROMAN, SectionLevel.ARTICLE)
        ]
        return [(f"{each['mark']} {each['title']}"[:80], self.place_of(each["id"])) for each in rows[:MOST_CONTENTS]]

    def place_of(self, block: int | None) -> str:
        """The address of a block in the document, on whatever page it stands; "" when it stands nowhere."""
        if block not in self.places:
            return ""
        return self._on_page(self.places[block] // BLOCKS_A_PAGE + 1, f"muc-{block}")

    def _on_page(self, number: int, anchor: str) -> str:
        here = number == self.blocks.number and not self.apart
        return f"#{anchor}" if here else f"{self._address()}?page={number}#{anchor}"

    def _address(self) -> str:
        return reverse("plan_import_detail", args=[self.row.pk])

    def item(self, part: str, number: int) -> str:
        return reverse("plan_import_item", args=[self.row.pk, part, number])

    def part(self, part: str) -> str:
        return reverse("plan_import_part", args=[self.row.pk, part])

    # What is doubtful

    @property
    def doubts(self) -> list[Doubt]:
        """The first of them, open ones before the others."""
        return self.page_of_doubts(1, DOUBTS_AT_FIRST).object_list

    def page_of_doubts(self, number, size: int = FACTS_A_PAGE) -> Page:
        """A page of all of them, open ones first, in the order of the document."""
        rows = sorted(enumerate(self.content["defects"], 1), key=lambda row: row[1]["settled"])
        page = Paginator(rows, size).get_page(number)
        page.object_list = [self._doubt(row) for row in page.object_list]
        return page

    def _doubt(self, row: tuple[int, dict]) -> Doubt:
        number, each = row
        return Doubt(
            number, each["severity"], each["text"], each["where"], each["settled"], bool(each.get("fixed")),
            self._way_to_mend(each), self._seen(each),
        )  # fmt: skip

    def _way_to_mend(self, each: dict) -> str:
        if each["code"] == "recipients_missing" or is_about_people(each):
            return self.part("noi-nhan")
        if each["code"] in FRAME_DEFECTS:
            return self.part("khung")
        if is_about_date(each):
            duties = [row for row in self.content["duties"] if row["section"] == each["section"]]
            told = [row for row in duties if row["phrase"] and row["phrase"] in each["text"]]
            if duties:
                return self.item("nhiem-vu", (told or duties)[0]["id"] + 1)
        return self.item("doan", each["section"]) if each["section"] in self.places else ""

    def _seen(self, each: dict) -> str:
        if each["section"] is not None:
            return self.place_of(each["section"])
        if self._in_tail(each):
            return self._on_page(self.blocks.paginator.num_pages, TAIL)
        return self._on_page(1, HEAD) if each["code"] in FRAME_DEFECTS else ""

    # The facts

    @property
    def frame(self) -> list[tuple[str, str, bool]]:
        """Name, value and whether it is doubtful, of what the head and the signature say."""
        frame, open_codes = self.content["frame"], {each["code"] for each in self.open}
        signer = ", ".join(filter(None, (frame["signer_title"], frame["signer_name"])))
        authority = " ".join(frame["signer_authority"].split())
        rows = (
            (_("Năm"), str(self.content["year"] or ""), {"year_missing"}),
            (_("Tên"), frame["title"], {"title_missing"}),
            (_("Số, ký hiệu"), f"{frame['number'] or '…'}/{frame['symbol'] or '…'}",
             {"number_blank", "symbol_missing"}),
            (_("Nơi, ngày ký"), f"{frame['place'] or '…'}, {self.date_text}",
             {"day_blank", "date_unreadable", "date_missing"}),
            (_("Người ký"), " ".join(filter(None, (authority, signer))), {"signer_missing"}),
            (_("Phương châm"), frame["motto"], set()),
        )  # fmt: skip
        return [(name, value, bool(codes & open_codes)) for name, value, codes in rows if value or codes & open_codes]

    @property
    def lists(self) -> list[FactList]:
        recipients = [f"{name} ({purpose})" if purpose else name for name, purpose in self.structure.recipients]
        return [
            FactList("nhiem-vu", _("Nhiệm vụ và thời hạn"), self.content["duties"], self._duty,
                     _("Không thấy nhiệm vụ nào."), add=self.part("nhiem-vu")),
            FactList("cac-noi-dung", _("Nội dung"), self.structure.areas, self._area,
                     _("Không thấy nội dung cải cách hành chính nào.")),
            FactList("chi-tieu", _("Chỉ tiêu chỉ số"), list(enumerate(self.structure.targets, 1)), self._target,
                     _("Không thấy chỉ tiêu nào."), add=self.part("chi-tieu")),
            FactList("van-ban", _("Văn bản căn cứ"), self.structure.documents, self._document,
                     _("Không thấy văn bản nào.")),
            FactList("viec", _("Việc trong bảng"), self.content["tasks"], self._task,
                     _("Văn bản không có bảng phân công việc.")),
            FactList("hinh-thuc", _("Hình thức"), self.content["channels"], Fact, _("Không thấy."),
                     edit=self.part("hinh-thuc")),
            FactList("doi-tuong", _("Đối tượng"), self.content["audiences"], Fact, _("Không thấy."),
                     edit=self.part("doi-tuong")),
            FactList("noi-nhan", _("Nơi nhận"), recipients, self._recipient, _("Không thấy."),
                     edit=self.part("noi-nhan")),
        ]  # fmt: skip

    def _places(self, blocks) -> list[str]:
        return [place for place in map(self.place_of, blocks) if place]

    @cached_property
    def _overrides(self):
        return Holiday.objects.as_rules()

    def _duty(self, row: dict) -> Fact:
        shown = show_duty(duty_of(row), self.content["year"], self._overrides)
        notes = (
            _("Phải nộp: %s") % ", ".join(filter(None, (shown.kind, shown.recurrence))) if shown.kind else "",
            _("nộp về %s") % shown.to if shown.to else "",
            f"“{shown.phrase}”" if shown.phrase else "",
        )
        return Fact(
            shown.what, lead=shown.who, notes=_joined(notes), dues=shown.dues,
            edit=self.item("nhiem-vu", row["id"] + 1), edit_word=shown.what[:60],
            seen=self._places([row["section"]]), doubtful=row["section"] in self.doubtful_duties,
        )  # fmt: skip

    def _area(self, row: tuple) -> Fact:
        title, items, block = row
        return Fact(
            title, notes=_("%d ý") % items, edit=self.item("doan", block), edit_word=title[:60],
            seen=self._places([block]), doubtful=block in self.doubtful,
        )  # fmt: skip

    def _target(self, row: tuple) -> Fact:
        number, (index, words, basis) = row
        notes = _("căn cứ %s") % basis if basis else ""
        return Fact(
            words, lead=index, notes=notes, edit=self.item("chi-tieu", number), edit_word=f"{index} {words}"[:60]
        )

    def _document(self, row) -> Fact:
        name = f"{row.name} ngày {short_date(row.date)}" if row.date else row.name
        return Fact(
            name, notes=_joined((row.issuer, _("viện dẫn %s lần") % format_number(row.mentions))),
            edit=self.item("doan", row.places[0]) if row.places else "", edit_word=row.name[:60],
            seen=self._places(row.places[:5]),
            doubtful=row.date is None and bool(self.doubtful.intersection(row.places[:1])),
        )  # fmt: skip

    def _task(self, row: dict) -> Fact:
        told = row | {"support": ", ".join(row["support"])}
        notes = [self.areas.get(row["area"], "")] + [f"{name}: {told[key]}" for key, name in TASK_NOTES if told[key]]
        return Fact(
            row["title"], notes=_joined(notes), edit=self.item("doan", row["section"]), edit_word=row["title"][:60],
            seen=self._places([row["section"]]), doubtful=row["section"] in self.doubtful,
        )  # fmt: skip

    def _recipient(self, text: str) -> Fact:
        """A line of "Nơi nhận" is doubtful when it holds what an open doubt quotes."""
        quoted = (words for each in self.open if is_about_people(each) for words in QUOTED.findall(each["text"]))
        return Fact(text, doubtful=any(words in text for words in quoted))


def _joined(notes) -> str:
    return " · ".join(filter(None, notes))
