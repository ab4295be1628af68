"""Every page of the portal, in every state in which it is looked at. A new page joins by one row here.

The states: `full` is the demo's year; `long` the same year with long Vietnamese texts; `empty` a portal
in which nothing has been planned; `error` the page's form sent with nothing in it.
"""

import os
from dataclasses import dataclass

FULL, LONG, EMPTY, ERROR = "full", "long", "empty", "error"
BOTH = (FULL, LONG)
EVER = (FULL, LONG, EMPTY)


@dataclass(frozen=True)
class Page:
    """`url` is the address's name in urls.py and `of` what it shows, a name of years.addresses().

    `role` is a user name of the cast, "editor" or "head" of the unit that `of` belongs to, or "" for a
    visitor. `form` finds the form that is sent empty in the state `error`.
    """

    url: str
    role: str
    of: str = ""
    states: tuple = BOTH
    query: str = ""
    form: str = "main form[method=post]"


PAGES = (
    Page("sign_in", "", states=(FULL, EMPTY, ERROR), form="form:has([name=password])"),
    Page("help", "", states=(FULL,)),
    Page("home", "hoa", states=EVER),
    Page("home", "ddncc.truong", states=EVER),
    Page("home", "duc", states=BOTH),
    Page("home", "nam", states=(FULL,)),
    Page("search", "hoa", states=EVER, query="?q=cai+cach"),
    Page("search", "hoa", states=(FULL,), query="?q=khong+co+o+dau+ca"),
    Page("search", "hoa", query="?q=nguyen&nhom=nguoi"),
    Page("change_password", "hoa", states=(FULL, ERROR)),
    Page("notices", "hoa", states=EVER),
    Page("delegation_list", "binh", states=EVER),
    Page("delegation_add", "btxh.truong", states=(FULL, ERROR)),
    Page("unit_list", "binh"),
    Page("succession_add", "binh", states=(FULL, ERROR)),
    Page("succession_detail", "binh", of="succession"),
    Page("plan_list", "hoa", states=EVER),
    Page("plan_list", "ldvl.soan", states=(EMPTY,)),
    Page("plan_import", "hoa", states=(*EVER, ERROR)),
    Page("plan_import_detail", "hoa", of="import_reading", states=(FULL,)),
    Page("plan_import_detail", "hoa", of="import_ready"),
    Page("plan_import_detail", "hoa", of="import_ready", query="?xem=van-ban"),
    Page("plan_import_detail", "hoa", of="import_ready", query="?xem=diem-can-xem"),
    Page("plan_import_detail", "hoa", of="import_refused"),
    Page("plan_import_detail", "hoa", of="import_stored", states=(FULL,)),
    Page("plan_import_detail", "hoa", of="import_dropped", states=(FULL,)),
    Page("plan_import_detail", "hoa", of="import_empty", states=(FULL,)),
    Page("plan_import_drop", "hoa", of="import_ready", states=(FULL,)),
    Page("plan_import_part", "hoa", of="import_frame"),
    Page("plan_import_part", "hoa", of="import_recipients"),
    Page("plan_import_item", "hoa", of="import_block"),
    Page("plan_import_item", "hoa", of="import_cells"),
    Page("plan_import_item", "hoa", of="import_duty", states=(*BOTH, ERROR)),
    Page("plan_import_item", "hoa", of="import_target", states=(FULL, ERROR)),
    Page("plan_new", "hoa", states=(FULL, EMPTY, ERROR)),
    Page("plan_edit", "hoa", of="draft"),
    Page("plan_edit_section", "hoa", of="draft_part"),
    Page("plan_edit_frame", "hoa", of="draft", states=(*BOTH, ERROR)),
    Page("plan_edit_areas", "hoa", of="draft"),
    Page("plan_edit_targets", "hoa", of="draft"),
    Page("plan_edit_channels", "hoa", of="draft", states=(FULL,)),
    Page("plan_edit_audiences", "hoa", of="draft", states=(FULL,)),
    Page("plan_edit_duties", "hoa", of="draft"),
    Page("plan_edit_documents", "hoa", of="draft"),
    Page("plan_edit_recipients", "hoa", of="draft"),
    Page("plan_edit_reread", "hoa", of="draft"),
    Page("plan_edit_changes", "hoa", of="draft"),
    Page("plan_detail", "hoa", of="plan"),
    Page("plan_detail", "hoa", of="draft", states=(*BOTH, ERROR)),
    Page("plan_issue", "lan", of="amendment", states=(*BOTH, ERROR)),
    Page("plan_consequences", "binh", of="amendment"),
    Page("plan_detail", "lan", of="amendment"),
    Page("plan_amend", "binh", of="plan", states=(FULL, ERROR)),
    Page("plan_recall", "duc", of="plan", states=(FULL, ERROR)),
    Page("plan_versions", "hoa", of="plan"),
    Page("plan_version", "ldvl.soan", of="edition"),
    Page("register_list", "lan", states=EVER),
    Page("register_print", "lan", states=EVER),
    Page("register_add", "lan", states=(FULL, ERROR)),
    Page("register_entry", "lan", of="letter"),
    Page("register_entry", "lan", of="reserved", states=(FULL,)),
    Page("register_entry", "duc", of="plan_entry", states=(FULL,)),
    Page("register_edit", "lan", of="letter", states=(*BOTH, ERROR)),
    Page("legal_list", "hoa", states=EVER),
    Page("legal_document", "hoa", of="legal"),
    Page("legal_add", "hoa", states=(FULL, ERROR)),
    Page("legal_edit", "hoa", of="legal"),
    Page("legal_duplicates", "hoa", states=(FULL, EMPTY)),
    Page("legal_merge", "hoa", of="legal_pair"),
    Page("plan_synthesis", "hoa", of="plan"),
    Page("plan_synthesis", "hoa", of="plan", states=(FULL,), query="?xem=thang"),
    Page("plan_synthesis", "duc", of="plan", states=(FULL,), query="?xem=kinh-phi"),
    Page("plan_synthesis", "hoa", of="plan", query="?xem=khoang-trong"),
    Page("plan_synthesis", "hoa", of="plan", query="?xem=danh-muc"),
    Page("printout", "head", of="printout"),
    Page("lookup_search", "hoa", states=(FULL,)),
    Page("lookup", "head", of="printout_code", states=(FULL,)),
    Page("deadline_board", "hoa", states=EVER),
    Page("deadline_board", "ldvl.truong", states=EVER),
    Page("unit_plan_list", "hoa", states=EVER, query="?nam=2022"),
    Page("unit_plan", "editor", of="unit_plan"),
    Page("unit_plan", "ldvl.truong", of="accepted"),
    Page("unit_plan_texts", "editor", of="unit_plan"),
    Page("unit_plan_table", "editor", of="unit_plan", states=(*BOTH, ERROR)),
    Page("unit_plan_table", "editor", of="unit_plan", states=(FULL,), query="?noi-dung=procedures"),
    Page("unit_plan_last_year", "editor", of="unit_plan", states=(FULL,)),
    Page("item_declined", "editor", of="asked", states=(FULL, ERROR)),
    Page("unit_plan_excel", "editor", of="unit_plan", states=(*BOTH, ERROR)),
    Page("unit_plan_excel_preview", "editor", of="excel_upload"),
    Page("unit_plan_excel_columns", "editor", of="excel_columns", states=(*BOTH, ERROR)),
    Page("activity_add", "editor", of="unit_plan", states=(FULL, ERROR)),
    Page("activity_edit", "editor", of="line", states=(*BOTH, ERROR)),
    Page("area_absent", "editor", of="absence", states=(FULL, ERROR)),
    Page("unit_plan_check", "editor", of="unit_plan"),
    Page("unit_plan", "editor", of="returned", states=(FULL,)),
    Page("unit_plan_check", "editor", of="returned", states=(FULL,)),
    Page("unit_plan_review", "hoa", of="waiting", states=(*BOTH, ERROR), form="form:has([value=send_back])"),
    Page("remark_list", "editor", of="remarked"),
    Page("remark_add", "hoa", of="remarkable", states=(FULL, ERROR)),
    Page("remark_answer", "editor", of="remark", states=(FULL, ERROR)),
    Page("receipt", "hoa", of="receipt"),
    Page("result_list", "hoa", states=EVER),
    Page("result_list", "ldvl.soan", states=EVER),
    Page("activity_list", "ldvl.soan", states=EVER),
    Page("result_many", "ldvl.soan", states=(FULL, ERROR)),
    Page("result_add", "ldvl.soan", states=(FULL, EMPTY, ERROR)),
    Page("result_detail", "editor", of="result"),
    Page("result_edit", "editor", of="result", states=(*BOTH, ERROR)),
    Page("dashboard", "duc", states=EVER),
    Page("judging", "hoa", of="quarter"),
    Page("judging", "duc", of="quarter", states=(FULL,)),
    Page("stock_take_list", "hoa", states=EVER),
    Page("stock_take", "duc", of="stock_take"),
    Page("director_table", "duc", of="table_of_tasks"),
    Page("director_table", "duc", of="table_of_coverage", states=(FULL,)),
    Page("director_table", "duc", of="table_of_decisions"),
    Page("figure_rows", "duc", of="quarter"),
    Page("unit_report_list", "hoa", states=EVER),
    Page("unit_report_list", "ldvl.truong", states=EVER),
    Page("unit_report", "editor", of="report"),
    Page("unit_report_figure", "editor", of="report_figure", states=(FULL,)),
    Page("unit_report_edit", "editor", of="report"),
    Page("unit_report_check", "editor", of="report"),
    Page("unit_report_review", "hoa", of="report_waiting", states=(*BOTH, ERROR), form="form:has([value=send_back])"),
    Page("roll_up", "hoa", of="quarter"),
    Page("roll_up", "hoa", of="open_quarter", states=(FULL,)),
    Page("roll_up_rebuild", "hoa", of="quarter"),
    Page("roll_up_area", "hoa", of="area"),
    Page("roll_up_words", "hoa", of="quarter"),
    Page("roll_up_narrative", "hoa", of="quarter"),
    Page("obligation_detail", "editor", of="obligation"),
    Page("deadline_change", "binh", of="occasion", states=(FULL, ERROR)),
    Page("extension_list", "hoa", states=EVER),
    Page("difficulty_list", "hoa", states=EVER, query="?trang-thai=tat-ca"),
    Page("difficulty_add", "ddncc.soan", states=(FULL, ERROR)),
    Page("difficulty_detail", "hoa", of="difficulty", states=(*BOTH, ERROR), form="form[action$='/viet/']"),
    Page("return_day", "hoa", of="to_come_back", states=(FULL, ERROR)),
    Page("directive_list", "duc", states=EVER, query="?trang-thai=tat-ca"),
    Page("directive_add", "duc", states=(FULL, ERROR)),
    Page("directive_detail", "ddncc.soan", of="directive", states=(*BOTH, ERROR), form="#tra-loi"),
    Page("analysis", "hoa", states=EVER, query="?ky=2022-Q1&hang=don-vi&cot=hinh-thuc&chi_tieu=leaflets&xem=bieu-do"),
    Page("extension_ask", "head", of="obligation", states=(FULL,)),
    Page("extension_detail", "binh", of="extension"),
    Page("reminder_plan", "hoa", states=(FULL, EMPTY)),
    Page("remind_now", "hoa", states=(FULL,)),
    Page("reminder_pause", "hoa", states=(FULL,)),
    Page("holiday_list", "hoa", states=(FULL, EMPTY)),
    Page("holiday_add", "hoa", states=(FULL, ERROR)),
    Page("holiday_import", "hoa", states=(FULL, ERROR)),
    Page("holiday_edit", "hoa", of="holiday", states=(FULL,)),
    Page("index_list", "hoa", states=EVER),
    Page("index_list", "ldvl.soan", states=(FULL,)),
    Page("index_value_edit", "hoa", states=(FULL, ERROR)),
    Page("index_value_edit", "hoa", states=(FULL,), query="?sua=1"),
    Page("ranking_index", "hoa", of="ranking_index"),
    Page("ranking_index", "duc", of="unpublished_index", states=(FULL,)),
    Page("indicator_list", "hoa", states=(FULL,)),
    Page("indicator_add", "hoa", states=(FULL, ERROR)),
    Page("indicator_edit", "hoa", of="indicator", states=(FULL,)),
    Page("my_calendar", "ldvl.soan", states=(FULL,)),
    Page("webhook_list", "nam", states=(FULL, EMPTY)),
    Page("webhook_add", "nam", states=(FULL, ERROR)),
    Page("webhook_detail", "nam", of="webhook", states=(FULL,)),
    Page("webhook_secret", "nam", of="webhook", states=(FULL,)),
)
# Addresses that are read and have no row: what they give, or where they are looked at instead.
NO_ROW = {
    "healthz": "một dòng chữ cho hệ thống giám sát",
    "readyz": "một dòng chữ cho hệ thống giám sát",
    "result_many_template": "một tệp Excel",
    "result_many_excel": "chỉ nhận tệp; trang nó trả về là result_many",
    "printout_file": "tệp",
    "plan_import_file": "tệp",
    "receipt_scan": "tệp",
    "evidence_file": "tệp",
    "plan_signed_file": "tệp",
    "register_file": "tệp",
    "register_excel": "tệp",
    "synthesis_excel": "tệp",
    "ranking_index_excel": "tệp",
    "index_value_template": "tệp",
    "index_value_excel": "chỉ nhận tệp; trang nó trả về là index_value_edit",
    "difficulty_excel": "tệp",
    "directive_excel": "tệp",
    "analysis_excel": "tệp",
    "analysis_svg": "tệp",
    "analysis_png": "tệp",
    "directive_file": "tệp",
    "unit_plan_excel_template": "tệp",
    "unit_plan_excel_marked": "tệp",
    "calendar_feed": "lịch cho máy",
    "roll_up_json": "số liệu cho máy",
    "roll_up_csv": "số liệu cho máy",
    "job_progress": "phần đang đổi của trang văn bản (printout)",
    "gallery": "chỉ có khi DEBUG bật: test_other_pages.py",
    "resume": "chỉ có khi một biểu mẫu bị ngắt: test_other_pages.py",
}

# What depends on the database is the same for all pages; the second pass looks at those with most queries.
ON_BOTH_DATABASES = {("home", "hoa"), ("dashboard", "duc"), ("deadline_board", "hoa"), ("roll_up", "hoa")}


def rows() -> list[tuple[str, Page]]:
    """(state, page) in the order in which portals are started: all rows of one portal together."""
    pages = PAGES
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        pages = [page for page in PAGES if (page.url, page.role) in ON_BOTH_DATABASES]
    return [(state, page) for state in (FULL, ERROR, LONG, EMPTY) for page in pages if state in page.states]


def name(row) -> str:
    """The row's name in what pytest prints."""
    return f"{row.url}-{row.role or 'visitor'}{'-' + row.of if row.of else ''}" if isinstance(row, Page) else row
