"""What two builds, two submissions and two periods' texts say differently."""

from reporting.differences import FigureChange, figure_changes, is_alike, moved_since, text_changes, version_changes

LEAFLETS = {"code": "leaflets", "name": "Tờ rơi, tờ gấp", "measure": "tờ"}
ARTICLES = {"code": "articles", "name": "Số tin, bài", "measure": "tin, bài"}


def content(figures: dict, received: dict) -> dict:
    rows = {"leaflets": LEAFLETS, "articles": ARTICLES}
    return {
        "indicators": [rows[code] | {"value": value} for code, value in figures.items()],
        "units": [
            {
                "code": code, "name": f"Phòng {code}",
                "reports": [{"period": "2022-Q1", "group": "on_time", "received": is_in}],
            }
            for code, is_in in received.items()
        ],
    }  # fmt: skip


def test_the_same_content_has_no_difference():
    one = content({"leaflets": 5, "articles": None}, {"A": True})
    assert not version_changes(one, one)


def test_totals_that_changed_and_units_that_came_in_or_went_out_are_named():
    before = content({"leaflets": 500, "articles": 3}, {"A": True, "B": False, "C": True})
    after = content({"leaflets": 700, "articles": 3}, {"A": True, "B": True, "C": False})
    change = version_changes(before, after)
    assert change.figures == [FigureChange("leaflets", "Tờ rơi, tờ gấp", "tờ", 500, 700)]
    assert change.figures[0].step == 200
    assert (change.came_in, change.went_out) == (["Phòng B"], ["Phòng C"])


def test_a_figure_that_was_unknown_is_not_zero():
    [change] = figure_changes([LEAFLETS | {"value": None}], [LEAFLETS | {"value": 0}])
    assert (change.before, change.after) == (None, 0)


def test_an_indicator_that_fell_away_is_shown_last():
    found = figure_changes([ARTICLES | {"value": 1}, LEAFLETS | {"value": 2}], [LEAFLETS | {"value": 3}])
    assert [(row.code, row.after) for row in found] == [("leaflets", 3), ("articles", None)]


def place(code: str, **values) -> dict:
    return {"unit": f"Phòng {code}", "code": code, "period": "2022-Q1", "group": "on_time", "received": True} | values


def test_a_source_that_moved_after_the_build_is_named_once():
    built = content({}, {"A": True, "B": False})
    assert moved_since(built, [place("A"), place("B", received=False)]) == []
    assert moved_since(built, [place("A", received=False), place("B", received=False)]) == ["Phòng A"]
    assert moved_since(built, [place("A"), place("B", group="late")]) == ["Phòng B"]


def test_a_unit_that_was_not_there_when_it_was_built_is_named():
    assert moved_since(content({}, {}), [place("N")]) == ["Phòng N"]


def test_texts_that_differ_between_two_submissions_are_given_with_both_wordings():
    before = {"highlights": "Phát 500 tờ gấp.", "assessments": [{"area": "procedures", "text": "Đã làm."}]}
    after = {"highlights": "Phát 700 tờ gấp.", "assessments": []}
    assert list(text_changes(before, after, {"procedures": "b) Thủ tục"})) == [
        ("Kết quả nổi bật", "Phát 500 tờ gấp.", "Phát 700 tờ gấp."),
        ("b) Thủ tục – Kết quả", "Đã làm.", ""),
    ]


def test_a_text_is_alike_whatever_its_marks_case_and_spaces():
    text = "Đã niêm yết đầy đủ thủ tục hành chính, hướng dẫn người dân."
    assert is_alike(text, "ĐÃ NIÊM YẾT đầy đủ  thủ tục hành chính\nhướng dẫn người dân")
    assert not is_alike(text, text.replace("người dân", "doanh nghiệp"))


def test_short_texts_mean_nothing_and_are_never_alike():
    assert not is_alike("Không có.", "Không có.")
    assert not is_alike("", "")
