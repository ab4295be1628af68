"""Correcting an issued roll-up (đính chính): a new document in its place, made and approved as any roll-up is.

Nothing issued is edited: the wrong one stays as it is, with a banner, and counts until the right one is issued
(Nghị định 30/2020/NĐ-CP, Điều 18: a wrong content is replaced by a document of the same form).
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Event, User
from accounts.workflow import MoveRefused, StaleState
from documents.vietnamese import is_blank
from reporting import perms
from reporting.models import RollUp, RollUpParagraph, RollUpState
from reporting.models.roll_up import ISSUED
from reporting.roll_ups.building import start_build


@transaction.atomic
def start_correction(roll_up: RollUp, *, reason: str, by: User, now: datetime) -> RollUp:
    """Open the roll-up that corrects `roll_up`, with its text, and ask for its first build; asked twice, the same one.

    Raises PermissionDenied, MoveRefused without a reason, StaleState when it is not issued (any more).
    """
    if perms.may_correct_roll_up(by, roll_up, now.date()) is None:
        raise PermissionDenied
    wrong = RollUp.objects.select_for_update().get(pk=roll_up.pk)
    if wrong.state not in ISSUED:
        raise StaleState(_("Báo cáo ở bước “%s” nên không lập đính chính được.") % wrong.get_state_display())
    if earlier := wrong.corrections.exclude(state=RollUpState.VOID).first():
        return earlier
    if is_blank(reason):
        raise MoveRefused([_("Nhập lý do.")])
    right = RollUp.objects.create(
        agency_id=wrong.agency_id, period_id=wrong.period_id, code=_free_code(wrong), corrects=wrong,
        correction_reason=reason.strip(), state=RollUpState.COMPILING,
    )  # fmt: skip
    _copy_text(wrong, right)
    words = _("Lập đính chính: %s") % right
    for row in (wrong, right):
        Event.record(row, at=now, by=by, action="correct", label=words, agency_id=wrong.agency_id, reason=reason)
    start_build(right, by=by, now=now)
    return right


def _free_code(wrong: RollUp) -> str:
    """ "2022-Q1-DC1", or the next number of its period."""
    return f"{wrong.period.code}-DC{RollUp.objects.filter(period=wrong.period_id, corrects__isnull=False).count() + 1}"


def _copy_text(wrong: RollUp, right: RollUp) -> None:
    rows = list(wrong.paragraphs.all())
    for row in rows:
        row.pk, row.roll_up, row.version = None, right, 1
    RollUpParagraph.objects.bulk_create(rows)
