"""Kinds of reporting periods and the regimes that use them: a new kind is a row here.

Windows follow Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th of the month before the first month
to the 14th of the last month, both days included; never calendar quarters. Deadlines default to
the chain unit → Office → Director → upward (day 20 of the last month) and are editable afterwards.
Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from plans.deadlines.workdays import NO_OVERRIDES, VIETNAM, add_workdays, is_workday, workdays_between


@dataclass(frozen=True)
class PeriodKind:
    """Months `first` to `last` of a year; `label` has a place for the year."""

    code: str
    label: str
    first: int
    last: int


KINDS = {
    kind.code: kind
    for kind in (
        *(PeriodKind(f"M{m:02}", f"Tháng {m}/{{year}}", m, m) for m in range(1, 13)),
        PeriodKind("Q1", "Quý I/{year}", 1, 3),
        PeriodKind("Q2", "Quý II/{year}", 4, 6),
        PeriodKind("Q3", "Quý III/{year}", 7, 9),
        PeriodKind("Q4", "Quý IV/{year}", 10, 12),
        PeriodKind("H1", "6 tháng đầu năm {year}", 1, 6),
        PeriodKind("H2", "6 tháng cuối năm {year}", 7, 12),
        PeriodKind("9M", "9 tháng đầu năm {year}", 1, 9),
        PeriodKind("Y", "Năm {year}", 1, 12),
    )
}


@dataclass(frozen=True)
class RegimeEntry:
    kind: str
    cumulative: bool = False


@dataclass(frozen=True)
class Regime:
    """A set of periods reported on. `prefix` keeps its period codes apart from other regimes' ones."""

    code: str
    label: str
    prefix: str
    entries: tuple[RegimeEntry, ...]


REGIMES = {
    regime.code: regime
    for regime in (
        Regime("quarterly", "Hằng quý", "", tuple(map(RegimeEntry, ("Q1", "Q2", "Q3", "Q4")))),
        # Ministry guidance 581/BNV-CCHC: four reports a year whose windows overlap.
        Regime(
            "reform",
            "CCHC định kỳ",
            "CCHC-",
            (RegimeEntry("Q1"), RegimeEntry("H1", True), RegimeEntry("Q3"), RegimeEntry("Y", True)),
        ),
    )
}

# Which kinds a duty of the plan falls due in.
KINDS_OF_RECURRENCE = {
    "monthly": tuple(f"M{m:02}" for m in range(1, 13)),
    "quarterly": ("Q1", "Q2", "Q3", "Q4"),
    "half_yearly": ("H1", "H2"),
    "yearly": ("Y",),
}


@dataclass(frozen=True)
class Window:
    """Days `starts` to `ends`, both included."""

    starts: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1

    def __contains__(self, day: date) -> bool:
        return self.starts <= day <= self.ends


@dataclass(frozen=True)
class Deadlines:
    """Last instants on time (aware, Asia/Ho_Chi_Minh) for each link of the chain."""

    unit: datetime
    office: datetime
    director: datetime
    upward: datetime


def window(kind: str, year: int) -> Window:
    """The days of a kind of period in a year."""
    row = KINDS[kind]
    previous = date(year - 1, 12, 15) if row.first == 1 else date(year, row.first - 1, 15)
    return Window(previous, date(year, row.last, 14))


def period_before(kind: str, year: int) -> tuple[str, int]:
    """The period of the same length right before, as (kind, year): Q1 of 2022 → Q4 of 2021; a year → the year before.

    Raises KeyError where no kind has those months (9M).
    """
    row = KINDS[kind]
    months = row.last - row.first + 1
    last = row.first - 1 or 12
    of_months = {(other.first, other.last): other.code for other in KINDS.values()}
    return of_months[last - months + 1, last], year - (row.first == 1)


def period_code(kind: str, year: int, prefix: str = "") -> str:
    """The code by which a period is called, e.g. 2022-Q1 or 2022-CCHC-H1."""
    return f"{year}-{prefix}{kind}"


def occasion_label(code: str) -> str:
    """ "Quý I/2022" of 2022-Q1 and of 2022-CCHC-Q1, "Năm 2022" of 2022."""
    year, _sign, kind = code.partition("-")
    row = KINDS.get(kind.rpartition("-")[2], KINDS["Y"])
    return row.label.format(year=year)


def end_of(day: date) -> datetime:
    """The last instant of a day in Vietnam."""
    return datetime.combine(day, time.max, VIETNAM)


def deadlines(kind: str, year: int, overrides: Mapping[date, bool] = NO_OVERRIDES) -> Deadlines:
    """The default chain: window end + 1 working day, + 2, + 1; upward by day 20 of the last month."""
    unit = add_workdays(window(kind, year).ends, 1, overrides)
    office = add_workdays(unit, 2, overrides)
    director = add_workdays(office, 1, overrides)
    return Deadlines(*map(end_of, (unit, office, director, date(year, KINDS[kind].last, 20))))


def year_of(day: date) -> int:
    """The reporting year a day belongs to: 15/12 opens the next one."""
    return day.year + (day >= date(day.year, 12, 15))


def chain_warnings(chain: Deadlines, ends: date, overrides: Mapping[date, bool] = NO_OVERRIDES) -> list[str]:
    """What is doubtful about a chain of deadlines, in words for the planner."""
    names = (
        ("đơn vị", chain.unit),
        ("Văn phòng", chain.office),
        ("Giám đốc", chain.director),
        ("cấp trên", chain.upward),
    )
    found = []
    for name, due in names:
        day = due.astimezone(VIETNAM).date()
        if not is_workday(day, overrides):
            found.append(f"Hạn của {name} ({day:%d/%m/%Y}) là ngày nghỉ.")
    if workdays_between(ends, chain.unit.astimezone(VIETNAM).date(), overrides) < 1:
        found.append("Hạn của đơn vị phải sau ngày cuối kỳ ít nhất 1 ngày làm việc.")
    for (earlier, first), (later, second) in pairwise(names):
        if second < first:
            found.append(f"Hạn của {later} đứng trước hạn của {earlier}.")
    return found
