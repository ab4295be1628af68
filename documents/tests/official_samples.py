"""Documents as a department types them, for the tests of the layout."""

from dataclasses import replace

from documents.charts import Bar, bars, trend
from documents.official import Column, Figure, Heading, Item, OfficialDocument, Paragraph, Row, Table
from documents.verification import Verification

PLAN = OfficialDocument(
    parent_agency="UBND tỉnh Ninh Thuận",
    agency="Sở Lao động - Thương binh và Xã hội",
    number=None,
    symbol="KH-SLĐTBXH",
    place="Ninh Thuận",
    date_text="ngày     tháng 02 năm 2022",
    type_name="Kế hoạch",
    subject="Về việc tuyên truyền cải cách hành chính năm 2022",
    bases=(
        "Căn cứ Kế hoạch số 421/KH-UBND ngày 28/01/2022 của UBND tỉnh",
        "Theo đề nghị của Chánh Văn phòng Sở",
    ),
    blocks=(
        Heading("roman", "I", "Mục đích, yêu cầu"),
        Heading("number", "1", "Mục đích"),
        Heading("letter", "a", "Tuyên truyền công tác chỉ đạo, điều hành"),
        Item("-", "Nâng cao nhận thức, trách nhiệm tổ chức thực hiện cải cách hành chính. " * 5),
        Item("+", "Chỉ số PCI phấn đấu tăng 0,5-1 điểm so với năm 2021."),
        *(Paragraph(f"Đoạn {n}: các phòng, đơn vị phản ánh về Văn phòng Sở để tổng hợp. " * 3) for n in range(25)),
        Paragraph("Trong quá trình thực hiện, nếu có vướng mắc, đề nghị phản ánh về Văn phòng Sở."),
    ),
    signer_title="Giám đốc",
    signer_name="Hà Anh Quang",
    recipients=("UBND tỉnh (b/c)", "Sở Nội vụ (p/h)", "Lưu: VT, VP"),
    mark="DỮ LIỆU MINH HỌA",
    footer_contact="Số 01 đường 21 tháng 8, tỉnh Ninh Thuận; điện thoại: 0259.3822.000",
)

COLUMNS = (
    Column("STT", "center", 8),
    Column("Đơn vị", "left", 36.5),
    Column("Kế hoạch", "right", 15.5, "Số tin, bài"),
    Column("Thực hiện", "right", 15.5, "Số tin, bài"),
    Column("Ghi chú"),
)

REPORT = replace(
    PLAN,
    number=5,
    symbol="BC-SLĐTBXH",
    date_text="ngày 28 tháng 3 năm 2022",
    type_name="Báo cáo",
    subject="Kết quả tuyên truyền cải cách hành chính quý I năm 2022",
    addressees=("Ủy ban nhân dân tỉnh Ninh Thuận",),
    bases=(),
    blocks=(Paragraph("Kết quả như sau."),),
    authority="KT. Giám đốc",
    signer_title="Phó Giám đốc",
    recipients=("Như trên", "Lưu: VT, VP"),
    footer_contact="",
)


def figures(count: int) -> Table:
    """A table of ``count`` rows under two common headings, a group label before every seventh."""
    rows: list[Row] = []
    for number in range(1, count + 1):
        if number % 7 == 1:
            rows.append(Row(("", f"Nhóm {number}"), "group"))
        rows.append(Row((str(number), f"Đơn vị {number}", "1.234", "567", "")))
    return Table(COLUMNS, (*rows, Row(("", "Tổng cộng", "74.040", "34.020", ""), "total")))


AREA_CHART = bars(
    "Nhiệm vụ đã thực hiện theo nội dung",
    (
        Bar("Công tác chỉ đạo, điều hành cải cách hành chính", 12, 15, "12/15"),
        Bar("Cải cách thể chế", 4, 8, "4/8"),
        Bar("Cải cách tài chính công", 0, 6, "0/6"),
        Bar("Xây dựng và phát triển chính quyền điện tử, chính quyền số", None),
    ),
    unit="nhiệm vụ",
)
TREND_CHART = trend(
    "Tin, bài qua các quý",
    (("Quý I/2021", 120), ("Quý II/2021", None), ("Quý III/2021", 240), ("Quý IV/2021", 1250)),
    unit="tin, bài",
)
# With charts, the figures behind one of them, and a look-up code.
CHARTED = replace(
    REPORT,
    blocks=(
        Paragraph("Kết quả như sau."),
        Figure(AREA_CHART, "Hình 1. Nhiệm vụ đã thực hiện theo nội dung"),
        Figure(TREND_CHART, "Hình 2. Tin, bài qua các quý", figures(3)),
        Paragraph("Đề nghị các đơn vị tiếp tục thực hiện."),
    ),
    verification=Verification("A7F3-K2Q9", "https://tuyentruyen.ninhthuan.gov.vn/tra-cuu/A7F3-K2Q9/"),
)
