"""Every form of the portal by name: a new one joins by a row of its table; a test fails while one is missing."""

from cchc_portal.tests.inputs.forms_of_people import PEOPLE
from cchc_portal.tests.inputs.forms_of_plans import PLANS
from cchc_portal.tests.inputs.forms_of_reports import REPORTS
from cchc_portal.tests.inputs.forms_of_units import UNITS

FORMS = PEOPLE | PLANS | UNITS | REPORTS

# Buttons alone: nothing is typed, so nothing can be typed wrongly.
BUTTONS = {
    "sign_out", "resume", "read_all_notices", "settle_all_defects", "settle_defect", "print_plan",
    "print_unit_plan", "print_unit_report", "print_roll_up", "roll_up_build", "activity_remove",
    "plan_import_store", "plan_import_drop", "plan_import_defect", "plan_import_back", "register_release",
    "legal_merge", "reminder_pause_end", "holiday_remove", "indicator_remove", "my_calendar_renew",
    "webhook_try", "webhook_remove", "unit_plan_excel_drop", "delegation_end", "print_synthesis",
    "print_receipt", "print_handed_in", "analysis_remove",
}  # fmt: skip
