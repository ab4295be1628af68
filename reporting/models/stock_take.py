from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from documents.dates import TZ, short_date
from reporting.models.period import Period


class StockTakeQuerySet(models.QuerySet):
    def visible_to(self, user, *, on: date):
        return self.filter(user.scope(on).agency_wide())


class StockTake(models.Model):
    """What the Director saw on a date (bản giao ban): the screen frozen as JSON with its hash, never changed.

    `promises` are what was agreed in the meeting, a line each; the next stock-take shows them beside.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name=_("cơ quan"))
    period = models.ForeignKey(Period, models.PROTECT, related_name="+", verbose_name=_("kỳ"))
    key = models.UUIDField(unique=True, help_text=_("Mã của lần bấm: gửi lại không chốt hai lần."))
    taken_at = models.DateTimeField(_("chốt lúc"))
    taken_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("người chốt"))
    promises = models.TextField(_("kết luận, việc đã hứa"), blank=True, max_length=5_000)
    content = models.JSONField(_("nội dung đã xem"))
    sha256 = models.CharField("SHA-256", max_length=64)

    objects = StockTakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("bản giao ban")
        verbose_name_plural = _("bản giao ban")
        ordering = ["-taken_at", "-pk"]
        indexes = [models.Index(fields=["agency", "-taken_at"], name="stock_take_newest")]

    def __str__(self) -> str:
        return f"Bản giao ban {self.period.label}, {self.day}"

    @property
    def day(self) -> str:
        return short_date(self.taken_at.astimezone(TZ).date())

    @property
    def promised(self) -> list[str]:
        """The lines of `promises`."""
        return [line.strip() for line in self.promises.splitlines() if line.strip()]
