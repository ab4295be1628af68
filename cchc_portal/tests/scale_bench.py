"""Measures the roll-up against raw SQL for a department, a province and the country; prints and never asserts.

Run by bin/bench on PostgreSQL, each size in a database of its own (one that is there already is used as it is). Floors
and ours take turns in one process, which goes from one database to the other. `--country` adds the 24 million figures
of 30,000 units, `--country=0.1` a tenth of the units; making them takes many minutes.
"""

import os
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from statistics import median
from time import perf_counter

import django

ROUNDS = 7
# name → units, activities, years
SIZES = {"department": (20, 60, 3), "province": (400, 60, 3), "country": (30_000, 40, 1)}
WORDS = {"department": "sở (20 đơn vị)", "province": "tỉnh (400)", "country": "cả nước"}
OF_RAW_SQL = {"department": 1.4, "province": 1.2}
TOP_OF_RAW_SQL, OF_RECORDING, OF_PAGE, OF_20_TIMES = 0.1, 1.5, 1.5, 22
YEAR, RECORDED = 2022, 20
PAGES = ("home", "result_list", "result_add", "unit_plan", "unit_report", "unit_report_list")
COVERED = """EXISTS (SELECT 1 FROM reporting_unitreport c JOIN reporting_period p ON p.id = c.period_id
    WHERE c.unit_id = r.unit_id AND c.state IN ('accepted', 'locked') AND r.happened_on BETWEEN p.starts AND p.ends)"""
OF_QUARTER = f"r.agency_id = %s AND r.happened_on BETWEEN %s AND %s AND NOT r.supplement AND {COVERED}"
QUANTITIES = "propaganda_result r JOIN propaganda_resultquantity q ON q.result_id = r.id"
OWN = "COUNT(*), SUM(r.participants), SUM(r.reach), SUM(r.money)"
RAW_CELLS = (
    f"SELECT r.unit_id, r.area_id, q.indicator_id, SUM(q.value) FROM {QUANTITIES} WHERE {OF_QUARTER} GROUP BY 1, 2, 3",
    f"SELECT r.unit_id, r.area_id, {OWN} FROM propaganda_result r WHERE {OF_QUARTER} GROUP BY 1, 2",
)
# In one statement, as the kept sums are asked: by area, channel, audience and month.
MONTH = "EXTRACT(YEAR FROM r.happened_on - 14) * 12 + EXTRACT(MONTH FROM r.happened_on - 14)"
KEYS = ("r.area_id", "r.channel_id", "r.audience_id", MONTH)
RAW_TOP = (
    f"SELECT {', '.join(KEYS)}, q.indicator_id, SUM(q.value) FROM {QUANTITIES} WHERE {OF_QUARTER} "
    "GROUP BY GROUPING SETS ((1, 5), (2, 5), (3, 5), (4, 5))",
    f"SELECT {', '.join(KEYS)}, {OWN} FROM propaganda_result r WHERE {OF_QUARTER} "
    "GROUP BY GROUPING SETS ((1), (2), (3), (4))",
)


def verdict(value: float, bound: float) -> str:
    return f"(≤ {bound:g})  {'đạt' if value <= bound else 'CHƯA ĐẠT'}"


def seconds(work: Callable) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def turns(*works: Callable, rounds: int = ROUNDS) -> list[float]:
    """Seconds of each, the median of rounds in which they take turns; the first round only warms up."""
    times = [[seconds(work) for work in works] for _ in range(rounds + 1)][1:]
    return [median(column) for column in zip(*times, strict=True)]


def say(what: str, floor: float, ours: float, bound: float | None) -> None:
    told = verdict(ours / floor, bound) if bound else ""
    print(f"  {what:48} sàn {1000 * floor:8.1f} ms  ta {1000 * ours:8.1f} ms  tỷ lệ {ours / floor:6.3f} {told}",
          flush=True)  # fmt: skip


# The databases


def server() -> str:
    return os.environ["DATABASE_URL"].rpartition("/")[0]


def go_to(name: str) -> None:
    """From now on this process asks the database of that size."""
    from django.db import connection

    if connection.settings_dict["NAME"] != name:
        connection.close()
        connection.settings_dict["NAME"] = name


