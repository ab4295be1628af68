"""Forms of results, reports, roll-ups and of what is judged from them."""

from cchc_portal.tests.inputs.form import KEY, REASON, Form, a_scan, pk_of, set_values
from cchc_portal.tests.world import NOW
from plans.models import (
    Audience,
    Channel,
    ContentArea,
    RankingIndex,
)
from reporting.models import RollUp, UnitReport
from reporting.unit_reports.words import marks, words_of
from reporting.workflow import ROLL_UP


def _roll_up(world) -> RollUp:
    return RollUp.objects.select_related("period").get(period__code=world.roll_up[0])


def _report_marks(world) -> str:
    return marks(words_of(UnitReport.objects.get(pk=world.report.pk)))


def _roll_up_version(world) -> str:
    return str(_roll_up(world).version)


def _at_the_chief(world) -> RollUp:
    roll_up, staff = _roll_up(world), world.cast.office_staff
    units = frozenset(world.cast.units)
    ROLL_UP.move(roll_up, "cut", by=staff, now=NOW, acknowledged=units)
    return ROLL_UP.move(roll_up, "send_to_office", by=staff, now=NOW)


def _approved(world) -> None:
    roll_up = _at_the_chief(world)
    ROLL_UP.move(roll_up, "send_to_director", by=world.cast.chief, now=NOW)
    ROLL_UP.move(roll_up, "approve", by=world.cast.director, now=NOW)


def _issued(world) -> None:
    _approved(world)
    ROLL_UP.move(_roll_up(world), "issue", by=world.cast.clerk, now=NOW, number="45", on=NOW.date())


def _result(**more) -> dict:
    return {
        "title": "Phát tờ gấp tại bộ phận một cửa",
        "happened_on": "14/03/2022",
        "area": pk_of(ContentArea, "procedures"),
        "channel": pk_of(Channel, "leaflet"),
        "audience": pk_of(Audience, "people"),
        **more,
    }


RESULT_KINDS = {
    "title": "text", "note": "text", "links": "text", "happened_on": "date", "participants": "number",
    "reach": "number", "money": "number", "quantity_leaflets": "number", "area": "choice",
    "channel": "choice", "audience": "choice", "activity": "choice",
}  # fmt: skip


UNLISTED = ("note", "reach", "quantity_leaflets", "links")  # what a row of many results does not ask


REPORT_KINDS = dict.fromkeys(
    ("nil_reason", "highlights", "shortcomings", "causes", "difficulties", "proposals", "next_steps"), "text"
)


def _index(world) -> str:
    """PAR INDEX, once the lists are loaded."""
    return str(RankingIndex.objects.get(code=world.ranking_index[0]).pk)


