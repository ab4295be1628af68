import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_deadlines"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="absences",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Mã nội dung và lý do kế hoạch không có phần đó.",
                verbose_name="nội dung không có",
            ),
        ),
        migrations.AddField(
            model_name="planundo",
            name="key",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=80, verbose_name="chỗ")),
                ("at", models.DateTimeField(db_index=True, verbose_name="lúc")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="người",
                    ),
                ),
            ],
            options={
                "verbose_name": "người đang sửa",
                "verbose_name_plural": "người đang sửa",
                "constraints": [
                    models.UniqueConstraint(fields=("place", "user"), name="one_presence_a_place"),
                ],
            },
        ),
    ]
