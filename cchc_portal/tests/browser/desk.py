"""The portals that pages are looked at in, and a browser window for each person in each."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from cchc_portal.tests.browser import pages
from cchc_portal.tests.browser.conftest import FLAGS
from cchc_portal.tests.browser.examine import Window
from cchc_portal.tests.portal import Portal

YEARS = "from cchc_portal.tests.browser import years\n"


class Desk:
    """Portals by state and windows by person, each made when first asked for.

    `prepared` is copied, `new_folder()` gives an empty folder, `new_context(…)` a browser of its own.
    """

    def __init__(self, prepared: Portal, new_folder, new_context):
        self.prepared, self.new_folder, self.new_context = prepared, new_folder, new_context
        self.portals: dict[str, Portal] = {}
        self.windows: dict[tuple, Window] = {}
        self.known: dict[str, tuple] = {}
        self._year: Portal | None = None

    def year(self) -> Portal:
        """The demo's year with what waits, never started."""
        if self._year is None:
            year = self._year = self._copy(self.prepared)
            year.manage("load_demo")
            year.python(YEARS + "years.add_what_waits()")
            self.known = json.loads(year.python(YEARS + "years.addresses()"))
        return self._year

    def _copy(self, portal: Portal) -> Portal:
        return portal.copy(self.new_folder())

    def portal(self, state: str) -> Portal:
        """The running portal of a state; only its web, since no page waits for work in the background."""
        data = pages.FULL if state == pages.ERROR else state
        if data not in self.portals:
            made = self._copy(self.prepared if data == pages.EMPTY else self.year())
            if data == pages.LONG:
                made.python(YEARS + "years.lengthen()")
            self.portals[data] = made.start("web")
        return self.portals[data]

    def path(self, page: pages.Page) -> str:
        """The page's path and query."""
        from django.urls import reverse

        return reverse(page.url, args=self.known[page.of][0] if page.of else []) + page.query

    def person(self, page: pages.Page) -> str:
        """The user name of the page's role; empty for the visitor."""
        if page.role not in ("editor", "head"):
            return page.role
        return f"{self.known[page.of][1]}.{'soan' if page.role == 'editor' else 'truong'}"

    def window(self, portal: Portal, username: str, **more) -> Window:
        """The window of this person, signed in; the visitor is nobody. `more` goes to the browser's context."""
        from accounts.cast import PASSWORD  # models, so Django must be set up

        if (portal, username) not in self.windows:
            window = self.windows[portal, username] = Window(self.new_context(**more))
            if username:
                window.page.goto(f"{portal.url}/dang-nhap/")
                window.page.fill("input[name=username]", username)
                window.page.fill("input[name=password]", PASSWORD)
                window.page.locator("form:has([name=password]) button:not([type=button])").click()
                window.page.wait_for_url(f"{portal.url}/")
        return self.windows[portal, username]

    def close(self) -> None:
        for portal in [*self.portals.values(), self._year]:
            if portal is not None:
                portal.remove()


@contextmanager
def desk_of_its_own(server: str = "") -> Iterator[Desk]:
    """A desk outside of pytest, for bin/bench and bin/screens; on the PostgreSQL that `server` names, if any."""
    import django
    from playwright.sync_api import sync_playwright

    django.setup()
    with tempfile.TemporaryDirectory(prefix="cchc-") as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
        prepared = Portal(Path(tempfile.mkdtemp(dir=work)), server=server).prepare()
        context = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "reduced_motion": "reduce"}
        new_context = partial(browser.new_context, **context)
        desk = Desk(prepared, lambda: Path(tempfile.mkdtemp(dir=work)), new_context)
        try:
            yield desk
        finally:
            browser.close()
            desk.close()
            prepared.remove()
