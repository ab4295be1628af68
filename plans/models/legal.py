from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.search_text import SearchText


class LegalDocumentQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        """The register of cited documents is open to everyone who holds a post on that day."""
        return self.all() if user.posts_on(on) else self.none()


class LegalDocument(models.Model):
    """A document that plans cite, once per normalised key and year: 05-NQ/TU and 05/NQ-TU are one row.

    Numbers begin anew each 1 January (Nghị định 30/2020/NĐ-CP), so 421/KH-UBND of 2022 and of 2023 are two.

    In force from `starts` (the day of the document when not known better) through `ends`; empty `ends`
    means until further notice. `replaced_by` is what came in its place.
    """

    key = models.CharField(_("khóa"), max_length=80, db_index=True)
    type = models.CharField(_("loại"), max_length=100)
    symbol = models.CharField(_("số, ký hiệu"), max_length=60)
    date = models.DateField(_("ngày"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    subject = models.CharField(_("trích yếu"), max_length=500, blank=True)
    starts = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    ends = models.DateField(_("hết hiệu lực sau ngày"), null=True, blank=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("được thay bằng")
    )
    version = models.PositiveIntegerField(default=1)
    search_text = SearchText(of=("type", "symbol", "key", "issuer", "subject"))

    objects = LegalDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản căn cứ")
        verbose_name_plural = _("văn bản căn cứ")
        constraints = [
            models.UniqueConstraint(fields=["key", "date"], name="legal_document_once"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(date=None), name="legal_document_without_day_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} số {self.symbol}"

    def holds_on(self, day) -> bool:
        """Whether it is in force on `day`, as far as its dates are known."""
        starts = self.starts or self.date
        return (starts is None or starts <= day) and (self.ends is None or day <= self.ends)


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
