from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("reporting", "0008_assessments_as_paragraphs")]

    operations = [
        migrations.RemoveField(model_name="rollup", name="assessment"),
        migrations.RemoveField(model_name="rollup", name="search_text"),
    ]
