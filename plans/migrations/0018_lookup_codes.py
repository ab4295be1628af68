from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0017_printouts_in_excel")]

    operations = [
        migrations.AddField(
            model_name="printout",
            name="code",
            field=models.CharField(editable=False, max_length=9, null=True, verbose_name="mã tra cứu"),
        ),
    ]
