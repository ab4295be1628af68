"""Headless Chromium of the system, as an officer's machine has it: Vietnamese, 1366 × 768."""

import os
import shutil

import pytest

# Playwright keeps an event loop in this thread; Django would refuse the database because of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return browser_type_launch_args | {"executable_path": shutil.which("chromium"), "args": list(FLAGS)}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1366, "height": 768},
        "accept_downloads": True,
    }


@pytest.fixture
def sign_in(portal):
    """`sign_in(page, "hoa")` signs a person of the cast in, as they would."""
    from accounts.cast import PASSWORD

    def enter(page, username: str) -> None:
        page.context.clear_cookies()
        page.goto(f"{portal.url}/dang-nhap/")
        page.locator("input[name=username]").fill(username)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập", exact=True).click()

    return enter


@pytest.fixture(scope="module")
def desk(prepared, tmp_path_factory, browser, browser_context_args):
    """The demo's year and what else pages are looked at in: see Desk."""
    from cchc_portal.tests.browser.desk import Desk

    contexts = []

    def new_context(**more):
        contexts.append(browser.new_context(**browser_context_args, reduced_motion="reduce", **more))
        return contexts[-1]

    made = Desk(prepared, lambda: tmp_path_factory.mktemp("pages"), new_context)
    yield made
    for context in contexts:
        context.close()
    made.close()