def prepare(name: str, share: float) -> None:
    """The database of a size, made and filled unless it is there."""
    from django.core.management import call_command
    from django.db import connection

    go_to("postgres")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if cursor.fetchone():
            return
        cursor.execute(f"CREATE DATABASE {name}")
    go_to(name)
    units, activities, years = SIZES[name]
    call_command("migrate", verbosity=0)
    call_command("generate", units=int(units * share), activities=activities, years=years)


class Asked:
    """The first quarter of 2022 in the present database, asked in both ways."""

    def __init__(self):
        from accounts.models import Agency
        from plans.deadlines.periods import window
        from plans.models import Indicator

        self.agency = Agency.objects.get(code="sinh-1").pk
        self.window = window("Q1", YEAR)
        self.indicators = list(Indicator.objects.summed())

    def raw(self, statements: tuple[str, ...]) -> list[list[tuple]]:
        from django.db import connection

        found = []
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, [self.agency, self.window.starts, self.window.ends])
                found.append(cursor.fetchall())
        return found

    def cells(self) -> list:
        from reporting import figures

        return figures.cells(self.agency, self.window, self.indicators, cumulative=False)

    def top(self) -> dict:
        from reporting.sums import totals

        return totals.totals(self.agency, self.indicators, {"": totals.Asked(self.window, False)})[""]

    def same(self, raw: list[list[tuple]], ours: dict) -> bool:
        """Whether the totals of every dimension are the raw ones to the last digit."""
        from plans.models.catalogue import IndicatorSource as S

        quantities, own = raw
        summed = {row.pk for row in self.indicators}
        by_hand: dict[str, dict] = {name: {} for name in ours}
        for *keys, indicator, value in quantities:
            for name, key in zip(ours, keys, strict=True):
                if key is not None and indicator in summed:
                    by_hand[name][key, indicator] = value
        sources = (S.RESULTS, S.PARTICIPANTS, S.REACH, S.MONEY)
        for row in own:
            for name, key in zip(ours, row[:4], strict=True):
                for source, total in zip(sources, row[4:], strict=True):
                    of = [each.pk for each in self.indicators if each.source == source]
                    by_hand[name] |= {(key, each): total for each in of if key is not None and total is not None}
        return by_hand == {name: found.values for name, found in ours.items()}


# What is measured


def print_figures(name: str) -> None:
    """The roll-up's query work."""
    asked = Asked()
    if name in OF_RAW_SQL:
        floor, ours = turns(lambda: asked.raw(RAW_CELLS), asked.cells)
        say("một quý theo đơn vị × nội dung × chỉ tiêu", floor, ours, OF_RAW_SQL[name])
    floor, top = turns(lambda: asked.raw(RAW_TOP), asked.top, rounds=ROUNDS if name in OF_RAW_SQL else 5)
    say("tổng theo nội dung, hình thức, đối tượng, tháng", floor, top, None if name in OF_RAW_SQL else TOP_OF_RAW_SQL)
    print("  bằng SQL trần đến chữ số cuối:", "đạt" if asked.same(asked.raw(RAW_TOP), asked.top()) else "CHƯA ĐẠT")


