from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit


class ClosedWindowQuerySet(models.QuerySet):
    def covering(self, unit: Unit, day: date):
        return self.filter(unit=unit, starts__lte=day, ends__gte=day)


class ClosedWindow(models.Model):
    """The days of a unit about which it has handed in its report: results dated there stand still.

    Written when a report is handed in, taken away when it is returned or reopened.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="closed_windows", verbose_name=_("đơn vị"))
    starts = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến ngày"))
    closed_at = models.DateTimeField(_("đóng lúc"))

    objects = ClosedWindowQuerySet.as_manager()

    class Meta:
        verbose_name = _("thời gian đã nộp báo cáo")
        verbose_name_plural = _("thời gian đã nộp báo cáo")
        constraints = [
            models.UniqueConstraint(fields=["unit", "starts", "ends"], name="a_window_closes_once"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="closed_window_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.starts:%d/%m/%Y} – {self.ends:%d/%m/%Y}"
