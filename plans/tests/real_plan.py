"""The real plan of 2022 as text, and its way through the states."""

from datetime import date
from pathlib import Path

import documents
from accounts.cast import Cast
from plans.actions import settle_defect
from plans.department.importing import read_text, store_reading
from plans.models import Plan
from plans.workflow import PLAN

FILE = Path(documents.__file__).parent / "samples" / "ke-hoach-tuyen-truyen-cchc-2022.txt"


def real_text() -> str:
    return FILE.read_text(encoding="utf-8")


def stored(cast: Cast, now, text: str | None = None) -> Plan:
    """The real plan as the Office stores it."""
    text = text or real_text()
    return store_reading(read_text(text), agency=cast.agency, by=cast.office_staff, now=now, source_text=text)


def settled(plan: Plan, cast: Cast, now) -> Plan:
    """The plan with every doubtful place looked at."""
    for defect in plan.defects.select_related("plan"):
        settle_defect(defect, by=cast.office_staff, now=now)
    return plan


def approved(cast: Cast, now) -> Plan:
    plan = settled(stored(cast, now), cast, now)
    PLAN.move(plan, "send_to_office", by=cast.office_staff, now=now)
    PLAN.move(plan, "send_to_director", by=cast.chief, now=now)
    return PLAN.move(plan, "approve", by=cast.director, now=now)


def issued(cast: Cast, now, number: str = "123", on: date = date(2022, 2, 10)) -> Plan:
    return PLAN.move(approved(cast, now), "issue", by=cast.clerk, now=now, number=number, on=on)
