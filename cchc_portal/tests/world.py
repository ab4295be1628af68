"""One object of every kind, all of Phòng Lao động - Việc làm, as they stand on NOW."""

from datetime import date, datetime
from functools import cached_property

from django.db import transaction

from accounts.cast import load_cast
from accounts.clock import VIETNAM
from accounts.models import Job, Notice
from plans.models import Audience, Channel, ContentArea
from plans.tests.factories import filled_unit_plan, issued_plan
from propaganda.actions import record_result
from propaganda.tests.files import png

NOW = datetime(2022, 3, 12, 10, 0, tzinfo=VIETNAM)


class World:
    """Made as it is asked for, so that a row of the matrix costs only what it needs."""

    def __init__(self):
        self.cast = load_cast()

    def keys(self, name: str) -> list[int]:
        """The arguments of an address that shows the object of this name; none without a name."""
        if not name:
            return []
        with transaction.atomic():  # what cannot be made leaves the rest usable
            return [getattr(self, name).pk]

    @cached_property
    def notice(self):
        return Notice.objects.create(recipient=self.cast.editor("ldvl"), key="matrix", title="Việc mới", created_at=NOW)

    @cached_property
    def job(self):
        return Job.objects.create(kind="mail", key="matrix")

    @cached_property
    def plan(self):
        return issued_plan(self.cast)

    @cached_property
    def unit_plan(self):
        return filled_unit_plan(self.plan, "ldvl")

    @cached_property
    def activity(self):
        return self.unit_plan.activities.first()

    @cached_property
    def result(self):
        _needs_the_lists = self.plan
        return record_result(
            unit=self.cast.units["ldvl"],
            by=self.cast.editor("ldvl"),
            now=NOW,
            key="matrix",
            title="Phát tờ gấp tại bộ phận một cửa",
            happened_on=date(2022, 3, 1),
            area=ContentArea.objects.get(code="procedures"),
            channel=Channel.objects.get(code="leaflet"),
            audience=Audience.objects.get(code="people"),
            evidence=[png()],
        )

    @cached_property
    def evidence(self):
        return self.result.evidence.get()
