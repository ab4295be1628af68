"""The portal's settings made harsher, for fault tests: `make_portal(DJANGO_SETTINGS_MODULE="cchc_portal.tests.harsh")`.

A web process dies between its commit and its answer once for each file `die` in DATA_DIR; Redis hands a message that
was not acknowledged to the next worker after two seconds instead of an hour.
"""

import os
import signal

from cchc_portal.settings import *  # noqa: F403
from cchc_portal.settings import CELERY_BROKER_TRANSPORT_OPTIONS, DATA_DIR
from cchc_portal.settings import MIDDLEWARE as USUAL

MIDDLEWARE = ["cchc_portal.tests.harsh.DiesBeforeAnswering", *USUAL]
if "visibility_timeout" in CELERY_BROKER_TRANSPORT_OPTIONS:
    CELERY_BROKER_TRANSPORT_OPTIONS |= {"visibility_timeout": 2, "unacked_restore_interval": 1}


class DiesBeforeAnswering:
    """Everything is committed when the process is killed; whoever sent the form hears nothing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "POST" and "/nop/" in request.path:
            order = DATA_DIR / "die"
            if order.exists():
                order.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return response
