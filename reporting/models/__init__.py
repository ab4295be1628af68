from reporting.models.judgement import Judgement, Likelihood, Progress
from reporting.models.paragraph import RollUpParagraph
from reporting.models.period import Period
from reporting.models.roll_up import RollUp, RollUpPart, RollUpSending, RollUpState, RollUpVersion, SendingChannel
from reporting.models.saved_analysis import SavedAnalysis
from reporting.models.stock_take import StockTake
from reporting.models.summary import QuantitySum, ResultSum
from reporting.models.unit_report import AreaAssessment, ReportNote, UnitReport, UnitReportState

__all__ = [
    "AreaAssessment",
    "Judgement",
    "Likelihood",
    "Period",
    "Progress",
    "QuantitySum",
    "ReportNote",
    "ResultSum",
    "RollUp",
    "RollUpParagraph",
    "RollUpPart",
    "RollUpSending",
    "RollUpState",
    "RollUpVersion",
    "SavedAnalysis",
    "SendingChannel",
    "StockTake",
    "UnitReport",
    "UnitReportState",
]
