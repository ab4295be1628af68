"""Writes docs/screens/*.png: the main pages of the demo's year on an office screen and on a phone. See bin/screens."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from cchc_portal.serve import BASE_DIR
from cchc_portal.tests.browser import pages
from cchc_portal.tests.browser.desk import Desk, desk_of_its_own
from cchc_portal.tests.browser.pages import Page

FOLDER = BASE_DIR / "docs/screens"
WIDTHS = {1366: 768, 360: 740}  # px: the least height that is shown
TALLEST = 1600  # px: a long page is cut here

SCREENS = {
    "dang-nhap": Page("sign_in", ""),
    "viec-cua-toi-van-phong": Page("home", "hoa"),
    "viec-cua-toi-truong-don-vi": Page("home", "ddncc.truong"),
    "ke-hoach": Page("plan_detail", "hoa", of="plan"),
    "ke-hoach-don-vi": Page("unit_plan", "editor", of="unit_plan"),
    "kiem-tra-va-nop": Page("unit_report_check", "head", of="report"),
    "han-nop": Page("deadline_board", "hoa"),
    "ghi-nhan-ket-qua": Page("result_add", "ldvl.soan"),
    "bao-cao-don-vi": Page("unit_report", "head", of="report"),
    "tong-hop": Page("roll_up", "hoa", of="quarter"),
    "dieu-hanh": Page("dashboard", "duc"),
}


def take(desk: Desk, name: str, page: Page) -> list[Path]:
    """The pictures of one page, one for each width."""
    portal = desk.portal(pages.FULL)
    window = desk.window(portal, desk.person(page)).page
    taken = []
    for width, least in WIDTHS.items():
        window.set_viewport_size({"width": width, "height": least})
        answer = window.goto(portal.url + desk.path(page))
        if answer.status != 200:
            raise SystemExit(f"{name}: {answer.status} ở {answer.url}")
        height = min(TALLEST, max(least, window.evaluate("document.documentElement.scrollHeight")))
        window.set_viewport_size({"width": width, "height": height})
        taken.append(FOLDER / f"{name}-{width}.png")
        picture = Image.open(BytesIO(window.screenshot())).convert("RGB")
        picture.save(taken[-1], optimize=True)
    return taken


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    total = 0
    with desk_of_its_own() as desk:
        for name, page in SCREENS.items():
            for picture in take(desk, name, page):
                size = picture.stat().st_size
                total += size
                print(f"{picture.relative_to(BASE_DIR)}: {size // 1000} kB")
    print(f"Tổng cộng {total / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
