"""Working days in Vietnam: Monday to Friday, less public holidays (Tết by the lunar calendar), plus swap days.

`overrides` maps a day to whether people work on it and wins over the calendar
(plans.models.Holiday: what the Government announces year by year). Pure.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from types import MappingProxyType

from documents.dates import TZ as VIETNAM

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
    while not is_workday(day, overrides):
        day -= DAY
    return datetime.combine(day, CLOSING, VIETNAM)
