"""Sums of what received reports cover, without the units: all that a roll-up's totals are made of."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from plans.models import Audience, Channel, ContentArea, Indicator

# A window's months begin on the 15th: 14 days earlier they are the calendar's.
SHIFT = timedelta(days=14)


def month_of(day: date) -> int:
    """The number of the reporting month a day belongs to: 12 × year + month − 1; 15/12/2021 is January of 2022."""
    shifted = day - SHIFT
    return 12 * shifted.year + shifted.month


def months_of(starts: date, ends: date) -> range | None:
    """The reporting months from `starts` to `ends` (both included); None when they are not whole months."""
    if month_of(starts - timedelta(days=1)) == month_of(starts) or month_of(ends + timedelta(days=1)) == month_of(ends):
        return None
    return range(month_of(starts), month_of(ends) + 1)


class MonthOf(models.Func):
    """`month_of` in the database; the signs of percent are doubled once more for the parameters of a query."""

    output_field = models.IntegerField()
    POSTGRESQL = "(EXTRACT(YEAR FROM %(expressions)s - 14) * 12 + EXTRACT(MONTH FROM %(expressions)s - 14))::integer"
    SQLITE = (
        "(CAST(strftime('%%%%Y', %(expressions)s, '-14 days') AS INTEGER) * 12"
        " + CAST(strftime('%%%%m', %(expressions)s, '-14 days') AS INTEGER))"
    )

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template=self.POSTGRESQL, **context)

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template=self.SQLITE, **context)


def _to(model: type[models.Model], name) -> models.ForeignKey:
    """A key that the database does not check again: its value comes from a row that was checked."""
    return models.ForeignKey(
        model, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False, verbose_name=name
    )


class Sum(models.Model):
    """Rows that are added up, never changed one by one: triggers write a row for each change, minus what
    no longer counts plus what does, and folds rows of one key into one (`folded`) now and then."""

    agency = _to(Agency, _("cơ quan"))
    month = models.IntegerField(_("tháng báo cáo"), help_text=_("12 × năm + tháng − 1; tháng tính từ ngày 15."))
    area = _to(ContentArea, _("nội dung"))
    channel = _to(Channel, _("hình thức"))
    audience = _to(Audience, _("đối tượng"))
    supplement = models.BooleanField(_("bổ sung"))
    folded = models.BooleanField(_("đã gộp"))

    KEYS = ("agency", "month", "area", "channel", "audience", "supplement")

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["agency", "month"], name="%(class)s_of_month"),
            models.Index(fields=["agency", "month"], condition=Q(folded=False), name="%(class)s_unfolded"),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.area_id} {self.channel_id} {self.audience_id}"


class ResultSum(Sum):
    """How many results, and what they say themselves; `…_known` counts those that say it (missing is not zero)."""

    results = models.BigIntegerField(_("số kết quả"))
    participants = models.BigIntegerField(_("số người dự"))
    participants_known = models.BigIntegerField(_("số kết quả có số người dự"))
    reach = models.BigIntegerField(_("lượt xem, tiếp cận"))
    reach_known = models.BigIntegerField(_("số kết quả có lượt xem"))
    money = models.BigIntegerField(_("kinh phí đã chi (đồng)"))
    money_known = models.BigIntegerField(_("số kết quả có kinh phí"))

    ADDED = ("results", "participants", "participants_known", "reach", "reach_known", "money", "money_known")

    class Meta(Sum.Meta):
        verbose_name = _("tổng theo kết quả")
        verbose_name_plural = _("tổng theo kết quả")

    def __str__(self) -> str:
        return f"{super().__str__()}: {self.results}"


class QuantitySum(Sum):
    """The quantities of an indicator, and how many were recorded."""

    indicator = _to(Indicator, _("chỉ tiêu"))
    total = models.BigIntegerField(_("tổng"))
    known = models.BigIntegerField(_("số lần ghi"))

    KEYS = (*Sum.KEYS, "indicator")
    ADDED = ("total", "known")

    class Meta(Sum.Meta):
        verbose_name = _("tổng theo chỉ tiêu")
        verbose_name_plural = _("tổng theo chỉ tiêu")

    def __str__(self) -> str:
        return f"{super().__str__()} {self.indicator_id}: {self.total}"
