from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.search_text import SearchText


class LegalDocument(models.Model):
    """A document that plans cite, once per normalised key: 05-NQ/TU and 05/NQ-TU are one row."""

    key = models.CharField(_("khóa"), max_length=80, unique=True)
    type = models.CharField(_("loại"), max_length=100)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60)
    date = models.DateField(_("ngày"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    search_text = SearchText(of=("type", "symbol", "key", "issuer"))

    class Meta:
        verbose_name = _("văn bản căn cứ")
        verbose_name_plural = _("văn bản căn cứ")

    def __str__(self) -> str:
        return f"{self.type} số {self.symbol}"


class Citation(models.Model):
    """Where a plan cites a document, and how it is written there."""

    plan = models.ForeignKey("plans.Plan", models.CASCADE, related_name="citations", verbose_name=_("kế hoạch"))
    document = models.ForeignKey(LegalDocument, models.PROTECT, related_name="citations", verbose_name=_("văn bản"))
    section = models.ForeignKey(
        "plans.PlanSection",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="citations",
        verbose_name=_("mục"),
    )
    as_written = models.CharField(_("như đã viết"), max_length=200)
    position = models.PositiveIntegerField(_("thứ tự"))

    class Meta:
        verbose_name = _("viện dẫn")
        verbose_name_plural = _("viện dẫn")
        ordering = ["plan", "position"]

    def __str__(self) -> str:
        return self.as_written
