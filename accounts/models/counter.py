from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """A gap-free series of numbers, per agency, series and year."""

    agency = models.ForeignKey("accounts.Agency", models.PROTECT, verbose_name=_("cơ quan"))
    series = models.CharField(_("sổ"), max_length=30)
    year = models.PositiveSmallIntegerField(_("năm"))
    last = models.PositiveIntegerField(_("số cuối"), default=0)

    class Meta:
        verbose_name = _("sổ đánh số")
        verbose_name_plural = _("sổ đánh số")
        constraints = [models.UniqueConstraint(fields=["agency", "series", "year"], name="one_counter_per_series")]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"

    @classmethod
    def next(cls, *, agency_id: int, series: str, year: int) -> int:
        """The next number from 1; must run inside the transaction that uses it."""
        if not transaction.get_connection().in_atomic_block:
            raise RuntimeError("Counter.next cần một giao dịch: số chưa dùng sẽ bị mất.")
        counter, _created = cls.objects.get_or_create(agency_id=agency_id, series=series, year=year)
        cls.objects.filter(pk=counter.pk).update(last=models.F("last") + 1)
        counter.refresh_from_db()
        return counter.last
