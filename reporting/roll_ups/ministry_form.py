"""The statistical annex of the reform report (Phụ lục thống kê) as data: its rows in their order. Pure.

The Ministry's form follows the outline that its guidance on periodic reform reports gives (domain: the block on
steering and communication). Another form is another list of rows.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class FormRow:
    """A row: its number and words, and what fills it.

    `figure` is the code of an indicator, or a sum of the year's tasks ("tasks.planned", "tasks.done");
    `ratio` names the numbers of two rows, whose quotient it is. A row with neither is a heading.
    """

    number: str
    title: str
    measure: str = ""
    figure: str = ""
    ratio: tuple[str, str] | None = None


ROWS = (
    FormRow("I", "Kế hoạch tuyên truyền cải cách hành chính"),
    FormRow("1", "Số nhiệm vụ đề ra trong kế hoạch", "nhiệm vụ", "tasks.planned"),
    FormRow("2", "Số nhiệm vụ đã hoàn thành", "nhiệm vụ", "tasks.done"),
    FormRow("3", "Tỷ lệ hoàn thành kế hoạch", "%", ratio=("2", "1")),
    FormRow("II", "Kiểm tra cải cách hành chính"),
    FormRow("4", "Số đơn vị đã kiểm tra", "đơn vị", "inspected-units"),
    FormRow("5", "Số vấn đề phát hiện qua kiểm tra", "vấn đề", "findings"),
    FormRow("6", "Số vấn đề đã xử lý", "vấn đề", "findings-solved"),
    FormRow("7", "Tỷ lệ vấn đề đã xử lý", "%", ratio=("6", "5")),
    FormRow("III", "Tuyên truyền cải cách hành chính"),
    FormRow("8", "Số tin, bài", "tin, bài", "articles"),
    FormRow("9", "Chuyên mục, chuyên trang", "chuyên mục", "columns"),
    FormRow("10", "Phóng sự, chương trình phát thanh, truyền hình", "chương trình", "programmes"),
    FormRow("11", "Lượt phát thanh cơ sở", "lượt", "broadcasts"),
    FormRow("12", "Hội nghị, lớp tập huấn", "cuộc", "trainings"),
    FormRow("13", "Lượt người dự", "lượt người", "participants"),
    FormRow("14", "Tờ rơi, tờ gấp", "tờ", "leaflets"),
    FormRow("15", "Pano, áp phích", "cái", "panels"),
    FormRow("16", "Cuộc thi", "cuộc", "contests"),
    FormRow("17", "Bài dự thi", "bài", "entries"),
    FormRow("18", "Bài đăng Zalo, fanpage, trang thông tin", "bài", "posts"),
    FormRow("19", "Lượt xem, tiếp cận", "lượt", "views"),
    FormRow("20", "Lượt tương tác", "lượt", "interactions"),
    FormRow("21", "Cuộc họp lồng ghép", "cuộc", "meetings"),
    FormRow("IV", "Đối thoại, sáng kiến, kinh phí"),
    FormRow("22", "Cuộc đối thoại", "cuộc", "dialogues"),
    FormRow("23", "Sáng kiến", "sáng kiến", "initiatives"),
    FormRow("24", "Kinh phí", "đồng", "money"),
)
COLUMNS = ("planned", "value", "year", "last_year")  # Kế hoạch, Trong kỳ, Lũy kế, Cùng kỳ
