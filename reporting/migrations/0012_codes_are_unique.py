from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0011_codes_of_roll_ups")]

    operations = [
        migrations.AlterField(
            model_name="rollup", name="code", field=models.SlugField(max_length=40, verbose_name="mã")
        ),
        migrations.AddConstraint(
            model_name='rollup',
            constraint=models.UniqueConstraint(fields=('agency', 'code'), name='roll_up_code_once_per_agency'),
        ),
    ]
