"""Measures the main pages against design and speed targets; prints and never asserts. See bin/bench.

First views and requests a second are of a running portal (gunicorn, two processes); the comparison with naive pages
runs in one process, through the whole chain of middleware. Ratios are taken in one run from five alternating rounds
(median), because machines differ and are noisy.
"""

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from statistics import median
from urllib.parse import urlsplit

from cchc_portal.serve import accepts, spawn, stop
from cchc_portal.tests.browser import pages
from cchc_portal.tests.browser.desk import Desk, desk_of_its_own
from cchc_portal.tests.browser.pages import Page
from cchc_portal.tests.services import free_port, wait_until

ROUNDS, SECONDS, CLIENTS = 5, 1.0, 4
CPU_SLOWDOWN = 6
# design/screens.md: kB sent, requests, elements, seconds to the largest paint
BUDGET = (150, 10, 1500, 2.5)
MEASURED = (
    Page("sign_in", ""),
    Page("home", "hoa"),
    Page("home", "ddncc.truong"),
    Page("plan_detail", "hoa", of="plan"),
    Page("deadline_board", "hoa"),
    Page("unit_plan_list", "hoa", query="?nam=2022"),
    Page("unit_plan", "editor", of="unit_plan"),
    Page("activity_add", "editor", of="unit_plan"),
    Page("unit_plan_check", "editor", of="unit_plan"),
    Page("result_list", "hoa"),
    Page("result_add", "ldvl.soan"),
    Page("unit_report", "editor", of="report"),
    Page("unit_report_edit", "editor", of="report"),
    Page("unit_report_list", "hoa"),
    Page("roll_up", "hoa", of="quarter"),
    Page("dashboard", "duc"),
)
ASKED_AGAIN = (("home", "hoa"), ("dashboard", "duc"), ("deadline_board", "hoa"), ("unit_plan_list", "hoa"))
OF_NAIVE_PAGE = 1 / 2.2  # a page made anew
OF_CRISPY_FORMSET, QUERIES_OF_ROWS, QUERIES_OF_PAGE = 0.2, 8, 25
OF_HEAVY_START = 0.45
HEAVY = "weasyprint, pypdf, PIL, holidays, fontTools, docx, xlsxwriter"
OF_BARE_VIEW = 0.3  # quality/performance.md: the same page, unchanged since the last view, to a bare view
LARGEST_PAINT = """
window.painted = 0;
new PerformanceObserver((list) => { for (const paint of list.getEntries()) window.painted = paint.startTime; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""
# As little of Django as answers a request.
BARE = """
from django.conf import settings
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="bench")
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""


def seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def verdict(value: float, bound: float, *, least: bool = False) -> str:
    return "đạt" if (value >= bound if least else value <= bound) else "CHƯA ĐẠT"


# First view of a page


def first_view(desk: Desk, page: Page) -> tuple[float, int, int, float]:
    """(kB sent, requests, elements, largest paint in seconds) with an empty cache; the paint is a median of three."""
    portal = desk.portal(pages.FULL)
    window = desk.window(portal, desk.person(page))
    wire, requests, sent = window.wire, [], []
    wire.send("Network.enable")
    wire.on("Network.requestWillBeSent", lambda event: requests.append(event["request"]["url"]))
    wire.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    window.page.add_init_script(LARGEST_PAINT)
    paints = []
    for turn in range(3):
        wire.send("Network.clearBrowserCache")
        wire.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN if turn else 1})
        requests.clear(), sent.clear()
        window.page.goto(portal.url + desk.path(page), wait_until="networkidle")
        paints.append(window.page.evaluate("painted") / 1000)
        if not turn:
            seen = len([url for url in requests if url.startswith("http")]), sum(sent) / 1000
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    elements = window.page.evaluate("document.querySelectorAll('*').length")
    return seen[1], seen[0], elements, median(paints[1:])


def print_first_views(desk: Desk) -> None:
    desk.portal(pages.FULL)
    print(f"Lần xem đầu, CPU chậm {CPU_SLOWDOWN} lần; ngân sách: ≤ {BUDGET[0]} kB, ≤ {BUDGET[1]} yêu cầu, "
          f"≤ {BUDGET[2]} phần tử, ≤ {BUDGET[3]} s")  # fmt: skip
    for page in MEASURED:
        found = first_view(desk, page)
        over = [name for name, value, bound in zip(("kB", "yêu cầu", "phần tử", "LCP"), found, BUDGET, strict=True)
                if value > bound]  # fmt: skip
        print(f"  {pages.name(page):32} {found[0]:6.1f} kB {found[1]:3} yêu cầu {found[2]:5} phần tử "
              f"{found[3]:5.2f} s  {'CHƯA ĐẠT: ' + ', '.join(over) if over else 'đạt'}")  # fmt: skip


# Beside the same written naively


