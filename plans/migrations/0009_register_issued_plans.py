"""Plans that were issued before the register was kept get their line in it. Safe to repeat."""

from datetime import date

from django.db import migrations


def enter(apps, schema_editor) -> None:
    plans = apps.get_model("plans", "Plan").objects.using(schema_editor.connection.alias)
    entries = apps.get_model("plans", "RegisterEntry").objects.using(schema_editor.connection.alias)
    for plan in plans.filter(state__in=("issued", "closed")):
        entries.get_or_create(
            agency_id=plan.agency_id,
            year=plan.date_year,
            series=plan.symbol,
            number=plan.number.lstrip("0") or plan.number,
            defaults={
                "signed_on": date(plan.date_year, plan.date_month, plan.date_day),
                "type": "Kế hoạch",
                "subject": plan.title,
                "signer": plan.signer_name,
                "recipients": "; ".join(plan.recipients.order_by("position").values_list("name", flat=True)),
                "kind": "plan",
                "object_id": plan.pk,
            },
        )


class Migration(migrations.Migration):
    dependencies = [("plans", "0008_printout_format")]

    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
