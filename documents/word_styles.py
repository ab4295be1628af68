"""The paragraph styles of a Word document: the sizes and places of Nghị định 30/2020/NĐ-CP, Phụ lục I.

The counterpart of ``static/documents/official.css``: who changes one changes the other.
Sizes in points; distances as Word counts them, in twentieths of a point.
"""

from dataclasses import dataclass
from typing import Literal

FONT = "Times New Roman"
NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FIRST_LINE = 720  # 1.27 cm
GAP = 120  # 6 pt
BODY_LINE = 261  # of 240ths of a line: 17.5 pt, as the PDF has it
CLOSE_LINE = 250  # 1.2 times the letters, where lines belong together
BUILT_IN = {"Normal", "heading 1", "heading 2", "heading 3", "Title", "Subtitle", "caption", "header", "footer"}


@dataclass(frozen=True)
class Style:
    """A paragraph style; ``id`` is what the paragraphs name, ``name`` what Word shows."""

    id: str
    name: str
    size: float = 14
    bold: bool = False
    italic: bool = False
    align: Literal["left", "center", "right", "both"] = "left"
    first_line: int = 0
    before: int = 0
    after: int = 0
    line: int = CLOSE_LINE
    rule: Literal["auto", "atLeast", "exact"] = "auto"
    keep_next: bool = False
    outline: int | None = None
    color: str = ""
    border: str = ""
    border_space: int = 0

    @property
    def xml(self) -> str:
        kind = "" if self.name in BUILT_IN else ' w:customStyle="1"'
        kind, based = (' w:default="1"', "") if self.id == "Normal" else (kind, '<w:basedOn w:val="Normal"/>')
        following = '<w:next w:val="Body"/>' if self.outline is not None else ""
        return (
            f'<w:style w:type="paragraph"{kind} w:styleId="{self.id}"><w:name w:val="{self.name}"/>{based}'
            f"{following}<w:qFormat/><w:pPr>{self._paragraph}</w:pPr><w:rPr>{self._letters}</w:rPr></w:style>"
        )

    @property
    def _paragraph(self) -> str:
        keep = "<w:keepNext/>" if self.keep_next else ""
        indent = f'<w:ind w:firstLine="{self.first_line}"/>' if self.first_line else ""
        outline = "" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>'
        return (
            f"{keep}{self._borders}"
            f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="{self.line}" '
            f'w:lineRule="{self.rule}"/>'
            f'{indent}<w:jc w:val="{self.align}"/>{outline}'
        )

    @property
    def _borders(self) -> str:
        """Lines of 0.75 pt at the sides that ``border`` names."""
        color = self.color or "000000"
        sides = "".join(
            f'<w:{side} w:val="single" w:sz="6" w:space="{self.border_space if side in ("top", "bottom") else 0}" '
            f'w:color="{color}"/>'
            for side in self.border.split()
        )
        return f"<w:pBdr>{sides}</w:pBdr>" if sides else ""

    @property
    def _letters(self) -> str:
        bold, italic = "<w:b/>" * self.bold, "<w:i/>" * self.italic
        return f'{bold}{italic}<w:color w:val="{self.color or "000000"}"/>{_size(self.size)}'


BOX = "top left bottom right"
HEAD_LINE = 340  # 17 pt: words of 12 to 14 pt beside each other stand on one line

