"""One world for all tests of this folder: it takes seconds to make."""

import pytest
import time_machine
from django.db import transaction

from cchc_portal.tests.access_matrix import MATRIX
from cchc_portal.tests.inputs.forms import FORMS
from cchc_portal.tests.undone import Rollback, stored
from cchc_portal.tests.world import NOW, World


@pytest.fixture(scope="package")
def world(django_db_setup, django_db_blocker):
    """Made once, in a transaction that is given up at the end."""
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        try:
            with transaction.atomic():
                names = [row.of for row in (*FORMS.values(), *MATRIX.values()) if row.of]
                world = World(dict.fromkeys(names))
                world.untouched = stored()
                yield world
                raise Rollback
        except Rollback:
            pass


@pytest.fixture(autouse=True)
def _demo(request, settings):
    """Two forms are of the demo only."""
    name = request.node.callspec.params.get("name") if hasattr(request.node, "callspec") else None
    if name in FORMS and FORMS[name].demo:
        settings.DEMO = True
