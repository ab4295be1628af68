from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Job
from reporting.models.period import Period


class RollUpState(models.TextChoices):
    COLLECTING = "collecting", _("Đang thu thập")
    COMPILING = "compiling", _("Đang tổng hợp")
    CUT = "cut", _("Đã chốt số liệu")
    OFFICE_REVIEW = "office_review", _("Chờ Chánh Văn phòng")
    DIRECTOR_REVIEW = "director_review", _("Chờ Giám đốc")
    APPROVED = "approved", _("Đã duyệt")
    ISSUED = "issued", _("Đã ban hành")
    SENT = "sent", _("Đã gửi")


FROZEN = (
    RollUpState.CUT,
    RollUpState.OFFICE_REVIEW,
    RollUpState.DIRECTOR_REVIEW,
    RollUpState.APPROVED,
    RollUpState.ISSUED,
    RollUpState.SENT,
)


class RollUpQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).agency_wide())


class RollUp(models.Model):
    """The Office's report of a period to the Director (báo cáo tổng hợp): one per period, built in versions.

    Once cut, `snapshot` holds the version's content as it was cut and `sha256` its hash.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    period = models.OneToOneField(Period, models.PROTECT, related_name="roll_up", verbose_name=_("kỳ"))
    state = models.CharField(
        _("trạng thái"), max_length=20, choices=RollUpState.choices, default=RollUpState.COLLECTING
    )
    version = models.PositiveIntegerField(default=1)
    number = models.CharField(_("số"), max_length=11, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    snapshot = models.JSONField(_("bản chốt"), null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    cut_at = models.DateTimeField(_("chốt lúc"), null=True, blank=True)
    cut_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người chốt")
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    return_reason = models.TextField(_("ý kiến khi trả lại"), blank=True)

    objects = RollUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo tổng hợp")
        verbose_name_plural = _("báo cáo tổng hợp")
        ordering = ["period"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["collecting", "compiling"])
                | Q(cut_at__isnull=False, cut_by__isnull=False, snapshot__isnull=False) & ~Q(sha256=""),
                name="a_cut_roll_up_has_its_snapshot",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued", "sent"])
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="an_approved_roll_up_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Báo cáo tổng hợp {self.period.full_label}"

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN


class RollUpVersion(models.Model):
    """One build of a roll-up: figures and assembled texts as they stood at `built_at`."""

    roll_up = models.ForeignKey(RollUp, models.CASCADE, related_name="versions", verbose_name=_("báo cáo"))
    number = models.PositiveIntegerField(_("bản"))
    job = models.ForeignKey(Job, models.PROTECT, related_name="+", verbose_name=_("việc nền"))
    built_at = models.DateTimeField(_("tổng hợp lúc"))
    content = models.JSONField(_("nội dung"))
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("bản tổng hợp")
        verbose_name_plural = _("bản tổng hợp")
        ordering = ["roll_up", "-number"]
        constraints = [models.UniqueConstraint(fields=["roll_up", "number"], name="one_build_per_version")]

    def __str__(self) -> str:
        return f"{self.roll_up} – bản {self.number}"
