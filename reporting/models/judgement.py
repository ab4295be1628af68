from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plans.models import ContentArea, RankingIndex
from reporting.models.period import Period

REASON_MAX = 1_000


class Progress(models.TextChoices):
    """How far the work has come against its plan."""

    NOT_BEGUN = "not_begun", _("Chưa thực hiện")
    ON_TRACK = "on_track", _("Đúng tiến độ")
    DELAYED = "delayed", _("Chậm tiến độ")
    OFF = "off", _("Không bảo đảm tiến độ")
    DONE = "done", _("Đã hoàn thành")


class Likelihood(models.TextChoices):
    """Whether the aim will be reached, apart from how far the work has come."""

    LIKELY = "likely", _("Có khả năng đạt")
    UNCERTAIN = "uncertain", _("Chưa chắc đạt")
    UNLIKELY = "unlikely", _("Khó đạt")


PROGRESS_LIGHTS = {
    Progress.NOT_BEGUN: ("circle", "grey"),
    Progress.ON_TRACK: ("check-circle", "green"),
    Progress.DELAYED: ("alarm", "amber"),
    Progress.OFF: ("exclamation-triangle", "red"),
    Progress.DONE: ("check-circle-fill", "green"),
}
LIKELIHOOD_LIGHTS = {
    Likelihood.LIKELY: ("check-circle", "green"),
    Likelihood.UNCERTAIN: ("question-circle", "amber"),
    Likelihood.UNLIKELY: ("x-circle", "red"),
}


def is_green(progress: str, likelihood: str) -> bool:
    """Whether both lights are green; whatever is not needs a reason."""
    return progress in (Progress.ON_TRACK, Progress.DONE) and likelihood == Likelihood.LIKELY


class Judgement(models.Model):
    """What the Office judges of one content area, or of the targets on one index, in a period.

    Append-only: a change of mind is another row, the latest of a period counts.
    """

    period = models.ForeignKey(Period, models.PROTECT, related_name="judgements", verbose_name=_("kỳ"))
    area = models.ForeignKey(
        ContentArea, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nội dung")
    )
    index = models.ForeignKey(
        RankingIndex, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("chỉ số")
    )
    progress = models.CharField(_("tiến độ"), max_length=10, choices=Progress.choices)
    likelihood = models.CharField(_("khả năng đạt"), max_length=10, choices=Likelihood.choices)
    reason = models.CharField(_("lý do"), max_length=REASON_MAX, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người đánh giá"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("đánh giá tiến độ")
        verbose_name_plural = _("đánh giá tiến độ")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(area__isnull=True, index__isnull=False) | Q(area__isnull=False, index__isnull=True),
                name="judgement_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(progress__in=("on_track", "done"), likelihood="likely") | ~Q(reason=""),
                name="judgement_not_green_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_progress_display()}, {self.get_likelihood_display()}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("Đánh giá chỉ ghi thêm, không sửa.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Đánh giá chỉ ghi thêm, không xóa.")

    @property
    def progress_light(self) -> tuple[str, str]:
        """(icon, tone) beside the word."""
        return PROGRESS_LIGHTS[self.progress]

    @property
    def likelihood_light(self) -> tuple[str, str]:
        return LIKELIHOOD_LIGHTS[self.likelihood]
