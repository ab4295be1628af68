"""Every document printed so far gets a look-up code of its own. Safe to repeat."""

import secrets

from django.db import migrations

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def fill(apps, schema_editor) -> None:
    rows = apps.get_model("plans", "Printout").objects.using(schema_editor.connection.alias).filter(code=None)
    for row in rows.iterator(chunk_size=500):
        letters = "".join(secrets.choice(LETTERS) for _letter in range(8))
        row.code = f"{letters[:4]}-{letters[4:]}"
        row.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [("plans", "0018_lookup_codes")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
