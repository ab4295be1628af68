"""What the planner is warned of before a deadline binds anybody."""

import pytest

from plans.department.cautions import duty_cautions, recipient_cautions

pytestmark = pytest.mark.django_db


def duty(kind: str, due_at: str | None = None, recurrence: str = "") -> dict:
    return {"kind": kind, "due_at": due_at, "recurrence": recurrence}


def of(*duties: dict, year: int = 2022) -> list[str]:
    return list(duty_cautions(None, {"year": year, "duties": list(duties)}))


def test_a_working_day_needs_no_word():
    assert of(duty("unit_plan", "2022-02-25T23:59:59+07:00")) == []


def test_tet_is_a_day_off():
    # 01/02/2022 was the first day of the lunar year; the last working day before it was Friday 28 January.
    [words] = of(duty("unit_plan", "2022-02-01T23:59:59+07:00"))
    assert "thứ Ba 01/02/2022, ngày nghỉ" in words
    assert "17:00 thứ Sáu 28/01" in words


def test_the_office_cannot_put_together_what_is_not_handed_in_yet():
    found = of(duty("unit_report", "2022-03-16T23:59:59+07:00"), duty("roll_up", "2022-03-15T23:59:59+07:00"))
    assert found == ["Dòng 2: Văn phòng Sở phải tổng hợp trước khi đơn vị nộp (dòng 1)."]


def test_the_day_on_which_the_report_goes_upward_is_looked_at_for_every_period():
    # 20/3/2022 was a Sunday; the 20th of June, September and December 2022 were working days.
    assert of(duty("unit_report", recurrence="quarterly")) == [
        "Quý I/2022: Hạn của cấp trên (20/03/2022) là ngày nghỉ."
    ]


@pytest.mark.parametrize(("names", "count"), [((), 0), (("UBND tỉnh", "Lưu: VT, VP"), 0), (("UBND tỉnh",), 1)])
def test_a_list_of_recipients_closes_with_the_archive(names, count):
    assert len(recipient_cautions(None, {"recipients": [{"name": name} for name in names]})) == count
