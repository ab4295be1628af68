"""Working days in Vietnam: Monday to Friday, less public holidays (Tết by the lunar calendar), plus swap days.

`overrides` maps a day to whether people work on it and wins over the calendar
(plans.models.Holiday: what the Government announces year by year). Pure.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from django.utils.translation import gettext as _

from documents.dates import TZ as VIETNAM
from documents.dates import WEEKDAYS

CLOSING = time(17, 0)
NO_OVERRIDES: Mapping[date, bool] = MappingProxyType({})
DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _public_holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("VN", years=year))


def is_workday(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> bool:
    """Whether offices work on `day`."""
    if day in overrides:
        return overrides[day]
    return day.weekday() < 5 and day not in _public_holidays(day.year)


def add_workdays(day: date, count: int, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """The `count`-th working day after `day` (count ≥ 0; 0 gives `day` itself)."""
    while count:
        day += DAY
        count -= is_workday(day, overrides)
    return day


def workdays_between(start: date, end: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not later."""
    return sum(is_workday(start + DAY * n, overrides) for n in range(1, (end - start).days + 1))


def last_working_moment(due: datetime, overrides: Mapping[date, bool] = NO_OVERRIDES) -> datetime:
    """17:00 of the last working day on which something due at `due` can still be handed in on time.

    A deadline is never shifted; this is the advice shown beside it ("nên nộp trước 17:00 thứ Sáu 25/02").
    """
    day = due.astimezone(VIETNAM).date()
    if datetime.combine(day, CLOSING, VIETNAM) > due:
        day -= DAY
    return datetime.combine(workday_before(day, overrides), CLOSING, VIETNAM)


def day_off_warning(due: datetime, overrides: Mapping[date, bool] = NO_OVERRIDES) -> str:
    """What the planner of a deadline is told when its day is a day off; "" when it is not. It is never shifted."""
    day = due.astimezone(VIETNAM).date()
    if is_workday(day, overrides):
        return ""
    moment = last_working_moment(due, overrides)
    return _("%(day)s là ngày nghỉ: đơn vị nên nộp trước 17:00 %(weekday)s %(advice)s.") % {
        "day": f"{WEEKDAYS[day.weekday()].replace('thứ', 'Thứ')} {day:%d/%m/%Y}",
        "weekday": WEEKDAYS[moment.weekday()],
        "advice": f"{moment:%d/%m/%Y}",
    }


def workday_before(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """`day` itself when offices work, else the last working day before it."""
    while not is_workday(day, overrides):
        day -= DAY
    return day


def workday_after(day: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> date:
    """`day` itself when offices work, else the next working day."""
    while not is_workday(day, overrides):
        day += DAY
    return day
