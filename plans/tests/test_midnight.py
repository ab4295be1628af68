"""The second around midnight on every day of fifteen years, leap days and turns of the year among them.

Vietnam is seven hours ahead of UTC all year: a day ends at 17:00 in UTC.
"""

from datetime import UTC, date, datetime, timedelta

from accounts.templatetags.portal import time_left
from plans.deadlines.periods import end_of
from plans.deadlines.timeliness import timeliness

DAYS = [date(2019, 1, 1) + timedelta(days=number) for number in range(15 * 365 + 4)]
SECOND, TICK = timedelta(seconds=1), timedelta(microseconds=1)
AROUND = (-SECOND, -TICK, timedelta(0), TICK, SECOND)


def test_a_second_before_midnight_is_in_time_and_a_second_after_is_a_day_late():
    wrong, judged = [], 0
    for day in DAYS:
        midnight, due = datetime(day.year, day.month, day.day, 17, tzinfo=UTC), end_of(day)
        for around in AROUND:
            at = midnight + around
            handed_in = timeliness(due_at=due, extended_due_at=None, submitted_at=at, exempt=False, now=at)
            expected = ("on_time", 0, "hết hạn hôm nay lúc 23:59") if at < midnight else ("late", 1, "quá hạn 1 ngày")
            judged += 1
            if (handed_in.code, handed_in.days, time_left(due, at)) != expected:
                wrong.append((day, around))
    print(f"\nnửa đêm của {len(DAYS)} ngày: {judged} lần xét, sai {len(wrong)}")
    assert date(2024, 2, 29) in DAYS and date(2028, 2, 29) in DAYS
    assert wrong == []
