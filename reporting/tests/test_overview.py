"""The Director's screen as plain values."""

from reporting.overview import Overview


def seen(*trend):
    return Overview(
        period=None, roll_up=None, content={}, is_live=False, attention=[], matrix=None, targets=[], trend=list(trend)
    )


def test_the_trend_names_every_period_with_its_share():
    overview = seen(("Quý I", 12, 14), ("Quý II", 7, 14))
    assert overview.trend_text == "Quý I: 85,7%, Quý II: 50,0%"
    assert overview.trend_short == "85,7% → 50,0%"


def test_a_first_period_has_no_trend():
    assert seen(("Quý I", 12, 14)).trend_text == ""


def test_a_period_in_which_nothing_was_owed_leaves_a_gap():
    overview = seen(("Quý I", 7, 14), ("Quý II", 0, 0), ("Quý III", 14, 14))
    assert overview.trend_values == [50, None, 100]
    assert overview.trend_text == "Quý I: 50,0%, Quý II: –, Quý III: 100,0%"
