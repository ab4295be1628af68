"""A result may name several web addresses, one a line; the one there is stays as the first."""

from django.db import migrations, models

import accounts.search_text


class Migration(migrations.Migration):
    dependencies = [("propaganda", "0003_indexes_of_results")]

    operations = [
        migrations.RenameField(model_name="result", old_name="link", new_name="links"),
        migrations.AlterField(
            model_name="result",
            name="links",
            field=models.TextField(blank=True, max_length=6000, verbose_name="đường dẫn"),
        ),
        migrations.AlterField(
            model_name="result",
            name="search_text",
            field=accounts.search_text.SearchText(blank=True, default="", editable=False, of=("title", "note", "links")),
        ),
    ]
