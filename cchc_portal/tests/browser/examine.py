"""What is asked of every page: valid HTML, WCAG 2.2 AA, nothing that errs, overlaps, runs out or prints badly."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, Response
from pypdf import PdfReader
from tinyhtml5.parser import HTMLParser

HERE = Path(__file__).parent
AXE = (HERE / "vendor/axe-core-4.14.1.min.js").read_text(encoding="utf-8")
MEASURES = (HERE / "examine.js").read_text(encoding="utf-8")

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# (width, height, device pixels a CSS pixel): a phone, a tablet, the office's screen, that screen at 200 %.
SCREENS = {"360 px": (360, 740, 1), "768 px": (768, 1024, 1), "1366 px": (1366, 768, 1), "200 %": (683, 384, 2)}
A4_TEXT = 680  # CSS pixels: 210 mm less two margins of 15 mm, at 96 to the inch
A4_POINTS = (595, 842)
NOT_PRINTED = ".masthead, .mainmenu, .demo, .footer, .skip-link, main .btn"
# Runs in the page before its own scripts, and keeps what the browser refused.
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`CSP ${event.effectiveDirective}: ${event.blockedURI} ${event.sample}`));
"""


class Window:
    """One person's browser window, which notes what the console says."""

    def __init__(self, context):
        context.add_init_script(LISTEN)
        self.page: Page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.said: list[str] = []
        self.page.on("console", lambda said: said.type == "error" and self.said.append(said.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.wire = context.new_cdp_session(self.page)

    def open(self, url: str) -> Response:
        self._show(1366, 768, 1)
        self.said.clear()
        return self.page.goto(url)

    def send_empty(self, form: str) -> Response:
        """Send the first form that `form` finds with nothing in it, past what the browser itself checks."""
        self.said.clear()
        with self.page.expect_navigation() as sent:
            self.page.locator(form).first.evaluate(
                """(form) => {
                    form.noValidate = true;
                    for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select"))
                        ["checkbox", "radio"].includes(field.type) ? (field.checked = false) : (field.value = "");
                    form.requestSubmit(form.querySelector("button:not([type=button])"));
                }"""
            )
        return sent.value

    def _show(self, width: int, height: int, scale: int) -> None:
        size = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
        self.wire.send("Emulation.setDeviceMetricsOverride", size)

    def problems(self, response: Response, *, printed: bool = True, dark: bool = True) -> list[str]:
        """All that is wrong with the page as it stands, one line each."""
        found = [*markup_problems(response.text()), *self.said, *self.page.evaluate("window.refused")]
        self.page.evaluate(f"{MEASURES};{AXE};0")
        found += self._violations(WCAG)
        if dark:
            self.page.emulate_media(color_scheme="dark")
            found += [f"tối: {line}" for line in self._violations({"rules": ["color-contrast"]})]
            self.page.emulate_media(color_scheme="light")
        for name, screen in SCREENS.items():
            self._show(*screen)
            found += [f"{name}, tràn ngang: {line}" for line in self.page.evaluate("examine.sideways()")]
            found += [f"{name}, chồng nhau: {line}" for line in self.page.evaluate("examine.overlaps()")]
        return found + (list(self._printed()) if printed else [])

    def _violations(self, rules) -> list[str]:
        return self.page.evaluate("(rules) => examine.violations(rules)", rules)

    def _printed(self) -> Iterator[str]:
        self._show(A4_TEXT, 1000, 1)
        self.page.emulate_media(media="print")
        for what in self.page.evaluate("(these) => examine.shown(these)", NOT_PRINTED):
            yield f"in: còn {what}"
        for line in self.page.evaluate("examine.sideways()"):
            yield f"in, tràn ngang: {line}"
        sheets = PdfReader(BytesIO(self.page.pdf(prefer_css_page_size=True))).pages
        self.page.emulate_media(media="screen")
        sizes = {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in sheets}
        if any(abs(side - wanted) > 1 for size in sizes for side, wanted in zip(sorted(size), A4_POINTS, strict=True)):
            yield f"in: khổ giấy {sizes}, không phải A4"


def markup_problems(html: str) -> Iterator[str]:
    """Parse errors, more or fewer than one h1, an id used twice, another language than Vietnamese."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    for place, code, values in parser.errors:
        yield f"HTML {place}: {code} {values}"
    tags = Counter(node.tag for node in tree.iter() if isinstance(node.tag, str))
    if tags["h1"] != 1:
        yield f"{tags['h1']} h1"
    if tree.get("lang") != "vi":
        yield f"lang={tree.get('lang')}"
    ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
    yield from (f"id hai lần: {each}" for each, times in ids.items() if times > 1)
