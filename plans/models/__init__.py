from plans.models.catalogue import AreaScheme, Audience, Channel, ContentArea, FundSource, Holiday, Indicator
from plans.models.closed_window import ClosedWindow
from plans.models.deadline import (
    CalendarFeed,
    DeadlineChange,
    Extension,
    ExtensionState,
    Reminder,
    ReminderChannel,
    ReminderPause,
    ReturnDayChange,
)
from plans.models.difficulty import Difficulty, DifficultyMessage, DifficultyState
from plans.models.directive import Directive, DirectiveAnswer, DirectiveFile, DirectiveState
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
from plans.models.plan_import import ImportState, PlanImport
from plans.models.plan_version import PlanUndo, PlanVersion, RegisterEntry, RegisterState, VersionKind
from plans.models.presence import Presence
from plans.models.printout import Printout
from plans.models.ranking import IndexScheme, IndexValue, Ranked, RankingIndex
from plans.models.remark import Remark, RemarkAnswer, RemarkState
from plans.models.unit_plan import Activity, ActivityFund, AreaAbsence, Declined, UnitPlan, UnitPlanNote, UnitPlanState
from plans.models.unit_plan_excel import SheetRow, UnitPlanUpload

__all__ = [
    "Directive",
    "DirectiveAnswer",
    "DirectiveFile",
    "DirectiveState",
    "Activity",
    "ActivityFund",
    "AreaAbsence",
    "AreaScheme",
    "Audience",
    "CalendarFeed",
    "Channel",
    "Citation",
    "ClosedWindow",
    "ContentArea",
    "DeadlineChange",
    "Declined",
    "Difficulty",
    "DifficultyMessage",
    "DifficultyState",
    "Duty",
    "Extension",
    "ExtensionState",
    "FundSource",
    "Holiday",
    "ImportState",
    "IndexScheme",
    "IndexTarget",
    "IndexValue",
    "Indicator",
    "LegalDocument",
    "Obligation",
    "ObligationKind",
    "Plan",
    "PlanAudience",
    "PlanChannel",
    "PlanDefect",
    "PlanImport",
    "PlanSection",
    "PlanState",
    "PlanUndo",
    "PlanVersion",
    "Presence",
    "Printout",
    "Ranked",
    "RankingIndex",
    "Receipt",
    "Recipient",
    "RegisterEntry",
    "RegisterState",
    "Remark",
    "RemarkAnswer",
    "RemarkState",
    "Reminder",
    "ReminderChannel",
    "ReminderPause",
    "ReturnDayChange",
    "SheetRow",
    "TargetKind",
    "UnitPlan",
    "UnitPlanNote",
    "UnitPlanState",
    "UnitPlanUpload",
    "VersionKind",
]
