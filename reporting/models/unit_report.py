from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Unit
from accounts.search_text import SearchText
from plans.models import ContentArea, Obligation
from reporting.models.period import Period


class UnitReportState(models.TextChoices):
    OPEN = "open", _("Chưa bắt đầu")
    DRAFTING = "drafting", _("Đang soạn")
    HEAD_REVIEW = "head_review", _("Chờ trưởng đơn vị")
    SUBMITTED = "submitted", _("Đã nộp")
    IN_REVIEW = "in_review", _("Văn phòng đang xem")
    RETURNED = "returned", _("Trả lại")
    ACCEPTED = "accepted", _("Đã tiếp nhận")
    LOCKED = "locked", _("Đã khóa")
    REOPENED = "reopened", _("Mở lại")
    EXEMPT = "exempt", _("Miễn")
    TRANSFERRED = "transferred", _("Đã bàn giao")


EDITABLE = (UnitReportState.OPEN, UnitReportState.DRAFTING, UnitReportState.RETURNED, UnitReportState.REOPENED)
HANDED_IN = (
    UnitReportState.SUBMITTED,
    UnitReportState.IN_REVIEW,
    UnitReportState.ACCEPTED,
    UnitReportState.LOCKED,
)
WAITING = (UnitReportState.SUBMITTED, UnitReportState.IN_REVIEW)
RECEIVED = (UnitReportState.ACCEPTED, UnitReportState.LOCKED)
AREA_TEXTS = ("text", "shortcomings", "causes")
TEXTS = ("highlights", "shortcomings", "causes", "difficulties", "proposals", "next_steps")


class UnitReportQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).units("unit", "agency"))

    def received(self):
        """Those whose figures the Office has taken over."""
        return self.filter(state__in=RECEIVED)


class UnitReport(models.Model):
    """A unit's report of one period: figures from its results in the window, and its own judgement.

    Opened by the schedule ten days before it is due. `nil` (không phát sinh) needs a reason.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="unit_reports", verbose_name=_("đơn vị"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="unit_reports", verbose_name=_("kỳ"))
    obligation = models.OneToOneField(
        Obligation, models.PROTECT, related_name="unit_report", verbose_name=_("nghĩa vụ")
    )
    state = models.CharField(
        _("trạng thái"), max_length=20, choices=UnitReportState.choices, default=UnitReportState.OPEN
    )
    version = models.PositiveIntegerField(default=1)
    nil = models.BooleanField(_("không phát sinh"), default=False)
    nil_reason = models.CharField(_("lý do không phát sinh"), max_length=500, blank=True)
    highlights = models.TextField(_("kết quả nổi bật"), blank=True, max_length=20_000)
    shortcomings = models.TextField(_("tồn tại, hạn chế"), blank=True, max_length=20_000)
    causes = models.TextField(_("nguyên nhân"), blank=True, max_length=20_000)
    difficulties = models.TextField(_("khó khăn, vướng mắc"), blank=True, max_length=20_000)
    proposals = models.TextField(_("kiến nghị, đề xuất"), blank=True, max_length=20_000)
    next_steps = models.TextField(_("phương hướng kỳ tới"), blank=True, max_length=20_000)
    return_reason = models.TextField(_("lý do trả lại"), blank=True)
    reopened_until = models.DateField(_("mở lại đến hết ngày"), null=True, blank=True)
    updated_at = models.DateTimeField(_("sửa lúc"), null=True, blank=True)
    updated_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người sửa")
    )
    search_text = SearchText(of=("nil_reason", *TEXTS))

    objects = UnitReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo của đơn vị")
        verbose_name_plural = _("báo cáo của đơn vị")
        ordering = ["period", "unit__position"]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="one_unit_report_per_period"),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="a_returned_report_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="reopened") | Q(reopened_until__isnull=False), name="a_reopened_report_has_an_end"
            ),
            models.CheckConstraint(
                condition=Q(nil=False)
                | ~Q(nil_reason="")
                | Q(state__in=["open", "drafting", "returned", "reopened", "exempt", "transferred"]),
                name="a_nil_report_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Báo cáo {self.period} – {self.unit}"

    @property
    def is_editable(self) -> bool:
        return self.state in EDITABLE

    @property
    def waits(self) -> bool:
        """Whether it waits for whoever reviews it."""
        return self.state in WAITING

    def previous(self) -> "UnitReport | None":
        """The same unit's report of the period before this one, whatever its year."""
        earlier = UnitReport.objects.filter(unit=self.unit_id, agency=self.agency_id)
        return (
            earlier.filter(period__regime=self.period.regime, period__ends__lt=self.period.starts)
            .select_related("period")
            .order_by("-period__ends")
            .first()
        )


class AreaAssessment(models.Model):
    """The unit's judgement of one content area: what came of it (`text`), what fell short, and why."""

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="assessments", verbose_name=_("báo cáo"))
    area = models.ForeignKey(ContentArea, models.PROTECT, related_name="+", verbose_name=_("nội dung"))
    text = models.TextField(_("kết quả"), blank=True, max_length=20_000)
    shortcomings = models.TextField(_("tồn tại, hạn chế"), blank=True, max_length=20_000)
    causes = models.TextField(_("nguyên nhân"), blank=True, max_length=20_000)
    search_text = SearchText(of=AREA_TEXTS)

    class Meta:
        verbose_name = _("đánh giá theo nội dung")
        verbose_name_plural = _("đánh giá theo nội dung")
        ordering = ["report", "area__position"]
        constraints = [models.UniqueConstraint(fields=["report", "area"], name="one_assessment_per_area")]

    def __str__(self) -> str:
        return (self.text or self.shortcomings or self.causes)[:80]


class ReportNote(models.Model):
    """A sentence of the unit about one thing in its report.

    `key` is "figure-<indicator code>" (printed in the column Ghi chú) or the key of a caution that the
    sentence explains (reporting.unit_reports.cautions). The Office reads it; it is frozen with the report.
    """

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="notes", verbose_name=_("báo cáo"))
    key = models.CharField(_("về"), max_length=80)
    text = models.CharField(_("giải trình, ghi chú"), max_length=500)

    class Meta:
        verbose_name = _("giải trình, ghi chú")
        verbose_name_plural = _("giải trình, ghi chú")
        ordering = ["report", "key"]
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_note_per_key")]

    def __str__(self) -> str:
        return self.text[:80]
