"""The narrative of a roll-up: paragraphs by part of its outline (reporting.roll_ups.outline), each with its source."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.search_text import SearchText
from reporting.models.roll_up import RollUp
from reporting.models.unit_report import UnitReport


class RollUpParagraphQuerySet(models.QuerySet):
    def kept(self):
        """Those that are printed: nobody left them out."""
        return self.filter(dropped=False)


class RollUpParagraph(models.Model):
    """One paragraph of a roll-up.

    It is composed from the figures (`rule` names how), taken from a unit's report (`report`), or written by the
    Office. `source_text` is what the source said when the text was last agreed with it; `source_now`, of a composed
    one, what the newest build says. Where the two differ and a person has changed the text, that person decides.
    `numbers` says of each number of `source_now`, in order, where its rows are.
    """

    roll_up = models.ForeignKey(RollUp, models.CASCADE, related_name="paragraphs", verbose_name=_("báo cáo"))
    part = models.SlugField(_("mục"), max_length=40)
    position = models.PositiveIntegerField(_("thứ tự"))
    rule = models.CharField(_("lập từ số liệu theo"), max_length=40, blank=True)
    report = models.ForeignKey(
        UnitReport, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lấy từ báo cáo")
    )
    report_version = models.PositiveIntegerField(_("bản của báo cáo"), null=True, blank=True)
    unit = models.CharField(_("đơn vị viết"), max_length=200, blank=True)
    source_text = models.TextField(_("lời của nguồn"), blank=True)
    source_now = models.TextField(_("nguồn nay nói"), blank=True)
    numbers = models.JSONField(_("số và nơi dẫn"), default=list, blank=True)
    text = models.TextField(_("lời văn"), blank=True, max_length=20_000)
    dropped = models.BooleanField(_("bỏ khỏi báo cáo"), default=False)
    key = models.CharField(max_length=64, blank=True, help_text=_("Mã của lần bấm thêm: gửi lại cho cùng đoạn."))
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(_("sửa lúc"), null=True, blank=True)
    edited_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người sửa")
    )
    search_text = SearchText(of=("text",))

    objects = RollUpParagraphQuerySet.as_manager()

    class Meta:
        verbose_name = _("đoạn báo cáo tổng hợp")
        verbose_name_plural = _("đoạn báo cáo tổng hợp")
        ordering = ["roll_up", "part", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["roll_up", "part", "rule"], condition=~Q(rule=""), name="one_paragraph_per_rule"
            ),
            models.UniqueConstraint(fields=["roll_up", "part", "report"], name="a_text_is_taken_once"),
            models.UniqueConstraint(
                fields=["roll_up", "key"], condition=~Q(key=""), name="a_paragraph_is_added_once"
            ),
            models.CheckConstraint(
                condition=Q(report__isnull=True) | Q(rule="", report_version__isnull=False),
                name="a_taken_paragraph_says_from_which_version",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_composed(self) -> bool:
        return bool(self.rule)

    @property
    def is_taken(self) -> bool:
        return self.report_id is not None

    @property
    def is_edited(self) -> bool:
        """Whether a person has changed what the source said."""
        return self.text != self.source_text

    @property
    def is_outdated(self) -> bool:
        """Whether the figures now say something else than what the text was agreed with."""
        return self.is_composed and self.source_now != self.source_text