def print_growth() -> None:
    """Building the whole content of a quarter's roll-up for 400 units and for 20, by turns: seconds and queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from reporting.models import Period
    from reporting.roll_ups.content import build_content

    queries, works = {}, []
    for name in ("department", "province"):
        go_to(name)
        period = Period.objects.get(code=f"{YEAR}-Q1")

        def build(name=name, period=period) -> None:
            go_to(name)
            build_content(period, now=period.office_due_at)

        with CaptureQueriesContext(connection) as captured:
            build()
        queries[name] = len(captured)
        works.append(build)
    one, other = turns(*works, rounds=5)
    print(f"Dựng cả bản, dữ liệu gấp 20 lần: {1000 * one:.0f} ms → {1000 * other:.0f} ms, gấp {other / one:.1f} lần "
          f"{verdict(other / one, OF_20_TIMES)}; {queries['department']} và {queries['province']} truy vấn  "
          f"{'đạt' if len(set(queries.values())) == 1 else 'CHƯA ĐẠT'}")  # fmt: skip


def print_recording() -> None:
    """Recording results of a unit whose report is received (a supplement) and of one whose is not, with the upkeep of
    the sums and without; all is taken back."""
    from django.db import transaction

    from reporting.sums import triggers

    for what, day in (("đã chốt (bổ sung)", 20), ("chưa nộp", 400)):
        times: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * ROUNDS + 2):
            with transaction.atomic():
                if turn % 2:
                    triggers.remove()
                took = seconds(lambda day=day, turn=turn: record_some(day, turn)) / RECORDED
                transaction.set_rollback(True)
            if turn > 1:
                times[not turn % 2].append(took)
        say(f"ghi một kết quả, kỳ {what}", median(times[False]), median(times[True]), OF_RECORDING)


def record_some(day: int, turn: int) -> None:
    from accounts.models import User
    from plans.models import Audience, Channel, ContentArea, Indicator
    from propaganda.actions import record_result
    from reporting.models import Period

    first = Period.objects.get(code=f"{YEAR}-Q1")
    editor = User.objects.get(username="sinh-1.soan")
    unit = editor.posts.get().unit
    channel = Channel.objects.get(code="law-day")
    indicators = list(Indicator.objects.summed().filter(channels=channel)[:3])
    places = {
        "channel": channel,
        "area": ContentArea.objects.get(code="procedures"),
        "audience": Audience.objects.first(),
    }
    now = datetime.combine(first.starts, datetime.min.time(), first.unit_due_at.tzinfo) + timedelta(days=day + 1500)
    for number in range(RECORDED):
        record_result(
            unit=unit, by=editor, now=now, key=f"bench-{turn}-{number}", title="Phát tờ gấp",
            happened_on=first.starts + timedelta(days=day + (1000 if day > 365 else 0)),
            quantities=dict.fromkeys(indicators, number), participants=number, **places,
        )  # fmt: skip


def page_paths() -> dict[str, str]:
    """The pages of the unit that has people, as its editor opens them."""
    from django.urls import reverse

    from accounts.models import User
    from plans.models import UnitPlan
    from reporting.models import UnitReport

    unit = User.objects.get(username="sinh-1.soan").posts.get().unit
    keys = {
        "unit_plan": [UnitPlan.objects.get(unit=unit, plan__year=YEAR).pk],
        "unit_report": [UnitReport.objects.get(unit=unit, period__code=f"{YEAR}-Q1").pk],
    }
    return {name: reverse(name, args=keys.get(name, [])) for name in PAGES}


def print_pages(names: list[str]) -> None:
    """A unit's own pages, cold, in each database by turns: the larger to the department."""
    from django.test import Client

    from accounts import page_cache
    from accounts.models import User

    clients, paths = {}, {}
    for name in names:
        go_to(name)
        clients[name], paths[name] = Client(), page_paths()
        clients[name].force_login(User.objects.get(username="sinh-1.soan"))

    def show(name: str, page: str) -> Callable:
        def work() -> None:
            page_cache.kept.clear()
            answer = clients[name].get(paths[name][page])
            if answer.status_code != 200:
                raise SystemExit(f"{page}: {answer.status_code}")

        return work

    for page in PAGES:
        times: dict[str, list[float]] = {name: [] for name in names}
        for turn in range(ROUNDS + 1):
            for name in names:
                go_to(name)
                show(name, "home")()  # connects
                took = seconds(show(name, page))
                if turn:
                    times[name].append(took)
        for name in names[1:]:
            say(f"trang {page} của một đơn vị, {WORDS[name]}", median(times[names[0]]), median(times[name]), OF_PAGE)


def main(arguments: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings")
    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "cchc_portal.tests.static.CheckedStaticFiles"}
    country = next((each for each in arguments if each.startswith("--country")), "")
    share = float(country.partition("=")[2] or 1)
    names = ["department", "province", *(["country"] if country else [])]
    for name in names:
        prepare(name, share if name == "country" else 1)
        go_to(name)
        print(
            f"Tổng hợp, {WORDS[name]}{f', {share:g} số đơn vị' if name == 'country' and share < 1 else ''}", flush=True
        )
        print_figures(name)
        print_recording()
    print_growth()
    print("Trang của một đơn vị, so với cùng trang khi chỉ có 20 đơn vị")
    print_pages(names)


if __name__ == "__main__":
    main(sys.argv[1:])
