from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0007_plan_editor"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="printout",
            name="one_printout_per_version",
        ),
        migrations.AddField(
            model_name="printout",
            name="format",
            field=models.CharField(
                choices=[("pdf", "PDF"), ("docx", "Word")], default="pdf", max_length=4, verbose_name="dạng tệp"
            ),
        ),
        migrations.AddConstraint(
            model_name="printout",
            constraint=models.UniqueConstraint(fields=("kind", "key", "format"), name="one_printout_per_version"),
        ),
    ]
