"""A unit's plan sent as an Excel file: what was read of it until it is confirmed, and which line came from where."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.models.unit_plan import Activity, UnitPlan


class UnitPlanUploadQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        """Those of plans that the person sees; who may work on one is plans.perms.may_edit_unit_plan."""
        return self.filter(user.scope(on).units("unit_plan__unit", "unit_plan__agency"))


class UnitPlanUpload(models.Model):
    """One Excel file on its way into a unit plan; `table` holds its cells (documents.excel_table).

    `columns` says where a person found the columns, when their heads did not tell. Once stored, `table` is empty.
    """

    unit_plan = models.ForeignKey(UnitPlan, models.CASCADE, related_name="uploads", verbose_name=_("kế hoạch"))
    key = models.UUIDField(_("mã lần gửi"), unique=True)
    name = models.CharField(_("tên tệp"), max_length=200)
    table = models.JSONField(_("bảng đọc được"), default=dict, blank=True)
    columns = models.JSONField(_("các cột"), default=dict, blank=True)
    uploaded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người gửi"))
    uploaded_at = models.DateTimeField(_("gửi lúc"))
    stored_at = models.DateTimeField(_("ghi lúc"), null=True, blank=True)

    objects = UnitPlanUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("tệp Excel của kế hoạch đơn vị")
        verbose_name_plural = _("tệp Excel của kế hoạch đơn vị")
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.name


class SheetRow(models.Model):
    """Which line of a plan a row of a template became; `version` is that of the line when the row was taken in.

    `key` is the template's mark and the row's own (plans.units.unit_plan_excel.keys), so that the same file sent again
    finds its lines.
    """

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="sheet_rows", verbose_name=_("hoạt động"))
    key = models.CharField(_("mã dòng"), max_length=80, unique=True)
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("dòng đã nhận từ Excel")
        verbose_name_plural = _("dòng đã nhận từ Excel")

    def __str__(self) -> str:
        return self.key
