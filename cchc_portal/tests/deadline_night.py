"""The night of the deadline, measured: a hundred units × three people hand in, most of them at the very end.

Two editors of each unit write, its head hands in; the Director looks again and again, the Office looks at the board,
twenty documents wait to be printed, ten years lie in the database. Prints and never asserts. See bin/bench.

`bin/bench night [MINUTES] [UNITS]`: 60 % of the units come in the last fifth of the time,
so that two minutes of ten are as busy as two of two.
"""

import os
import random
import re
import tempfile
import threading
import time
import urllib.error
import uuid
from html.parser import HTMLParser
from pathlib import Path
from statistics import quantiles

from cchc_portal.tests.faults import Visitor, rows, value, vietnam
from cchc_portal.tests.portal import Portal

YEARS, ACTIVITIES, PRINTS = 9, 60, 20
AT_THE_END = 0.6
LAST = 0.2  # of the time
EDITORS = ("soan", "soan2")
UNSENT = ("file", "checkbox")
P95, RECEIPT = 2.0, 3.0  # quality/faults.md, seconds

MAKE = """
from datetime import timedelta
from accounts.cast import PASSWORD, _password_hash
from accounts.models import Agency, Post, Role, Unit, User
from plans.models import Duty, ObligationKind, Plan, UnitPlan
from plans.tests.factories import draft_plan, filled_unit_plan
from plans.department.issuing import create_obligations

class Cast:
    agency = Agency.objects.get(code__startswith="sinh-")
    office_staff = User.objects.get(posts__role=Role.OFFICE_STAFF, posts__agency=agency)
    clerk = User.objects.get(posts__role=Role.CLERK, posts__agency=agency)

year, now = {year}, {now!r}
from datetime import datetime
now = datetime.fromisoformat(now)
User.objects.filter(posts__agency=Cast.agency, posts__unit=None).update(password=_password_hash())
people = []
units = list(Unit.objects.filter(agency=Cast.agency))
for unit in units:
    for name, role in (("soan", Role.UNIT_EDITOR), ("soan2", Role.UNIT_EDITOR), ("truong", Role.UNIT_HEAD)):
        people.append((User(username=f"{{unit.code}}.{{name}}.dem", full_name="Nguyễn Văn An",
                            search_name="nguyen van an", email=f"{{unit.code}}.{{name}}@cchc.example.vn",
                            password=_password_hash()), unit, role))
User.objects.bulk_create(user for user, _unit, _role in people)
Post.objects.bulk_create(
    Post(user=user, agency=Cast.agency, unit=unit, role=role, title="", starts=unit.starts)
    for user, unit, role in people
)
plan = draft_plan(Cast, year=year, now=now)
plan.state, plan.number, plan.date_day = "issued", "123", 14
plan.issued_at, plan.issued_by = now, Cast.clerk
plan.save()
create_obligations(plan, now=now)
for unit in units:
    filled_unit_plan(plan, unit.code)
"""


