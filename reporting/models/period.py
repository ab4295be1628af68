from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.search_text import SearchText
from plans.deadlines.periods import REGIMES


class PeriodQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).members())

    def asked_of_units(self):
        """The periods for which units hand in reports (the others are put together from the same results)."""
        return self.filter(regime="quarterly")


class Period(models.Model):
    """A reporting period of an agency: a date window (both ends included) and a chain of deadlines.

    Windows follow Nghị định 09/2019/NĐ-CP, Điều 12; deadlines are instants in Asia/Ho_Chi_Minh and editable.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="periods", verbose_name=_("cơ quan"))
    regime = models.CharField(_("chế độ báo cáo"), max_length=20)
    kind = models.CharField(_("loại kỳ"), max_length=10)
    code = models.CharField(_("mã kỳ"), max_length=20)
    label = models.CharField(_("tên kỳ"), max_length=60)
    year = models.PositiveSmallIntegerField(_("năm"))
    starts = models.DateField(_("từ ngày"))
    ends = models.DateField(_("đến ngày"))
    cumulative = models.BooleanField(_("lũy kế"), default=False)
    unit_due_at = models.DateTimeField(_("hạn của đơn vị"))
    office_due_at = models.DateTimeField(_("hạn của Văn phòng"))
    director_due_at = models.DateTimeField(_("hạn của Giám đốc"))
    upward_due_at = models.DateTimeField(_("hạn gửi cấp trên"))
    search_text = SearchText(of=("label", "year"))

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỳ báo cáo")
        verbose_name_plural = _("kỳ báo cáo")
        ordering = ["agency", "year", "ends", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="period_code_once_per_agency"),
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="period_ends_after_start"),
            models.CheckConstraint(
                condition=Q(office_due_at__gte=F("unit_due_at")) & Q(director_due_at__gte=F("office_due_at")),
                name="period_deadlines_follow_each_other",
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def roll_up(self):
        """The roll-up that stands for the period (RollUpQuerySet.standing), or None; prefetch `roll_ups` in lists."""
        return next((row for row in self.roll_ups.all() if row.stands), None)

    @property
    def full_label(self) -> str:
        """The label, with its regime where units do not report by it: two regimes have a Quý I."""
        regime = REGIMES[self.regime]
        return f"{self.label} ({regime.label})" if regime.prefix else self.label
