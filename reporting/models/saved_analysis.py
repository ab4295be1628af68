from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency


class SavedAnalysisQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        """One's own, and what others of the agency share; for who sees the agency as a whole."""
        return self.filter(user.scope(on).agency_wide()).filter(Q(owner=user) | Q(shared=True))


class SavedAnalysis(models.Model):
    """An analysis kept under a name: the query of its address, never its figures."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    owner = models.ForeignKey(
        "accounts.User", models.CASCADE, related_name="saved_analyses", verbose_name=_("người lưu")
    )
    name = models.CharField(_("tên bảng đã lưu"), max_length=100)
    query = models.CharField(_("các lựa chọn"), max_length=600)
    shared = models.BooleanField(_("chia sẻ trong cơ quan"), default=False)
    saved_at = models.DateTimeField(_("lưu lúc"))

    objects = SavedAnalysisQuerySet.as_manager()

    class Meta:
        verbose_name = _("bảng phân tích đã lưu")
        verbose_name_plural = _("bảng phân tích đã lưu")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="an_analysis_name_once_per_person")]

    def __str__(self) -> str:
        return self.name
