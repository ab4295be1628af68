"""What is frozen when something is handed in: plain values that need no other row to be read."""

from plans.models import UnitPlan


def unit_plan_snapshot(unit_plan: UnitPlan) -> dict:
    """The unit plan as handed in: texts, lines by area, areas without lines and why. Money in đồng, dates ISO."""
    lines = unit_plan.activities.select_related("area", "channel", "audience", "indicator")
    return {
        "unit": unit_plan.unit.name,
        "year": unit_plan.plan.year,
        "purpose": unit_plan.purpose,
        "organisation": unit_plan.organisation,
        "contact": unit_plan.contact,
        "activities": [
            {
                "id": line.pk,
                "area": line.area.code,
                "title": line.title,
                "channel": line.channel.name,
                "audience": line.audience.name,
                "starts": line.starts,
                "ends": line.ends,
                "person": line.person,
                "product": line.product,
                "indicator": line.indicator and line.indicator.name,
                "quantity": line.quantity,
                "money": line.money,
            }
            for line in lines
        ],
        "absences": [
            {"area": absence.area.code, "reason": absence.reason}
            for absence in unit_plan.absences.select_related("area").order_by("area__position")
        ],
    }
