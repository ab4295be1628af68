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
    CORRECTED = "corrected", _("Đã đính chính")
    VOID = "void", _("Đã hủy")


FROZEN = (
    RollUpState.CUT,
    RollUpState.OFFICE_REVIEW,
    RollUpState.DIRECTOR_REVIEW,
    RollUpState.APPROVED,
    RollUpState.ISSUED,
    RollUpState.SENT,
    RollUpState.CORRECTED,
)
ISSUED = (RollUpState.ISSUED, RollUpState.SENT)


class RollUpQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).agency_wide())

    def standing(self):
        """At most one a period: what was voided or corrected is left out, and a correction until it is issued."""
        ended = (RollUpState.CORRECTED, RollUpState.VOID)
        return self.exclude(state__in=ended).filter(Q(corrects__isnull=True) | Q(state__in=ISSUED))


class RollUp(models.Model):
    """The Office's report of a period to the Director (báo cáo tổng hợp): one per period, built in versions.

    Once cut, `snapshot` holds the version's content as it was cut and `sha256` its hash. What was issued wrong is
    corrected by a roll-up of its own (`corrects`), which takes its place once it is issued; the wrong one stays.
    `code` stands in addresses: that of the period, of a correction with "-DC1" behind.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="roll_ups", verbose_name=_("kỳ"))
    code = models.SlugField(_("mã"), max_length=40)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("đính chính")
    )
    correction_reason = models.TextField(_("lý do đính chính"), blank=True, max_length=2_000)
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
        ordering = ["period", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="roll_up_code_once_per_agency"),
            models.UniqueConstraint(
                fields=["period"], condition=Q(corrects__isnull=True), name="one_roll_up_per_period"
            ),
            models.UniqueConstraint(fields=["corrects"], condition=~Q(state="void"), name="one_correction_at_a_time"),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""), name="a_correction_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["collecting", "compiling", "void"])
                | Q(cut_at__isnull=False, cut_by__isnull=False, snapshot__isnull=False) & ~Q(sha256=""),
                name="a_cut_roll_up_has_its_snapshot",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "issued", "sent", "corrected"])
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="an_approved_roll_up_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        words = f"Báo cáo tổng hợp {self.period.full_label}"
        return f"{words} (đính chính)" if self.corrects_id else words

    @property
    def stands(self) -> bool:
        """As `standing` has it."""
        is_over = self.state in (RollUpState.CORRECTED, RollUpState.VOID)
        return not is_over and (self.corrects_id is None or self.state in ISSUED)

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


class RollUpPart(models.Model):
    """What contents say of some units one by one (reporting.roll_ups.by_unit), under the hash of its text.

    Contents name it by that hash, so it is never changed, and builds that say the same share it.
    """

    sha256 = models.CharField("SHA-256", primary_key=True, max_length=64)
    packed = models.BinaryField(_("nội dung nén"))

    class Meta:
        verbose_name = _("phần theo đơn vị của bản tổng hợp")
        verbose_name_plural = _("phần theo đơn vị của bản tổng hợp")

    def __str__(self) -> str:
        return self.sha256


class SendingChannel(models.TextChoices):
    """By which way a document left the house."""

    AXIS = "axis", _("Trục liên thông văn bản")
    PORTAL = "portal", _("Hệ thống báo cáo của tỉnh")
    EMAIL = "email", _("Thư điện tử công vụ")
    POST = "post", _("Bản giấy qua bưu chính")
    HAND = "hand", _("Giao trực tiếp")


class RollUpSending(models.Model):
    """That an issued roll-up went to one recipient, by which way and when; recorded anew, the last one stands.

    `upward` marks those it is addressed to ("Kính gửi"): by them the department is on time or late.
    """

    roll_up = models.ForeignKey(RollUp, models.PROTECT, related_name="sendings", verbose_name=_("báo cáo"))
    recipient = models.CharField(_("nơi nhận"), max_length=200)
    upward = models.BooleanField(_("cấp trên"), default=False)
    channel = models.CharField(_("cách gửi"), max_length=10, choices=SendingChannel.choices)
    sent_at = models.DateTimeField(_("gửi lúc"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("lần gửi báo cáo")
        verbose_name_plural = _("lần gửi báo cáo")
        ordering = ["roll_up", "pk"]
        constraints = [models.UniqueConstraint(fields=["roll_up", "recipient"], name="one_sending_per_recipient")]

    def __str__(self) -> str:
        return f"{self.roll_up} → {self.recipient}"