REPORTS = {
    "stock_take_list": Form(
        "stock_take_list", "office_staff", {"period": lambda world: world.quarter[0], "promises": "Xong.", "key": KEY},
        {"period": "choice", "promises": "text", "key": "hidden"},
    ),
    "analysis_save": Form("analysis_save", "office_staff", {"name": "Theo đơn vị"}, {"name": "text"}),
    "result_add": Form("result_add", "editor", _result(key=KEY), RESULT_KINDS | {"key": "hidden"}, of=""),
    "result_many": Form(
        "result_many", "editor", {"key": KEY} | {f"rows-0-{name}": value for name, value in _result(id="").items()},
        {"key": "hidden", "rows-0-id": "hidden", "rows-0-mark": "hidden", "rows-0-links": "text"}
        | {f"rows-0-{name}": kind for name, kind in RESULT_KINDS.items() if name not in UNLISTED},
    ),
    "result_many_excel": Form("result_many_excel", "editor", {}, {"unit": "choice"}, refused=True),
    "judging": Form(
        "judging", "office_staff",
        {"rows-0-id": lambda world: f"area-{pk_of(ContentArea, 'procedures')(world)}", "rows-0-version": "0",
         "rows-0-progress": "delayed", "rows-0-likelihood": "uncertain", "rows-0-reason": "Chờ phần mềm."},
        {"rows-0-progress": "choice", "rows-0-likelihood": "choice", "rows-0-reason": "text"}, of="quarter",
    ),
    "index_value_edit": Form(
        "index_value_edit", "office_staff",
        {"rows-0-id": "", "rows-0-index": _index, "rows-0-year": "2020", "rows-0-score": "85,5",
         "rows-0-rank": "44", "rows-0-number_ranked": "63", "rows-0-source": "Quyết định công bố",
         "rows-0-published_on": "25/05/2021"},
        {"rows-0-index": "choice", "rows-0-year": "number", "rows-0-score": "number", "rows-0-maximum": "number",
         "rows-0-rank": "number", "rows-0-number_ranked": "number", "rows-0-group": "text", "rows-0-source": "text",
         "rows-0-published_on": "date", "rows-0-as_of": "date", "rows-0-entity": "text",
         "rows-0-id": "hidden"},
    ),
    "index_value_excel": Form("index_value_excel", "office_staff", {}, {}, refused=True),
    "result_edit": Form("result_edit", "editor", _result(version="1"), RESULT_KINDS | {"version": "hidden"},
                        of="result"),
    "result_remove": Form("result_remove", "editor", {"reason": REASON}, {"reason": "text"}, of="result"),
    "evidence_add": Form("evidence_add", "editor", {}, {"evidence": "text"}, of="result", refused=True),
    "unit_report_edit": Form(
        "unit_report_edit", "editor", {"highlights": "Phát 500 tờ gấp.", "version": _report_marks},
        REPORT_KINDS | {"version": "hidden"}, of="report",
    ),
    "unit_report_submit": Form(
        "unit_report_submit", "head", {"key": KEY, "version": "1"}, {"key": "hidden", "version": "hidden"}, of="report"
    ),
    "unit_report_paper": Form(
        "unit_report_paper", "office_staff", {"key": KEY, "reason": REASON, "scan": a_scan},
        {"key": "hidden", "reason": "text"}, of="report",
    ),
    "unit_report_move": Form(
        "unit_report_move", "office_staff", {"move": "send_back", "reason": REASON, "day": "21/03/2022", "version": "2"},
        {"move": "hidden", "reason": "text", "day": "date", "confirmed": "hidden", "version": "hidden"},
        of="report_handed_in",
    ),
    "unit_report_move (reopen)": Form(
        "unit_report_move", "chief", {"move": "reopen", "reason": REASON, "until": "30/03/2022", "version": "2"},
        {"reason": "text", "until": "date", "version": "hidden"}, of="report_handed_in",
        before=set_values(UnitReport, "report_handed_in", state="accepted"),
    ),
    "roll_up_part": Form(
        "roll_up_part", "office_staff", {"act": "add", "text": "Kết quả khá.", "key": KEY},
        {"text": "text", "key": "hidden"}, of="roll_up_part",
    ),
    "roll_up_paragraph": Form(
        "roll_up_paragraph", "office_staff", {"text": "Kết quả khá.", "version": "1"},
        {"text": "text", "version": "hidden"}, of="roll_up_paragraph",
    ),
    "roll_up_move (cut)": Form(
        "roll_up_move", "office_staff", {"move": "cut", "acknowledged": "ldvl", "version": "2"},
        {"move": "hidden", "acknowledged": "choice", "version": "hidden"}, of="roll_up", refused=True,
    ),
    "roll_up_move (send back)": Form(
        "roll_up_move", "chief", {"move": "send_back", "reason": REASON, "version": _roll_up_version},
        {"reason": "text", "version": "hidden"}, of="roll_up", before=_at_the_chief,
    ),
    "roll_up_send": Form(
        "roll_up_send", "clerk", {"channel_0": "hand", "day_0": "16/03/2022", "time_0": "08:30"},
        {"channel_0": "choice", "day_0": "date", "time_0": "date"}, of="roll_up", before=_issued,
    ),
    "roll_up_correct": Form(
        "roll_up_correct", "chief", {"reason": REASON}, {"reason": "text"}, of="roll_up", before=_issued
    ),
    "roll_up_move (issue)": Form(
        "roll_up_move", "clerk",
        {"move": "issue", "number": "45", "on": "16/03/2022", "version": _roll_up_version},
        {"number": "text", "on": "date", "version": "hidden"}, of="roll_up", before=_approved,
    ),
}  # fmt: skip
