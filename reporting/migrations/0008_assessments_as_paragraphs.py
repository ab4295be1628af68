"""The Office's own words become the first paragraph of chapter III. Safe to repeat."""

from django.db import migrations

from documents.vietnamese import fold


def copy(apps, schema_editor) -> None:
    using = schema_editor.connection.alias
    paragraphs = apps.get_model("reporting", "RollUpParagraph").objects.using(using)
    for roll_up in apps.get_model("reporting", "RollUp").objects.using(using).exclude(assessment=""):
        paragraphs.get_or_create(
            roll_up=roll_up,
            key="assessment",
            defaults={
                "part": "assessment",
                "position": 0,
                "text": roll_up.assessment,
                "search_text": fold(roll_up.assessment),
            },
        )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0007_roll_up_paragraphs")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