def print_beside_naive(desk: Desk) -> None:
    code = f"from cchc_portal.tests.browser import compared\ncompared.print_json({ROUNDS})"
    print("Trang dựng mới (100 đơn vị), bảng nhập 40 dòng × 10 cột, so với cách viết thường; trong một tiến trình")
    for name, floor, ours, ratio, asked, queries in json.loads(desk.portal(pages.FULL).python(code)):
        rows = name == "rows"
        bound, most = (OF_CRISPY_FORMSET, QUERIES_OF_ROWS) if rows else (OF_NAIVE_PAGE, QUERIES_OF_PAGE)
        print(f"  {name:16} thường {1000 * floor:7.1f} ms, {asked} truy vấn  ta {1000 * ours:6.1f} ms, {queries}  "
              f"tỷ lệ {ratio:.3f} (≤ {bound:.3f})  {verdict(ratio, bound)}; "
              f"≤ {most} truy vấn  {verdict(queries, most)}")  # fmt: skip


# Starting


def print_start(desk: Desk) -> None:
    """`manage.py check` to the same with every heavy library imported first."""
    portal = desk.portal(pages.FULL)
    check = "from django.core.management import execute_from_command_line as run\nrun(['manage.py', 'check'])"
    rounds = [(seconds(lambda: portal.python(f"import {HEAVY}\n{check}")), seconds(lambda: portal.python(check)))
              for _ in range(ROUNDS)]  # fmt: skip
    ratio = median(ours / floor for floor, ours in rounds)
    print(f"manage.py check, mục tiêu ≤ {OF_HEAVY_START} so với khi nạp sẵn các thư viện nặng")
    print(f"  nạp sẵn {median(floor for floor, _ in rounds):.2f} s  ta {median(ours for _, ours in rounds):.2f} s  "
          f"tỷ lệ {ratio:.2f}  {verdict(ratio, OF_HEAVY_START)}")  # fmt: skip


# Requests a second


def rate(address: str, cookie: str = "") -> float:
    """Answers a second that some clients asking at once get."""
    host, done = urlsplit(address), []
    end = time.monotonic() + SECONDS

    def ask() -> None:
        while time.monotonic() < end:
            wire = http.client.HTTPConnection(host.hostname, host.port, timeout=30)
            wire.request("GET", f"{host.path or '/'}", headers={"Cookie": cookie})
            answer = wire.getresponse()
            answer.read()
            wire.close()
            done.append(answer.status)

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    started = time.monotonic()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    if set(done) != {200}:
        raise SystemExit(f"{address}: {sorted(set(done))}")
    return len(done) / (time.monotonic() - started)


def print_rates(desk: Desk) -> None:
    portal = desk.portal(pages.FULL)
    (portal.folder / "bare.py").write_text(BARE, encoding="utf-8")
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "bare:application", "--workers", "2", "--no-control-socket"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    bare = spawn([*gunicorn, "--bind", f"127.0.0.1:{port}"], cwd=portal.folder, **quiet)
    try:
        wait_until(lambda: accepts("127.0.0.1", port), 20, "trang trống")
        print(f"Yêu cầu mỗi giây, {CLIENTS} máy khách, hai tiến trình; mục tiêu ≥ {OF_BARE_VIEW} trang trống")
        for url, role in ASKED_AGAIN:
            page = Page(url, role)
            cookies = desk.window(portal, role).page.context.cookies()
            cookie = "; ".join(f"{each['name']}={each['value']}" for each in cookies)
            rounds = [(rate(f"http://127.0.0.1:{port}/"), rate(portal.url + desk.path(page), cookie))
                      for _ in range(ROUNDS)]  # fmt: skip
            ratio = median(ours / floor for floor, ours in rounds)
            print(f"  {pages.name(page):32} sàn {median(floor for floor, _ in rounds):7.0f}  "
                  f"ta {median(ours for _, ours in rounds):6.0f}  tỷ lệ {ratio:.3f}  "
                  f"{verdict(ratio, OF_BARE_VIEW, least=True)}")  # fmt: skip
    finally:
        stop([bare])


# Reading and printing


def print_papers() -> None:
    """In a process of its own: what was imported and left behind here does not weigh on it."""
    subprocess.run([sys.executable, "-m", "cchc_portal.tests.browser.paper_bench"], check=True)


def print_sizes(asked: list[str]) -> None:
    """The roll-up and a unit's pages for a department and a province; `--country` for the country too."""
    subprocess.run([sys.executable, "-m", "cchc_portal.tests.scale_bench", *asked], check=True)


def main(asked: list[str]) -> None:
    """Everything but the long ones; `--country` adds 24 million figures, `night [MINUTES] [UNITS]` is the night of the
    deadline alone.
    """
    if asked[:1] == ["night"]:
        import django

        django.setup()
        from cchc_portal.tests import deadline_night

        deadline_night.measure(*map(float, asked[1:2]), *map(int, asked[2:3]))
        return
    print_papers()
    with desk_of_its_own(os.environ.get("DATABASE_URL", "")) as desk:
        print_first_views(desk)
        print_start(desk)
        print_beside_naive(desk)
        print_rates(desk)
    print_sizes(asked)


if __name__ == "__main__":
    main(sys.argv[1:])