class _Forms(HTMLParser):
    """The hidden fields and texts of a page's last form."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._area = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "form":
            self.fields = {}
        elif tag == "textarea":
            self._area, self.fields[name] = name, ""
        elif (
            tag == "input" and name and name != "csrfmiddlewaretoken" and given.get("type") not in ("file", "checkbox")
        ):
            self.fields[name] = given.get("value") or ""

    def handle_data(self, data):
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""


class Night:
    """What everyone sent and how long each answer took."""

    def __init__(self, portal: Portal, minutes: float):
        self.portal, self.seconds = portal, 60 * minutes
        self.began = time.monotonic()
        self.answers: list[tuple[str, float, int]] = []
        self.receipts: list[float] = []
        self.failures: list[str] = []

    def ask(self, visitor: Visitor, what: str, path: str, **fields) -> tuple[int, str]:
        started = time.monotonic()
        answer = visitor.post(path, **fields) if fields else visitor.get(path)
        self.answers.append((what, time.monotonic() - started, answer[0]))
        return answer

    def read(self, visitor: Visitor, what: str, path: str) -> str:
        """The page, or "" when the answer leads elsewhere."""
        started, page, status = time.monotonic(), "", 200
        try:
            with visitor.opener.open(visitor.portal.url + path, timeout=60) as answer:
                page = answer.read().decode()
        except urllib.error.HTTPError as answer:
            status = answer.code
        self.answers.append((what, time.monotonic() - started, status))
        return page

    def wait(self, share: float) -> None:
        """Until that share of the time is over."""
        time.sleep(max(0.0, self.began + share * self.seconds - time.monotonic()))

    @property
    def is_over(self) -> bool:
        return time.monotonic() - self.began > self.seconds

    def sign_in(self, username: str) -> Visitor:
        started = time.monotonic()
        visitor = Visitor(self.portal, username)
        self.answers.append(("đăng nhập", time.monotonic() - started, 200))
        return visitor

    def editor(self, username: str, address: str, at: float) -> None:
        """Opens the plan and saves its texts three times."""
        self.wait(max(0.0, at - 0.15))
        visitor = self.sign_in(username)
        self.ask(visitor, "trang đầu", "/")
        self.ask(visitor, "kế hoạch đơn vị", address)
        for turn in range(3):
            self.wait(at - 0.1 + 0.03 * turn)
            page = self.read(visitor, "mở để sửa", f"{address}thong-tin-chung/")
            if not page:  # the head has handed it in
                return
            fields = _Forms(page).fields | {"contact": f"{username} {turn}"}
            self.ask(visitor, "lưu", f"{address}thong-tin-chung/", **fields)

    def head(self, username: str, address: str, at: float) -> None:
        """Checks and hands in at that share of the time; a plan changed meanwhile is checked once more."""
        self.wait(at - 0.02)
        visitor = self.sign_in(username)
        self.ask(visitor, "kế hoạch đơn vị", address)
        self.wait(at)
        for _turn in range(4):
            page = self.read(visitor, "kiểm tra", f"{address}kiem-tra/")
            version = re.search(r'name="version" value="(\d+)"', page)
            fields = {"key": str(uuid.uuid4()), "version": version.group(1) if version else "0"}
            started = time.monotonic()
            status, place = self.ask(visitor, "nộp", f"{address}nop/", **fields)
            if status == 302 and "bien-nhan" in place:
                self.ask(visitor, "biên nhận", place)
                self.receipts.append(time.monotonic() - started)
                return
        self.failures.append(f"{username}: {status} {place}")

    def watcher(self, username: str, path: str, every: float) -> None:
        visitor = self.sign_in(username)
        while not self.is_over:
            self.ask(visitor, f"xem {path}", path)
            time.sleep(every)

    def printer(self, username: str, addresses: list[str]) -> None:
        """Twenty documents asked for when the last fifth begins."""
        self.wait(1 - LAST)
        visitor = self.sign_in(username)
        for address in addresses:
            self.ask(visitor, "xin bản in", f"{address}in/", format="pdf")


def _run(one, *arguments) -> threading.Thread:
    thread = threading.Thread(target=one, args=arguments, daemon=True)
    thread.start()
    return thread


def measure(minutes: float = 10, units: int = 100) -> None:
    """One night against a portal of its own, on PostgreSQL when DATABASE_URL names one."""
    with tempfile.TemporaryDirectory() as folder:
        portal = Portal(Path(folder), server=os.environ.get("DATABASE_URL", ""), SWEEP_SECONDS="60")
        try:
            _night(portal, minutes, units)
        finally:
            portal.remove()


def _night(portal: Portal, minutes: float, units: int) -> None:
    last_year = 2022 + YEARS
    portal.prepare()
    portal.manage("generate", f"--units={units}", f"--activities={ACTIVITIES}", f"--years={YEARS}", "--yes")
    evening = vietnam(last_year, 2, 26, 23, 45)
    portal.stand_at(evening)
    portal.python(MAKE.format(year=last_year, now=evening.isoformat()))
    portal.start()
    night, chance, threads = Night(portal, minutes), random.Random(1), []
    plans = rows(
        portal,
        "SELECT u.code, p.id FROM plans_unitplan p JOIN accounts_unit u ON u.id = p.unit_id "
        "JOIN plans_plan d ON d.id = p.plan_id "
        f"WHERE d.year = {last_year} AND u.code LIKE 'don-vi-%' ORDER BY u.position",
    )
    addresses = [f"/ke-hoach-don-vi/{pk}/" for _code, pk in plans]
    for place, ((code, _pk), address) in enumerate(zip(plans, addresses, strict=True)):
        at_the_end = place < AT_THE_END * len(plans)
        at = chance.uniform(1 - LAST, 0.98) if at_the_end else chance.uniform(0.2, 1 - LAST)
        threads += [_run(night.editor, f"{code}.{name}.dem", address, at) for name in EDITORS]
        threads.append(_run(night.head, f"{code}.truong.dem", address, at))
    director, office = (_holder(portal, role) for role in ("director", "office_staff"))
    threads.append(_run(night.watcher, director, "/dieu-hanh/", 5))
    threads.append(_run(night.watcher, office, "/han-nop/", 10))
    threads.append(_run(night.printer, office, addresses[:PRINTS]))
    for thread in threads:
        thread.join()
    _tell(night, portal, minutes, units, last_year)


def _holder(portal: Portal, role: str) -> str:
    """The user name of who holds the role in the department that was made."""
    return value(
        portal,
        "SELECT u.username FROM accounts_post p JOIN accounts_user u ON u.id = p.user_id "
        f"JOIN accounts_agency a ON a.id = p.agency_id WHERE p.role = '{role}' AND a.code LIKE 'sinh-%'",
    )


def _tell(night: Night, portal: Portal, minutes: float, units: int, year: int) -> None:
    receipts = value(portal, "SELECT count(*) FROM plans_receipt")
    broken = [answer for answer in night.answers if answer[2] >= 500]
    took = [seconds for _what, seconds, _status in night.answers]
    busy = AT_THE_END * units / (LAST * minutes)
    print(f"Đêm hạn nộp: {units} đơn vị × 3 người trong {minutes:g} phút, {ACTIVITIES * units * YEARS * 4} kết quả cũ")
    print(f"  biên nhận {receipts}/{units}; lỗi 5xx {len(broken)}; không nộp được {len(night.failures)}")
    for failure in night.failures[:5]:
        print(f"    {failure}")
    print(f"  lúc cuối {busy:.0f} lượt nộp/phút; {len(took) / night.seconds:.1f} trang/giây suốt buổi")
    _percentiles("mọi trang", took, P95)
    _percentiles("nộp đến khi thấy biên nhận", night.receipts, RECEIPT)
    for what in sorted({what for what, _seconds, _status in night.answers}):
        _percentiles(f"  {what}", [seconds for name, seconds, _status in night.answers if name == what])


def _percentiles(name: str, took: list[float], bound: float | None = None) -> None:
    if len(took) < 2:
        return
    cut = quantiles(took, n=100, method="inclusive")
    p50, p95, p99 = cut[49], cut[94], cut[98]
    said = "" if bound is None else f"; mức {bound:g} s: {'đạt' if p95 <= bound else 'CHƯA ĐẠT'}"
    print(f"  {name}: p50 {p50:.2f} s, p95 {p95:.2f} s, p99 {p99:.2f} s ({len(took)}){said}")