STYLES = (
    Style("Normal", "Normal", line=BODY_LINE),
    Style("Heading1", "heading 1", bold=True, align="both", first_line=FIRST_LINE, before=GAP, line=BODY_LINE,
          keep_next=True, outline=0),
    Style("Heading2", "heading 2", bold=True, align="both", first_line=FIRST_LINE, before=GAP, line=BODY_LINE,
          keep_next=True, outline=1),
    Style("Heading3", "heading 3", align="both", first_line=FIRST_LINE, before=GAP, line=BODY_LINE,
          keep_next=True, outline=2),
    Style("Body", "Đoạn văn", align="both", first_line=FIRST_LINE, before=GAP, line=BODY_LINE),
    Style("Flush", "Đoạn văn không thụt dòng", align="both", before=GAP, line=BODY_LINE),
    Style("Item", "Gạch đầu dòng", align="both", first_line=FIRST_LINE, before=GAP, line=BODY_LINE),
    Style("Country", "Quốc hiệu", 13, bold=True, align="center"),
    Style("Motto", "Tiêu ngữ", 14, bold=True, align="center"),
    Style("Parent", "Cơ quan chủ quản", 13, align="center"),
    Style("Agency", "Cơ quan ban hành", 13, bold=True, align="center"),
    Style("Rule", "Đường kẻ", 2, align="center", before=40, line=60, rule="exact", border="top"),
    Style("Number", "Số, ký hiệu", 13, align="center", before=GAP, line=HEAD_LINE, rule="atLeast"),
    Style("Issue", "Trích yếu công văn", 13, align="center"),
    Style("Date", "Địa danh, ngày tháng", 14, italic=True, align="center", before=GAP, line=HEAD_LINE, rule="atLeast"),
    Style("Draft", "Dấu dự thảo", 13, bold=True, align="center", before=200, border=BOX, border_space=2),
    Style("Urgency", "Dấu mức độ khẩn", 13, bold=True, align="center", before=200, color="CC0000", border=BOX,
          border_space=4),
    Style("Title", "Title", bold=True, align="center", before=360, line=BODY_LINE, keep_next=True),
    Style("Subtitle", "Subtitle", bold=True, align="center", line=BODY_LINE, keep_next=True),
    Style("SubjectRule", "Đường kẻ trích yếu", 2, align="center", before=40, after=240, line=60, rule="exact",
          border="top", keep_next=True),
    Style("Addressee", "Kính gửi", line=BODY_LINE),
    Style("Basis", "Căn cứ", italic=True, align="both", first_line=FIRST_LINE, before=GAP, line=BODY_LINE),
    Style("Caption", "caption", bold=True, align="center", before=160, keep_next=True),
    Style("Unit", "Đơn vị tính", 12, italic=True, align="right", before=160, after=GAP, keep_next=True),
    Style("Head", "Đầu bảng", 12, bold=True, align="center", keep_next=True),
    Style("Cell", "Ô bảng", 12),
    Style("DenseHead", "Đầu bảng nhiều cột", 11, bold=True, align="center", keep_next=True),
    Style("DenseCell", "Ô bảng nhiều cột", 11),
    Style("Figure", "Hình", 12, align="center", before=160, line=240),
    Style("FigureCaption", "Tên hình", 13, italic=True, align="center", before=GAP, after=GAP),
    Style("EndGap", "Khoảng cách trước chữ ký", 2, line=240, rule="exact", keep_next=True),
    Style("Recipients", "Nơi nhận", 12, bold=True, italic=True, line=HEAD_LINE, rule="atLeast", keep_next=True),
    Style("Recipient", "Tên nơi nhận", 11, keep_next=True),
    Style("Authority", "Quyền hạn, chức vụ người ký", 14, bold=True, align="center", line=HEAD_LINE, rule="atLeast",
          keep_next=True),
    Style("Signer", "Họ tên người ký", 14, bold=True, align="center", before=1474, keep_next=True),
    Style("Verify", "Thông tin tra cứu", 11, before=0),
    Style("Verification", "Mã tra cứu", 10, line=240),
    Style("AppendixLabel", "Phụ lục", bold=True, align="center", line=BODY_LINE, keep_next=True, outline=0),
    Style("AppendixTitle", "Tên phụ lục", bold=True, align="center", line=BODY_LINE, keep_next=True),
    Style("AppendixNote", "Kèm theo văn bản", italic=True, align="center", after=160, line=BODY_LINE, keep_next=True),
    Style("PageNumber", "header", 13, align="center"),
    Style("Contact", "Địa chỉ cơ quan", 11, align="center", border="top", border_space=2),
    Style("Mark", "footer", 9, align="center", before=80, color="555555"),
    Style("Gap", "Khoảng cách trước bảng", 2, line=GAP, rule="exact", keep_next=True),
    Style("Small", "Dòng ngăn", 1, line=20, rule="exact"),
)  # fmt: skip

TABLE_STYLES = (
    '<w:style w:type="table" w:default="1" w:styleId="Plain"><w:name w:val="Normal Table"/><w:tblPr>'
    '<w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr></w:style>"
    '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:basedOn w:val="Plain"/><w:tblPr>'
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + '</w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
    '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
)


def styles_xml() -> str:
    """The part ``word/styles.xml``: black letters, Vietnamese, no theme."""
    faces = " ".join(f'w:{kind}="{FONT}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    return (
        f'<w:styles xmlns:w="{NAMESPACE}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts {faces}/>{_size(14)}'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
        f"{''.join(style.xml for style in STYLES)}{TABLE_STYLES}</w:styles>"
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{points * 2:g}"/><w:szCs w:val="{points * 2:g}"/>'
