"""The indices by which others rank the province and its departments: their series, and what was published."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from plans.rankings.comparing import Figure


class Ranked(models.TextChoices):
    """Who is ranked: the province that the agency belongs to, or the agency among those of its province."""

    PROVINCE = "province", _("các tỉnh, thành phố")
    AGENCY = "agency", _("các sở, ban, ngành, địa phương của tỉnh")


class RankingIndex(models.Model):
    """An index: who publishes it, of whom, how often. `short` is what a plan's targets call it ("PAR INDEX")."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    short = models.CharField(_("tên gọi tắt"), max_length=20, unique=True)
    name = models.CharField(_("tên chỉ số"), max_length=200)
    owner = models.CharField(_("cơ quan công bố"), max_length=200)
    ranked = models.CharField(_("đối tượng xếp hạng"), max_length=10, choices=Ranked.choices, default=Ranked.PROVINCE)
    every = models.CharField(_("thời gian công bố"), max_length=100)
    is_discontinued = models.BooleanField(_("đã ngừng công bố"), default=False)
    score_may_miss = models.BooleanField(_("có năm không có điểm"), default=False)
    rank_may_miss = models.BooleanField(_("có năm không có hạng"), default=False)
    position = models.PositiveSmallIntegerField(_("thứ tự"))

    class Meta:
        verbose_name = _("chỉ số xếp hạng")
        verbose_name_plural = _("chỉ số xếp hạng")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.short


class IndexScheme(models.Model):
    """A series of an index: figures of two schemes are not compared (PCI 2.0 from 2025).

    Scores run from `minimum` to `maximum` in `unit`; they may also be published on `other_maximum` (DTI: 0–1, or
    1.000 points). `grades`: [["A", 90], …], best first, from which score on a grade is given.
    """

    index = models.ForeignKey(RankingIndex, models.PROTECT, related_name="schemes", verbose_name=_("chỉ số"))
    name = models.CharField(_("tên bộ chỉ số"), max_length=60, unique=True)
    first_year = models.PositiveSmallIntegerField(_("từ năm"))
    last_year = models.PositiveSmallIntegerField(_("đến năm"), null=True, blank=True)
    minimum = models.PositiveSmallIntegerField(_("điểm thấp nhất"), default=0)
    maximum = models.PositiveSmallIntegerField(_("thang điểm"))
    other_maximum = models.PositiveSmallIntegerField(_("thang điểm khác"), null=True, blank=True)
    unit = models.CharField(_("đơn vị"), max_length=10, blank=True)
    grades = models.JSONField(_("xếp loại"), default=list, blank=True)

    class Meta:
        verbose_name = _("bộ chỉ số")
        verbose_name_plural = _("bộ chỉ số")
        ordering = ["index", "first_year"]
        constraints = [
            models.UniqueConstraint(fields=["index", "first_year"], name="index_scheme_begins_once"),
            models.CheckConstraint(
                condition=Q(last_year__isnull=True) | Q(last_year__gte=F("first_year")), name="index_scheme_ends_after"
            ),
            models.CheckConstraint(condition=Q(maximum__gt=F("minimum")), name="index_scheme_has_a_scale"),
        ]

    def __str__(self) -> str:
        return self.name

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)


class IndexValueQuerySet(models.QuerySet):
    def visible_to(self, user, *, on):
        """What was published is for everyone of the agency that keeps it."""
        return self.filter(user.scope(on).members())

    def in_order(self):
        """By year, each with its scheme and index; within a year the value as of a day before that of the year."""
        return self.select_related("scheme__index").order_by("year", F("as_of").asc(nulls_last=True), "pk")


class IndexValue(models.Model):
    """What was published of one entity for one year (or as of a day), as it was published.

    `entity` is the name that was ranked, as it was then. `score` is out of `maximum`. A correction changes the row
    and counts `version` up; what stood before is kept in the Event about it, with the reason.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="index_values", verbose_name=_("cơ quan"))
    scheme = models.ForeignKey(IndexScheme, models.PROTECT, related_name="values", verbose_name=_("bộ chỉ số"))
    year = models.PositiveSmallIntegerField(_("năm"))
    as_of = models.DateField(_("tính đến ngày"), null=True, blank=True)
    entity = models.CharField(_("đối tượng"), max_length=150)
    score = models.DecimalField(_("điểm"), max_digits=9, decimal_places=4, null=True, blank=True)
    maximum = models.PositiveSmallIntegerField(_("thang điểm"))
    rank = models.PositiveSmallIntegerField(_("hạng"), null=True, blank=True)
    number_ranked = models.PositiveSmallIntegerField(_("số được xếp hạng"), null=True, blank=True)
    group = models.CharField(_("nhóm"), max_length=100, blank=True)
    source = models.CharField(_("nguồn"), max_length=500)
    published_on = models.DateField(_("ngày công bố"))
    version = models.PositiveIntegerField(default=1)

    objects = IndexValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("số liệu chỉ số")
        verbose_name_plural = _("số liệu chỉ số")
        ordering = ["year", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "scheme", "year", "entity"], condition=Q(as_of__isnull=True),
                name="index_value_once_a_year",
            ),
            models.UniqueConstraint(
                fields=["agency", "scheme", "year", "entity", "as_of"], condition=Q(as_of__isnull=False),
                name="index_value_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=F("maximum")),
                name="index_value_score_within_scale",
            ),
            models.CheckConstraint(
                condition=Q(rank__isnull=True) | Q(rank__gte=1, number_ranked__gte=F("rank")),
                name="index_value_rank_within_number",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=False) | Q(rank__isnull=False) | ~Q(group=""),
                name="index_value_says_something",
            ),
            models.CheckConstraint(condition=Q(published_on__year__gte=F("year")), name="index_value_published_after"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.scheme} {self.year}, {self.entity}"

    @property
    def points(self) -> Decimal | None:
        """The score on the scale of its scheme: 643 of 1.000 is 0,643 of 1."""
        return None if self.score is None else self.score * self.scheme.maximum / self.maximum

    @property
    def grade(self) -> str:
        """The grade that follows from the score (PAR INDEX: A, B, C), or ""."""
        if self.score is None:
            return ""
        return next((name for name, least in self.scheme.grades if self.points >= Decimal(str(least))), "")

    @property
    def figure(self) -> Figure:
        """What comparing takes."""
        return Figure(self.year, self.points, self.rank, self.number_ranked, self.scheme.name, self.entity)
