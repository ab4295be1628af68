"""A roll-up is found by a code of its own: so far that of its period. Safe to repeat."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor) -> None:
    using = schema_editor.connection.alias
    periods = apps.get_model("reporting", "Period").objects.using(using).filter(pk=OuterRef("period"))
    rows = apps.get_model("reporting", "RollUp").objects.using(using).filter(code="")
    rows.update(code=Subquery(periods.values("code")[:1]))


class Migration(migrations.Migration):
    dependencies = [("reporting", "0010_corrections_and_sendings")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
