"""The form of one block of a plan on its way in: its kind, its words, its cells, its place among the areas."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import CleanCharField, CleanTextField
from plans.department.corrections import TABLE_LEVELS, change_block, index_of, merge_up, printed, split, take_out
from plans.forms.plan_import import BLOCK_MAX, CorrectionForm
from plans.models import PlanSection
from plans.models.plan import SectionLevel

IN_TEXT = [
    (SectionLevel.ARTICLE.value, gettext_lazy("Điều")),
    (SectionLevel.ROMAN.value, gettext_lazy("Mục (I, II …)")),
    (SectionLevel.NUMBER.value, gettext_lazy("Khoản (1, 1.1 …)")),
    (SectionLevel.LETTER.value, gettext_lazy("Điểm (a, b, c …)")),
    (SectionLevel.DASH.value, gettext_lazy("Gạch đầu dòng (-)")),
    (SectionLevel.PLUS.value, gettext_lazy("Gạch cộng (+)")),
    (SectionLevel.PARAGRAPH.value, gettext_lazy("Đoạn văn")),
]
IN_TABLE = [
    (SectionLevel.HEADER.value, gettext_lazy("Dòng đầu bảng")),
    (SectionLevel.GROUP.value, gettext_lazy("Nhóm trong bảng")),
    (SectionLevel.ROW.value, gettext_lazy("Dòng của bảng")),
    IN_TEXT[-1],
]
MERGE, SPLIT, TAKE_OUT = "merge", "split", "take_out"


class BlockForm(CorrectionForm):
    """A paragraph, a list entry, a heading or a row of a table."""

    level = forms.ChoiceField(label=gettext_lazy("Loại"), choices=IN_TEXT)
    mark = CleanCharField(
        label=gettext_lazy("Ký hiệu như in"), required=False, max_length=PlanSection._meta.get_field("mark").max_length,
        help_text=gettext_lazy("Ví dụ: I.  1.1.  a)  -  +"),
    )  # fmt: skip
    title = CleanTextField(
        label=gettext_lazy("Tiêu đề"), required=False, max_length=BLOCK_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )
    text = CleanTextField(
        label=gettext_lazy("Nội dung"), required=False, max_length=BLOCK_MAX, widget=forms.Textarea(attrs={"rows": 6})
    )
    area = forms.ChoiceField(
        label=gettext_lazy("Nội dung cải cách hành chính"), required=False,
        help_text=gettext_lazy("Chọn khi đoạn này là đề mục mở đầu một nội dung."),
    )  # fmt: skip

    def __init__(self, *args, number: int, act: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.act = act
        self.fields["area"].choices = [("", _("Không phải đề mục của nội dung nào")), *self.areas]
        row = self.content["sections"][index_of(self.content, number)]
        self.cells = len(row["cells"]) if row["level"] in TABLE_LEVELS else 0
        if self.cells:
            self.fields["level"].choices = IN_TABLE
            del self.fields["text"], self.fields["mark"]
            self.fields["title"].widget = forms.HiddenInput()
            if row["level"] != SectionLevel.GROUP:
                del self.fields["area"]
        for place, name in enumerate(_column_names(self.content, number)[: self.cells]):
            self.fields[f"cell_{place}"] = CleanTextField(
                label=name or _("Cột %d") % (place + 1), required=False, max_length=BLOCK_MAX,
                widget=forms.Textarea(attrs={"rows": 2}),
            )  # fmt: skip

    def clean(self):
        data = super().clean()
        words = [data.get(name) for name in ("title", "text", *(f"cell_{place}" for place in range(self.cells)))]
        if not self.errors and not any(words):
            first = "cell_0" if self.cells else "text"
            self.add_error(first, _("Đoạn này không còn chữ nào. Muốn bỏ, bấm “Bỏ khỏi văn bản”."))
        if not self.errors and self.act == SPLIT and not all(self.halves(data)):
            self.add_error(
                "text", _("Để tách, xuống dòng (Enter) trong ô Nội dung ở chỗ cần tách rồi bấm “Tách thành hai”.")
            )
        return data

    @staticmethod
    def halves(data: dict) -> tuple[str, str]:
        """The text before and after its first line end, each in one line; what is not there is empty."""
        first, _end, rest = data.get("text", "").partition("\n")
        return _one_line(first), _one_line(rest)

    @staticmethod
    def read(content, number):
        row = content["sections"][index_of(content, number)]
        shown = {name: row[name] for name in ("level", "mark", "title", "text", "area")}
        return shown | {f"cell_{place}": cell for place, cell in enumerate(row["cells"])}

    def write(self, content, number, data):
        row = content["sections"][index_of(content, number)]
        label = _("Sửa đoạn: %s") % printed(row)[:150]
        if self.act == TAKE_OUT:
            take_out(content, number)
            return _("Bỏ khỏi văn bản: %s") % printed(row)[:150]
        values = {name: data[name] for name in ("level", "mark", "area") if name in data}
        if self.cells:
            values["cells"] = [data[f"cell_{place}"] for place in range(self.cells)]
        else:
            values |= {"title": _one_line(data["title"]), "text": _one_line(data["text"])}
        change_block(content, number, values)
        if self.act == SPLIT:
            split(content, number, *self.halves(data))
            label = _("Tách đoạn: %s") % printed(row)[:150]
        elif self.act == MERGE:
            merge_up(content, number)
            label = _("Gộp với đoạn trên: %s") % printed(row)[:150]
        return label


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _column_names(content: dict, block: int) -> list[str]:
    """The heading of the table that the row belongs to, cell by cell; blanks when it has none or is it."""
    position = index_of(content, block)
    width = len(content["sections"][position]["cells"])
    for row in reversed(content["sections"][:position]):
        if row["level"] not in TABLE_LEVELS:
            break
        if row["level"] == SectionLevel.HEADER:
            return [*row["cells"], *[""] * width]
    return [""] * width
