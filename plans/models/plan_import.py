"""A plan on its way in: the file or text as it came, what was read from it, what a person corrected."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Job
from documents.dates import TZ
from plans.models.plan import Plan


def source_path(row: "PlanImport", filename: str) -> str:
    return f"sources/{row.agency_id}/{row.sha256[:2]}/{row.sha256}{row.extension}"


class ImportState(models.TextChoices):
    READING = "reading", _("Đang đọc")
    READY = "ready", _("Chờ xác nhận")
    REFUSED = "refused", _("Không đọc được")
    STORED = "stored", _("Đã lưu thành bản thảo")
    DROPPED = "dropped", _("Đã bỏ")


class PlanImportQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        """Open to the agency-wide posts; who may begin one is plans.perms.agency_to_plan_for."""
        return self.filter(user.scope(on).agency_wide())

    def open(self):
        """Those not yet stored and not given up."""
        return self.exclude(state__in=(ImportState.STORED, ImportState.DROPPED))


class PlanImport(models.Model):
    """One reading of a plan, kept with every correction until it is confirmed; only then it becomes a Plan.

    `content` has the form of plans.department.content; `defects` and `set_aside` stand in it. `file` is the source as
    it came (empty for pasted text, which is `source_text`), kept for good and linked from the plan.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="plan_imports", verbose_name=_("cơ quan"))
    state = models.CharField(_("trạng thái"), max_length=10, choices=ImportState.choices, default=ImportState.READING)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(_("mã lần gửi"), unique=True)
    name = models.CharField(_("tên tệp"), max_length=200, blank=True)
    extension = models.CharField(_("phần mở rộng"), max_length=10, blank=True)
    file = models.FileField(_("tệp gốc"), upload_to=source_path, blank=True, max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    source_text = models.TextField(_("văn bản"), blank=True)
    content = models.JSONField(_("nội dung đọc được"), default=dict, blank=True)
    refusal = models.TextField(_("lý do không đọc được"), blank=True)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", verbose_name=_("việc đọc"))
    created_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người nhập"))
    created_at = models.DateTimeField(_("nhập lúc"))
    updated_at = models.DateTimeField(_("sửa lúc"))
    plan = models.OneToOneField(
        Plan, models.PROTECT, null=True, blank=True, related_name="source", verbose_name=_("bản thảo")
    )

    objects = PlanImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("lần nhập kế hoạch")
        verbose_name_plural = _("lần nhập kế hoạch")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name or f"Văn bản dán lúc {self.created_at.astimezone(TZ):%H:%M %d/%m/%Y}"
