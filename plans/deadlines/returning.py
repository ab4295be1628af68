"""By when what the Office returned must come back: a day to work by; no stamp is judged by it. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from plans.deadlines.workdays import NO_OVERRIDES, add_workdays

WORKDAYS = 3
LONGEST = timedelta(days=183)


def usual_day(today: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The day when nobody gives another: the third working day after `today`."""
    return add_workdays(today, WORKDAYS, overrides)


def wrong_day(day: date, today: date) -> Iterator[str]:
    """What is wrong with `day` as the last day to hand in again."""
    if day < today:
        yield _("Ngày nộp lại đã qua; chọn một ngày từ hôm nay trở đi.")
    elif day > today + LONGEST:
        yield _("Ngày nộp lại tối đa sau sáu tháng. Kiểm tra lại năm.")
