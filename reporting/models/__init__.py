from reporting.models.period import Period
from reporting.models.roll_up import RollUp, RollUpState, RollUpVersion
from reporting.models.summary import QuantitySum, ResultSum
from reporting.models.unit_report import AreaAssessment, UnitReport, UnitReportState

__all__ = [
    "AreaAssessment",
    "Period",
    "QuantitySum",
    "ResultSum",
    "RollUp",
    "RollUpState",
    "RollUpVersion",
    "UnitReport",
    "UnitReportState",
]
