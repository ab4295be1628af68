"""Roll-ups that were issued before the register was kept get their line in it. Safe to repeat."""

from django.db import migrations
from django.db.models import Q

# regime → (symbol, role of the signer, recipients), as reporting.roll_ups.papers addresses them on this day.
WAYS = {
    "quarterly": (
        "BC-VP", "chief_of_office",
        "Giám đốc Sở; Các Phó Giám đốc Sở; Các phòng, đơn vị thuộc Sở; Lưu: VT, VP",
    ),
    "reform": (
        "BC-{symbol}", "director",
        "Ủy ban nhân dân tỉnh; Sở Nội vụ; Giám đốc, các Phó Giám đốc Sở; Các phòng, đơn vị thuộc Sở; Lưu: VT, VP",
    ),
}  # fmt: skip


def enter(apps, schema_editor) -> None:
    def rows(app: str, model: str):
        return apps.get_model(app, model).objects.using(schema_editor.connection.alias)

    for roll_up in (
        rows("reporting", "RollUp")
        .filter(state__in=("issued", "sent"), issued_on__isnull=False)
        .select_related("period")
    ):
        day, period = roll_up.issued_on, roll_up.period
        symbol, role, recipients = WAYS[period.regime]
        holds = Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gte=day)
        name = rows("accounts", "AgencyName").filter(*holds, agency=roll_up.agency_id).order_by("-starts").first()
        post = rows("accounts", "Post").filter(*holds, agency=roll_up.agency_id, role=role).first()
        rows("plans", "RegisterEntry").get_or_create(
            agency_id=roll_up.agency_id,
            year=day.year,
            series=symbol.format(symbol=name.symbol if name else ""),
            number=roll_up.number.lstrip("0") or roll_up.number,
            defaults={
                "signed_on": day,
                "type": "Báo cáo",
                "subject": f"Công tác tuyên truyền cải cách hành chính {period.label.replace('/', ' năm ')}",
                "signer": post.user.full_name if post else "",
                "recipients": recipients,
                "kind": "roll_up",
                "object_id": roll_up.pk,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0009_register_issued_plans"), ("reporting", "0003_transferred_reports")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
