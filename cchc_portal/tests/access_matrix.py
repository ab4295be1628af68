"""Who gets which answer at which address. Every address of the portal has its row; a missing one fails.

The columns are people. The object asked for belongs to Phòng Lao động - Việc làm ("own" for its
editor and head); the editor and head of Phòng Giáo dục nghề nghiệp are "other".

200 the page · 302 sent on · 403 a colleague without the power · 404 not theirs to know of ·
405 a page where an act is meant, or the reverse

An address may have several rows, told apart by a word in brackets: `"plan_detail (draft)"`.
"""

from dataclasses import dataclass, field

WHO = {
    "editor": "ldvl.soan",
    "head": "ldvl.truong",
    "other_editor": "gdnn.soan",
    "other_head": "gdnn.truong",
    "office_staff": "hoa",
    "chief": "binh",
    "director": "duc",
    "clerk": "lan",
    "inspector": "huy",
    "administrator": "nam",
}


@dataclass(frozen=True)
class Row:
    """The expected answers in the order of WHO; one number stands for all ten.

    `of` names what of World the address carries (an object's key, or several arguments). `post`
    sends these fields, where a page is not what the address is for. `anonymous` is the answer
    without signing in.
    """

    answers: str
    of: str = ""
    post: dict | None = None
    query: dict = field(default_factory=dict)
    anonymous: int = 302

    def expected(self, who: str) -> int:
        answers = [int(answer) for answer in self.answers.split()]
        return answers[list(WHO).index(who)] if len(answers) > 1 else answers[0]


REASON = {"reason": "Ghi nhầm đơn vị."}

CUT = {"move": "cut", "version": "2"}
KEY = "6f1c1d5e-3c0b-4c8e-9d5f-2a7f4b8f0e11"
EVERYONE = "200"
SEEN = "200 200  404 404  200 200 200 200 200 200"  # own people and whoever has an agency-wide post
OWN_PAGE = "200 200  404 404  403 403 403 403 403 403"
OWN_ACT = "302 302  404 404  403 403 403 403 403 403"
HEAD_ACT = "403 302  404 404  403 403 403 403 403 403"
EDITOR_ACT = "302 403  404 404  403 403 403 403 403 403"
REVIEW_ACT = "403 403  404 404  302 302 403 403 403 403"
PAPER_ACT = "403 403  404 404  200 403 403 403 403 403"  # 200: asked for the scan
OFFICE = "403 403  403 403  200 200 403 403 403 403"
OFFICE_ACT = "403 403  403 403  302 302 403 403 403 403"
ADMINISTRATOR = "403 403  403 403  403 403 403 403 403 200"
ADMINISTRATOR_ACT = "403 403  403 403  403 403 403 403 403 302"
KEEPS_UNITS = "403 403  403 403  403 200 403 403 403 200"
WHOLE = "404 404  404 404  200 200 200 200 200 200"  # of the agency as a whole: drafts, roll-ups
IMPORT_PAGE = "404 404  404 404  200 200 403 403 403 403"
IMPORT_ACT = "404 404  404 404  302 302 403 403 403 403"

OVERSEES = "403 403  403 403  200 200 200 200 200 200"
REGISTERS = "403 403  403 403  200 403 403 200 403 403"
DRAFTING = "404 404  404 404  200 200 403 403 403 403"
DRAFTED = "404 404  404 404  302 302 403 403 403 403"

