"""Area × channel × audience: what was done, what is planned, what is blank."""

from datetime import date

from reporting.director.coverage import laid_out

AREAS = [{"code": "x", "letter": "a", "name": "chỉ đạo"}, {"code": "y", "letter": "b", "name": "thể chế"}]
CHANNELS = [("zalo", "Zalo"), ("leaflet", "Tờ gấp")]
AUDIENCES = [("officials", "Cán bộ, công chức"), ("people", "Người dân"), ("businesses", "Doanh nghiệp"), ("all", "")]
TODAY = date(2022, 4, 10)


def cells(done=(), planned=()) -> dict:
    found = laid_out(AREAS, CHANNELS, AUDIENCES, done, planned, TODAY)
    return {(row["code"], cell["audience"]): cell for row in found["rows"] for cell in row["cells"]} | {"": found}


def test_what_is_for_everybody_reaches_each_audience_once():
    found = cells(done=[("x", "zalo", "all", 3), ("x", "zalo", "people", 2)])
    assert [found["x", name]["results"] for name in ("officials", "people", "businesses")] == [3, 5, 3]
    assert [found["x", name]["used"] for name in ("officials", "people", "businesses")] == [1, 1, 1]
    assert (found[""]["filled"], found[""]["of"]) == (3, 12)
    assert [row["code"] for row in found[""]["audiences"]] == ["officials", "people", "businesses"]


def test_a_blank_cell_says_when_it_is_to_be_filled():
    may, march = date(2022, 5, 2), date(2022, 3, 1)
    found = cells(planned=[("x", "zalo", "people", march, may), ("y", "zalo", "people", march, None)])
    assert found["x", "people"]["words"] == "chưa có hoạt động, kế hoạch dự kiến tháng 5"
    assert found["x", "people"]["short"] == "dự kiến tháng 5"
    assert found["y", "people"]["words"] == "chưa có hoạt động dù kế hoạch từ tháng 3"
    assert found["y", "businesses"]["words"] == "chưa có hoạt động, chưa có kế hoạch"
    assert {(row["area"], row["audience"]) for row in found[""]["empty"]} == {
        (area, audience) for area in "xy" for audience in ("Cán bộ", "Người dân", "Doanh nghiệp")
    }


def test_of_several_plans_the_earliest_counts():
    april, june = date(2022, 4, 20), date(2022, 6, 1)
    found = cells(planned=[("x", "zalo", "people", june, june), ("x", "leaflet", "all", april, april)])
    assert found["x", "people"]["short"] == "dự kiến tháng 4"
    assert found["x", "people"]["ahead"] == 2


def test_the_squares_stand_in_the_order_of_the_channels():
    found = cells(done=[("x", "leaflet", "people", 1)], planned=[("x", "zalo", "people", TODAY, None)])
    paths = found["x", "people"]["paths"]
    assert paths == {"done": "M7 0h6v8h-6z", "ahead": "M0 0h6v8h-6z", "blank": ""}
