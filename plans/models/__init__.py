from plans.models.catalogue import AreaScheme, Audience, Channel, ContentArea, Holiday, Indicator
from plans.models.closed_window import ClosedWindow
from plans.models.legal import Citation, LegalDocument
from plans.models.obligation import Duty, Obligation, ObligationKind, Receipt
from plans.models.plan import (
    IndexTarget,
    Plan,
    PlanAudience,
    PlanChannel,
    PlanDefect,
    PlanSection,
    PlanState,
    Recipient,
    TargetKind,
)
from plans.models.printout import Printout
from plans.models.unit_plan import Activity, AreaAbsence, UnitPlan, UnitPlanState

__all__ = [
    "Activity",
    "AreaAbsence",
    "AreaScheme",
    "Audience",
    "Channel",
    "Citation",
    "ClosedWindow",
    "ContentArea",
    "Duty",
    "Holiday",
    "IndexTarget",
    "Indicator",
    "LegalDocument",
    "Obligation",
    "ObligationKind",
    "Plan",
    "PlanAudience",
    "PlanChannel",
    "PlanDefect",
    "PlanSection",
    "PlanState",
    "Printout",
    "Receipt",
    "Recipient",
    "TargetKind",
    "UnitPlan",
    "UnitPlanState",
]
