"""What people do with reports beyond moving their state; each is one transaction."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.search_text import folded
from accounts.workflow import StaleState
from reporting import perms
from reporting.models import AreaAssessment, RollUp, RollUpState, UnitReport, UnitReportState
from reporting.models.unit_report import EDITABLE, TEXTS
from reporting.workflow import UNIT_REPORT

TEXT_FIELDS = ("nil", "nil_reason", *TEXTS)
ASSESSABLE = (RollUpState.COLLECTING, RollUpState.COMPILING, RollUpState.CUT, RollUpState.OFFICE_REVIEW)


@transaction.atomic
def save_report(
    report: UnitReport, *, by: User, now: datetime, version: int, texts: dict, assessments: dict[int, str]
) -> UnitReport:
    """Store the unit's words: `texts` by field, `assessments` by area id (an empty text removes one).

    Raises PermissionDenied, or StaleState when someone saved since `version` or the report is closed.
    """
    if perms.may_edit_report(by, report, now.date()) is None:
        raise PermissionDenied
    if report.version != version:
        raise StaleState(_("Có người vừa lưu bản khác của báo cáo này."))
    if report.state == UnitReportState.OPEN:
        UNIT_REPORT.move(report, "start", by=by, now=now)
        version = report.version
    claimed = UnitReport.objects.filter(pk=report.pk, version=version, state__in=EDITABLE).update(
        version=models.F("version") + 1,
        updated_at=now,
        updated_by=by,
        search_text=folded(UnitReport, texts),
        **{name: texts[name] for name in TEXT_FIELDS},
    )
    if not claimed:
        raise StaleState(_("Báo cáo đang ở bước “%s” nên không sửa được.") % report.get_state_display())
    _save_assessments(report, assessments)
    report.refresh_from_db()
    return report


def _save_assessments(report: UnitReport, assessments: dict[int, str]) -> None:
    report.assessments.filter(area__in=[area for area, text in assessments.items() if not text]).delete()
    AreaAssessment.objects.bulk_create(
        (AreaAssessment(report=report, area_id=area, text=text) for area, text in assessments.items() if text),
        update_conflicts=True,
        unique_fields=["report", "area"],
        update_fields=["text", "search_text"],
    )


@transaction.atomic
def save_assessment(roll_up: RollUp, *, text: str, version: int, by: User, now: datetime) -> None:
    """Store the Office's own words on the whole; figures are never touched by this."""
    if perms.may_compile(by, roll_up, now.date()) is None:
        raise PermissionDenied
    claimed = RollUp.objects.filter(pk=roll_up.pk, version=version, state__in=ASSESSABLE).update(
        assessment=text, search_text=folded(RollUp, {"assessment": text}), version=models.F("version") + 1
    )
    if not claimed:
        raise StaleState(_("Có người vừa thay đổi báo cáo này, hoặc báo cáo đã trình Giám đốc."))
    Event.record(
        roll_up, at=now, by=by, action="assess", label=_("Sửa nhận xét chung"), agency_id=roll_up.agency_id
    )  # fmt: skip
