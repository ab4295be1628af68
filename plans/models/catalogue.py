"""Lists that change over the years and are therefore rows: areas, channels, audiences, indicators, holidays."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.dated import Dated
from documents.vietnamese import enumerator


class AreaScheme(Dated):
    """A versioned list of content areas, e.g. that of Nghị quyết 76/NQ-CP for 2021–2030."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=200)
    legal_basis = models.CharField(_("căn cứ"), max_length=200)

    class Meta(Dated.Meta):
        verbose_name = _("bộ nội dung")
        verbose_name_plural = _("bộ nội dung")

    def __str__(self) -> str:
        return self.name


class ContentArea(models.Model):
    """One content area; its letter follows from its stored position in the Vietnamese alphabet (a b c d đ e g)."""

    scheme = models.ForeignKey(AreaScheme, models.CASCADE, related_name="areas", verbose_name=_("bộ nội dung"))
    code = models.SlugField(_("mã"), max_length=40)
    name = models.CharField(_("tên"), max_length=200)
    position = models.PositiveSmallIntegerField(_("thứ tự"))

    class Meta:
        verbose_name = _("nội dung")
        verbose_name_plural = _("nội dung")
        ordering = ["scheme", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "code"], name="area_code_once_per_scheme"),
            models.UniqueConstraint(fields=["scheme", "position"], name="area_position_once_per_scheme"),
        ]

    def __str__(self) -> str:
        return f"{self.letter}) {self.name[:1].upper()}{self.name[1:]}"

    @property
    def letter(self) -> str:
        return enumerator(self.position)


class CatalogueEntry(Dated):
    """A dated entry of an ordered list."""

    code = models.SlugField(_("mã"), max_length=40, unique=True)
    name = models.CharField(_("tên"), max_length=150)
    position = models.PositiveSmallIntegerField(_("thứ tự"))

    class Meta(Dated.Meta):
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Channel(CatalogueEntry):
    """How something is told: Zalo, fanpage, leaflet, training … (hình thức, kênh)."""

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("hình thức")
        verbose_name_plural = _("hình thức")


class Audience(CatalogueEntry):
    """To whom (đối tượng)."""

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("đối tượng")
        verbose_name_plural = _("đối tượng")


class IndicatorSource(models.TextChoices):
    QUANTITY = "quantity", _("số lượng ghi nhận")
    RESULTS = "results", _("số hoạt động")
    PARTICIPANTS = "participants", _("người dự")
    REACH = "reach", _("lượt tiếp cận")
    MONEY = "money", _("kinh phí")


class Indicator(CatalogueEntry):
    """What is counted, in which unit of measure, and where the figure comes from.

    Every indicator here is a count: counts add over units, areas and windows.
    """

    unit_of_measure = models.CharField(_("đơn vị tính"), max_length=40)
    source = models.CharField(
        _("nguồn"), max_length=20, choices=IndicatorSource.choices, default=IndicatorSource.QUANTITY
    )

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("chỉ tiêu thống kê")
        verbose_name_plural = _("chỉ tiêu thống kê")


class HolidayQuerySet(models.QuerySet):
    def as_rules(self) -> dict[date, bool]:
        """Day → works or not, as plans.workdays takes it."""
        return dict(self.values_list("day", "works"))


class Holiday(models.Model):
    """A day that differs from the calendar: an extra day off, or a swapped day on which people work."""

    day = models.DateField(_("ngày"), unique=True)
    name = models.CharField(_("tên"), max_length=150)
    works = models.BooleanField(_("là ngày làm việc"), default=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("ngày nghỉ, ngày làm bù")
        verbose_name_plural = _("ngày nghỉ, ngày làm bù")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"