# editor head | other editor head | staff chief director clerk inspector administrator
MATRIX = {
    # accounts
    "sign_in": Row("302", anonymous=200),
    "sign_out": Row("302", post={}),
    "change_password": Row("200"),
    "resume": Row("302"),
    "notices": Row("200"),
    "read_all_notices": Row("302", post={}),
    "open_notice": Row("302 404  404 404  404 404 404 404 404 404", of="notice", post={}),
    "job_progress": Row(SEEN, of="job"),
    "webhook_list": Row(ADMINISTRATOR),
    "webhook_add": Row(ADMINISTRATOR),
    "webhook_detail": Row(ADMINISTRATOR, of="webhook"),
    "webhook_secret": Row(ADMINISTRATOR, of="webhook"),
    "webhook_try": Row(ADMINISTRATOR_ACT, of="webhook", post={"key": KEY}),
    "webhook_remove": Row(ADMINISTRATOR_ACT, of="webhook", post={}),
    "delegation_list": Row(EVERYONE),
    "unit_list": Row(KEEPS_UNITS),
    "succession_add": Row(KEEPS_UNITS),
    "succession_detail": Row(KEEPS_UNITS, of="succession"),
    # 409: nothing was chosen for what is open
    "succession_hand_over": Row("403 403  403 403  403 409 403 403 403 403", of="succession", post={}),
    "delegation_add": Row("403 200  403 200  403 200 403 403 403 403"),
    "delegation_end": Row("403 302  404 404  403 302 403 403 403 403", of="delegation", post={}),
    "help": Row("200", anonymous=200),
    "healthz": Row(EVERYONE, anonymous=200),
    "readyz": Row(EVERYONE, anonymous=200),
    "gallery": Row("404", anonymous=404),
    "demo_clock": Row("404", post={}, anonymous=404),
    "enter_as": Row("404", post={"username": "duc"}, anonymous=404),
    # plans
    "plan_list": Row(EVERYONE),
    "plan_import": Row("403 403  403 403  200 200 403 403 403 403"),
    "plan_import_detail": Row(IMPORT_PAGE, of="import_ready"),
    "plan_import_detail (reading)": Row(IMPORT_PAGE, of="import_reading"),
    "plan_import_file": Row(WHOLE, of="import_ready"),
    "plan_import_part": Row(IMPORT_PAGE, of="import_part"),
    "plan_import_item": Row(IMPORT_PAGE, of="import_item"),
    "plan_import_drop": Row(IMPORT_PAGE, of="import_ready"),
    "plan_import_store": Row(IMPORT_ACT, of="import_ready", post={}),
    "plan_import_defect": Row(IMPORT_ACT, of="import_defect", post={}),
    "plan_import_back": Row(IMPORT_ACT, of="import_removed", post={}),
    "plan_new": Row(OFFICE),
    "plan_edit": Row(DRAFTING, of="draft"),
    "plan_edit (issued)": Row("403 403  403 403  302 302 403 403 403 403", of="plan"),
    "plan_edit_act": Row(DRAFTED, of="draft", post={"act": "number"}),
    "plan_edit_undo": Row(DRAFTED, of="draft", post={"step": "1"}),
    "plan_edit_section": Row(DRAFTING, of="draft_section"),
    "plan_edit_frame": Row(DRAFTING, of="draft"),
    "plan_edit_areas": Row(DRAFTING, of="draft"),
    "plan_edit_targets": Row(DRAFTING, of="draft"),
    "plan_edit_channels": Row(DRAFTING, of="draft"),
    "plan_edit_audiences": Row(DRAFTING, of="draft"),
    "plan_edit_duties": Row(DRAFTING, of="draft"),
    "plan_edit_documents": Row(DRAFTING, of="draft"),
    "plan_edit_recipients": Row(DRAFTING, of="draft"),
    "plan_edit_reread": Row(DRAFTING, of="draft"),
    "plan_edit_changes": Row(DRAFTING, of="draft"),
    "plan_detail": Row(EVERYONE, of="plan"),
    "plan_detail (draft)": Row(WHOLE, of="draft"),
    "plan_move": Row(
        "403 403  403 403  403 200 403 403 403 403", of="plan", post={"move": "close"}
    ),  # 200: the year runs
    # 200: refused and shown why, since a doubtful place has not been looked at.
    "plan_move (draft)": Row("404 404  404 404  200 403 403 403 403 403", of="draft", post={"move": "send_to_office"}),
    "plan_move (cancel)": Row(
        "404 404  404 404  403 302 403 403 403 403", of="draft", post=REASON | {"move": "cancel"}
    ),
    "settle_all_defects": Row("404 404  404 404  302 302 403 403 403 403", of="draft", post={}),
    "settle_defect": Row("404 404  404 404  302 302 403 403 403 403", of="defect", post={}),
    "print_plan": Row("302", of="plan", post={}),
    "print_plan (draft)": Row("404 404  404 404  302 302 302 302 302 302", of="draft", post={}),
    "printout": Row(SEEN, of="printout"),
    "printout_file": Row(SEEN, of="printout"),
    "lookup_search": Row("200"),
    "lookup": Row(SEEN, of="printout_code"),
    "deadline_board": Row(EVERYONE),
    # what becomes of a plan after its approval, and the registers
    "plan_issue": Row("404 404  404 404  200 403 403 200 403 403", of="approved"),
    "plan_amend": Row("403 403  403 403  403 200 403 403 403 403", of="plan"),
    "plan_recall": Row("403 403  403 403  403 200 200 403 403 403", of="plan"),
    "plan_consequences": Row(WHOLE, of="amendment"),
    "plan_versions": Row(EVERYONE, of="plan"),
    "plan_synthesis": Row("403 403  403 403  200 200 200 200 200 200", of="plan"),
    "plan_synthesis (draft)": Row("404 404  404 404  404 404 404 404 404 404", of="draft"),
    "print_synthesis": Row("403 403  403 403  302 302 302 302 302 302", of="plan", post={}),
    "synthesis_excel": Row("403 403  403 403  200 200 200 200 200 200", of="plan"),
    "plan_version": Row(EVERYONE, of="edition"),
    "plan_signed_file": Row(EVERYONE, of="plan_signed"),
    "register_list": Row(OVERSEES),
    "register_print": Row(OVERSEES),
    "register_excel": Row(OVERSEES),
    "register_add": Row(REGISTERS),
    "register_entry": Row(OVERSEES, of="letter"),
    "register_edit": Row(REGISTERS, of="letter"),
    "register_mark": Row(REGISTERS, of="letter", post={}),  # 200: asked by which document
    "register_release": Row("403 403  403 403  302 403 403 302 403 403", of="reserved", post={}),
    "register_file": Row(OVERSEES, of="signed_entry"),
    "legal_list": Row(EVERYONE),
    "legal_document": Row(EVERYONE, of="legal"),
    "legal_add": Row(OFFICE),
    "legal_edit": Row(OFFICE, of="legal"),
    "legal_duplicates": Row(OFFICE),
    "legal_merge": Row(OFFICE, of="legal_pair"),
    "unit_plan_list": Row("302 302  302 302  200 200 200 200 200 200", query={"year": "2022"}),
    "unit_plan": Row(SEEN, of="unit_plan"),
    "unit_plan_texts": Row(OWN_PAGE, of="unit_plan"),
    "unit_plan_excel": Row(OWN_PAGE, of="unit_plan"),
    "unit_plan_excel_template": Row(OWN_PAGE, of="unit_plan"),
    "unit_plan_excel_preview": Row(OWN_PAGE, of="excel_upload"),
    "unit_plan_excel_columns": Row(OWN_PAGE, of="excel_upload"),
    "unit_plan_excel_marked": Row(OWN_PAGE, of="excel_upload"),
    "unit_plan_excel_drop": Row(OWN_ACT, of="excel_upload", post={}),
    "unit_plan_table": Row(OWN_PAGE, of="unit_plan"),
    "unit_plan_last_year": Row(OWN_PAGE, of="unit_plan"),
    "item_declined": Row(OWN_PAGE, of="asked"),
    "activity_add": Row(OWN_PAGE, of="unit_plan"),
    "activity_edit": Row(OWN_PAGE, of="line"),
    "activity_remove": Row(OWN_ACT, of="line", post={}),
    "area_absent": Row(OWN_PAGE, of="absence"),
    "print_unit_plan": Row("302 302  404 404  302 302 302 302 302 302", of="unit_plan", post={}),
    "unit_plan_check": Row(OWN_PAGE, of="unit_plan"),
    "unit_plan_submit": Row(HEAD_ACT, of="unit_plan", post={"key": KEY, "version": "1"}),
    "unit_plan_paper": Row(PAPER_ACT, of="unit_plan", post=REASON | {"key": KEY}),
    "unit_plan_move": Row(
        "302 403  404 404  403 403 403 403 403 403", of="unit_plan", post={"move": "send_to_head", "version": "1"}
    ),
    "unit_plan_move (take up)": Row(
        "403 403  404 404  302 302 403 403 403 403", of="handed_in", post={"move": "take_up", "version": "2"}
    ),
    "unit_plan_review": Row("403 403  404 404  200 200 200 403 403 403", of="handed_in"),
    "remark_list": Row(SEEN, of="remarked"),
    "remark_add": Row("403 403  404 404  200 200 403 403 403 403", of="remarkable"),
    "remark_answer": Row(OWN_PAGE, of="remark"),
    # what was returned is with the unit: nobody withdraws or settles a remark on it now
    "remark_act": Row("403 403  404 404  403 403 403 403 403 403", of="remark", post={"act": "withdraw"}),
    "receipt": Row(SEEN, of="receipt"),
    "print_receipt": Row("302 302  404 404  302 302 302 302 302 302", of="receipt", post={}),
    "print_handed_in": Row("302 302  404 404  302 302 302 302 302 302", of="receipt", post={}),
    "receipt_scan": Row(SEEN, of="paper_receipt"),
    "obligation_detail": Row(SEEN, of="obligation"),
    "deadline_change": Row("403 403  403 403  403 200 403 403 403 403", of="occasion"),
    "extension_list": Row(EVERYONE),
    "return_day": Row("403 403  404 404  200 200 403 403 403 403", of="obligation"),
    "extension_ask": Row("403 200  404 404  403 403 403 403 403 403", of="obligation"),
    "difficulty_list": Row(EVERYONE),
    "difficulty_excel": Row(EVERYONE),
    "difficulty_add": Row("200 200  200 200  403 403 403 403 403 403"),
    "difficulty_detail": Row(SEEN, of="difficulty"),
    "difficulty_say": Row(
        "302 302  404 404  302 302 403 403 403 403", of="difficulty", post={"text": "Đã trao đổi.", "key": KEY}
    ),
    "difficulty_move": Row(REVIEW_ACT, of="difficulty", post={"move": "receive", "version": "1"}),
    "directive_list": Row(EVERYONE),
    "directive_excel": Row(EVERYONE),
    "directive_add": Row("403 403  403 403  403 200 200 403 403 403"),
    "directive_detail": Row(SEEN, of="directive"),
    "directive_answer": Row(OWN_ACT, of="directive", post={"text": "Đã phát 500 tờ gấp.", "key": KEY}),
    "directive_move": Row(OWN_ACT, of="directive", post={"move": "take_up", "version": "1"}),
    "directive_move (accept)": Row(
        "403 403  404 404  403 403 302 403 403 403", of="answered_directive", post={"move": "accept", "version": "2"}
    ),
    "directive_file": Row(SEEN, of="directive_file"),
    "extension_detail": Row(SEEN, of="extension"),
    "extension_move": Row(
        "403 403  404 404  403 302 403 403 403 403", of="extension", post={"move": "grant", "day": "30/03/2022"}
    ),
    "reminder_plan": Row(OFFICE),
    "remind_now": Row(OFFICE),
    "reminder_pause": Row(OFFICE),
    "reminder_pause_end": Row(OFFICE_ACT, of="pause", post={}),
    "holiday_list": Row(EVERYONE),
    "holiday_add": Row(OFFICE),
    "holiday_import": Row(OFFICE),
    "holiday_edit": Row(OFFICE, of="holiday"),
    "holiday_remove": Row(OFFICE_ACT, of="holiday", post={}),
    "index_list": Row(EVERYONE),
    "ranking_index": Row(EVERYONE, of="ranking_index"),
    "ranking_index_excel": Row(EVERYONE, of="ranking_index"),
    "index_value_edit": Row(OFFICE),
    "index_value_template": Row(OFFICE),
    "index_value_excel": Row(OFFICE, post={}),
    "indicator_list": Row(EVERYONE),
    "indicator_add": Row(OFFICE),
    "indicator_edit": Row(OFFICE, of="indicator"),
    "indicator_remove": Row(OFFICE_ACT, of="indicator", post={}),
    "my_calendar": Row(EVERYONE),
    "my_calendar_renew": Row("302", post={}),
    "calendar_feed": Row(EVERYONE, of="feed", anonymous=200),
    # propaganda
    "result_list": Row("200"),
    "activity_list": Row("200"),
    "result_add": Row("200 200  200 200  403 403 403 403 403 403"),
    "result_many": Row("200 200  200 200  403 403 403 403 403 403"),
    "result_many_template": Row("200 200  200 200  403 403 403 403 403 403"),
    "result_many_excel": Row("200 200  200 200  403 403 403 403 403 403", post={}),
    "result_detail": Row("200 200  404 404  200 200 200 200 200 200", of="result"),
    "result_edit": Row("200 200  404 404  403 403 403 403 403 403", of="result"),
    "result_remove": Row("302 302  404 404  403 403 403 403 403 403", of="result", post=REASON),
    "evidence_add": Row("200 200  404 404  403 403 403 403 403 403", of="result", post={}),
    "evidence_file": Row("200 200  404 404  200 200 200 200 200 200", of="evidence"),
    # reporting
    "home": Row(EVERYONE),
    "judging": Row(OVERSEES, of="quarter"),
    "dashboard": Row("403 403  403 403  200 200 200 200 200 200"),
    "analysis": Row(OVERSEES),
    "analysis_excel": Row(OVERSEES),
    "analysis_svg": Row(OVERSEES),
    "analysis_png": Row(OVERSEES),
    "analysis_save": Row("403 403  403 403  302 302 302 302 302 302", post={"name": "Theo đơn vị"}),
    "analysis_remove": Row("404 404  404 404  302 403 403 403 403 403", of="saved_analysis", post={}),
    "stock_take_list": Row(OVERSEES),
    "stock_take": Row(WHOLE, of="stock_take"),
    "director_table": Row("403 403  403 403  200 200 200 200 200 200", of="director_table"),
    "figure_rows": Row(EVERYONE, of="quarter"),
    "search": Row(EVERYONE, query={"q": "to gap"}),
    "unit_report_list": Row(EVERYONE),
    "unit_report": Row(SEEN, of="report"),
    "unit_report_figure": Row(SEEN, of="report_figure"),
    "unit_report_edit": Row(OWN_PAGE, of="report"),
    "print_unit_report": Row("302 302  404 404  302 302 302 302 302 302", of="report", post={}),
    "unit_report_check": Row(OWN_PAGE, of="report"),
    "unit_report_submit": Row(HEAD_ACT, of="report", post={"key": KEY, "version": "1"}),
    "unit_report_paper": Row(PAPER_ACT, of="report", post=REASON | {"key": KEY}),
    "unit_report_move": Row(EDITOR_ACT, of="report", post={"move": "send_to_head", "version": "1"}),
    "unit_report_move (take up)": Row(REVIEW_ACT, of="report_handed_in", post={"move": "take_up", "version": "2"}),
    "unit_report_review": Row("403 403  404 404  200 200 200 403 403 403", of="report_handed_in"),
    "roll_up": Row(WHOLE, of="roll_up"),
    "roll_up_area": Row(WHOLE, of="roll_up_area"),
    "roll_up_words": Row(WHOLE, of="roll_up"),
    "roll_up_json": Row(WHOLE, of="roll_up"),
    "roll_up_csv": Row(WHOLE, of="roll_up"),
    "roll_up_narrative": Row(WHOLE, of="roll_up"),
    "roll_up_part": Row("404 404  404 404  302 302 403 403 403 403", of="roll_up_part", post={"all": "1"}),
    "roll_up_paragraph": Row(
        "404 404  404 404  302 302 403 403 403 403", of="roll_up_paragraph", post={"act": "up", "version": "1"}
    ),
    "print_roll_up": Row("404 404  404 404  302 302 302 302 302 302", of="roll_up", post={}),
    "roll_up_send": Row("404 404  404 404  409 403 403 409 403 403", of="roll_up", post={}),
    "roll_up_correct": Row("404 404  404 404  403 409 403 403 403 403", of="roll_up", post={"reason": "Sai."}),
    "roll_up_rebuild": Row("404 404  404 404  200 200 403 403 403 403", of="roll_up"),
    "roll_up_build": Row("404 404  404 404  302 302 403 403 403 403", of="roll_up", post={}),
    # 200: refused and shown why, since the units that are late have not been acknowledged.
    "roll_up_move": Row(
        "404 404  404 404  200 200 403 403 403 403", of="roll_up", post={"move": "cut", "version": "2"}
    ),
}

# What the world shows to every agency: documents of the State, days off, lists; and what carries its own key.
SHARED = {
    "legal_document", "legal_edit", "legal_merge", "holiday_edit", "holiday_remove", "ranking_index",
    "ranking_index_excel", "indicator_edit", "indicator_remove", "calendar_feed",
}  # fmt: skip

# A key of each type that no object has.
MISSING = {int: 987_654_321, str: "khong-co"}

# The thing being drafted, and the like of it that is handed in, issued or of a year gone by.
LOCKED = {
    "unit_plan": "handed_in",
    "line": "handed_in_line",
    "absence": "handed_in_absence",
    "asked": "handed_in_asked",
    "draft": "plan",
    "draft_section": "plan_section",
    "report": "report_handed_in",
}
