from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency


class RemarkState(models.TextChoices):
    """Where a remark stands; it follows from its dates and answers and is never stored."""

    KEPT = "kept", _("chưa gửi đơn vị")
    OPEN = "open_remark", _("chưa trả lời")
    ANSWERED = "answered", _("đã trả lời")
    SETTLED = "settled", _("đã xong")
    WITHDRAWN = "withdrawn", _("đã rút")


class RemarkQuerySet(models.QuerySet):
    def about(self, obj):
        """All remarks on one thing with their answers, oldest first."""
        rows = self.filter(object_type=obj._meta.label_lower, object_id=obj.pk)
        return rows.select_related("made_by").prefetch_related("answers__by").order_by("pk")

    def standing(self):
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)

    def given(self):
        """Those the other side has been given: by a return or with the acceptance."""
        return self.filter(given_at__isnull=False)

    def unanswered(self):
        """Given, neither withdrawn nor settled, and without any answer: they keep it from being handed in again."""
        return self.given().standing().filter(settled_at__isnull=True, answers__isnull=True)


class Remark(models.Model):
    """A reviewer's remark pinned to a part of something handed in, in the round in which it was made.

    `object_type` and `object_id` name the thing (a unit plan, a unit report, a roll-up) as Event does. `round` is
    the number of its receipt, or of the roll-up's version. `part` is the part's key ("line:12", "area:personnel",
    "text:purpose", "" for the whole); `part_label` and `part_text` are its name and words as they then were. The
    text is never changed and the row never deleted: a remark is withdrawn, settled or answered.
    Written by `plans.remarks` alone.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    round = models.CharField(_("lần nộp"), max_length=40)
    part = models.CharField(_("phần"), max_length=120, blank=True)
    part_label = models.CharField(_("tên phần"), max_length=500)
    part_text = models.TextField(_("nội dung lúc được góp ý"), blank=True)
    text = models.TextField(_("ý kiến"))
    key = models.CharField(max_length=200, unique=True, help_text=_("Mã của lần bấm ghi: gửi lại không ghi thêm."))
    made_at = models.DateTimeField(_("ghi lúc"))
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người ghi"))
    given_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người rút")
    )
    settled_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người xác nhận")
    )

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("ý kiến")
        verbose_name_plural = _("ý kiến")
        ordering = ["pk"]
        indexes = [models.Index(fields=["object_type", "object_id"], name="remark_of_object")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="a_remark_says_something"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="a_withdrawn_remark_names_who",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="a_settled_remark_names_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part_label}: {self.text}"[:200]

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("Ý kiến chỉ ghi thêm, không sửa.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Ý kiến được rút, không xóa.")

    @property
    def state(self) -> RemarkState:
        if self.withdrawn_at:
            return RemarkState.WITHDRAWN
        if self.settled_at:
            return RemarkState.SETTLED
        if not self.given_at:
            return RemarkState.KEPT
        return RemarkState.ANSWERED if self.answers.all() else RemarkState.OPEN


class RemarkAnswer(models.Model):
    """What the other side says to a remark. Only ever added: the last one is what it says now."""

    remark = models.ForeignKey(Remark, models.PROTECT, related_name="answers", verbose_name=_("ý kiến"))
    text = models.TextField(_("trả lời"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người trả lời"))

    class Meta:
        verbose_name = _("trả lời ý kiến")
        verbose_name_plural = _("trả lời ý kiến")
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="an_answer_says_something")]

    def __str__(self) -> str:
        return self.text[:200]

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("Trả lời chỉ ghi thêm, không sửa.")
        super().save(*args, **kwargs)
