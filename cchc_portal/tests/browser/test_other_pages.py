"""Pages that no address alone gives: errors, conflicts, what was interrupted, what is under way. Looked at like all."""

import pytest

from accounts.cast import PASSWORD
from cchc_portal.tests.browser.pages import FULL, Page, name
from cchc_portal.tests.portal import Portal

pytestmark = [pytest.mark.browser, pytest.mark.services, pytest.mark.screens]
SIGN_IN = "form:has([name=password])"
# A gallery shows parts of pages many times, their headings and ids too.
OF_A_GALLERY = ("h1", "id hai lần", "duplicate-id", "heading", "landmark", "region", "page-has-heading-one")


def send(window, form: str, prepare: str = "form => {}"):
    """Send a form, past what the browser itself checks, after JavaScript has prepared it."""
    window.said.clear()
    with window.page.expect_navigation(timeout=60_000) as sent:
        window.page.locator(form).first.evaluate(
            f"form => {{ ({prepare})(form); form.noValidate = true; form.submit(); }}"
        )
    return sent.value


def of(desk, role: str):
    portal = desk.portal(FULL)
    return portal, desk.window(portal, role)


def visitor(desk):
    """Somebody in a browser of their own, at the sign-in page."""
    from cchc_portal.tests.browser.examine import Window

    portal, window = desk.portal(FULL), Window(desk.new_context())
    window.open(f"{portal.url}/dang-nhap/")
    return portal, window


def sign_in(window, username: str, password: str = PASSWORD):
    window.page.fill("[name=username]", username)
    window.page.fill("[name=password]", password)
    return send(window, SIGN_IN)


def forbidden(desk):
    portal, window = of(desk, "ldvl.soan")
    return window, window.open(f"{portal.url}/dieu-hanh/")


def missing(desk):
    portal, window = of(desk, "ldvl.soan")
    return window, window.open(f"{portal.url}/khong-co-trang-nay/")


def wrong_method(desk):
    portal, window = of(desk, "ldvl.soan")
    return window, window.open(f"{portal.url}/dang-xuat/")


def without_token(desk):
    _portal, window = visitor(desk)
    return window, send(window, SIGN_IN, "form => form.querySelector('[name=csrfmiddlewaretoken]').remove()")


def too_big(desk):
    _portal, window = visitor(desk)
    big = "form => { form.querySelector('[name=username]').value = 'x'.repeat(13 * 1024 * 1024); }"
    return window, send(window, SIGN_IN, big)


def locked_out(desk):
    _portal, window = visitor(desk)
    for _wrong in range(6):
        response = sign_in(window, "huy", "khong-phai-mat-khau")
    return window, response


def server_error(desk):
    """As the server sends it when all else has failed."""
    portal, window = of(desk, "ldvl.soan")
    page = portal.python("from django.template.loader import render_to_string\nprint(render_to_string('500.html'))")
    return window, _as_sent(portal, window, 500, page)


def unavailable(desk):
    """As the portal sends it while its database or its disk does not take anything."""
    portal, window = of(desk, "ldvl.soan")
    page = portal.python(
        "from django.template.loader import render_to_string\n"
        "from accounts.views.errors import NO_DATABASE\n"
        "typed = {'fields': [('title', 'Phát tờ gấp')], 'files': ['a.pdf'], 'path': '/ket-qua/moi/'}\n"
        "print(render_to_string('errors/unavailable.html', NO_DATABASE | typed))"
    )
    return window, _as_sent(portal, window, 503, page)


def maintenance(desk):
    """As nginx sends it, without the portal."""
    from cchc_portal.serve import BASE_DIR

    portal, window = of(desk, "ldvl.soan")
    return window, _as_sent(portal, window, 503, (BASE_DIR / "templates/503.html").read_text("utf-8"))


def _as_sent(portal, window, status: int, page: str):
    address = f"{portal.url}/loi-{status}/"
    window.page.route(address, lambda route: route.fulfill(status=status, content_type="text/html", body=page))
    return window.open(address)


def interrupted(desk):
    """The session ended while a result was typed; who signs in again is offered what was typed."""
    portal, window = visitor(desk)
    sign_in(window, "ldvl.soan")
    window.open(f"{portal.url}/ket-qua/moi/")
    window.page.fill("[name=title]", "Phát tờ gấp tại bộ phận một cửa")
    ended = f"Session.objects.filter(pk='{_session(window)}').delete()"
    portal.python(f"from django.contrib.sessions.models import Session\n{ended}")
    send(window, "main form[method=post]")
    return window, sign_in(window, "ldvl.soan")


def _session(window) -> str:
    return next(each["value"] for each in window.page.context.cookies() if each["name"] == "sessionid")


