"""The day by which a directive is to be carried out. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from plans.deadlines.workdays import NO_OVERRIDES, add_workdays

WORKDAYS = 5
LONGEST = timedelta(days=366)


def usual_day(today: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The day that is proposed: the fifth working day after `today`."""
    return add_workdays(today, WORKDAYS, overrides)


def wrong_day(day: date, today: date) -> Iterator[str]:
    """What is wrong with `day` as the last one for carrying something out."""
    if day < today:
        yield _("Hạn thực hiện đã qua; chọn một ngày từ hôm nay trở đi.")
    elif day > today + LONGEST:
        yield _("Hạn thực hiện tối đa sau một năm. Kiểm tra lại năm.")
