"""What is kept of a plan over time: frozen editions, steps that may be undone, and the register of what went out."""

from datetime import date

from django.db import models
from django.db.models import Case, Q, When
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.search_text import SearchText
from documents.official import number_line
from plans.models.plan import ANNOUNCED, Plan
from plans.models.printout import Printout


class VersionKind(models.TextChoices):
    APPROVED = "approved", _("Bản đã duyệt")
    ISSUED = "issued", _("Bản đã ban hành")


class PlanVersionQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        """Issued editions for everyone of the agency; approved ones for its agency-wide posts."""
        scope = user.scope(on)
        issued = Q(kind=VersionKind.ISSUED, plan__state__in=ANNOUNCED)
        return self.filter(scope.agency_wide("plan__agency") | scope.members("plan__agency") & issued)


class PlanVersion(models.Model):
    """A plan frozen at a step: its whole content (plans.department.content) with the hash of it. Never changed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions", verbose_name=_("kế hoạch"))
    number = models.PositiveSmallIntegerField(_("bản"))
    edition = models.PositiveSmallIntegerField(_("lần ban hành"))
    kind = models.CharField(_("loại"), max_length=10, choices=VersionKind.choices)
    content = models.JSONField(_("nội dung"))
    sha256 = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name=_("ai"))
    reason = models.TextField(_("lý do điều chỉnh"), blank=True)

    objects = PlanVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản của kế hoạch")
        verbose_name_plural = _("bản của kế hoạch")
        ordering = ["plan", "-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once")]

    def __str__(self) -> str:
        return f"{self.plan} – bản {self.number}"


class PlanUndo(models.Model):
    """How a draft stood before a step of its editor, so that the step can be taken back.

    What one person saves at one place (`key`) again and again is one step.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="undo_steps", verbose_name=_("kế hoạch"))
    label = models.CharField(_("việc đã làm"), max_length=200)
    key = models.CharField(max_length=60, blank=True, default="")
    content = models.JSONField(_("nội dung trước đó"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("ai"))

    class Meta:
        verbose_name = _("bước có thể hoàn tác")
        verbose_name_plural = _("bước có thể hoàn tác")
        ordering = ["plan", "-pk"]

    def __str__(self) -> str:
        return self.label


class RegisterState(models.TextChoices):
    ISSUED = "issued", _("Đang có hiệu lực")
    CORRECTED = "corrected", _("Đã đính chính")
    SUPERSEDED = "superseded", _("Đã được thay thế")
    RECALLED = "recalled", _("Đã thu hồi")


class RegisterEntryQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        """The register of outgoing documents is open to the agency-wide posts."""
        return self.filter(user.scope(on).agency_wide())

    def in_order_of(self, *names: str):
        """Ordered by these; "number_order" before "number" sorts numbers as numbers: 9, 10, 36, 36a, 37."""
        letters = Case(When(number__regex=r"\D\D$", then=2), When(number__regex=r"\D$", then=1), default=0)
        return self.annotate(number_order=Length("number") - letters).order_by(*names)


class RegisterEntry(models.Model):
    """A line of the register of outgoing documents (sổ đăng ký văn bản đi, Nghị định 30/2020/NĐ-CP, Phụ lục IV).

    Numbers run from 01 on 1 January to 31 December, once per agency, year and series; `series` is the
    symbol ("KH-SLĐTBXH"). `kind` and `object_id` name what was issued ("plan", id of the plan).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="register", verbose_name=_("cơ quan"))
    year = models.PositiveSmallIntegerField(_("năm"))
    series = models.CharField(_("ký hiệu"), max_length=30)
    number = models.CharField(_("số"), max_length=11)
    signed_on = models.DateField(_("ngày tháng văn bản"))
    type = models.CharField(_("tên loại"), max_length=100)
    subject = models.CharField(_("trích yếu"), max_length=500)
    signer = models.CharField(_("người ký"), max_length=50)
    recipients = models.TextField(_("nơi nhận"), blank=True)
    keeper = models.CharField(_("đơn vị, người nhận bản lưu"), max_length=200, blank=True)
    copies = models.PositiveIntegerField(_("số lượng bản"), null=True, blank=True)
    sent_on = models.DateField(_("ngày chuyển"), null=True, blank=True)
    received_by = models.CharField(_("ký nhận"), max_length=200, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    state = models.CharField(
        _("tình trạng"), max_length=12, choices=RegisterState.choices, default=RegisterState.ISSUED
    )
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("thay bằng")
    )
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    printout = models.ForeignKey(
        Printout, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bản in")
    )
    signed_file = models.FileField(_("bản đã ký"), upload_to="signed/", blank=True, max_length=200)
    version = models.PositiveIntegerField(default=1)
    search_text = SearchText(of=("number", "series", "type", "subject", "signer", "recipients"))

    objects = RegisterEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản đi")
        verbose_name_plural = _("văn bản đi")
        ordering = ["-year", "-signed_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "year", "series", "number"], name="document_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.type} số {self.full_number}"

    @property
    def full_number(self) -> str:
        """ "05/BC-SLĐTBXH": below 10 with a leading 0."""
        return number_line(self.number, self.series).removeprefix("Số: ")
