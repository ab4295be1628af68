"""The Celery application.

The database decides what is due (accounts.jobs); a message only says "look now", so losing one
delays a job until the next sweep and never loses it.
"""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cchc_portal.settings")

TRANSPORT_ALIASES["filesystem"] = "cchc_portal.broker:Transport"
app = Celery("cchc_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