def under_way(desk):
    """A document being made: the page follows it."""
    page = Page("printout", "head", of="printout")
    portal = desk.portal(FULL)
    begun = "update(state='running', progress=40, stage='dựng trang')"
    portal.python(f"from accounts.models import Job\nJob.objects.filter(state='queued').{begun}")
    window = desk.window(portal, desk.person(page))
    return window, window.open(portal.url + desk.path(page))


WAYS = {
    forbidden: 403, missing: 404, wrong_method: 405, without_token: 403, too_big: 413, locked_out: 429,
    server_error: 500, unavailable: 503, maintenance: 503, interrupted: 200, under_way: 200,
}  # fmt: skip

# A form as somebody leaves it who has typed while others saved, moved on or took away what it is about.
TYPED = "(form.querySelector('textarea') ?? form.querySelector('input[type=text]') ?? {}).value = 'Bản tôi đang gõ.';"
OUTDATED = f"""form => {{
    for (const mark of form.querySelectorAll("[name=version], [name=seen]")) mark.value = "9999";
    {TYPED}
}}"""
# A report's page carries the marks of its texts: another text stood there when it was opened.
OUTDATED_TEXT = """form => {
    form.elements.version.value = "highlights:0";
    form.elements.highlights.value = "Bản tôi đang gõ.";
}"""
GONE = f"form => {{ form.action = form.action.replace(/\\d+\\/$/, '999999/'); {TYPED} }}"
# The demo has no roll-up that waits for the Office: its figures are cut from an old page.
CUT = """form => {
    form.action = form.action.replace(/lap\\/$/, "chuyen/");
    form.insertAdjacentHTML("beforeend", "<input name='move' value='cut'><input name='version' value='9999'>");
}"""
MARKED = "main form:is(:has([name=version]), :has([name=seen]))"


def of_form(url: str, role: str, of: str) -> Page:
    """A page whose form says which version it was opened with."""
    return Page(url, role, of=of, form=MARKED)


CONFLICTS = [
    (of_form("unit_plan_texts", "editor", "unit_plan"), OUTDATED),
    (of_form("activity_edit", "editor", "line"), OUTDATED),
    (of_form("activity_edit", "editor", "line"), GONE),
    (of_form("unit_plan", "ldvl.truong", "accepted"), OUTDATED),
    (of_form("unit_plan_check", "head", "unit_plan"), OUTDATED),
    (of_form("result_edit", "editor", "result"), OUTDATED),
    (of_form("unit_report_edit", "editor", "report"), OUTDATED_TEXT),
    (of_form("unit_report_review", "hoa", "report_waiting"), OUTDATED),
    (Page("roll_up", "hoa", of="open_quarter", form="main form[action$='/lap/']"), CUT),
    (of_form("plan_detail", "hoa", "draft"), OUTDATED),
    (of_form("plan_edit_section", "hoa", "draft_part"), OUTDATED),
    (of_form("plan_edit_section", "hoa", "draft_part"), GONE),
    (of_form("plan_edit_duties", "hoa", "draft"), OUTDATED),
    (of_form("plan_import_item", "hoa", "import_duty"), OUTDATED),
    (of_form("plan_import_item", "hoa", "import_duty"), GONE),
    (of_form("register_edit", "lan", "letter"), OUTDATED),
    (of_form("legal_edit", "hoa", "legal"), OUTDATED),
    (of_form("extension_detail", "binh", "extension"), OUTDATED),
]


def is_good(window, response, status: int) -> None:
    """The page as it stands was answered so and has nothing wrong with it."""
    assert response.status == status
    # The browser itself reports an answer of 400 and above.
    window.said[:] = [line for line in window.said if "Failed to load resource" not in line]
    found = window.problems(response)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_page_that_is_not_asked_for_is_as_good_as_the_others(desk, way):
    desk.portal(FULL)
    is_good(*way(desk), WAYS[way])


@pytest.mark.parametrize(
    ("page", "prepare"),
    CONFLICTS,
    ids=[f"{name(page)}-{'gone' if how == GONE else 'outdated'}" for page, how in CONFLICTS],
)
def test_a_page_of_a_conflict_is_as_good_as_the_others(desk, page, prepare):
    portal = desk.portal(FULL)
    window = desk.window(portal, desk.person(page))
    window.open(portal.url + desk.path(page))
    is_good(window, send(window, page.form, prepare), 409)


def test_the_gallery_fits_every_screen(desk):
    portal: Portal = desk.prepared.copy(desk.new_folder(), DEBUG="true").start("web")
    try:
        window = desk.window(portal, "")
        response = window.open(f"{portal.url}/kham-pha-giao-dien/")
        assert response.status == 200
        problems = window.problems(response, printed=False)
        found = [line for line in problems if not any(word in line for word in OF_A_GALLERY)]
        assert not found, "\n".join(found)
    finally:
        portal.remove()
