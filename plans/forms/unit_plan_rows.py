"""The lines of a unit plan as rows of a table."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanForm, CountField
from accounts.rows import Row, Rows
from documents.time_spans import Span, span_words
from plans.forms.unit_plan_line import LineRules, ListedField, MoneyPartsField, TimeField, boxes_of
from plans.models import Activity
from plans.units.lines import LineEdit
from plans.units.unit_plan_excel.catalogue import Catalogue
from plans.units.unit_plan_excel.columns import LISTED

FIELDS = (
    "area", "title", "channel", "audience", "time", "person", "product", "indicator", "quantity", "money", "funds",
    "asked",
)  # fmt: skip
LISTS = {name: f"muc-{name}" for name in (*LISTED, "funds", "asked")}  # ids of the lists offered while typing


def _most(name: str) -> int:
    return Activity._meta.get_field(name).max_length


def _listed(name: str) -> forms.TextInput:
    return forms.TextInput(attrs={"list": LISTS[name]})


class LineRow(LineRules, CleanForm):
    """A line in twelve boxes; what is chosen from a list is typed, its beginning or a part of it is enough."""

    area = ListedField(label=gettext_lazy("Nội dung"), widget=_listed("area"))
    title = CleanCharField(label=gettext_lazy("Tên nhiệm vụ"), max_length=_most("title"))
    channel = ListedField(label=gettext_lazy("Hình thức"), widget=_listed("channel"))
    audience = ListedField(label=gettext_lazy("Đối tượng"), widget=_listed("audience"))
    time = TimeField(
        label=gettext_lazy("Thời gian"),
        help_text=gettext_lazy("tháng 3; quý II; 3–5; cả năm; thường xuyên; 15/3; 01/3 – 15/4."),
    )
    person = CleanCharField(label=gettext_lazy("Người thực hiện"), max_length=_most("person"))
    product = CleanCharField(label=gettext_lazy("Sản phẩm"), max_length=_most("product"), required=False)
    indicator = ListedField(label=gettext_lazy("Chỉ tiêu"), required=False, widget=_listed("indicator"))
    quantity = CountField(label=gettext_lazy("Số lượng"), required=False)
    money = MoneyPartsField(label=gettext_lazy("Kinh phí (đồng)"), required=False)
    funds = CleanCharField(
        label=gettext_lazy("Nguồn kinh phí"), required=False, widget=_listed("funds"),
        help_text=gettext_lazy("nhiều nguồn thì ghi “10 triệu; 2 triệu” và “tự chủ; xã hội hóa”."),
    )  # fmt: skip
    asked = CleanCharField(
        label=gettext_lazy("Đáp ứng yêu cầu"), required=False, widget=_listed("asked"),
        help_text=gettext_lazy("mã của yêu cầu, ví dụ “c1; c3”; cạnh nội dung c chỉ cần “1; 3”."),
    )  # fmt: skip

    def __init__(self, *args, year: int, catalogue: Catalogue, **kwargs):
        self.year, self.catalogue = year, catalogue
        super().__init__(*args, **kwargs)
        self.fields["time"].year = year
        for name in LISTED:
            self.fields[name].name, self.fields[name].catalogue = name, catalogue

    def _clean_time(self, cleaned: dict) -> None:
        span = cleaned.get("time")
        if span is None:
            return
        if span.starts.year != self.year or span.ends.year != self.year:
            self.add_error("time", _("Kế hoạch này của năm %d. Hãy ghi thời gian trong năm đó.") % self.year)
            return
        # Of a line without words the box shows what its days come to; left alone, it still has none.
        shown = "time" not in self.changed_data and self.initial.get("phrase") == ""
        cleaned |= {"starts": span.starts, "ends": span.ends, "phrase": "" if shown else self.fields["time"].phrase}


class LineRows(Rows):
    """The lines on one page of the table; `catalogue` holds what they may choose from."""

    form, noun, most, extra = LineRow, gettext_lazy("hoạt động"), 300, 1

    def __init__(self, *args, catalogue: Catalogue, year: int, area=None, **kwargs):
        self.catalogue, self.area = catalogue, area
        super().__init__(*args, form_kwargs={"catalogue": catalogue, "year": year}, **kwargs)

    def initial_of(self, stored: Activity) -> dict:
        named = {name: getattr(stored, name) for name in LISTED}
        labels = {name: self.catalogue.label(entry) if entry else "" for name, entry in named.items()}
        texts = {name: getattr(stored, name) for name in ("title", "person", "product", "quantity")}
        time = stored.phrase or span_words(Span(stored.starts, stored.ends))
        return labels | texts | {"time": time, "phrase": stored.phrase} | boxes_of(stored, self.catalogue)

    def initial_of_new(self) -> dict:
        return {"area": self.catalogue.label(self.area)} if self.area else {}

    def edits(self, rows: list[Row]) -> list[LineEdit]:
        """The rows as plans.units.lines stores them."""
        return [
            LineEdit(row.cleaned_data, row.stored, row.stored.version, changed=row.has_changed())
            if row.stored
            else LineEdit(row.cleaned_data)
            for row in rows
        ]

    @property
    def offered(self) -> list[tuple[str, list[str]]]:
        """(id, entries) of the lists that the browser offers while typing."""
        names = {name: self.catalogue.labels(name) for name in LISTED}
        names["funds"] = [source.short for source in self.catalogue.lists["funds"]]
        names["asked"] = list(self.catalogue.asked)
        return [(LISTS[name], entries) for name, entries in names.items()]
