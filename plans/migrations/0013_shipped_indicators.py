"""Where the indicators that stood already are recorded, as they are shipped now; no number of any result changes."""

from django.db import migrations

CHANNELS = {
    "articles": "website press fanpage zalo loudspeaker",
    "columns": "website press fanpage zalo",
    "programmes": "press loudspeaker",
    "broadcasts": "loudspeaker",
    "trainings": "training law-day press-conference",
    "leaflets": "leaflet training law-day dialogue",
    "panels": "panel",
    "contests": "contest",
    "entries": "contest",
    "posts": "zalo fanpage website",
    "interactions": "zalo fanpage website",
    "meetings": "meeting law-day",
    "dialogues": "dialogue",
}


def give_channels(apps, _schema_editor):
    channels = {row.code: row for row in apps.get_model("plans", "Channel").objects.all()}
    for row in apps.get_model("plans", "Indicator").objects.filter(code__in=CHANNELS):
        row.channels.set(channels[code] for code in CHANNELS[row.code].split() if code in channels)


class Migration(migrations.Migration):
    dependencies = [("plans", "0012_indicator_kinds")]

    operations = [migrations.RunPython(give_channels, migrations.RunPython.noop)]
