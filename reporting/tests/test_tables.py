"""The content of a roll-up as the rows of a page's tables."""

from reporting.roll_ups import narrative, tables
from reporting.roll_ups.papers import attached_to


def place(unit: str, group: str, *, received: bool = False, days: int = 0, period: str = "2022-Q1") -> dict:
    return {
        "unit": unit, "code": unit, "period": period, "group": group, "days": days, "received": received, "report": None
    }  # fmt: skip


def test_units_stand_in_the_group_of_their_report_and_those_not_received_are_named_apart():
    found = tables.in_and_out(
        [place("A", "on_time", received=True), place("B", "late", days=3), place("C", "missing"), place("D", "exempt")]
    )
    groups = {group["words"]: [row["unit"] for row in group["rows"]] for group in found["groups"]}
    assert groups == {
        "Đúng hạn": ["A"], "Nộp muộn": ["B"], "Chưa được tiếp nhận": ["B"], "Chưa báo cáo": ["C"],
        "Được miễn": ["D"],
    }  # fmt: skip
    assert (found["handed_in"], found["received"], found["expected"]) == (2, 1, 3)
    assert found["groups"][1]["rows"][0]["more"] == " (muộn 3 ngày)"


def test_quarters_are_told_apart_where_there_are_several():
    found = tables.in_and_out([place("A", "on_time"), place("A", "late", days=1, period="2022-Q2")])
    assert [row["more"] for group in found["groups"][:2] for row in group["rows"]] == [" (Q1)", " (Q2, muộn 1 ngày)"]


def test_channels_stand_by_their_use_and_the_longest_bar_is_the_whole():
    content = {
        "indicators": [{"code": "posts", "name": "Bài đăng", "measure": "bài"}],
        "channels": [
            {"code": "leaflet", "name": "Tờ gấp", "results": 1, "values": {}},
            {"code": "zalo", "name": "Zalo", "results": 4, "values": {"posts": 7, "gone": 1}},
        ],
    }
    rows = tables.channel_rows(content)
    assert [(row["code"], row["percent"]) for row in rows] == [("zalo", 100), ("leaflet", 25)]
    assert [value["value"] for value in rows[0]["values"]] == [7]


def test_a_build_from_before_channels_were_counted_is_still_shown():
    content = {"indicators": [], "channels": [{"code": "zalo", "name": "Zalo", "values": {}}]}
    assert tables.channel_rows(content)[0]["percent"] is None


def test_a_figure_is_named_as_a_sentence_names_it():
    def words(name: str, measure: str, total: int, code: str = "x") -> str:
        return narrative.figure_words({"code": code, "name": name, "measure": measure}, total)

    assert words("Số tin, bài", "tin, bài", 16) == "16 tin, bài"
    assert words("Lượt xem, tiếp cận", "lượt", 7634) == "7.634 lượt xem, tiếp cận"
    assert words("Pano, áp phích", "cái", 3) == "3 cái pano, áp phích"
    assert words("Cuộc họp lồng ghép", "cuộc", 2) == "2 cuộc họp lồng ghép"
    assert words("Kinh phí", "đồng", 12_390_000, "money") == "kinh phí 12.390.000 đồng"


def test_an_appendix_names_the_number_day_and_agency_of_its_report():
    line = attached_to("Số: 28/BC-VP", "ngày 18 tháng 3 năm 2022", "Văn phòng Sở")
    assert line == "(Kèm theo Báo cáo số 28/BC-VP ngày 18 tháng 3 năm 2022 của Văn phòng Sở)"
