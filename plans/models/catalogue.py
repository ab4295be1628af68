"""Lists that change over the years and are therefore rows: areas, channels, audiences, indicators, holidays."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.dated import Dated, DatedQuerySet
from documents.numbers import format_number
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


class FundSource(CatalogueEntry):
    """Where money comes from (nguồn kinh phí); `short` is how people write it in a cell."""

    short = models.CharField(_("tên gọn"), max_length=40, unique=True)

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("nguồn kinh phí")
        verbose_name_plural = _("nguồn kinh phí")


class IndicatorKind(models.TextChoices):
    """How figures come together; each kind's rule stands in plans.indicators.kinds."""

    COUNT = "count", _("số đếm")
    RATIO = "ratio", _("tỷ lệ")
    STOCK = "stock", _("số cuối kỳ")
    CODE = "code", _("mã mức độ")


class IndicatorSource(models.TextChoices):
    QUANTITY = "quantity", _("số lượng ghi nhận")
    RESULTS = "results", _("số hoạt động")
    PARTICIPANTS = "participants", _("người dự")
    REACH = "reach", _("lượt tiếp cận")
    MONEY = "money", _("kinh phí")
    TASKS = "tasks", _("nhiệm vụ trong kế hoạch")
    TASKS_DONE = "tasks_done", _("nhiệm vụ đã hoàn thành")
    PARTS = "parts", _("tính từ hai chỉ tiêu")


class IndicatorQuerySet(DatedQuerySet):
    def recordable(self):
        """Those whose numbers are typed with a result; the others are derived or have a field of their own."""
        return self.filter(source=IndicatorSource.QUANTITY)

    def plannable(self):
        """Those that a line of a plan may promise a quantity of: what adds up to it, money apart."""
        sources = (
            IndicatorSource.QUANTITY, IndicatorSource.RESULTS, IndicatorSource.PARTICIPANTS, IndicatorSource.REACH
        )  # fmt: skip
        return self.filter(kind__in=(IndicatorKind.COUNT, IndicatorKind.STOCK), source__in=sources)

    def summed(self):
        """Counts that results tell: their figure is a plain sum."""
        sources = (IndicatorSource.TASKS, IndicatorSource.TASKS_DONE)
        return self.filter(kind=IndicatorKind.COUNT).exclude(source__in=sources)


class Indicator(CatalogueEntry):
    """What is counted, in which unit of measure, where the figure comes from and how it rolls up (`kind`).

    A ratio has no numbers of its own but two parts. A code's numbers are names: `levels` says what 0, 1, 2 … mean.
    `channels` and `areas` say where it may be recorded; none means everywhere.
    """

    unit_of_measure = models.CharField(_("đơn vị tính"), max_length=40)
    source = models.CharField(
        _("nguồn"), max_length=20, choices=IndicatorSource.choices, default=IndicatorSource.QUANTITY
    )
    kind = models.CharField(_("loại"), max_length=10, choices=IndicatorKind.choices, default=IndicatorKind.COUNT)
    numerator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tử số")
    )
    denominator = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mẫu số")
    )
    levels = models.JSONField(_("các mức"), default=list, blank=True)
    channels = models.ManyToManyField(Channel, blank=True, related_name="+", verbose_name=_("hình thức"))
    areas = models.ManyToManyField(ContentArea, blank=True, related_name="+", verbose_name=_("nội dung"))
    version = models.PositiveIntegerField(default=1)

    objects = IndicatorQuerySet.as_manager()

    class Meta(CatalogueEntry.Meta):
        verbose_name = _("chỉ tiêu thống kê")
        verbose_name_plural = _("chỉ tiêu thống kê")
        constraints = [
            *CatalogueEntry.Meta.constraints,
            models.CheckConstraint(
                name="indicator_ratio_has_two_parts",
                condition=Q(
                    kind=IndicatorKind.RATIO, source=IndicatorSource.PARTS,
                    numerator__isnull=False, denominator__isnull=False,
                )
                | ~Q(kind=IndicatorKind.RATIO)
                & ~Q(source=IndicatorSource.PARTS)
                & Q(numerator__isnull=True, denominator__isnull=True),
            ),
            models.CheckConstraint(
                name="indicator_ratio_of_two",
                condition=Q(numerator__isnull=True) | ~Q(numerator=F("denominator")),
            ),
        ]  # fmt: skip

    def fits(self, area: "ContentArea | None", channel: Channel | None) -> bool:
        """Whether it is recorded in that area through that channel; prefetch `channels` and `areas` for many."""
        channels, areas = self.channels.all(), self.areas.all()
        return (not channels or channel in channels) and (not areas or area in areas)

    def value_in_words(self, value: int) -> str:
        """A number recorded for it: "1.234 tờ"; of a code the name of the level."""
        if self.kind == IndicatorKind.CODE:
            return str(self.levels[value]) if value < len(self.levels) else str(value)
        return f"{format_number(value)} {self.unit_of_measure}"

    @property
    def is_percent(self) -> bool:
        """Whether a ratio is told in hundredths."""
        return self.unit_of_measure.strip() == "%"


class HolidayQuerySet(models.QuerySet):
    def as_rules(self) -> dict[date, bool]:
        """Day → works or not, as plans.deadlines.workdays takes it."""
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
